"""Devices that nobody wrote a driver for, described in a configuration file."""
