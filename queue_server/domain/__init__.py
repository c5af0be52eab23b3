"""The hall's rules: commands in, events out. No I/O, no clock, no randomness."""
