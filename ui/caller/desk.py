"""What the clerk's keys do: one press, one command, and what the server answered."""

from collections.abc import Callable
from typing import Literal, Protocol, cast

import msgspec
from PySide6.QtCore import QObject, QTimer, Slot

from queue_server.domain import commands as c
from queue_server.domain.values import (
    CounterId,
    Ms,
    Position,
    ServiceId,
    StaffId,
    TicketId,
)
from queue_server.protocol.messages import (
    Identity,
    Read,
    ReadIdentity,
    ReadJoint,
    ReadResult,
    ReadWaiting,
    Result,
    Waiting,
)
from ui.caller.keys import KeyName, possible
from ui.caller.view import Desk, caller_view, own_counter
from ui.feed import Feed
from ui.shown import shown

PATIENCE = 100
"""Milliseconds after which a key shows that it waits for its answer."""
LISTED = 100
"""Waiting tickets asked for when one is to be called out of order."""
MINUTE = 60_000


class Server(Protocol):
    """What the desk needs of the gateway."""

    def command(self, do: c.Command, on_result: Callable[[Result], None]) -> object: ...

    def read(self, what: Read, on_answer: Callable[[ReadResult], None]) -> object: ...


class Keys(QObject):
    """The keys of the caller, as QML presses them; `view` follows."""

    def __init__(self, feed: Feed, server: Server, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._server = feed, server
        self._desk = Desk()
        self._identity_of: TicketId | None = None
        self._then: Callable[[], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(lambda: self._become(waits=True))
        self.view = shown(caller_view(feed.inputs, self._desk))
        feed.changed.connect(self._inputs_changed)

    @Slot(str)
    def sign_in(self, staff: str) -> None:
        self._press("sign_in", lambda at: c.SignIn(counter=at, staff=StaffId(staff)))

    @Slot(bool)
    def sign_out(self, force: bool) -> None:
        self._press("sign_out", lambda at: c.SignOut(counter=at, force=force))

    @Slot()
    def call_next(self) -> None:
        self._press("call_next", lambda at: c.CallNext(counter=at))

    @Slot(str, str)
    def call_this(self, ticket: str, reason: str) -> None:
        self._press(
            "call_this",
            lambda at: c.CallThis(counter=at, ticket=TicketId(ticket), reason=reason),
        )

    @Slot(str)
    def call_back(self, ticket: str) -> None:
        self._press("call_back", lambda at: c.CallBack(counter=at, ticket=TicketId(ticket)))

    @Slot()
    def recall(self) -> None:
        self._press("recall", lambda at: c.Recall(counter=at))

    @Slot()
    def no_show(self) -> None:
        self._press("no_show", lambda at: c.NoShow(counter=at))

    @Slot(str)
    def return_ticket(self, ticket: str) -> None:
        self._press("return", lambda _: c.ReturnTicket(ticket=TicketId(ticket)))

    @Slot()
    def start(self) -> None:
        self._press("start", lambda at: c.StartService(counter=at))

    @Slot()
    def end(self) -> None:
        self._press("end", lambda at: c.EndService(counter=at))

    @Slot()
    def hold(self) -> None:
        self._press("hold", lambda at: c.Hold(counter=at))

    @Slot(str, str, str)
    def transfer(self, kind: str, target: str, position: str) -> None:
        """`kind` is queue, counter or staff."""
        to: c.Target
        match cast(Literal["queue", "counter", "staff"], kind):
            case "queue":
                to = c.ToQueue(service=ServiceId(target))
            case "counter":
                to = c.ToCounter(counter=CounterId(target))
            case "staff":
                to = c.ToStaff(staff=StaffId(target))
        where = cast(Position, position)
        self._press("transfer", lambda at: c.Transfer(counter=at, to=to, position=where))

    @Slot(str)
    def set_route(self, route: str) -> None:
        """Give the ticket this route from here on; with none it ends here."""
        self._press("route", lambda at: c.SetRoute(counter=at, route=route or None))

    @Slot(str)
    def choose_branch(self, branch: str) -> None:
        """Say what follows this step; with nothing the route just goes on."""
        self._press("branch", lambda at: c.ChooseBranch(counter=at, branch=branch or None))

    @Slot(str)
    def join(self, ticket: str) -> None:
        self._press("join", lambda at: c.JoinVisit(counter=at, ticket=TicketId(ticket)))

    @Slot()
    def leave(self) -> None:
        self._press("leave", lambda at: c.LeaveVisit(counter=at))

    @Slot()
    def list_joinable(self) -> None:
        """Ask for the visits at other counters that may be joined."""
        counter = own_counter(self._feed.inputs)
        self._become(joinable=None)
        if counter is not None:
            self._server.read(ReadJoint(counter=counter.id), self._joinable)

    @Slot(str)
    def walk_in(self, service: str) -> None:
        self._press("walk_in", lambda at: c.WalkIn(counter=at, service=ServiceId(service)))

    @Slot(str, int)
    def pause(self, reason: str, minutes: int) -> None:
        """`minutes` until the counter means to be back; 0 where nobody knows."""
        until = cast(Ms, self._feed.inputs.now + minutes * MINUTE) if minutes else None
        self._press("pause", lambda at: c.Pause(counter=at, reason=reason, until=until))

    @Slot()
    def resume(self) -> None:
        self._press("resume", lambda at: c.Resume(counter=at))

    @Slot()
    def rating(self) -> None:
        self._press("rating", lambda at: c.RequestRating(counter=at))

    @Slot()
    def list_waiting(self) -> None:
        """Ask for the tickets that may be called out of order."""
        counter = own_counter(self._feed.inputs)
        self._become(waiting=None)
        if counter is not None:
            self._server.read(ReadWaiting(counter=counter.id, limit=LISTED), self._listed)

    @Slot()
    def read_message(self) -> None:
        """The clerk has seen the last refusal."""
        self._become(rejected=None)

    def _press(self, key: KeyName, make: Callable[[CounterId], c.Command]) -> None:
        """Send a command. Who types fast may end a step before its branch is acknowledged."""
        counter = own_counter(self._feed.inputs)
        if self._desk.pending == "branch" and key == "end":
            self._then = lambda: self._press(key, make)
        if self._desk.pending or counter is None:
            return
        if key not in possible(self._feed.inputs, counter):
            return
        self._become(pending=key, rejected=None)
        self._patience.start()
        self._server.command(make(counter.id), self._answered)

    def _answered(self, result: Result) -> None:
        self._patience.stop()
        self._become(pending=None, waits=False, rejected=result.rejected)
        then, self._then = self._then, None
        if then is not None and result.rejected is None:
            then()

    def _inputs_changed(self) -> None:
        counter = own_counter(self._feed.inputs)
        ticket = counter.ticket if counter else None
        if ticket is None or not ticket.has_identity:
            self._identity_of = None
            self._become(identity=None)
            return
        if ticket.id != self._identity_of:
            self._identity_of = ticket.id
            self._server.read(ReadIdentity(ticket=ticket.id), self._identified)
        self._become()

    def _identified(self, result: ReadResult) -> None:
        match result.answer:
            case Identity(ticket=ticket) as identity if ticket == self._identity_of:
                self._become(identity=identity)
            case _:
                pass

    def _listed(self, result: ReadResult) -> None:
        match result.answer:
            case Waiting() as waiting:
                self._become(waiting=waiting)
            case _:
                self._become(rejected=result.rejected)

    def _joinable(self, result: ReadResult) -> None:
        match result.answer:
            case Waiting() as waiting:
                self._become(joinable=waiting)
            case _:
                self._become(rejected=result.rejected)

    def _become(self, **changes: object) -> None:
        self._desk = msgspec.structs.replace(self._desk, **changes)
        self.view.show(caller_view(self._feed.inputs, self._desk))
