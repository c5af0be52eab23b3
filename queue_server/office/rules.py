"""The hall's calling rules as a manager reads them."""

import msgspec

from ..domain.hall import Hall
from ..domain.shipped_profiles import SHIPPED
from ..domain.values import Counter, Day, Profile, ProfileId, Text
from ..rehearsal.rules_file import SHIPPED_NAMES
from .condition_words import profile_words
from .profile_toml import profile_toml


class ProfileRules(msgspec.Struct, frozen=True):
    """A work profile in words and as text, and the counters that call by it."""

    id: ProfileId
    name: Text
    words: tuple[Text, ...]
    toml: str
    counters: tuple[Counter, ...]


class ReadyMade(msgspec.Struct, frozen=True):
    """A ready-made set of conditions: the TOML that stands for it under a profile's head."""

    id: str
    name: Text
    words: tuple[Text, ...]
    conditions: str


class HallRules(msgspec.Struct, frozen=True):
    """All of them, in the order defined, and the days that they can be tried on, newest first."""

    profiles: tuple[ProfileRules, ...]
    ready: tuple[ReadyMade, ...]
    days: tuple[Day, ...]


def hall_rules(hall: Hall, days: tuple[Day, ...]) -> HallRules:
    """What is in force now."""
    counters = sorted(hall.counters.values(), key=lambda one: one.number)
    return HallRules(
        profiles=tuple(
            ProfileRules(
                id=profile.id,
                name=profile.name,
                words=profile_words(profile, hall.services),
                toml=profile_toml(profile),
                counters=tuple(one for one in counters if one.profile == profile.id),
            )
            for profile in hall.profiles.values()
        ),
        ready=tuple(_ready(key, hall) for key in SHIPPED),
        days=days,
    )


def _ready(key: str, hall: Hall) -> ReadyMade:
    name = SHIPPED_NAMES[key]
    stand_in = Profile(id=ProfileId("x"), name=name, services=(), conditions=SHIPPED[key])
    _, _, conditions = profile_toml(stand_in).partition("\n\n")
    return ReadyMade(key, name, profile_words(stand_in, hall.services)[1:], conditions)
