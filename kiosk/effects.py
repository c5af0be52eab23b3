"""What the kiosk wants done: commands and questions to send, paper, reader, camera."""

import msgspec

from kiosk.states import CameraUse
from queue_server.domain.commands import CheckIn, IssueTicket
from queue_server.domain.values import Holder, Ms, Text, TicketId
from queue_server.protocol.views import ServiceView, StepView


class Effect(msgspec.Struct, frozen=True):
    """Base of all effects."""


class Issue(Effect, frozen=True):
    """Send the command under its id."""

    command_id: str
    do: IssueTicket | CheckIn


class Abandon(Effect, frozen=True):
    """Stop waiting for this command and forget what it said (it may hold an identity)."""

    command_id: str


class AskProgress(Effect, frozen=True):
    """Ask the server how a ticket stands."""

    request_id: str
    ticket: str


class AskAppointments(Effect, frozen=True):
    """Ask the server which appointments the card's holder has."""

    request_id: str
    holder: Holder


class Print(Effect, frozen=True):
    """Print a slip; `reprint` marks it 补打."""

    job_id: str
    ticket: TicketId
    number: str
    service: ServiceView
    ahead: int
    issued_at: Ms
    priority_reason: str
    reprint: bool
    wait: Text | None = None
    """The range of waiting time, where one is known."""
    booked_at: Ms | None = None
    """The time of the appointment that the ticket is for."""
    steps: tuple[StepView, ...] = ()
    """Of its route, in order; none without one."""


class StartReading(Effect, frozen=True):
    """The citizen has seen the notice and chose the card: read one."""


class StopReading(Effect, frozen=True):
    """Read no card, and forget one that was being read."""


class UseCamera(Effect, frozen=True):
    """Open the camera for this, or close it."""

    use: CameraUse


class ForgetPhoto(Effect, frozen=True):
    """The card's photograph goes from memory now."""


class Quit(Effect, frozen=True):
    """End the program: staff typed the exit password."""


AnyEffect = (
    Issue
    | Abandon
    | AskProgress
    | AskAppointments
    | Print
    | StartReading
    | StopReading
    | UseCamera
    | ForgetPhoto
    | Quit
)
