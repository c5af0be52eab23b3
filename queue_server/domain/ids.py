"""Ids, times and the base of all values: what every module of the rules is built from."""

from typing import NewType

import msgspec

Ms = NewType("Ms", int)
"""Milliseconds since 1970-01-01 UTC."""
Day = NewType("Day", str)
AreaId = NewType("AreaId", str)
ServiceId = NewType("ServiceId", str)
CounterId = NewType("CounterId", str)
StaffId = NewType("StaffId", str)
ProfileId = NewType("ProfileId", str)
TicketId = NewType("TicketId", str)
TransactionId = NewType("TransactionId", str)
PersonKey = NewType("PersonKey", str)
"""The keyed pseudonym of a document number: the same for the same person, and no more."""

MINUTE = 60_000
"""Milliseconds."""

MAX_PRIORITY = 9
"""Priority classes run from 0 (ordinary) to 9; a higher class is called first."""


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all values: immutable, named fields, unknown fields ignored on the wire."""


class Text(Value, frozen=True):
    """One text in the two languages of the hall."""

    zh: str
    en: str
