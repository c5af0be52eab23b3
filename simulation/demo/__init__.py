"""`hall demo`: a whole hall on this machine, with citizens who come by themselves."""

from simulation.demo.app import main

__all__ = ["main"]
