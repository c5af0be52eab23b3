"""The queue server: decides who is called, keeps the record, and tells every program."""
