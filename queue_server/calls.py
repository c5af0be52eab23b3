"""The calls of today, and who has been sent on: what boards list and voices say, in one order."""

from collections import deque
from typing import NamedTuple

from .domain import events as e
from .domain.events import Event
from .domain.hall import Hall
from .domain.values import AreaId, Ms, TicketId
from .protocol.views import CallsView, CallView, MovedView
from .visits import open_for

RECENT_CALLS = 8
MOST_MOVED = 8
KEPT_ANNOUNCEMENTS = 512
"""How far back a program that was away hears what it missed."""

PRESENCE = (e.SignedIn, e.SignedOut, e.CounterPaused, e.CounterResumed)
"""Events by which other counters may call somebody's next step."""


class _Moved(NamedTuple):
    """A visit on its way: when its last step ended, and in which area."""

    at: Ms
    area: AreaId


class Calls:
    """Folded from events, each already applied to the hall."""

    def __init__(self) -> None:
        self._recent: dict[AreaId, list[CallView]] = {}
        self._moved: dict[TicketId, _Moved] = {}
        """By when they moved."""
        self.announcements: deque[CallView] = deque(maxlen=KEPT_ANNOUNCEMENTS)
        self.touched: set[AreaId] = set()
        """Areas whose document the last event changed."""

    def take(self, hall: Hall, event: Event, seq: int, at: Ms) -> CallView | None:
        """Fold one event, already applied to `hall`; returns the call it made, if any."""
        self.touched.clear()
        self._move(hall, event, at)
        match event:
            case e.DayOpened():
                self._recent.clear()
                self._moved.clear()
                self.announcements.clear()
                return None
            case e.TicketCalled(why=why) if why.rule == "walk_in":
                return None
            case e.TicketCalled() | e.TicketCalledBack() | e.TicketRecalled():
                return self._call(hall, event, seq, at)
            case _:
                return None

    def _move(self, hall: Hall, event: Event, at: Ms) -> None:
        """Who goes on to another step is shown where to, until somebody calls them there."""
        match event:
            case e.StepEnded():
                self._moved[event.ticket] = _Moved(at, hall.counters[event.counter].area)
                self.touched |= self._areas(hall, event.ticket)
            case e.TicketCalled() | e.TicketClosed() if event.ticket in self._moved:
                self.touched |= self._areas(hall, event.ticket)
                del self._moved[event.ticket]
            case _ if isinstance(event, PRESENCE):
                for ticket in self._moved:
                    self.touched |= self._areas(hall, ticket)
            case _:
                pass

    def _areas(self, hall: Hall, ticket: TicketId) -> set[AreaId]:
        """Where a citizen on the way may look: where they were, and where they are to go."""
        service = hall.services[hall.tickets[ticket].service]
        return {self._moved[ticket].area, service.area}

    def _call(
        self,
        hall: Hall,
        event: e.TicketCalled | e.TicketCalledBack | e.TicketRecalled,
        seq: int,
        at: Ms,
    ) -> CallView:
        ticket, counter = hall.tickets[event.ticket], hall.counters[event.counter]
        recalls = 0
        last = hall.at[counter.id].last
        if isinstance(event, e.TicketRecalled) and last:
            recalls = hall.transactions[last].recalls
        call = CallView(
            seq=seq,
            at=at,
            number=ticket.number,
            ticket=ticket.id,
            counter=counter.id,
            counter_number=counter.number,
            area=counter.area,
            service=ticket.service,
            holder=ticket.holder,
            recall=recalls,
        )
        recent = [c for c in self._recent.get(counter.area, []) if c.ticket != ticket.id]
        self._recent[counter.area] = [call, *recent][:RECENT_CALLS]
        self.announcements.append(call)
        self.touched.add(counter.area)
        return call

    def view(self, hall: Hall, area: AreaId) -> CallsView:
        """The topic `calls/AREA`."""
        moved = [key for key in reversed(self._moved) if area in self._areas(hall, key)]
        return CallsView(
            area=area,
            recent=tuple(self._recent.get(area, ())),
            moved=tuple(self._moved_view(hall, key) for key in moved[:MOST_MOVED]),
        )

    def _moved_view(self, hall: Hall, key: TicketId) -> MovedView:
        ticket = hall.tickets[key]
        return MovedView(
            number=ticket.number,
            ticket=key,
            at=self._moved[key].at,
            service=ticket.service,
            area=hall.services[ticket.service].area,
            counters=open_for(hall, ticket.service),
        )
