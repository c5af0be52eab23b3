"""The two doors: websockets for the hall's programs, HTTP for people and other systems."""
