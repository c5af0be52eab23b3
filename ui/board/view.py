"""What the board shows, from the documents alone."""

from collections.abc import Iterable

from queue_server.domain.values import Text
from queue_server.protocol.minutes import in_words
from queue_server.protocol.views import (
    CallsView,
    CallView,
    HallView,
    MovedView,
    QueueView,
    ServiceView,
)
from ui.connection import Both, Line, both, line
from ui.inputs import Inputs, Language
from ui.shown import Snapshot
from ui.wording import clock, counters_text, date

LAST = 8
PAGE = 5
"""Services whose waiting fits the board at once; more take turns, as many on each page."""
LEAST = 3
"""Rows whose height a shorter page keeps, so that few services stand at the top."""
TURN = 10_000
"""Milliseconds a page of services stays."""
MOVED = 3
"""Visits on their way that fit the board at once; more take turns too."""
PLACES = 3
"""Counters named of those that may call such a visit."""


class Call(Snapshot, frozen=True, kw_only=True):
    """One call; `recall` counts from 1 where it is one."""

    seq: int
    number: str
    counter: int
    area: Both = Both()
    service: Both = Both()
    holder: str = ""
    recall: int = 0


class Queue(Snapshot, frozen=True, kw_only=True):
    """People waiting for one service."""

    name: Both
    waiting: int
    wait: Both = Both()
    """How long who joins now will wait; empty where that is not known."""
    open: bool
    """Whether a counter calls this service now."""


class Moved(Snapshot, frozen=True, kw_only=True):
    """A visit served here that goes on elsewhere."""

    number: str
    what: Both
    """The service, and its area where that is another."""
    place: Both
    """The counters that may call it next."""


class BoardView(Snapshot, frozen=True, kw_only=True):
    """Everything on the board."""

    language: Language = "zh"
    line: Line = Line()
    hall: Both = Both()
    area: Both = Both()
    clock: str = ""
    date: Both = Both()
    open: bool = False
    newest: Call | None = None
    last: tuple[Call, ...] = ()
    """The last calls, newest first, `newest` among them."""
    moved: tuple[Moved, ...] = ()
    """Who waits for the next step of a visit, newest first."""
    queues: tuple[Queue, ...] = ()
    page: int = 1
    pages: int = 1
    rows: int = PAGE
    """Rows a page has room for; the last page may leave some empty."""
    notice: Both = Both()


def board_view(inputs: Inputs, notice: Text) -> BoardView:
    """The board of the area this program is registered for, or of the whole hall without one."""
    area = inputs.me.area if inputs.me else None
    hall = inputs.hall
    closed = hall is not None and hall.day is None
    calls = () if closed else _calls(inputs, None if area else hall)
    queues = _queues(inputs, hall)
    pages = max(1, -(-len(queues) // PAGE))
    page = (inputs.now // TURN) % pages
    first, after = (turn * len(queues) // pages for turn in (page, page + 1))
    names = [a.name for a in hall.areas if a.id == area] if hall else []
    today = Text(zh=date(inputs.now, "zh"), en=date(inputs.now, "en"))
    return BoardView(
        language=inputs.language,
        line=line(inputs),
        hall=both(hall.name, inputs) if hall else Both(),
        area=both(names[0], inputs) if names else Both(),
        clock=clock(inputs.now),
        date=both(today, inputs),
        open=hall is not None and hall.day is not None,
        newest=calls[0] if calls else None,
        last=calls,
        moved=() if closed else _moved(inputs),
        queues=queues[first:after],
        page=page + 1,
        pages=pages,
        rows=max(LEAST, -(-len(queues) // pages)),
        notice=both(notice, inputs),
    )


def _calls(inputs: Inputs, hall: HallView | None) -> tuple[Call, ...]:
    views = (d for d in inputs.documents.values() if isinstance(d, CallsView))
    found: Iterable[CallView] = (call for view in views for call in view.recent)
    newest = sorted(found, key=lambda call: call.seq, reverse=True)[:LAST]
    services = {s.id: s.name for s in inputs.hall.services} if inputs.hall else {}
    areas = {a.id: a.name for a in hall.areas} if hall else {}
    return tuple(
        Call(
            seq=call.seq,
            number=call.number,
            counter=call.counter_number,
            area=both(areas[call.area], inputs) if call.area in areas else Both(),
            service=both(services[call.service], inputs) if call.service in services else Both(),
            holder=call.holder,
            recall=call.recall,
        )
        for call in newest
    )


def _moved(inputs: Inputs) -> tuple[Moved, ...]:
    """Each visit once, though boards of the whole hall are told of it by two areas."""
    views = (d for d in inputs.documents.values() if isinstance(d, CallsView))
    found = {moved.ticket: moved for view in views for moved in view.moved}
    newest = sorted(found.values(), key=lambda moved: moved.at, reverse=True)
    pages = max(1, -(-len(newest) // MOVED))
    first = (inputs.now // TURN) % pages * MOVED
    names = {s.id: s.name for s in inputs.hall.services} if inputs.hall else {}
    return tuple(
        Moved(
            number=moved.number,
            what=both(_what(moved, names[moved.service], inputs), inputs),
            place=both(counters_text(moved.counters, PLACES), inputs),
        )
        for moved in newest[first : first + MOVED]
        if moved.service in names
    )


def _what(moved: MovedView, name: Text, inputs: Inputs) -> Text:
    areas = {a.id: a.name for a in inputs.hall.areas} if inputs.hall else {}
    here = inputs.me.area if inputs.me else None
    area = areas.get(moved.area) if moved.area != here and len(areas) > 1 else None
    if area is None:
        return name
    return Text(zh=f"{area.zh} · {name.zh}", en=" · ".join(filter(None, (area.en, name.en))))


def _queues(inputs: Inputs, hall: HallView | None) -> tuple[Queue, ...]:
    """Services that are offered or waited for, in the catalogue's order."""
    waiting = {q.service: q for q in inputs.queues.queues} if inputs.queues else {}
    area = inputs.me.area if inputs.me else None

    def wanted(service: ServiceView) -> bool:
        queue = waiting.get(service.id)
        here = area is None or service.area == area
        return here and queue is not None and (service.active or queue.waiting > 0)

    services = [s for s in hall.services if wanted(s)] if hall else []
    return tuple(
        Queue(
            name=both(s.name, inputs),
            waiting=waiting[s.id].waiting,
            wait=_wait(waiting[s.id], inputs),
            open=waiting[s.id].counters_open > 0,
        )
        for s in services
    )


def _wait(queue: QueueView, inputs: Inputs) -> Both:
    """Nothing where the connection is gone: a range is soon false."""
    known = (queue.wait_low_s, queue.wait_high_s) if inputs.connected else (None, None)
    words = in_words(*known, brief=True)
    return both(words, inputs) if words else Both()
