"""Every verb of the hall, one struct each: what a button, key box, rule or API asks for.

These structs are the wire format too (tagged by `type`), so there is one path for each verb.
"""

import msgspec

from .values import (
    Area,
    Counter,
    CounterId,
    Day,
    Holder,
    Ms,
    Position,
    Profile,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    TicketId,
    TransactionId,
)


class CommandBase(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"
):
    """Base of all commands."""


class DefineHall(CommandBase, tag="define_hall"):
    settings: Settings


class DefineArea(CommandBase, tag="define_area"):
    area: Area


class DefineService(CommandBase, tag="define_service"):
    service: Service


class DefineCounter(CommandBase, tag="define_counter"):
    counter: Counter


class DefineStaff(CommandBase, tag="define_staff"):
    staff: Staff


class DefineProfile(CommandBase, tag="define_profile"):
    profile: Profile


class OpenDay(CommandBase, tag="open_day"):
    day: Day


class CloseDay(CommandBase, tag="close_day"):
    """Close the business day. Open tickets refuse it unless `over_open`, which ends them all."""

    over_open: bool = False


class SignIn(CommandBase, tag="sign_in"):
    counter: CounterId
    staff: StaffId


class SignOut(CommandBase, tag="sign_out"):
    """Leave a counter. A ticket being served refuses it unless `force` (a manager's right)."""

    counter: CounterId
    force: bool = False


class IssueTicket(CommandBase, tag="issue_ticket"):
    """Take a ticket. `priority` above 0 needs a reason code, such as `disabled` or `pregnant`."""

    service: ServiceId
    holder: Holder | None = None
    priority: int = 0
    priority_reason: str = ""
    helper: bool = False
    """Taken by a helper for somebody else."""


class CallNext(CommandBase, tag="call_next"):
    counter: CounterId


class CallThis(CommandBase, tag="call_this"):
    """Call one ticket out of order: needs the right `call_this` and a reason in words."""

    counter: CounterId
    ticket: TicketId
    reason: str


class Recall(CommandBase, tag="recall"):
    counter: CounterId


class StartService(CommandBase, tag="start_service"):
    counter: CounterId


class EndService(CommandBase, tag="end_service"):
    counter: CounterId


class NoShow(CommandBase, tag="no_show"):
    counter: CounterId


class ReturnTicket(CommandBase, tag="return_ticket"):
    """A no-show comes back, where the hall's rule allows it."""

    ticket: TicketId


class Hold(CommandBase, tag="hold"):
    counter: CounterId


class CallBack(CommandBase, tag="call_back"):
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


class Transfer(CommandBase, tag="transfer"):
    """Send the ticket at this counter on; it keeps its number."""

    counter: CounterId
    to: Target
    position: Position = "sorted"


class WalkIn(CommandBase, tag="walk_in"):
    """Serve somebody who has no ticket."""

    counter: CounterId
    service: ServiceId


class Pause(CommandBase, tag="pause"):
    counter: CounterId
    reason: str
    until: Ms | None = None


class Resume(CommandBase, tag="resume_counter"):
    counter: CounterId


class CancelTicket(CommandBase, tag="cancel_ticket"):
    """The citizen gives the ticket up."""

    ticket: TicketId


class RemoveTicket(CommandBase, tag="remove_ticket"):
    """Staff take a waiting ticket out, with a reason; needs the right `remove`."""

    ticket: TicketId
    counter: CounterId
    reason: str


class RequestRating(CommandBase, tag="request_rating"):
    """Ask for a rating of the service at this counter, or of the last one ended there."""

    counter: CounterId


class Rate(CommandBase, tag="rate"):
    """Rate one transaction: level 5 非常满意 … 1 非常不满意, with reasons of that level."""

    transaction: TransactionId
    level: int
    reasons: tuple[str, ...] = ()
    words: str = ""


class DeclineRating(CommandBase, tag="decline_rating"):
    transaction: TransactionId


Command = (
    DefineHall
    | DefineArea
    | DefineService
    | DefineCounter
    | DefineStaff
    | DefineProfile
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
    | WalkIn
    | Pause
    | Resume
    | CancelTicket
    | RemoveTicket
    | RequestRating
    | Rate
    | DeclineRating
)
