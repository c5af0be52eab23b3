"""Work profiles of every kind, valid by construction: what is wrong with one is taken out."""

import re
from typing import Any

import msgspec
from hypothesis import strategies as st

from queue_server.domain import rules as r
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceId
from queue_server.domain.profile_check import profile_problems
from queue_server.domain.values import Profile
from tests.unit import domain_hall as h

OWN = ("tax", "levy")
OTHERS = ("ask",)
_SERVICES = st.sampled_from([(), (), ("tax",), ("levy",), OWN]).map(
    lambda names: tuple(map(ServiceId, names))
)
_CLASSES = st.sampled_from([(0, 9), (0, 9), (0, 0), (1, 9), (2, 3)])
_MINUTES = st.integers(1, 20)
MATCHES = st.builds(
    lambda services, classes, booked: r.Match(
        services=services, lowest=classes[0], highest=classes[1], booked=booked
    ),
    _SERVICES,
    _CLASSES,
    st.sampled_from([None, None, None, True, False]),
)
CAPS = st.sampled_from([(1, 2), (1, 3), (2, 3), (2, 5), (3, 7)]).map(
    lambda pair: r.Cap(calls=pair[0], of=pair[1])
)
_MAYBE = st.one_of(st.none(), CAPS)
FIRSTS = st.builds(
    r.First,
    match=MATCHES,
    order=st.sampled_from(["class", "arrival"]),
    after_minutes=st.sampled_from([0, 0, 5, 15]),
    cap=_MAYBE,
)
BOOKED = st.builds(
    r.Booked,
    match=MATCHES.map(lambda m: msgspec.structs.replace(m, booked=True)),
    early_minutes=_MINUTES,
    late_minutes=_MINUTES,
    cap=_MAYBE,
)
SHARES = st.builds(r.Share, match=MATCHES, weight=st.integers(1, 5))
_TWO_CLASSES = st.tuples(st.integers(1, 5), st.integers(1, 5)).map(
    lambda weights: (
        r.Share(match=r.Match(highest=0), weight=weights[0]),
        r.Share(match=r.Match(lowest=1), weight=weights[1]),
    )
)
_BY_SERVICE = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4)).map(
    lambda weights: (
        r.Share(match=r.Match(services=(ServiceId("tax"),), highest=0), weight=weights[0]),
        r.Share(match=r.Match(services=(ServiceId("levy"),), highest=0), weight=weights[1]),
        r.Share(match=r.Match(lowest=1), weight=weights[2]),
    )
)
RATIOS = st.builds(
    lambda shares, counted: r.Ratio(
        shares=shares, counted=counted, name="one" if counted == "hall" else ""
    ),
    st.one_of(_TWO_CLASSES, _BY_SERVICE, st.lists(SHARES, min_size=2, max_size=3).map(tuple)),
    st.sampled_from(["profile", "counter", "hall"]),
)
AGINGS = st.builds(
    r.Aging, match=MATCHES, minutes_per_class=_MINUTES, up_to=st.sampled_from([1, 3, 9])
)
OVERFLOWS = st.builds(
    lambda minutes, length, low, cap: r.Overflow(
        services=tuple(map(ServiceId, OTHERS)),
        start_minutes=minutes,
        stop_minutes=minutes // 2,
        start_length=length,
        stop_length=min(low, max(0, length - 1)),
        cap=cap,
    ),
    st.sampled_from([0, 2, 8]),
    st.sampled_from([0, 2, 4]),
    st.integers(0, 3),
    CAPS,
)
CONDITIONS: st.SearchStrategy[Any] = st.one_of(
    st.just(r.Bound()),
    FIRSTS,
    FIRSTS,
    BOOKED,
    RATIOS,
    RATIOS,
    AGINGS,
    OVERFLOWS,
    st.just(r.LastResort(services=tuple(map(ServiceId, OTHERS)))),
)
_PLACE = re.compile(r"conditions\[(\d+)\]")


def mended(profile: Profile, hall: Hall) -> Profile:
    """The profile without the conditions that can do nothing where they stand."""
    while problems := profile_problems(profile, hall):
        found = _PLACE.match(problems[0].path)
        assert found, problems
        at = int(found[1])
        kept = profile.conditions[:at] + profile.conditions[at + 1 :]
        profile = msgspec.structs.replace(profile, conditions=kept)
    return profile


def profiles(key: str) -> st.SearchStrategy[Profile]:
    """Profiles with this id, for the hall of `domain_hall`."""
    hall = h.defined().hall
    return st.lists(CONDITIONS, max_size=5).map(
        lambda conditions: mended(
            msgspec.structs.replace(h.profile(key, *OWN), conditions=tuple(conditions)), hall
        )
    )
