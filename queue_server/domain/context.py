"""What a rule is given beside the hall and the command, and what it may answer."""

from collections.abc import Callable

import msgspec

from .events import Event
from .values import Holder, Ms, PersonKey, Right, Service
from .workdays import PLAIN, Almanac

Events = list[Event]


class Rejection(msgspec.Struct, frozen=True):
    """A command refused: a code of `codes.CODES` and what fills its sentence."""

    code: str
    details: dict[str, str] = {}


class By(msgspec.Struct, frozen=True):
    """Who asks: a registered program, and whether it speaks for a manager."""

    program: str
    manager: bool = False


class Given(msgspec.Struct, frozen=True):
    """Time, ids and who, all from outside: the rules have no clock and no dice."""

    now: Ms
    by: By
    new_id: Callable[[], str]
    """A fresh, unguessable id (128 bits, hex)."""
    person_key: Callable[[Holder], PersonKey]
    """The keyed pseudonym of a document number."""
    almanac: Almanac = PLAIN
    """What is known of dates and time zones."""


MAX_WORDS = 500
MAX_REASON = 200


def words_problem(field: str, words: str, limit: int) -> Rejection | None:
    """A rejection where `words` are longer than `limit` characters."""
    if len(words) > limit:
        return Rejection("too_long", {"field": field, "limit": str(limit)})
    return None


def service_details(service: Service) -> dict[str, str]:
    """A service's name, for a refusal's sentences."""
    return {"service": service.name.zh, "service_en": service.name.en}


def has_right(rights: tuple[Right, ...], right: Right) -> bool:
    """Managers' right includes all others."""
    return right in rights or "manage" in rights
