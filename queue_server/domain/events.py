"""What happened in the hall: the log's records, one struct each.

Events are facts: they carry what a rule decided (a number, a priority), so that replaying them
needs no rule. They hold references to people (`PersonKey`, a masked name), never an ID number.
Their time, `seq`, and who caused them stand beside them in the log.
"""

from typing import Literal

import msgspec

from .booking import Absence, Booking
from .commands import Target
from .rules import Tally
from .values import (
    Area,
    BookingPlan,
    Branch,
    CalendarDay,
    Catalogue,
    Consent,
    Counter,
    CounterId,
    Day,
    EndReason,
    FaceCheck,
    Ms,
    PersonKey,
    Position,
    Profile,
    Route,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Step,
    TicketId,
    TransactionId,
    Why,
)


class EventBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """Base of all events."""


class HallDefined(EventBase, frozen=True, tag="hall_defined"):
    settings: Settings


class AreaDefined(EventBase, frozen=True, tag="area_defined"):
    area: Area


class ServiceDefined(EventBase, frozen=True, tag="service_defined"):
    service: Service


class CounterDefined(EventBase, frozen=True, tag="counter_defined"):
    counter: Counter


class StaffDefined(EventBase, frozen=True, tag="staff_defined"):
    staff: Staff


class ProfileDefined(EventBase, frozen=True, tag="profile_defined"):
    profile: Profile


class CalendarDayDefined(EventBase, frozen=True, tag="calendar_day_defined"):
    day: CalendarDay


class PlanDefined(EventBase, frozen=True, tag="booking_plan_defined"):
    plan: BookingPlan


class RouteDefined(EventBase, frozen=True, tag="route_defined"):
    route: Route


class DayOpened(EventBase, frozen=True, tag="day_opened"):
    """A business day begins. Carries the whole catalogue: replay starts here."""

    day: Day
    catalogue: Catalogue


class DayClosed(EventBase, frozen=True, tag="day_closed"):
    day: Day


class SignedIn(EventBase, frozen=True, tag="signed_in"):
    counter: CounterId
    staff: StaffId


class SignedOut(EventBase, frozen=True, tag="signed_out"):
    counter: CounterId
    staff: StaffId
    forced: bool = False


class CounterPaused(EventBase, frozen=True, tag="counter_paused"):
    counter: CounterId
    reason: str
    until: Ms | None = None


class CounterResumed(EventBase, frozen=True, tag="counter_resumed"):
    counter: CounterId


class TicketIssued(EventBase, frozen=True, tag="ticket_issued"):
    ticket: TicketId
    number: str
    prefix: str
    serial: int
    service: ServiceId
    priority: int = 0
    priority_reason: str = ""
    person: PersonKey | None = None
    holder: str = ""
    helper: bool = False
    face: FaceCheck = ""
    walk_in: bool = False
    ahead: int = 0
    """Tickets of its service that were before it when it was issued."""
    booked_at: Ms | None = None
    """The time of the appointment that became this ticket."""
    band: str = ""
    """The span of the service's own bands it was taken in, such as `2026-03-02T08:30`."""
    hall_band: str = ""
    """The span of the hall's bands it was taken in."""
    helped_by: PersonKey | None = None
    """The helper who took it, where the hall limits them."""
    route: str | None = None
    stops: tuple[Step, ...] = ()
    """The steps of its route, as they were when it was given; none where it has no route."""
    card_expired: bool = False
    """Whether the holder's card was out of force when it was read."""
    consent: Consent | None = None
    """To what the holder agreed before, and when; None where nothing was read, or by others."""


class TicketCalled(EventBase, frozen=True, tag="ticket_called"):
    """A counter calls a waiting ticket; `starts` where service begins with the call."""

    ticket: TicketId
    counter: CounterId
    staff: StaffId
    service: ServiceId
    transaction: TransactionId
    why: Why
    starts: bool = False
    tallies: tuple[Tally, ...] = ()
    """How ratios, caps and help stand after this call."""


class TicketRecalled(EventBase, frozen=True, tag="ticket_recalled"):
    ticket: TicketId
    counter: CounterId


class TicketCalledBack(EventBase, frozen=True, tag="ticket_called_back"):
    """A held ticket comes back to its counter; the same transaction goes on."""

    ticket: TicketId
    counter: CounterId
    starts: bool = False


class ServiceStarted(EventBase, frozen=True, tag="service_started"):
    ticket: TicketId
    counter: CounterId


class ServiceEnded(EventBase, frozen=True, tag="service_ended"):
    ticket: TicketId
    counter: CounterId


class StepEnded(EventBase, frozen=True, tag="step_ended"):
    """Service ended at a counter, and the visit goes on: the ticket waits for its next step."""

    ticket: TicketId
    counter: CounterId
    to: ServiceId
    position: Position
    stops: tuple[Step, ...]
    """All steps of the visit from now on, the done ones too, as a branch may have changed them."""


class RouteSet(EventBase, frozen=True, tag="route_set"):
    """A counter gave the ticket another route; with None the step at hand is the last."""

    ticket: TicketId
    counter: CounterId
    route: str | None = None
    stops: tuple[Step, ...] = ()


class BranchChosen(EventBase, frozen=True, tag="branch_chosen"):
    """What follows the step at this counter; without `branch` the choice was taken back."""

    ticket: TicketId
    counter: CounterId
    branch: Branch | None = None


class JointBegun(EventBase, frozen=True, tag="joint_begun"):
    """A further counter works on the visit, in a transaction of its own, begun at once."""

    ticket: TicketId
    counter: CounterId
    staff: StaffId
    service: ServiceId
    transaction: TransactionId
    why: Why


class JointEnded(EventBase, frozen=True, tag="joint_ended"):
    """One of the counters working on a visit has done with it; the others go on."""

    ticket: TicketId
    counter: CounterId
    reason: EndReason


class TicketNotShown(EventBase, frozen=True, tag="ticket_not_shown"):
    ticket: TicketId
    counter: CounterId


class TicketReturned(EventBase, frozen=True, tag="ticket_returned"):
    ticket: TicketId
    position: Position


class TicketHeld(EventBase, frozen=True, tag="ticket_held"):
    ticket: TicketId
    counter: CounterId


class TicketTransferred(EventBase, frozen=True, tag="ticket_transferred"):
    ticket: TicketId
    counter: CounterId
    to: Target
    position: Position


class TicketClosed(EventBase, frozen=True, tag="ticket_closed"):
    """The visit ends otherwise than by service: cancelled, removed, day closed, forced out."""

    ticket: TicketId
    reason: EndReason
    words: str = ""


class AppointmentBooked(EventBase, frozen=True, tag="appointment_booked"):
    booking: Booking


class AppointmentMoved(EventBase, frozen=True, tag="appointment_moved"):
    """It has another place now, and the old one is free."""

    serial: str
    service: ServiceId
    plan: str
    day: Day
    start: str
    end: str
    at: Ms
    until: Ms


class AppointmentCancelled(EventBase, frozen=True, tag="appointment_cancelled"):
    """Its place is free again. By the hall too where it did not open that day."""

    serial: str
    by: Literal["citizen", "hall"] = "citizen"
    words: str = ""


class AppointmentKept(EventBase, frozen=True, tag="appointment_kept"):
    """The person came; the appointment is this ticket now."""

    serial: str
    ticket: TicketId
    late: bool = False
    """Too late for its time, or by an ordinary ticket: it waits as any other."""


class AppointmentMissed(EventBase, frozen=True, tag="appointment_missed"):
    """Nobody came until the day closed."""

    serial: str


class PersonBarred(EventBase, frozen=True, tag="person_barred"):
    """After so many missed appointments no more can be booked, to the end of day `until`."""

    person: PersonKey
    until: Day


class BarLifted(EventBase, frozen=True, tag="bar_lifted"):
    """What the person missed counts no more."""

    person: PersonKey
    words: str = ""


class AgendaCarried(EventBase, frozen=True, tag="agenda_carried"):
    """After a day's opening: appointments of that day and later ones, and absences that count.

    There may be several; together they are whole, so that replay can start at the opening.
    """

    bookings: tuple[Booking, ...] = ()
    absences: tuple[Absence, ...] = ()


class AlertAcknowledged(EventBase, frozen=True, tag="alert_acknowledged"):
    """Somebody has seen that something is wrong; it is known until the next day's opening."""

    alert: str
    program: str
    """The manager's registration."""


class RatingRequested(EventBase, frozen=True, tag="rating_requested"):
    transaction: TransactionId
    counter: CounterId


class Rated(EventBase, frozen=True, tag="rated"):
    transaction: TransactionId
    level: int
    reasons: tuple[str, ...] = ()
    has_words: bool = False
    """Words were given; they are kept apart, encrypted."""


class RatingDeclined(EventBase, frozen=True, tag="rating_declined"):
    transaction: TransactionId


Event = (
    HallDefined
    | AreaDefined
    | ServiceDefined
    | CounterDefined
    | StaffDefined
    | ProfileDefined
    | CalendarDayDefined
    | PlanDefined
    | RouteDefined
    | DayOpened
    | DayClosed
    | SignedIn
    | SignedOut
    | CounterPaused
    | CounterResumed
    | TicketIssued
    | TicketCalled
    | TicketRecalled
    | TicketCalledBack
    | ServiceStarted
    | ServiceEnded
    | StepEnded
    | RouteSet
    | BranchChosen
    | JointBegun
    | JointEnded
    | TicketNotShown
    | TicketReturned
    | TicketHeld
    | TicketTransferred
    | TicketClosed
    | AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | AppointmentKept
    | AppointmentMissed
    | PersonBarred
    | BarLifted
    | AgendaCarried
    | AlertAcknowledged
    | RatingRequested
    | Rated
    | RatingDeclined
)
