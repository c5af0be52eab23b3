"""Whether the person before the camera is the one on the card: one to one, with consent."""
