"""The hall's own events as facts. Pure: read from what `apply` made of each event, so that a new
kind of event needs nothing here, and who waits by the facts is who waits in the hall.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from ..domain.apply import Touched, apply
from ..domain.booking import Booking
from ..domain.events import AgendaCarried, DayOpened, Event
from ..domain.hall import Hall, Ticket
from ..domain.rules import Aging
from ..domain.values import CounterId, Day, Ms, ServiceId
from .facts import AnyFact, Due, DueNoMore, Ended, Joined, Left, Staffed, Started

DAY_S: Final = 86_400.0
"""Head start of a class that always goes first."""
IN_FRONT_S: Final = 20 * DAY_S
"""Head start of who is placed in front of everybody."""


class _Place(msgspec.Struct, frozen=True):
    """Where a ticket is: in a queue with its rank, at counters, or neither."""

    queue: str = ""
    rank: int = 0
    counters: tuple[CounterId, ...] = ()
    pool: str = ""


_NOWHERE: Final = _Place()


def local_midnight(day: Day) -> Ms:
    """The beginning of a business day by this machine's clock."""
    return Ms(int(dt.datetime.fromisoformat(day).timestamp() * 1000))


class Watcher:
    """Takes a day's events, from its opening on, and tells the facts in them."""

    def __init__(self, midnight: Callable[[Day], Ms] = local_midnight) -> None:
        self.hall = Hall()
        self._midnight_of = midnight
        self._midnight = Ms(0)
        self._places: dict[str, _Place] = {}
        self._pools: dict[ServiceId, str] = {}
        self._open: dict[CounterId, frozenset[ServiceId]] = {}
        self._due: dict[str, tuple[ServiceId, Ms]] = {}

    def seconds(self, at: Ms) -> float:
        """A moment of the business day, as facts have it."""
        return (at - self._midnight) / 1000

    def pool_of(self, service: ServiceId) -> str:
        """The pool of a service: all that share counters with it by their work profiles."""
        return self._pools.get(service, service)

    def rank_at(self, service: ServiceId, priority: int, at: float) -> float:
        """The place in the order of calling of who joins at `at`."""
        return at - priority * self._class_s(service)

    def take(self, event: Event, seq: int, at: Ms) -> list[AnyFact]:
        """Apply an event of the log; what it means for waiting."""
        if isinstance(event, DayOpened):
            self._midnight = self._midnight_of(event.day)
            for kept in (self._places, self._open, self._due):
                kept.clear()
        touched = apply(self.hall, event, seq, at)
        if not touched.tickets:
            self._pools = _pools(self.hall)
        bookings = event.bookings if isinstance(event, AgendaCarried) else touched.bookings
        return list(self._facts(touched, bookings, self.seconds(at)))

    def _facts(
        self, touched: Touched, bookings: Iterable[Booking], now: float
    ) -> Iterator[AnyFact]:
        for ticket in touched.tickets:
            yield from self._moved(ticket, now)
        for counter in touched.counters:
            yield from self._staffed(counter, now)
        for booking in bookings:
            yield from self._booked(booking, now)

    def _staffed(self, counter: CounterId, now: float) -> Iterator[Staffed]:
        """What a counter calls, at the day's opening and where that has changed."""
        hall, state = self.hall, self.hall.at.get(counter)
        is_open = state is not None and state.staff is not None and not state.paused
        services: frozenset[ServiceId] = frozenset()
        if is_open and counter in hall.counters:
            services = frozenset(hall.fit_for(counter, hall.services_of(counter)))
        if services == self._open.get(counter):
            return
        self._open[counter] = services
        pools = {self.pool_of(service) for service in services}
        yield Staffed(
            at=now, counter=counter, services=tuple(sorted(services)), pools=tuple(sorted(pools))
        )

    def _booked(self, booking: Booking, now: float) -> Iterator[Due | DueNoMore]:
        """An appointment of today, where it is still to come or is no more."""
        if booking.state == "open" and booking.day == self.hall.day:
            due = booking.service, booking.at
            if self._due.get(booking.serial) == due:
                return
            self._due[booking.serial] = due
            yield Due(
                at=now,
                booking=booking.serial,
                service=booking.service,
                pool=self.pool_of(booking.service),
                due_at=self.seconds(booking.at),
            )
        elif self._due.pop(booking.serial, None) is not None:
            yield DueNoMore(at=now, booking=booking.serial)

    def _moved(self, ticket: Ticket, now: float) -> Iterator[AnyFact]:
        was = self._places.pop(ticket.id, _NOWHERE)
        place = self._place(ticket, was)
        if place != _NOWHERE:
            self._places[ticket.id] = place
        if place == was:
            return
        for counter in was.counters:
            if counter not in place.counters:
                yield Ended(at=now, counter=counter)
        waited = ticket.id if was.queue else ""
        for counter in place.counters:
            if counter not in was.counters:
                pool = was.pool or place.pool
                yield Started(
                    at=now, ticket=waited, counter=counter, service=ticket.service, pool=pool
                )
                waited = ""
        if was.queue and not place.counters:
            yield Left(at=now, ticket=ticket.id)
        if place.queue:
            yield self._joined(ticket, place.pool, now)

    def _place(self, ticket: Ticket, was: _Place) -> _Place:
        """Where it is now. Who walks in never waits."""
        if ticket.state == "waiting" and not (ticket.walk_in and ticket.steps == 0):
            is_same = (was.queue, was.rank) == (ticket.waits_for, ticket.rank)
            pool = was.pool if is_same else self.pool_of(ticket.service)
            return _Place(queue=ticket.waits_for, rank=ticket.rank, pool=pool)
        if ticket.state in ("called", "serving") and ticket.counter:
            counters = (ticket.counter, *ticket.joint)
            return _Place(counters=counters, pool=self.pool_of(ticket.service))
        return _NOWHERE

    def _joined(self, ticket: Ticket, pool: str, now: float) -> Joined:
        in_front = ticket.placed == "front"
        begins = now - IN_FRONT_S if in_front else self.seconds(ticket.since)
        return Joined(
            at=now,
            ticket=ticket.id,
            service=ticket.service,
            pool=pool,
            rank_at=self.rank_at(ticket.service, ticket.priority, begins),
            is_ahead=in_front or ticket.priority > 0,
            booked_at=None if ticket.booked_at is None else self.seconds(ticket.booked_at),
        )

    def _class_s(self, service: ServiceId) -> float:
        """By how much a class goes before the next lower one, s."""
        profiles = [p for p in self.hall.profiles.values() if service in p.services]
        aging = [c for p in profiles for c in p.conditions if isinstance(c, Aging)]
        if not aging or len(aging) < len(profiles):
            return DAY_S
        return max(condition.minutes_per_class for condition in aging) * 60.0


def _pools(hall: Hall) -> dict[ServiceId, str]:
    """Services joined by the profiles of counters; each pool is named for its first service."""
    used = {counter.profile for counter in hall.counters.values()}
    pools: dict[ServiceId, str] = {service: service for service in hall.services}
    for profile in (profile for profile in hall.profiles.values() if profile.id in used):
        names = {pools.get(service, str(service)) for service in profile.services}
        if names:
            first = min(names)
            pools |= {service: first for service, name in pools.items() if name in names}
            pools |= dict.fromkeys(profile.services, first)
    return pools
