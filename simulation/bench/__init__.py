"""`hall bench`: the figures the hall must reach, each beside a floor measured in the same run."""

from simulation.bench.app import main

__all__ = ["main"]
