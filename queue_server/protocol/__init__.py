"""Message types and codec: the only thing the hall's programs share with the server."""
