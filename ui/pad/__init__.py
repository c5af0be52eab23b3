"""The rating pad at a counter."""
