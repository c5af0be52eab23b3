"""`hall replay`: a recorded day, through the hall's real programs."""

from simulation.replay.app import main

__all__ = ["main"]
