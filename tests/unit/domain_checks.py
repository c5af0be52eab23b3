"""What must hold of a hall at any moment, said without the rules' own indexes."""

from collections import Counter as Tally

from queue_server.domain import events as e
from queue_server.domain.hall import Hall, Ticket


def check_hall(hall: Hall) -> None:
    """No ticket at two counters, none lost, none out of its place, every index true."""
    _check_places(hall)
    _check_waiting(hall)
    _check_numbers(hall)
    _check_people(hall)
    _check_transactions(hall)
    _check_seats(hall)


def _check_places(hall: Hall) -> None:
    places: Tally[str] = Tally()
    waiting = [key[3] for keys in hall.waiting.values() for key in keys]
    places.update(waiting)
    assert all(hall.tickets[key].state == "waiting" for key in waiting)
    for key, now in hall.at.items():
        own = [*now.held, *now.no_shows]
        if now.current is not None:
            ticket = hall.tickets[now.current]
            if key in ticket.joint:
                assert ticket.state == "serving"
                assert key != ticket.counter
                assert len(ticket.joint) < ticket.stops[ticket.stop].joint
            else:
                assert ticket.state in ("called", "serving")
                own.append(now.current)
        assert all(hall.tickets[held].state == "held" for held in now.held)
        assert all(hall.tickets[missed].state == "no_show" for missed in now.no_shows)
        places.update(own)
        assert all(hall.tickets[t].counter == key for t in own)
    for t in hall.tickets.values():
        assert all(hall.at[key].current == t.id for key in t.joint)
        assert len(set(t.joint)) == len(t.joint)
    places.update(t.id for t in hall.tickets.values() if t.state == "ended")
    assert places == dict.fromkeys(hall.tickets, 1)
    assert list(hall.open_tickets) == [
        t.id for t in sorted(hall.tickets.values(), key=lambda t: t.arrival) if t.state != "ended"
    ]


def _check_waiting(hall: Hall) -> None:
    for queue, keys in hall.waiting.items():
        assert keys == sorted(keys)
        for key in keys:
            ticket = hall.tickets[key[3]]
            assert (ticket.key(), ticket.waits_for) == (key, queue)
    waiting = [t for t in hall.tickets.values() if t.state == "waiting"]
    for queue, keys in hall.waiting.items():
        plain, booked = hall.plain.get(queue, []), hall.booked.get(queue, [])
        assert sorted([*plain, *booked]) == keys
        times = [(hall.tickets[key[3]].booked_at, key[2], key[3]) for key in booked]
        assert hall.due.get(queue, []) == sorted(times)
    assert set(hall.behind) == {t.id for t in waiting if t.placed == "end"}
    assert all(t.waits_for == "" for t in hall.tickets.values() if t.state != "waiting")
    assert all(t.counter is None and t.transaction is None for t in waiting)


def _check_numbers(hall: Hall) -> None:
    assert hall.by_number == {t.number: t.id for t in hall.tickets.values()}
    assert len(hall.by_number) == len(hall.tickets)
    by_prefix: dict[str, list[int]] = {}
    for ticket in sorted(hall.tickets.values(), key=lambda t: t.arrival):
        by_prefix.setdefault(ticket.prefix, []).append(ticket.serial)
        assert ticket.number == ticket.prefix + str(ticket.serial).rjust(3, "0")
    for prefix, serials in by_prefix.items():
        assert serials == list(range(1, len(serials) + 1))
        assert hall.serials[prefix] == len(serials)


def _check_people(hall: Hall) -> None:
    held: dict[tuple[str, str], set[str]] = {}
    for t in hall.tickets.values():
        if t.person is not None and t.state != "ended":
            held.setdefault((t.person, t.service), set()).add(t.id)
    assert {key: set(ids) for key, ids in hall.holding.items()} == held


def _check_transactions(hall: Hall) -> None:
    steps: Tally[str] = Tally(t.ticket for t in hall.transactions.values())
    for ticket in hall.tickets.values():
        assert steps[ticket.id] == ticket.steps
    for transaction in hall.transactions.values():
        ticket = hall.tickets[transaction.ticket]
        joint = [hall.at[key].last for key in ticket.joint]
        at_it = transaction.id in (ticket.transaction, *joint)
        busy = at_it and ticket.state in ("called", "serving", "held")
        assert (transaction.ended_at is None) == busy
        assert (transaction.reason is None) == busy
        assert transaction.held == (busy and ticket.state == "held")
        assert transaction.number == ticket.number
        if ticket.state == "serving" and at_it:
            assert transaction.started_at is not None
        if transaction.reason == "served":
            goes_on = ticket.stop > 0 or ticket.transaction != transaction.id
            assert ticket.end_reason == "served" or goes_on
        assert (transaction.level is not None) == (transaction.rating == "rated")


def _check_seats(hall: Hall) -> None:
    seated = {now.staff: key for key, now in hall.at.items() if now.staff is not None}
    assert hall.seats == seated
    for now in hall.at.values():
        assert now.staff is not None or not now.paused
        assert now.staff is not None or now.current is None
    if hall.day is None:
        assert not seated
        assert not hall.open_tickets


class Line:
    """The order of calling kept by hand: one plain list, sorted anew for each call."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, object]] = []
        self.arrivals: dict[str, int] = {}
        self.classes: dict[str, int] = {}
        self.service: dict[str, str] = {}
        self.moment = 0

    def eligible(self, hall: Hall, counter: str) -> list[dict[str, object]]:
        """Who may be called at a counter, first first."""
        here = hall.counters[counter]  # type: ignore[index]
        services = next(p.services for p in hall.profiles.values() if p.id == here.profile)
        staff = [s for s, seat in hall.seats.items() if seat == counter]
        skills = [set(hall.staff[s].skills) for s in staff if hall.staff[s].skills]
        limits = [set(here.only)] * bool(here.only) + skills
        fit = [s for s in services if all(s in limit for limit in limits)]
        wanted = [("service", s) for s in fit] + [("counter", counter)]
        wanted += [("staff", s) for s in staff]
        found = [w for w in self.waiting if w["for"] in wanted]
        found.sort(key=lambda w: w["when"])  # type: ignore[arg-type,return-value]
        found.sort(key=lambda w: -self.classes[str(w["ticket"])])
        found.sort(key=lambda w: w["place"] != "front")
        return found

    def older(self, ticket: str, among: list[dict[str, object]]) -> int:
        """How many of `among` had arrived before `ticket`."""
        mine = self.arrivals[ticket]
        return len([w for w in among if self.arrivals[str(w["ticket"])] < mine])

    def take(self, event: e.Event) -> None:
        """Follow the hall by what it says happened."""
        self.moment += 1
        match event:
            case e.DayOpened():
                self.__init__()  # type: ignore[misc]
            case e.TicketIssued(ticket=ticket, service=service, priority=priority):
                self.arrivals[ticket] = self.moment
                self.classes[ticket] = priority
                self.service[ticket] = service
                self._wait(ticket, ("service", service), None)
            case e.TicketCalled(ticket=ticket) | e.TicketClosed(ticket=ticket):
                self.waiting = [w for w in self.waiting if w["ticket"] != ticket]
            case e.TicketReturned(ticket=ticket, position=position):
                self._wait(ticket, ("service", self.service[ticket]), position)
            case e.TicketTransferred(ticket=ticket, to=to, position=position):
                target = type(to).__name__.removeprefix("To").lower()
                to_id = str(getattr(to, "service" if target == "queue" else target))
                if target == "queue":
                    self.service[ticket] = to_id
                    target = "service"
                self._wait(ticket, (target, to_id), position)
            case e.StepEnded(ticket=ticket, to=service, position=position):
                self.service[ticket] = service
                self._wait(ticket, ("service", service), position)
            case _:
                pass

    def _wait(self, ticket: str, whom: tuple[str, str], place: str | None) -> None:
        when = self.arrivals[ticket] if place in (None, "sorted") else self.moment
        self.waiting.append({"ticket": ticket, "for": whom, "place": place, "when": when})


def never_placed(ticket: Ticket) -> bool:
    return ticket.placed is None
