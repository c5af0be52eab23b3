"""The event log and its read tables, in SQLite."""
