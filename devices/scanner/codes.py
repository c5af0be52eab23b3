"""What a scanned text is to a hall: a ticket, an appointment, a citizen's number, or nothing."""

import re
from re import Pattern
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from devices.id_reader.identity import is_valid_number

LONGEST: Final = 512
"""Characters; a longer text is no code of a hall's."""


class TicketCode(msgspec.Struct, frozen=True):
    """A ticket of this hall, by its id (the slip's QR) or by its number (`A012`); one is empty.

    The id is a key that only the slip's holder knows; the number is on every board.
    """

    ticket: str = ""
    number: str = ""


class AppointmentCode(msgspec.Struct, frozen=True):
    """An appointment's code, capitals, as the appointment system knows it."""

    appointment: str


class CitizenCode(msgspec.Struct, frozen=True):
    """A citizen's 18-character number. Anyone may print one: it proves nothing. Masked in repr."""

    number: str

    def __repr__(self) -> str:
        return "CitizenCode(…)"


class UnknownCode(msgspec.Struct, frozen=True):
    """A payment code, an address, another system's code: nothing a hall can use. Not kept."""


Code = TicketCode | AppointmentCode | CitizenCode | UnknownCode

_Pattern = Annotated[str, Meta(max_length=200)]


class CodePatterns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Python regular expressions that must fit a whole text; letters match in either case.

    Each is tried in the order written here; a group, where there is one, holds what counts.
    Appointment codes differ from city to city (?): their pattern is to be set for the hall.
    """

    ticket_link: Annotated[
        _Pattern, Meta(description="号票二维码中的网址 the address in a slip's QR; group: its id")
    ] = r"https?://[^\s?#]+/(?:t|ticket|tickets)/([0-9a-f-]{32,36})/?"
    ticket: Annotated[_Pattern, Meta(description="号票编号 a ticket's id by itself")] = (
        r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    )
    number: Annotated[_Pattern, Meta(description="票号 a ticket's number, A012")] = (
        r"[A-Z]{1,2}[0-9]{3,5}"
    )
    appointment: Annotated[_Pattern, Meta(description="预约码 an appointment's code")] = (
        r"(?:YY|AP)-?[0-9A-Z]{6,24}"
    )

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            try:
                re.compile(getattr(self, name))
            except re.error as error:
                raise ValueError(f"{name}: {error}") from error


DEFAULT: Final = CodePatterns()


def classify(text: str, patterns: CodePatterns = DEFAULT) -> Code:
    """What `text` is. Spaces around it and a scanner with caps lock on change nothing.

    A citizen's number needs its check digit and a birth in 1900 to 2099: a payment code of
    eighteen digits passes as one less than once in ten thousand times.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return UnknownCode()
    if found := _fits(patterns.ticket_link, text) or _fits(patterns.ticket, text):
        return TicketCode(ticket=found.lower())
    number = text.upper()
    if is_valid_number(number) and number[6:8] in ("19", "20"):
        return CitizenCode(number)
    if found := _fits(patterns.number, text):
        return TicketCode(number=found.upper())
    if found := _fits(patterns.appointment, text):
        return AppointmentCode(found.upper())
    return UnknownCode()


def _fits(pattern: str, text: str) -> str:
    fit = _compiled(pattern).fullmatch(text)
    if fit is None:
        return ""
    return next((group for group in fit.groups() if group), fit[0])


def _compiled(pattern: str) -> Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)  # `re` keeps what it compiled
