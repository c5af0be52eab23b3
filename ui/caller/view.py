"""What the caller shows, from the documents and what its clerk is doing."""

from typing import Literal, assert_never

import msgspec

from queue_server.domain.values import FaceCheck, ServiceId, Text
from queue_server.protocol.messages import Identity, Rejected, Waiting, WaitingTicket
from queue_server.protocol.views import CounterView, HallView, TicketView
from ui.caller.keys import NAMES, KeyName, possible
from ui.connection import Line, line
from ui.inputs import Inputs, Language
from ui.pauses import USUAL, pause_words
from ui.shown import Snapshot
from ui.wording import clock, in_language, minutes

Stage = Literal["starting", "signed_out", "closed", "free", "called", "serving", "paused"]

PRIORITY = {
    "elderly": Text(zh="老年人优先", en="Elderly"),
    "disabled": Text(zh="残疾人优先", en="Disabled"),
    "pregnant": Text(zh="孕产妇优先", en="Pregnant"),
    "soldier": Text(zh="军人优先", en="Soldier"),
}


class Desk(Snapshot, frozen=True, kw_only=True):
    """What goes on between this caller and the server besides documents."""

    pending: KeyName | None = None
    """The key whose command awaits its answer; no other is taken meanwhile."""
    waits: bool = False
    """The answer takes so long that it must be shown."""
    rejected: Rejected | None = None
    identity: Identity | None = None
    waiting: Waiting | None = None
    """Tickets that may be called out of order, once asked for."""
    joinable: Waiting | None = None
    """Visits that may be joined, once asked for."""


class Key(Snapshot, frozen=True, kw_only=True):
    """One key: whether it can be pressed, and whether its answer is awaited."""

    on: bool
    busy: bool = False


class Row(Snapshot, frozen=True, kw_only=True):
    """A line of a list, or one of several choices."""

    id: str
    text: str
    detail: str = ""
    count: int = 0
    minutes: int = 0


class Current(Snapshot, frozen=True, kw_only=True):
    """The ticket at the counter."""

    number: str = ""
    service: str = ""
    holder: str = ""
    id_number: str = ""
    """The last four of it, once read."""
    minutes: int = 0
    """Since it was called, or since service began."""
    priority: str = ""
    face: FaceCheck = ""
    expired: bool = False
    """Whether the card was out of force when the ticket was taken."""
    recalls: int = 0
    reason: str = ""
    """The words given for an out-of-order call."""
    step: str = ""
    """Which step of its route it is at, such as 2/3."""
    following: str = ""
    """What comes next; empty with the last step."""
    joint: str = ""
    """Other counters that work on it."""


class CallerView(Snapshot, frozen=True, kw_only=True):
    """Everything in the caller's window."""

    language: Language = "zh"
    line: Line = Line()
    stage: Stage = "starting"
    hall: str = ""
    counter: str = ""
    name: str = ""
    staff: str = ""
    ticket: Current = Current()
    pause: str = ""
    pause_until: str = ""
    keys: dict[str, Key] = msgspec.field(default_factory=dict)
    message: str = ""
    total: int = 0
    """People waiting whom this counter could call."""
    direct: int = 0
    queues: tuple[Row, ...] = ()
    helped: tuple[Row, ...] = ()
    """Queues of other counters that this one helps; not in `total`."""
    helps: int = 0
    """People waiting in those."""
    held: tuple[Row, ...] = ()
    no_shows: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    waiting_total: int = 0
    branches: tuple[Row, ...] = ()
    """What may follow this step; `count` is 1 of the one chosen."""
    must_choose: bool = False
    """Whether one has yet to be chosen before the step can end."""
    routes: tuple[Row, ...] = ()
    """Routes that the ticket may be given."""
    joinable: tuple[Row, ...] = ()
    called: int = 0
    served: int = 0
    missed: int = 0
    transferred: int = 0
    staff_choices: tuple[Row, ...] = ()
    service_choices: tuple[Row, ...] = ()
    counter_choices: tuple[Row, ...] = ()
    pause_choices: tuple[Row, ...] = ()
    distinct: bool = False
    rating: Literal["none", "asked", "rated", "declined"] = "none"
    """Of the ticket at the counter, or of the last one ended there."""


def own_counter(inputs: Inputs) -> CounterView | None:
    """The counter this program is registered for."""
    counter = inputs.me.counter if inputs.me else None
    return inputs.document(f"counter/{counter}", CounterView)


def caller_view(inputs: Inputs, desk: Desk) -> CallerView:
    """The caller's window."""
    counter = own_counter(inputs)
    hall = inputs.hall
    language = inputs.language
    on = possible(inputs, counter)
    keys: dict[str, Key] = {
        name: Key(on=name in on and not desk.waits, busy=desk.waits and desk.pending == name)
        for name in NAMES
    }
    if counter is None or hall is None:
        return CallerView(language=language, line=line(inputs), keys=keys)
    names = {s.id: in_language(s.name, language) for s in hall.services}
    queues = _queues(inputs, counter.services, names)
    helped = _queues(inputs, counter.helps, names)
    listed = desk.waiting.tickets if desk.waiting else ()
    until = counter.pause_until
    return CallerView(
        language=language,
        line=line(inputs),
        stage=_stage(hall, counter),
        hall=in_language(hall.name, language),
        counter=str(counter.number),
        name=in_language(counter.name, language),
        staff=counter.staff.name if counter.staff else "",
        ticket=_current(counter.ticket, desk, names, inputs),
        pause=in_language(pause_words(counter.pause_reason), language),
        pause_until=clock(until) if until is not None else "",
        keys=keys,
        message=_message(desk.rejected, language),
        total=sum(q.count for q in queues) + counter.direct_waiting,
        direct=counter.direct_waiting,
        queues=queues,
        helped=helped,
        helps=sum(q.count for q in helped),
        held=_rows(counter.held, names),
        no_shows=_rows(counter.no_shows, names),
        waiting=tuple(
            Row(id=t.id, text=t.number, detail=_listed(t, names, language)) for t in listed
        ),
        waiting_total=desk.waiting.total if desk.waiting else 0,
        branches=_branches(counter.ticket, language),
        must_choose=_must_choose(counter.ticket),
        routes=_routes(hall, counter.ticket, names, language),
        joinable=tuple(
            Row(id=t.id, text=t.number, detail=names.get(t.service, ""))
            for t in (desk.joinable.tickets if desk.joinable else ())
        ),
        called=counter.counts.called,
        served=counter.counts.served,
        missed=counter.counts.no_show,
        transferred=counter.counts.transferred,
        staff_choices=tuple(Row(id=s.id, text=s.name, detail=s.id) for s in hall.staff),
        service_choices=tuple(
            Row(id=s.id, text=names[s.id], detail=in_language(s.department, language))
            for s in hall.services
            if s.active
        ),
        counter_choices=tuple(
            Row(id=c.id, text=str(c.number), detail=in_language(c.name, language))
            for c in hall.counters
            if c.id != counter.id
        ),
        pause_choices=tuple(Row(id=t.zh, text=in_language(t, language)) for t in USUAL),
        distinct=hall.start_distinct,
        rating=counter.rating,
    )


def _listed(ticket: WaitingTicket, names: dict[ServiceId, str], language: Language) -> str:
    """What stands beside a waiting ticket: its service, and its place where the rules tell it."""
    name = names.get(ticket.service, "")
    if not ticket.place:
        return name
    place = Text(zh=f"按规则第 {ticket.place} 个", en=f"no. {ticket.place} by the rules")
    return f"{in_language(place, language)} · {name}"


def _stage(hall: HallView, counter: CounterView) -> Stage:
    if counter.staff is None:
        return "signed_out"
    if hall.day is None:
        return "closed"
    match counter.state:
        case "closed":
            return "signed_out"
        case "free" | "called" | "serving" | "paused":
            return counter.state
        case _:
            assert_never(counter.state)


def _current(
    ticket: TicketView | None, desk: Desk, names: dict[ServiceId, str], inputs: Inputs
) -> Current:
    if ticket is None:
        return Current()
    identity = desk.identity if desk.identity and desk.identity.ticket == ticket.id else None
    since = ticket.started_at or ticket.called_at or ticket.issued_at
    priority = PRIORITY.get(ticket.priority_reason)
    return Current(
        number=ticket.number,
        service=names.get(ticket.service, ""),
        holder=identity.name if identity else ticket.holder,
        id_number=identity.number[-4:] if identity else "",
        minutes=minutes(since, inputs.now),
        priority=in_language(priority, inputs.language) if priority else ticket.priority_reason,
        face=ticket.face,
        expired=ticket.card_expired,
        recalls=ticket.recalls,
        reason="" if ticket.joint else ticket.why.reason if ticket.why else "",
        step=_step(ticket),
        following=_following(ticket, names, inputs.language),
        joint="、".join(map(str, ticket.joint)),
    )


def _step(ticket: TicketView) -> str:
    here = [number for number, step in enumerate(ticket.steps, start=1) if step.state == "now"]
    return f"{here[0]}/{len(ticket.steps)}" if here else ""


def _following(ticket: TicketView, names: dict[ServiceId, str], language: Language) -> str:
    step = next((step for step in ticket.steps if step.state == "next"), None)
    if step is None:
        return ""
    name = names.get(step.service, step.service)
    places = ", ".join(map(str, step.counters[:3])) + (" …" if len(step.counters) > 3 else "")
    if not places:
        return name
    return f"{name} ({places})" if language == "en" else f"{name}（{places} 号窗口）"


def _must_choose(ticket: TicketView | None) -> bool:
    return ticket is not None and ticket.must_choose and not any(b.chosen for b in ticket.branches)


def _branches(ticket: TicketView | None, language: Language) -> tuple[Row, ...]:
    return tuple(
        Row(id=b.id, text=in_language(b.name, language), count=int(b.chosen))
        for b in (ticket.branches if ticket else ())
    )


def _routes(
    hall: HallView, ticket: TicketView | None, names: dict[ServiceId, str], language: Language
) -> tuple[Row, ...]:
    if ticket is None or not hall.routes:
        return ()
    dash = " – " if language == "en" else "—"
    return tuple(
        Row(
            id=route.id,
            text=in_language(route.name, language),
            detail=dash.join(names.get(service, service) for service in route.services),
        )
        for route in hall.routes
    )


def _queues(
    inputs: Inputs, services: tuple[ServiceId, ...], names: dict[ServiceId, str]
) -> tuple[Row, ...]:
    found = inputs.queues.queues if inputs.queues else ()
    return tuple(
        Row(
            id=q.service,
            text=names.get(q.service, q.service),
            count=q.waiting,
            minutes=minutes(q.oldest_at, inputs.now) if q.oldest_at is not None else 0,
        )
        for q in found
        if q.service in services
    )


def _rows(tickets: tuple[TicketView, ...], names: dict[ServiceId, str]) -> tuple[Row, ...]:
    return tuple(Row(id=t.id, text=t.number, detail=names.get(t.service, "")) for t in tickets)


def _message(rejected: Rejected | None, language: Language) -> str:
    if rejected is None:
        return ""
    return (rejected.en if language == "en" else rejected.zh) or rejected.code
