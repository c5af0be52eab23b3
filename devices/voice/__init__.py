"""Voice: the hall's calls, joined from recorded clips, one announcement at a time."""
