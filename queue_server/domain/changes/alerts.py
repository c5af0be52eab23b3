"""What acknowledging an alert does."""

from .. import events as e
from ..hall import Hall
from ..values import Acknowledged, Ms
from .moves import Touched

MOST = 200
"""Acknowledged alerts that are kept: more do not fit a page, nor fail at once."""


def alert_acknowledged(hall: Hall, event: e.AlertAcknowledged, seq: int, at: Ms) -> Touched:
    seen = hall.acknowledged
    seen[event.alert] = Acknowledged(alert=event.alert, at=at, program=event.program)
    while len(seen) > MOST:
        del seen[next(iter(seen))]
    return Touched()
