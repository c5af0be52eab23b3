"""From a ticket's call to the end of its transaction: serving, setting aside, sending on."""

from . import commands as c
from . import events as e
from .at_counter import current, ready_to_call
from .context import MAX_REASON, Events, Given, Rejection, has_right, words_problem
from .hall import Hall, Ticket
from .pick import pick_next, why_this, why_walk_in
from .routes import end_step, joint_refused, transfer_refused
from .rules import Tally
from .tickets import number_text
from .values import CounterId, StaffId, TicketId, TransactionId, Why


def call_next(hall: Hall, command: c.CallNext, given: Given) -> Events | Rejection:
    staff = ready_to_call(hall, command.counter)
    if isinstance(staff, Rejection):
        return staff
    pick = pick_next(hall, command.counter, given.now)
    if pick is None:
        return Rejection("nobody_waiting")
    return [_called(hall, pick.ticket, command.counter, staff, pick.why, pick.tallies)]


def call_this(hall: Hall, command: c.CallThis, given: Given) -> Events | Rejection:
    staff = ready_to_call(hall, command.counter)
    if isinstance(staff, Rejection):
        return staff
    if not has_right(hall.staff[staff].rights, "call_this"):
        return Rejection("no_right")
    reason = command.reason.strip()
    if not reason:
        return Rejection("reason_required")
    problem = words_problem("reason", reason, MAX_REASON)
    if problem:
        return problem
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state != "waiting":
        return Rejection("not_waiting", {"number": ticket.number})
    why = why_this(hall, command.counter, ticket, reason, given.now)
    return [_called(hall, ticket, command.counter, staff, why)]


def _called(
    hall: Hall,
    ticket: Ticket,
    counter: CounterId,
    staff: StaffId,
    why: Why,
    tallies: tuple[Tally, ...] = (),
) -> e.TicketCalled:
    return e.TicketCalled(
        ticket=ticket.id,
        counter=counter,
        staff=staff,
        service=ticket.service,
        transaction=TransactionId(f"{ticket.id}-{ticket.steps + 1}"),
        why=why,
        starts=not hall.settings.start_distinct,
        tallies=tallies,
    )


def walk_in(hall: Hall, command: c.WalkIn, given: Given) -> Events | Rejection:
    """A visit without a ticket of its own: numbered apart, called and begun at once."""
    staff = ready_to_call(hall, command.counter)
    if isinstance(staff, Rejection):
        return staff
    if command.service not in hall.services:
        return Rejection("unknown_service", {"service": command.service[:40]})
    prefix = hall.settings.walk_in_prefix
    serial = hall.serials.get(prefix, 0) + 1
    ticket = TicketId(given.new_id())
    return [
        e.TicketIssued(
            ticket=ticket,
            number=number_text(prefix, serial),
            prefix=prefix,
            serial=serial,
            service=command.service,
            walk_in=True,
        ),
        e.TicketCalled(
            ticket=ticket,
            counter=command.counter,
            staff=staff,
            service=command.service,
            transaction=TransactionId(f"{ticket}-1"),
            why=why_walk_in(hall, command.counter, given.now),
            starts=True,
        ),
    ]


def recall(hall: Hall, command: c.Recall, given: Given) -> Events | Rejection:
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if ticket.state != "called" and hall.settings.start_distinct:
        return Rejection("already_started", {"number": ticket.number})
    return [e.TicketRecalled(ticket=ticket.id, counter=command.counter)]


def call_back(hall: Hall, command: c.CallBack, given: Given) -> Events | Rejection:
    staff = ready_to_call(hall, command.counter)
    if isinstance(staff, Rejection):
        return staff
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state != "held" or ticket.counter != command.counter:
        return Rejection("not_held_here", {"number": ticket.number})
    starts = not hall.settings.start_distinct
    return [e.TicketCalledBack(ticket=ticket.id, counter=command.counter, starts=starts)]


def start_service(hall: Hall, command: c.StartService, given: Given) -> Events | Rejection:
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if ticket.state == "serving":
        if not hall.settings.start_distinct:
            return Rejection("not_distinct")
        return Rejection("already_started", {"number": ticket.number})
    return [e.ServiceStarted(ticket=ticket.id, counter=command.counter)]


def end_service(hall: Hall, command: c.EndService, given: Given) -> Events | Rejection:
    """The service here is done: the visit goes on to its next step, or ends with the last."""
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if ticket.state != "serving":
        return Rejection("not_started", {"number": ticket.number})
    ended = end_step(hall, ticket, command.counter)
    if isinstance(ended, Rejection):
        return ended
    transaction = hall.counter_now(command.counter).last
    assert transaction is not None
    if hall.settings.rate_on_end and hall.transactions[transaction].rating == "none":
        return [ended, e.RatingRequested(transaction=transaction, counter=command.counter)]
    return [ended]


def no_show(hall: Hall, command: c.NoShow, given: Given) -> Events | Rejection:
    """The called citizen is absent. Whoever was asked for a rating was there."""
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if ticket.state != "called" and (hall.settings.start_distinct or ticket.walk_in):
        return Rejection("already_started", {"number": ticket.number})
    refused = joint_refused(hall, ticket, command.counter)
    if refused is not None:
        return refused
    assert ticket.transaction is not None
    if hall.transactions[ticket.transaction].rating != "none":
        return Rejection("already_started", {"number": ticket.number})
    return [e.TicketNotShown(ticket=ticket.id, counter=command.counter)]


def hold(hall: Hall, command: c.Hold, given: Given) -> Events | Rejection:
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    refused = joint_refused(hall, ticket, command.counter)
    if refused is not None:
        return refused
    return [e.TicketHeld(ticket=ticket.id, counter=command.counter)]


def transfer(hall: Hall, command: c.Transfer, given: Given) -> Events | Rejection:
    """Send the current ticket on. It keeps its number."""
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    match command.to:
        case c.ToQueue(service=service):
            if service not in hall.services:
                return Rejection("unknown_service", {"service": service[:40]})
        case c.ToCounter(counter=counter):
            if counter not in hall.counters:
                return Rejection("unknown_counter", {"counter": counter[:40]})
            if counter == command.counter:
                return Rejection("transfer_to_itself")
        case c.ToStaff(staff=staff):
            if staff not in hall.staff:
                return Rejection("unknown_staff", {"staff": staff[:40]})
            if hall.seats.get(staff) == command.counter:
                return Rejection("transfer_to_itself")
    refused = joint_refused(hall, ticket, command.counter)
    refused = refused or transfer_refused(hall, ticket, command.to)
    if refused is not None:
        return refused
    return [
        e.TicketTransferred(
            ticket=ticket.id, counter=command.counter, to=command.to, position=command.position
        )
    ]
