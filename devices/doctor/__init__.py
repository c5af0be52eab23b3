"""What is wrong with this machine and its devices, in plain words, and what to do about it."""
