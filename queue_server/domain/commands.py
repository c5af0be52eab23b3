"""Every verb of the hall, one struct each: what a button, key box, rule or API asks for.

These structs are the wire format too (tagged by `type`), so there is one path for each verb.
"""

import msgspec

from .values import (
    Area,
    BookingPlan,
    CalendarDay,
    Consent,
    Counter,
    CounterId,
    Day,
    FaceCheck,
    Holder,
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
    TicketId,
    TransactionId,
)


class CommandBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """Base of all commands."""


class DefineHall(CommandBase, frozen=True, tag="define_hall"):
    settings: Settings


class DefineArea(CommandBase, frozen=True, tag="define_area"):
    area: Area


class DefineService(CommandBase, frozen=True, tag="define_service"):
    service: Service


class DefineCounter(CommandBase, frozen=True, tag="define_counter"):
    counter: Counter


class DefineStaff(CommandBase, frozen=True, tag="define_staff"):
    staff: Staff


class DefineProfile(CommandBase, frozen=True, tag="define_profile"):
    profile: Profile


class DefineCalendarDay(CommandBase, frozen=True, tag="define_calendar_day"):
    """Say what a date is, before the state's calendar does; kind `default` takes it back."""

    day: CalendarDay


class DefinePlan(CommandBase, frozen=True, tag="define_booking_plan"):
    plan: BookingPlan


class DefineRoute(CommandBase, frozen=True, tag="define_route"):
    route: Route


class OpenDay(CommandBase, frozen=True, tag="open_day"):
    day: Day


class CloseDay(CommandBase, frozen=True, tag="close_day"):
    """Close the business day. Open tickets refuse it unless `over_open`, which ends them all."""

    over_open: bool = False


class SignIn(CommandBase, frozen=True, tag="sign_in"):
    counter: CounterId
    staff: StaffId


class SignOut(CommandBase, frozen=True, tag="sign_out"):
    """Leave a counter. A ticket being served refuses it unless `force` (a manager's right)."""

    counter: CounterId
    force: bool = False


class IssueTicket(CommandBase, frozen=True, tag="issue_ticket"):
    """Take a ticket. `priority` above 0 needs a reason code, such as `disabled` or `pregnant`."""

    service: ServiceId
    holder: Holder | None = None
    priority: int = 0
    priority_reason: str = ""
    helper: bool = False
    """Taken by a helper for somebody else."""
    face: FaceCheck = ""
    helped_by: Holder | None = None
    """The helper's own card, where the hall limits how many tickets a helper takes."""
    route: str | None = None
    """A route that begins with the service, instead of the service's own."""
    card_expired: bool = False
    """Whether the holder's card was read and is out of force; its clerk is told."""
    consent: Consent | None = None


class CallNext(CommandBase, frozen=True, tag="call_next"):
    counter: CounterId


class CallThis(CommandBase, frozen=True, tag="call_this"):
    """Call one ticket out of order: needs the right `call_this` and a reason in words."""

    counter: CounterId
    ticket: TicketId
    reason: str


class Recall(CommandBase, frozen=True, tag="recall"):
    counter: CounterId


class StartService(CommandBase, frozen=True, tag="start_service"):
    counter: CounterId


class EndService(CommandBase, frozen=True, tag="end_service"):
    counter: CounterId


class NoShow(CommandBase, frozen=True, tag="no_show"):
    counter: CounterId


class ReturnTicket(CommandBase, frozen=True, tag="return_ticket"):
    """A no-show comes back, where the hall's rule allows it."""

    ticket: TicketId


class Hold(CommandBase, frozen=True, tag="hold"):
    counter: CounterId


class CallBack(CommandBase, frozen=True, tag="call_back"):
    """Call a held ticket again, at the counter that holds it."""

    counter: CounterId
    ticket: TicketId


class ToQueue(msgspec.Struct, frozen=True, tag_field="type", tag="queue"):
    service: ServiceId


class ToCounter(msgspec.Struct, frozen=True, tag_field="type", tag="counter"):
    counter: CounterId


class ToStaff(msgspec.Struct, frozen=True, tag_field="type", tag="staff"):
    staff: StaffId


Target = ToQueue | ToCounter | ToStaff


class Transfer(CommandBase, frozen=True, tag="transfer"):
    """Send the ticket at this counter on; it keeps its number."""

    counter: CounterId
    to: Target
    position: Position = "sorted"


class SetRoute(CommandBase, frozen=True, tag="set_route"):
    """Give the ticket at this counter another route from here on; with None it ends here."""

    counter: CounterId
    route: str | None = None


class ChooseBranch(CommandBase, frozen=True, tag="choose_branch"):
    """Say what follows the step at this counter; with None the route just goes on."""

    counter: CounterId
    branch: str | None = None


class JoinVisit(CommandBase, frozen=True, tag="join_visit"):
    """Work on a visit another counter is serving, where its route lets counters work jointly."""

    counter: CounterId
    ticket: TicketId


class LeaveVisit(CommandBase, frozen=True, tag="leave_visit"):
    """Leave a joint visit to the other counters, with nothing served here."""

    counter: CounterId


class WalkIn(CommandBase, frozen=True, tag="walk_in"):
    """Serve somebody who has no ticket."""

    counter: CounterId
    service: ServiceId


class Pause(CommandBase, frozen=True, tag="pause"):
    counter: CounterId
    reason: str
    until: Ms | None = None


class Resume(CommandBase, frozen=True, tag="resume_counter"):
    counter: CounterId


class CancelTicket(CommandBase, frozen=True, tag="cancel_ticket"):
    """The citizen gives the ticket up."""

    ticket: TicketId


class RemoveTicket(CommandBase, frozen=True, tag="remove_ticket"):
    """Staff take a waiting ticket out, with a reason; needs the right `remove`."""

    ticket: TicketId
    counter: CounterId
    reason: str


class BookAppointment(CommandBase, frozen=True, tag="book_appointment"):
    """Book by real name. The same serial with another time moves what was booked."""

    serial: str
    """What the portal knows it by: 1 to 64 letters, digits, `.`, `_` or `-`."""
    service: ServiceId
    day: Day
    start: str
    """A band's `start`, `HH:MM`."""
    holder: Holder


class MoveAppointment(CommandBase, frozen=True, tag="move_appointment"):
    """Take another place, and another service if given, and let the old one go."""

    serial: str
    day: Day
    start: str
    service: ServiceId | None = None


class CancelAppointment(CommandBase, frozen=True, tag="cancel_appointment"):
    serial: str
    reason: str = ""


class CheckIn(CommandBase, frozen=True, tag="check_in"):
    """A booked citizen is here: by `code` (the serial or the eight digits), or by `holder`."""

    code: str = ""
    holder: Holder | None = None
    service: ServiceId | None = None
    """Which of a person's appointments of the day; the next one where not given."""
    helper: bool = False
    face: FaceCheck = ""
    card_expired: bool = False
    consent: Consent | None = None


class LiftBar(CommandBase, frozen=True, tag="lift_bar"):
    """End a person's bar from booking, named by pseudonym or by `holder`; needs a reason."""

    person: PersonKey | None = None
    holder: Holder | None = None
    reason: str = ""


class AcknowledgeAlert(CommandBase, frozen=True, tag="acknowledge_alert"):
    """A manager has seen an alert. It is shown as seen until its cause ends."""

    alert: str
    """What is wrong and since when, such as `PROGRAM/printer/80 mm/1772409600000`."""


class RequestRating(CommandBase, frozen=True, tag="request_rating"):
    """Ask for a rating of the service at this counter, or of the last one ended there."""

    counter: CounterId


class Rate(CommandBase, frozen=True, tag="rate"):
    """Rate one transaction: level 5 非常满意 … 1 非常不满意, with reasons of that level."""

    transaction: TransactionId
    level: int
    reasons: tuple[str, ...] = ()
    words: str = ""


class DeclineRating(CommandBase, frozen=True, tag="decline_rating"):
    transaction: TransactionId


Command = (
    DefineHall
    | DefineArea
    | DefineService
    | DefineCounter
    | DefineStaff
    | DefineProfile
    | DefineCalendarDay
    | DefinePlan
    | DefineRoute
    | OpenDay
    | CloseDay
    | SignIn
    | SignOut
    | IssueTicket
    | CallNext
    | CallThis
    | Recall
    | StartService
    | EndService
    | NoShow
    | ReturnTicket
    | Hold
    | CallBack
    | Transfer
    | SetRoute
    | ChooseBranch
    | JoinVisit
    | LeaveVisit
    | WalkIn
    | Pause
    | Resume
    | CancelTicket
    | RemoveTicket
    | BookAppointment
    | MoveAppointment
    | CancelAppointment
    | CheckIn
    | LiftBar
    | AcknowledgeAlert
    | RequestRating
    | Rate
    | DeclineRating
)
