"""The screen over one counter."""
