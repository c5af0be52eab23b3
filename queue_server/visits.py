"""Visits of several steps as programs are shown them."""

from .domain.hall import Hall, Ticket
from .domain.routes import to_come
from .domain.values import CounterId, ServiceId, Step, TransactionId
from .protocol.views import BranchView, RouteView, StepView


def routes_view(hall: Hall) -> tuple[RouteView, ...]:
    """The hall's routes."""
    return tuple(
        RouteView(
            id=route.id,
            name=route.name,
            services=tuple(step.service for step in route.steps),
            joint=any(_is_joint(step) for step in route.steps),
            on_issue=route.on_issue,
        )
        for route in hall.routes.values()
    )


def _is_joint(step: Step) -> bool:
    return step.joint > 1 or any(s.joint > 1 for branch in step.branches for s in branch.steps)


def steps_view(hall: Hall, ticket: Ticket) -> tuple[StepView, ...]:
    """All steps of a ticket's route; none where it has none, or but one."""
    if len(ticket.stops) + len(to_come(ticket)) < 2:
        return ()
    is_done = ticket.end_reason == "served"
    before = [
        _step(hall, step.service, "done", _served_at(hall, ticket, number))
        for number, step in enumerate(ticket.stops[: ticket.stop])
    ]
    here = counters_at(hall, ticket)
    now = ticket.stops[ticket.stop].service
    if is_done:
        before.append(_step(hall, now, "done", _served_at(hall, ticket, ticket.stop)))
        return tuple(before)
    rest = [_step(hall, s.service, "next", open_for(hall, s.service)) for s in to_come(ticket)]
    return (*before, _step(hall, now, "now", here or _line(hall, ticket)), *rest)


def _step(hall: Hall, service: ServiceId, state: str, counters: tuple[int, ...]) -> StepView:
    defined = hall.services[service]
    return StepView(service=service, state=state, area=defined.area, counters=counters)  # type: ignore[arg-type]


def _served_at(hall: Hall, ticket: Ticket, stop: int) -> tuple[int, ...]:
    """Numbers of the counters that did a step, in order."""
    keys = (TransactionId(f"{ticket.id}-{n}") for n in range(1, ticket.steps + 1))
    done = [t for t in map(hall.transactions.__getitem__, keys) if t.stop == stop]
    return numbers(hall, [t.counter for t in done if t.reason == "served"])


def counters_at(hall: Hall, ticket: Ticket) -> tuple[int, ...]:
    """Numbers of the counters that have the ticket now."""
    return numbers(hall, [key for key in (ticket.counter, *ticket.joint) if key])


def numbers(hall: Hall, counters: list[CounterId]) -> tuple[int, ...]:
    """The numbers painted over counters."""
    return tuple(hall.counters[key].number for key in counters if key in hall.counters)


def open_for(hall: Hall, service: ServiceId) -> tuple[int, ...]:
    """The counters that call this service now; where none does, all that may."""
    able = [key for key in hall.counters if service in hall.services_of(key)]
    staffed = [key for key in able if _calls(hall, key, service)]
    return tuple(sorted(numbers(hall, staffed or able)))


def _calls(hall: Hall, counter: CounterId, service: ServiceId) -> bool:
    now = hall.counter_now(counter)
    fit = hall.fit_for(counter, (service,))
    return now.staff is not None and not now.paused and bool(fit)


def _line(hall: Hall, ticket: Ticket) -> tuple[int, ...]:
    """Where a waiting ticket may be called."""
    kind, _, name = ticket.waits_for.partition(":")
    if kind == "c":
        return numbers(hall, [CounterId(name)])
    if kind == "s":
        seats = [counter for staff, counter in hall.seats.items() if staff == name]
        return numbers(hall, seats)
    return open_for(hall, ticket.service) if kind == "q" else ()


def branches_view(ticket: Ticket) -> tuple[BranchView, ...]:
    """What may follow the step at hand."""
    here = ticket.stops[ticket.stop].branches if ticket.stops else ()
    return tuple(BranchView(id=b.id, name=b.name, chosen=b == ticket.branch) for b in here)


def must_choose(ticket: Ticket) -> bool:
    """Whether a branch must be chosen before the counter can end: of several, the last one must."""
    return bool(ticket.stops) and ticket.stops[ticket.stop].must_choose and not ticket.joint


def moved_on(hall: Hall, counter: CounterId) -> Ticket | None:
    """The ticket last served at a counter now free, while it waits for its next step.

    Where several counters served it, each of them says where it goes.
    """
    now = hall.counter_now(counter)
    if now.current is not None or now.last is None or now.staff is None:
        return None
    last = hall.transactions[now.last]
    ticket = hall.tickets[last.ticket]
    newest = hall.transactions[TransactionId(f"{ticket.id}-{ticket.steps}")]
    is_on_the_way = ticket.state == "waiting" and ticket.stop == last.stop + 1
    is_called_since = newest.stop != last.stop
    return ticket if last.reason == "served" and is_on_the_way and not is_called_since else None


def telling_places(hall: Hall) -> list[CounterId]:
    """The counters that tell somebody where a step is done: which other counters are there."""
    return [
        now.id
        for now in hall.at.values()
        if any(hall.tickets[key].stops for key in (now.current, *now.held, *now.no_shows) if key)
        or (now.id in hall.counters and moved_on(hall, now.id))
    ]


def may_join(hall: Hall, counter: CounterId) -> list[Ticket]:
    """The tickets served elsewhere that this counter may work on too."""
    fit = set(hall.fit_for(counter, hall.services_of(counter)))
    return [
        ticket
        for ticket in map(hall.tickets.__getitem__, hall.open_tickets)
        if ticket.state == "serving" and ticket.stops and counter not in _of(ticket)
        for step in (ticket.stops[ticket.stop],)
        if len(ticket.joint) + 2 <= step.joint and fit & {ticket.service, *step.joint_with}
    ]


def _of(ticket: Ticket) -> tuple[CounterId | None, ...]:
    return (ticket.counter, *ticket.joint)
