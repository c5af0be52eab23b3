"""How a device is, as every kind tells it: said once per change."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import msgspec


class State(StrEnum):
    """`warning`: works, but somebody should come (paper near its end). `failed`: there, but
    cannot work. `gone`: does not answer."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    GONE = "gone"


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What a device that answers says of itself. `code` is a key of FAULTS; None where all is well.

    `facts` are for technicians: `paper`, `sam`, `baud`, `addresses`… No personal data.
    """

    code: str | None = None
    is_warning: bool = False
    firmware: str = ""
    facts: tuple[tuple[str, str], ...] = ()


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """A device's state since when and why; the last error stays after the device is back."""

    state: State
    since: datetime
    code: str | None = None
    firmware: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    last_error: str | None = None
    last_error_at: datetime | None = None


def state_of(diagnosis: Diagnosis) -> State:
    """The state of a device that answered."""
    if diagnosis.code is None:
        return State.OK
    return State.WARNING if diagnosis.is_warning else State.FAILED


OnHealth = Callable[[Health], None]
