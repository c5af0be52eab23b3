"""Frames of the push channel: JSON text, one struct each, tagged by `type`.

A client says `hello`, is answered `welcome`, then sends `command`, `read`, `report` and receives
`update`, `result`. `docs/protocol.md` tells the whole of it.
"""

import msgspec

from ..domain.commands import Command
from ..domain.values import (
    AreaId,
    CounterId,
    Ms,
    ServiceId,
    TicketId,
    TicketState,
    Why,
)
from .bookings import (
    Absences,
    Appointment,
    Appointments,
    Quotas,
    ReadAbsences,
    ReadAppointment,
    ReadAppointments,
    ReadQuotas,
    ReadStanding,
    Standing,
)
from .reasons import ReadWhy, Reasons
from .views import (
    AlertsView,
    CallsView,
    CallView,
    CounterView,
    DeviceReport,
    HallView,
    PadView,
    ProgramRole,
    ProgramsView,
    QueuesView,
    ScreenView,
    StepView,
)

VERSION = 1
"""Version of the frames; a server answers older clients of the same version for ever."""


class Frame(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """Base of all frames."""


# --- client to server ---------------------------------------------------------------------------


class Resume(msgspec.Struct, frozen=True):
    """Where a client stopped: announcements it missed since are sent again."""

    epoch: int
    seq: int


class Hello(Frame, frozen=True, tag="hello"):
    """The first frame. The token is never part of the URL."""

    v: int
    token: str
    program: str
    """The program's version, for the manager's page, such as `kiosk 0.1.0`."""
    resume: Resume | None = None


class CommandFrame(Frame, frozen=True, tag="command"):
    """Ask for a change. `id` is a UUID of the client's; a retry with it gets the first answer."""

    id: str
    do: Command


class ReadIdentity(msgspec.Struct, frozen=True, tag_field="type", tag="identity"):
    """The full name and masked number of a ticket's holder; only for the counter serving it."""

    ticket: TicketId


class ReadTicket(msgspec.Struct, frozen=True, tag_field="type", tag="ticket"):
    """A ticket's progress, by id or by today's number."""

    ticket: str


class ReadWaiting(msgspec.Struct, frozen=True, tag_field="type", tag="waiting"):
    """Waiting tickets of a counter's queues, without identity, in the order of calling."""

    counter: CounterId
    limit: int = 50


class ReadJoint(msgspec.Struct, frozen=True, tag_field="type", tag="joint"):
    """The visits served at other counters that this one may join; answered as `waiting`."""

    counter: CounterId


Read = (
    ReadIdentity
    | ReadTicket
    | ReadWaiting
    | ReadJoint
    | ReadAppointment
    | ReadAppointments
    | ReadQuotas
    | ReadStanding
    | ReadAbsences
    | ReadWhy
)


class ReadFrame(Frame, frozen=True, tag="read"):
    id: str
    what: Read


class ResumeFrame(Frame, frozen=True, tag="resume"):
    """After a gap (`update.prev` above the last `seq` held): send everything anew."""

    seq: int


class ReportFrame(Frame, frozen=True, tag="report"):
    """The devices this program drives, whole, whenever one changes."""

    devices: tuple[DeviceReport, ...]


ClientFrame = Hello | CommandFrame | ReadFrame | ResumeFrame | ReportFrame


# --- server to client ---------------------------------------------------------------------------

Document = (
    HallView
    | QueuesView
    | CallsView
    | ScreenView
    | PadView
    | CounterView
    | ProgramsView
    | AlertsView
)

DOCUMENT_OF: dict[str, type[Document]] = {
    "hall": HallView,
    "queues": QueuesView,
    "calls": CallsView,
    "screen": ScreenView,
    "pad": PadView,
    "counter": CounterView,
    "programs": ProgramsView,
    "alerts": AlertsView,
}
"""Type of a topic's document, by the part of the topic before the slash."""


class Me(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who the server takes this client for."""

    role: ProgramRole
    name: str
    program: str
    """Id of the registration, as on the manager's page."""
    counter: CounterId | None = None
    area: AreaId | None = None


class Welcome(Frame, frozen=True, tag="welcome"):
    """Everything this client may see now; sent after `hello` and after `resume`."""

    v: int
    epoch: int
    seq: int
    now: Ms
    """The server's clock, for showing minutes."""
    me: Me
    set: dict[str, msgspec.Raw]
    """Every topic's document."""
    announcements: tuple[CallView, ...] = ()
    """Calls made since the client's `resume` point, oldest first."""


class Update(Frame, frozen=True, tag="update"):
    """Documents that changed, whole. Covers everything after `prev` up to `seq`."""

    prev: int
    seq: int
    set: dict[str, msgspec.Raw] = {}
    announcements: tuple[CallView, ...] = ()
    """Calls and recalls in this update, in the hall's one order."""


class Rejected(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a command was not done: a code of `domain.codes`, with its sentence."""

    code: str
    kind: str
    zh: str
    en: str
    details: dict[str, str] = {}


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a command led to; fields are set where they have a meaning."""

    ticket: TicketId | None = None
    number: str | None = None
    service: ServiceId | None = None
    counter: CounterId | None = None
    transaction: str | None = None
    ahead: int | None = None
    """Tickets of the same service standing before by class and arrival, at the moment of issue."""
    priority: int | None = None
    priority_reason: str | None = None
    issued_at: Ms | None = None
    wait_low_s: int | None = None
    """What the holder was told at issue: seconds to wait, from …"""
    wait_high_s: int | None = None
    """… to; absent where nothing was."""
    why: Why | None = None
    booked_at: Ms | None = None
    """The time of the appointment that the ticket is for."""
    appointment: Appointment | None = None
    steps: tuple[StepView, ...] = ()
    """The steps of the route that the ticket issued has."""


class Result(Frame, frozen=True, tag="result"):
    """Answer to a command, after it is durable. `seq` is the last event it made."""

    id: str
    seq: int = 0
    done: Outcome | None = None
    rejected: Rejected | None = None


class Identity(msgspec.Struct, frozen=True, tag_field="type", tag="identity"):
    ticket: TicketId
    name: str
    number: str
    """Masked but for the last four."""


class Progress(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="ticket"):
    """A ticket as its holder may follow it."""

    ticket: TicketId
    number: str
    service: ServiceId
    state: TicketState
    ahead: int = 0
    """As in `Outcome`, now."""
    counter: CounterId | None = None
    counter_number: int | None = None
    issued_at: Ms | None = None
    end_reason: str | None = None
    wait_low_s: int | None = None
    """Seconds left to wait, from …"""
    wait_high_s: int | None = None
    """… to; absent where nothing honest can be said."""
    steps: tuple[StepView, ...] = ()
    """Of its route; none without one."""


class WaitingTicket(msgspec.Struct, frozen=True, omit_defaults=True):
    id: TicketId
    number: str
    service: ServiceId
    issued_at: Ms
    priority: int = 0
    priority_reason: str = ""
    wait_low_s: int | None = None
    wait_high_s: int | None = None
    """Seconds left to wait, as in `Progress`."""
    place: int = 0
    """1 for whom the counter would call next, 2 for who follows; 0 beyond the first few."""


class Waiting(msgspec.Struct, frozen=True, tag_field="type", tag="waiting"):
    """Whom a counter may call: first by its rules, then by class and arrival."""

    tickets: tuple[WaitingTicket, ...]
    total: int


Answer = (
    Identity
    | Progress
    | Waiting
    | Appointment
    | Appointments
    | Quotas
    | Standing
    | Absences
    | Reasons
)


class ReadResult(Frame, frozen=True, tag="read_result"):
    id: str
    answer: Answer | None = None
    rejected: Rejected | None = None


class Error(Frame, frozen=True, tag="error"):
    """A frame was not understood or came out of turn. The server may close after it."""

    code: str
    zh: str
    en: str
    closing: bool = False


ServerFrame = Welcome | Update | Result | ReadResult | Error
