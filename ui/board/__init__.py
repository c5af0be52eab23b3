"""The hall's board: who is called where, and how many wait."""
