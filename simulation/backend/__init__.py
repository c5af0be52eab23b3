"""A small real receiver of halls' events, for demo and tests, and as an integrator's reference."""

from simulation.backend.app import main

__all__ = ["main"]
