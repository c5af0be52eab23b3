"""What each event changes in the hall, by subject; `apply` has the table of events."""
