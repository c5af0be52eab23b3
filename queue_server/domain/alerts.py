"""Acknowledging alerts: what is wrong stands outside the rules, who has seen it is on record."""

from . import commands as c
from . import events as e
from .context import Events, Given, Rejection
from .hall import Hall
from .names import has_control

LONGEST = 200


def acknowledge_alert(hall: Hall, command: c.AcknowledgeAlert, given: Given) -> Events | Rejection:
    """Whoever saw it first stays on record."""
    alert = command.alert.strip()
    if not 1 <= len(alert) <= LONGEST or has_control(alert):
        return Rejection("bad_alert", {"limit": str(LONGEST)})
    if alert in hall.acknowledged:
        return []
    return [e.AlertAcknowledged(alert=alert, program=given.by.program)]
