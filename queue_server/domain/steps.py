"""What a route says: a visit's steps, service after service, and what a counter may choose.

Definitions only; `routes` holds the rules.
"""

from typing import Literal

from .ids import ServiceId, Text, Value

Position = Literal["front", "sorted", "end"]
MOST_STEPS = 20
"""Of one route or branch."""
MOST_JOINT = 9
"""Counters that may work on one visit at once."""


class BranchStep(Value, frozen=True):
    """One service of a visit."""

    service: ServiceId
    joint: int = 1
    """How many counters may work on it at once (多窗联办); 1: one after another, as ever."""
    joint_with: tuple[ServiceId, ...] = ()
    """Counters of these services may join too, beside those of the step's own."""


class Branch(Value, frozen=True):
    """What a counter may choose while it serves a step."""

    id: str
    name: Text
    steps: tuple[BranchStep, ...] = ()
    """Done next, before the rest of the route …"""
    instead: bool = False
    """… or instead of it; without steps of its own the visit then ends here."""


class Step(BranchStep, frozen=True):
    """One service of a route, and what may follow it."""

    branches: tuple[Branch, ...] = ()
    must_choose: bool = False
    """Whether the step cannot end before a branch is chosen; else the route just goes on."""


class Route(Value, frozen=True):
    """Services one visit goes through with one number, queueing at the tail only once."""

    id: str
    name: Text
    steps: tuple[Step, ...]
    on_issue: bool = True
    """Whether every ticket taken for the first step's service has this route; where not, it is
    given by name: with the ticket, or at a counter."""
    position: Position | None = None
    """Where a ticket stands in its next queue; the hall's `route_position` where not given."""
