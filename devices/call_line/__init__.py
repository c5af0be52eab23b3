"""Hardware callers and rating pads: many addresses on one RS-485 line."""
