"""Hardware of the hall, one folder a kind: protocol (bytes only), driver (port), simulator."""
