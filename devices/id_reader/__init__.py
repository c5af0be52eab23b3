"""The resident-ID card reader: SAM frames (protocol), a card's text, its port (driver)."""
