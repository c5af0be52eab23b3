"""The caller: the counter staff's slim window."""
