"""Who sits where and when, and the hall's definitions that follow from a trace."""

import string

import msgspec

from queue_server.domain.values import (
    Area,
    AreaId,
    Catalogue,
    Counter,
    CounterId,
    Profile,
    ProfileId,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
)

from .trace import Trace

AREA = AreaId("A")
ONE_LETTER = [letter for letter in string.ascii_uppercase if letter != "Z"]  # Z: walk-ins


class Shift(msgspec.Struct, frozen=True):
    """One staff member at one counter. Seconds from midnight; no `end`: until all is done."""

    counter: CounterId
    staff: StaffId
    services: tuple[ServiceId, ...]
    begin: int
    end: int | None


def trace_shifts(trace: Trace) -> tuple[Shift, ...]:
    """The record's own staff: a counter each, from first to last service of the day.

    A work profile is every service its agent gave that day: the record says nothing about who may
    serve what, and what somebody did is what they could. Breaks between are not known either, so
    an agent counts as there throughout; waits come out shorter than recorded for that.
    """
    spans: dict[str, tuple[int, int]] = {}
    skills: dict[str, set[str]] = {}
    for arrival in trace.arrivals:
        if arrival.agent is None or arrival.service_start is None:
            continue
        begin, end = arrival.service_start, arrival.service_start + arrival.service_s
        first, last = spans.get(arrival.agent, (begin, end))
        spans[arrival.agent] = (min(first, begin), max(last, end))
        skills.setdefault(arrival.agent, set()).add(arrival.service)
    return tuple(
        Shift(
            CounterId(str(number)),
            StaffId(agent),
            tuple(ServiceId(service) for service in sorted(skills[agent])),
            *spans[agent],
        )
        for number, agent in enumerate(sorted(spans), 1)
    )


def even_shifts(trace: Trace, counters: int) -> tuple[Shift, ...]:
    """So many counters for every service, from the first arrival until nobody waits."""
    services = tuple(ServiceId(service) for service in trace.services)
    begin = trace.arrivals[0].at
    return tuple(
        Shift(CounterId(str(number)), StaffId(f"T{number:02d}"), services, begin, None)
        for number in range(1, counters + 1)
    )


def prefix(place: int) -> str:
    """The number prefix of the how-manieth service (from 0): A … Y, then AA, AB, …"""
    if place < len(ONE_LETTER):
        return ONE_LETTER[place]
    first, second = divmod(place - len(ONE_LETTER), len(ONE_LETTER))
    return ONE_LETTER[first] + ONE_LETTER[second]


def catalogue(trace: Trace, shifts: tuple[Shift, ...]) -> Catalogue:
    """The hall in which the trace is played: one area, a service a type, a counter a shift."""
    everything = Text(zh="综合", en="General")
    profiles = {shift.services: ProfileId(f"p{shift.counter}") for shift in reversed(shifts)}
    return Catalogue(
        settings=Settings(name=Text(zh="重演大厅", en="Replayed Hall"), rate_on_end=False),
        areas=(Area(id=AREA, name=Text(zh="一层", en="Ground floor")),),
        services=tuple(
            Service(
                id=ServiceId(name),
                prefix=prefix(place),
                name=Text(zh=f"{name} 类业务", en=f"{name} service"),
                department=everything,
                area=AREA,
                identity="none",
            )
            for place, name in enumerate(trace.services)
        ),
        profiles=tuple(
            Profile(id=key, name=Text(zh=f"策略 {key}", en=f"Profile {key}"), services=services)
            for services, key in profiles.items()
        ),
        counters=tuple(
            Counter(
                id=shift.counter,
                number=int(shift.counter),
                name=Text(zh=f"{shift.counter} 号窗口", en=f"Counter {shift.counter}"),
                area=AREA,
                profile=profiles[shift.services],
            )
            for shift in shifts
        ),
        staff=tuple(Staff(id=shift.staff, name=shift.staff) for shift in shifts),
    )
