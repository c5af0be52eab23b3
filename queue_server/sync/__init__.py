"""Tells the management backend everything that happened in the hall, in order, now or later."""
