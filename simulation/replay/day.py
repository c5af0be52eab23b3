"""The day itself: citizens come, counters call, from one moment to the next.

At each moment everything that falls on it is done at once over the real lines; when all of it is
answered, free counters call, those free longest first, until nobody waits for them.
"""

import asyncio
import heapq
import itertools
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from queue_server.domain.commands import (
    CallNext,
    CloseDay,
    EndService,
    NoShow,
    OpenDay,
    SignIn,
    SignOut,
)
from queue_server.domain.values import Day, ServiceId, TicketId
from queue_server.protocol.messages import Rejected

from .clients import Board, Kiosk, Line, RefusedError
from .clock import DayClock
from .staffing import Shift
from .trace import Arrival, Trace


@dataclass(slots=True)
class Programs:
    """The day's connections."""

    manager: Line
    board: Board
    kiosks: list[Kiosk]
    callers: list[Line]


@dataclass(slots=True)
class Progress:
    """How far the day is."""

    arrivals: int
    came: int = 0
    waiting: int = 0
    serving: int = 0
    done: int = 0
    at: float = 0.0

    @property
    def all_done(self) -> bool:
        """Whether everybody has come and gone."""
        return self.came == self.arrivals and not self.waiting and not self.serving


@dataclass(slots=True, eq=False)
class _Counter:
    shift: Shift
    line: Line
    signed_in: bool = False
    leaving: bool = False
    free_since: float = 0.0
    serving: Arrival | None = None


@dataclass(slots=True, order=True)
class _Moment:
    at: float
    order: int
    what: "Arrival | _Counter" = field(compare=False)
    kind: str = field(compare=False)


class PlayedDay:
    """Plays one trace. `pressed` holds when each ticket's caller was pressed."""

    def __init__(
        self,
        trace: Trace,
        shifts: tuple[Shift, ...],
        programs: Programs,
        clock: DayClock,
        no_show_s: float,
        tell: Callable[[Progress], None],
    ) -> None:
        self.pressed: dict[TicketId, float] = {}
        self.progress = Progress(arrivals=len(trace.arrivals))
        self._programs = programs
        self._clock = clock
        self._no_show_s = no_show_s
        self._tell = tell
        self._citizens: dict[TicketId, Arrival] = {}
        self._waiting: Counter[ServiceId] = Counter()
        self._counters = [
            _Counter(shift, line) for shift, line in zip(shifts, programs.callers, strict=True)
        ]
        self._moments: list[_Moment] = []
        self._order = itertools.count()
        for counter in self._counters:
            self._plan(counter.shift.begin, counter, "begin")
            if counter.shift.end is not None:
                self._plan(counter.shift.end, counter, "leave")
        for arrival in trace.arrivals:
            self._plan(arrival.at, arrival, "arrive")

    async def play(self, day: str) -> None:
        """From opening to closing. Raises `RefusedError` where the server says no."""
        await self._programs.manager.do(OpenDay(day=Day(day)))
        while self._moments and not self.progress.all_done:
            await self._clock.reach(self._moments[0].at)
            await self._moment()
            self._tell(self.progress)
        for kiosk in self._programs.kiosks:
            await kiosk.settle()
        for counter in self._counters:
            counter.leaving = True
        await self._send_home()
        await self._programs.manager.do(CloseDay(over_open=True))

    def _plan(self, at: float, what: "Arrival | _Counter", kind: str) -> None:
        heapq.heappush(self._moments, _Moment(at, next(self._order), what, kind))

    async def _moment(self) -> None:
        """Everything that falls on the first moment, then the calls it leads to."""
        at = self.progress.at = self._moments[0].at
        begin: list[_Counter] = []
        happen: list[Coroutine[None, None, None]] = []
        while self._moments and self._moments[0].at <= at:
            moment = heapq.heappop(self._moments)
            if isinstance(moment.what, Arrival):
                happen.append(self._arrive(moment.what))
            elif moment.kind == "begin":
                begin.append(moment.what)
            elif moment.kind == "end":
                happen.append(self._finish(moment.what))
            else:
                moment.what.leaving = True
        await asyncio.gather(*(self._begin(counter) for counter in begin))
        await asyncio.gather(*happen)
        await self._send_home()
        await self._call()

    async def _begin(self, counter: _Counter) -> None:
        await counter.line.do(SignIn(counter=counter.shift.counter, staff=counter.shift.staff))
        counter.signed_in = True
        counter.free_since = self._clock.now

    async def _send_home(self) -> None:
        gone = [c for c in self._counters if c.leaving and c.signed_in and c.serving is None]
        await asyncio.gather(*(c.line.do(SignOut(counter=c.shift.counter)) for c in gone))
        for counter in gone:
            counter.signed_in = False

    async def _arrive(self, arrival: Arrival) -> None:
        kiosks = self._programs.kiosks
        free = [kiosk for kiosk in kiosks if not kiosk.busy]
        kiosk = (free or kiosks)[arrival.line % len(free or kiosks)]
        outcome = await kiosk.issue(arrival.service, arrival.priority)
        assert outcome.ticket is not None
        self._citizens[outcome.ticket] = arrival
        self._waiting[ServiceId(arrival.service)] += 1
        self.progress.came += 1
        self.progress.waiting += 1

    async def _finish(self, counter: _Counter) -> None:
        assert counter.serving is not None
        verb = EndService if counter.serving.served else NoShow
        await counter.line.do(verb(counter=counter.shift.counter))
        counter.serving = None
        counter.free_since = self._clock.now
        self.progress.serving -= 1
        self.progress.done += 1

    async def _call(self) -> None:
        """Free counters press the caller while somebody waits for them."""
        refused: set[_Counter] = set()
        while True:
            left = self._waiting.copy()
            chosen = []
            for counter in sorted(self._counters, key=lambda c: c.free_since):
                if not counter.signed_in or counter.serving is not None or counter in refused:
                    continue
                wanted = next((s for s in counter.shift.services if left[s] > 0), None)
                if wanted is not None:
                    left[wanted] -= 1
                    chosen.append(counter)
            if not chosen:
                return
            answers = await asyncio.gather(*(self._press(counter) for counter in chosen))
            # Others may have taken what this counter was after; alone, it must find somebody.
            if len(chosen) == 1 and not answers[0]:
                refused.add(chosen[0])

    async def _press(self, counter: _Counter) -> bool:
        """Call the next ticket; False where the server says nobody waits."""
        pressed = time.perf_counter()
        answer = await counter.line.ask(CallNext(counter=counter.shift.counter))
        if isinstance(answer, Rejected):
            if answer.code == "nobody_waiting":
                return False
            raise RefusedError(counter.line.name, answer.code, answer.zh, answer.en)
        assert answer.ticket is not None
        self.pressed[answer.ticket] = pressed
        counter.serving = citizen = self._citizens[answer.ticket]
        self._waiting[ServiceId(citizen.service)] -= 1
        self.progress.waiting -= 1
        self.progress.serving += 1
        needed = citizen.service_s if citizen.served else self._no_show_s
        self._plan(self._clock.now + needed, counter, "end")
        return True
