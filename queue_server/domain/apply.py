"""The one place that changes the hall: an event, its `seq` and its time.

Deterministic, and it never refuses: `decide` has refused already. Returns which tickets and
transactions changed, so that the store writes just those rows.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from . import events as e
from .absences import missed_once
from .booking import Absence, Booking
from .commands import ToCounter, ToQueue, ToStaff
from .hall import CounterNow, Hall, Ticket, Transaction, queue_name
from .rules import Ratio
from .values import CounterId, EndReason, Ms, Profile, ServiceId, TransactionId


class Touched(NamedTuple):
    """What one event changed."""

    tickets: tuple[Ticket, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    counters: tuple[CounterId, ...] = ()
    bookings: tuple[Booking, ...] = ()


def apply(hall: Hall, event: e.Event, seq: int, at: Ms) -> Touched:
    """Change `hall` by one event of the log."""
    touched: Touched = _HANDLERS[type(event)](hall, event, seq, at)
    return touched


def _counter(hall: Hall, counter: CounterId) -> CounterNow:
    now = hall.at.get(counter)
    if now is None:
        now = hall.at[counter] = CounterNow(counter, since=hall.opened_at or Ms(0))
    return now


def _hall_defined(hall: Hall, event: e.HallDefined, seq: int, at: Ms) -> Touched:
    hall.settings = event.settings
    return Touched()


def _area_defined(hall: Hall, event: e.AreaDefined, seq: int, at: Ms) -> Touched:
    hall.areas[event.area.id] = event.area
    return Touched()


def _service_defined(hall: Hall, event: e.ServiceDefined, seq: int, at: Ms) -> Touched:
    hall.services[event.service.id] = event.service
    return Touched()


def _counter_defined(hall: Hall, event: e.CounterDefined, seq: int, at: Ms) -> Touched:
    hall.counters[event.counter.id] = event.counter
    return Touched(counters=(event.counter.id,))


def _staff_defined(hall: Hall, event: e.StaffDefined, seq: int, at: Ms) -> Touched:
    hall.staff[event.staff.id] = event.staff
    return Touched(counters=tuple(hall.seats.values()))


def _profile_defined(hall: Hall, event: e.ProfileDefined, seq: int, at: Ms) -> Touched:
    forget = _rounds_of(hall.profiles.get(event.profile.id)) | _rounds_of(event.profile)
    for key in [k for k in hall.tallies if k.startswith(f"{event.profile.id}#") or k in forget]:
        del hall.tallies[key]
    hall.profiles[event.profile.id] = event.profile
    users = (c.id for c in hall.counters.values() if c.profile == event.profile.id)
    return Touched(counters=tuple(users))


def _rounds_of(profile: Profile | None) -> set[str]:
    """The keys of the ratios in `profile` that are counted for the hall."""
    conditions = profile.conditions if profile else ()
    ratios = (c for c in conditions if isinstance(c, Ratio) and c.counted == "hall")
    return {f"*{ratio.name}" for ratio in ratios}


def _calendar_day_defined(hall: Hall, event: e.CalendarDayDefined, seq: int, at: Ms) -> Touched:
    if event.day.kind == "default":
        hall.calendar.pop(event.day.day, None)
    else:
        hall.calendar[event.day.day] = event.day
    return Touched()


def _day_opened(hall: Hall, event: e.DayOpened, seq: int, at: Ms) -> Touched:
    catalogue = event.catalogue
    hall.settings = catalogue.settings
    hall.areas = {area.id: area for area in catalogue.areas}
    hall.services = {service.id: service for service in catalogue.services}
    hall.counters = {counter.id: counter for counter in catalogue.counters}
    hall.staff = {staff.id: staff for staff in catalogue.staff}
    hall.profiles = {profile.id: profile for profile in catalogue.profiles}
    hall.calendar = {day.day: day for day in catalogue.calendar}
    hall.plans = {plan.id: plan for plan in catalogue.plans}
    hall.routes = {route.id: route for route in catalogue.routes}
    hall.agenda.clear()
    hall.day = hall.last_day = event.day
    hall.opened_at = at
    for kept in (
        hall.tickets,
        hall.by_number,
        hall.open_tickets,
        hall.holding,
        hall.transactions,
        hall.at,
        hall.seats,
        hall.waiting,
        hall.behind,
        hall.plain,
        hall.booked,
        hall.due,
        hall.serials,
        hall.tallies,
        hall.taken,
        hall.last_taken,
        hall.helped,
    ):
        kept.clear()
    return Touched(counters=tuple(hall.counters))


def _day_closed(hall: Hall, event: e.DayClosed, seq: int, at: Ms) -> Touched:
    hall.day = hall.opened_at = None
    return Touched(counters=tuple(hall.counters))


def _signed_in(hall: Hall, event: e.SignedIn, seq: int, at: Ms) -> Touched:
    counter = _counter(hall, event.counter)
    counter.staff, counter.signed_in_at, counter.since = event.staff, at, at
    hall.seats[event.staff] = event.counter
    return Touched(counters=(event.counter,))


def _signed_out(hall: Hall, event: e.SignedOut, seq: int, at: Ms) -> Touched:
    counter = _counter(hall, event.counter)
    counter.staff, counter.signed_in_at, counter.since = None, None, at
    counter.paused, counter.pause_reason, counter.pause_until = False, "", None
    hall.seats.pop(event.staff, None)
    return Touched(counters=(event.counter,))


def _counter_paused(hall: Hall, event: e.CounterPaused, seq: int, at: Ms) -> Touched:
    counter = _counter(hall, event.counter)
    counter.paused, counter.pause_reason, counter.pause_until = True, event.reason, event.until
    counter.since = at
    return Touched(counters=(event.counter,))


def _counter_resumed(hall: Hall, event: e.CounterResumed, seq: int, at: Ms) -> Touched:
    counter = _counter(hall, event.counter)
    counter.paused, counter.pause_reason, counter.pause_until = False, "", None
    counter.since = at
    return Touched(counters=(event.counter,))


def _ticket_issued(hall: Hall, event: e.TicketIssued, seq: int, at: Ms) -> Touched:
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        prefix=event.prefix,
        serial=event.serial,
        service=event.service,
        issued_at=at,
        rank=seq,
        arrival=seq,
        priority=event.priority,
        priority_reason=event.priority_reason,
        person=event.person,
        holder=event.holder,
        helper=event.helper,
        face=event.face,
        walk_in=event.walk_in,
        booked_at=event.booked_at,
        route=event.route,
        stops=event.stops,
        counted=limit_keys(event),
        since=at,
    )
    hall.tickets[ticket.id] = ticket
    hall.by_number[ticket.number] = ticket.id
    hall.open_tickets[ticket.id] = None
    hall.serials[event.prefix] = event.serial
    if event.person is not None:
        hall.holding.setdefault((event.person, event.service), []).append(ticket.id)
        hall.last_taken[event.person, event.service] = ticket.id
    for key in ticket.counted:
        hall.taken[key] = hall.taken.get(key, 0) + 1
    if event.helped_by is not None:
        hall.helped[event.helped_by] = hall.helped.get(event.helped_by, 0) + 1
    hall.enqueue(ticket, f"q:{event.service}")
    return Touched(tickets=(ticket,))


def limit_keys(event: e.TicketIssued) -> tuple[str, ...]:
    """What a ticket counts against; walk-ins and appointments have their own quotas."""
    if event.walk_in or event.booked_at is not None:
        return ()
    keys = [event.service, "*"]
    if event.band:
        keys.append(f"{event.service}@{event.band}")
    if event.hall_band:
        keys.append(f"*@{event.hall_band}")
    return tuple(keys)


def _ticket_called(hall: Hall, event: e.TicketCalled, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    came_from = _came_from(hall, ticket)
    hall.dequeue(ticket)
    for tally in event.tallies:
        hall.tallies[tally.key] = tally.value
    ticket.steps += 1
    ticket.state = "serving" if event.starts else "called"
    ticket.counter, ticket.transaction = event.counter, event.transaction
    transaction = Transaction(
        id=event.transaction,
        ticket=ticket.id,
        number=ticket.number,
        step=ticket.steps,
        stop=ticket.stop,
        service=event.service,
        counter=event.counter,
        staff=event.staff,
        called_at=at,
        why=event.why,
        started_at=at if event.starts else None,
    )
    hall.transactions[transaction.id] = transaction
    counter = _counter(hall, event.counter)
    counter.current, counter.last, counter.since = ticket.id, transaction.id, at
    counter.called += 1
    return Touched((ticket,), (transaction,), (event.counter, *came_from))


def _came_from(hall: Hall, ticket: Ticket) -> tuple[CounterId, ...]:
    """The counter that sent a ticket to the step it waits for, and says so on its screen."""
    last = hall.transactions.get(TransactionId(f"{ticket.id}-{ticket.steps}"))
    return (last.counter,) if last is not None and ticket.stop else ()


def _at_counter(hall: Hall, event: Any) -> tuple[Ticket, Transaction, CounterNow]:
    ticket, counter = hall.tickets[event.ticket], _counter(hall, event.counter)
    own = counter.last if counter.current == ticket.id else ticket.transaction
    assert own is not None
    return ticket, hall.transactions[own], counter


def _ticket_recalled(hall: Hall, event: e.TicketRecalled, seq: int, at: Ms) -> Touched:
    _, transaction, _ = _at_counter(hall, event)
    transaction.recalls += 1
    return Touched((), (transaction,), (event.counter,))


def _ticket_called_back(hall: Hall, event: e.TicketCalledBack, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    counter.held.remove(ticket.id)
    ticket.state = "serving" if event.starts else "called"
    transaction.held = False
    if event.starts and transaction.started_at is None:
        transaction.started_at = at
    counter.current, counter.last, counter.since = ticket.id, transaction.id, at
    return Touched((ticket,), (transaction,), (event.counter,))


def _service_started(hall: Hall, event: e.ServiceStarted, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    ticket.state = "serving"
    if transaction.started_at is None:
        transaction.started_at = at
    counter.since = at
    return Touched((ticket,), (transaction,), (event.counter,))


def _leave_counter(counter: CounterNow, at: Ms) -> None:
    counter.current, counter.since = None, at


def _end_transaction(transaction: Transaction, reason: EndReason, at: Ms) -> None:
    transaction.ended_at, transaction.reason, transaction.held = at, reason, False


def _end_visit(hall: Hall, ticket: Ticket, reason: EndReason, at: Ms) -> None:
    ticket.state, ticket.ended_at, ticket.end_reason = "ended", at, reason
    hall.open_tickets.pop(ticket.id, None)
    _let_go(hall, ticket)


def _let_go(hall: Hall, ticket: Ticket) -> None:
    if ticket.person is not None:
        key = (ticket.person, ticket.service)
        held = hall.holding[key]
        held.remove(ticket.id)
        if not held:
            del hall.holding[key]


def _becomes(hall: Hall, ticket: Ticket, service: ServiceId) -> None:
    """The ticket is for another service now."""
    _let_go(hall, ticket)
    ticket.service = service
    if ticket.person is not None:
        hall.holding.setdefault((ticket.person, service), []).append(ticket.id)


def _service_ended(hall: Hall, event: e.ServiceEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    _end_transaction(transaction, "served", at)
    ticket.stops = ticket.stops[: ticket.stop + 1]  # a branch may have left the rest out
    _end_visit(hall, ticket, "served", at)
    _leave_counter(counter, at)
    counter.served += 1
    return Touched((ticket,), (transaction,), (event.counter,))


def _step_ended(hall: Hall, event: e.StepEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    _end_transaction(transaction, "served", at)
    _leave_counter(counter, at)
    counter.served += 1
    _becomes(hall, ticket, event.to)
    ticket.stops, ticket.stop = event.stops, ticket.stop + 1
    _wait_again(hall, ticket, f"q:{event.to}", event.position, seq, at)
    return Touched((ticket,), (transaction,), (event.counter,))


def _route_set(hall: Hall, event: e.RouteSet, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.route, ticket.stops, ticket.branch = event.route, event.stops, None
    return Touched((ticket,), (), counters_of(ticket))


def _branch_chosen(hall: Hall, event: e.BranchChosen, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.branch = event.branch
    return Touched((ticket,), (), counters_of(ticket))


def counters_of(ticket: Ticket) -> tuple[CounterId, ...]:
    """The counters a ticket is at."""
    return (*(() if ticket.counter is None else (ticket.counter,)), *ticket.joint)


def _joint_begun(hall: Hall, event: e.JointBegun, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    ticket.steps += 1
    ticket.joint = (*ticket.joint, event.counter)
    transaction = Transaction(
        id=event.transaction,
        ticket=ticket.id,
        number=ticket.number,
        step=ticket.steps,
        stop=ticket.stop,
        joint=True,
        service=event.service,
        counter=event.counter,
        staff=event.staff,
        called_at=at,
        why=event.why,
        started_at=at,
    )
    hall.transactions[transaction.id] = transaction
    counter = _counter(hall, event.counter)
    counter.current, counter.last, counter.since = ticket.id, transaction.id, at
    return Touched((ticket,), (transaction,), counters_of(ticket))


def _joint_ended(hall: Hall, event: e.JointEnded, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    _end_transaction(transaction, event.reason, at)
    _leave_counter(counter, at)
    if event.reason == "served":
        counter.served += 1
    if event.counter == ticket.counter:
        ticket.counter, ticket.joint = ticket.joint[0], ticket.joint[1:]
        ticket.transaction = _counter(hall, ticket.counter).last
    else:
        ticket.joint = tuple(other for other in ticket.joint if other != event.counter)
    return Touched((ticket,), (transaction,), (event.counter, *counters_of(ticket)))


def _ticket_not_shown(hall: Hall, event: e.TicketNotShown, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    ticket.state = "no_show"
    _end_transaction(transaction, "no_show", at)
    _leave_counter(counter, at)
    counter.not_shown += 1
    counter.no_shows.append(ticket.id)
    return Touched((ticket,), (transaction,), (event.counter,))


def _ticket_returned(hall: Hall, event: e.TicketReturned, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    was = ticket.counter
    assert was is not None
    _counter(hall, was).no_shows.remove(ticket.id)
    ticket.returns += 1
    _wait_again(hall, ticket, f"q:{ticket.service}", event.position, seq, at)
    return Touched((ticket,), (), (was,))


def _wait_again(hall: Hall, ticket: Ticket, queue: str, position: str, seq: int, at: Ms) -> None:
    ticket.state, ticket.counter, ticket.transaction = "waiting", None, None
    ticket.branch = None
    ticket.since = at if position == "end" else ticket.issued_at
    match position:
        case "front":
            ticket.placed, ticket.rank = "front", seq
        case "end":
            ticket.placed, ticket.rank = "end", seq
        case _:
            ticket.placed, ticket.rank = "sorted", ticket.arrival
    hall.enqueue(ticket, queue)


def _ticket_held(hall: Hall, event: e.TicketHeld, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    ticket.state, transaction.held = "held", True
    _leave_counter(counter, at)
    counter.held.append(ticket.id)
    return Touched((ticket,), (transaction,), (event.counter,))


def _ticket_transferred(hall: Hall, event: e.TicketTransferred, seq: int, at: Ms) -> Touched:
    ticket, transaction, counter = _at_counter(hall, event)
    reason: EndReason
    match event.to:
        case ToQueue(service=service):
            reason = "transferred_queue"
            _becomes(hall, ticket, service)
            if ticket.stops:
                here = msgspec.structs.replace(ticket.stops[ticket.stop], service=service)
                before, after = ticket.stops[: ticket.stop], ticket.stops[ticket.stop + 1 :]
                ticket.stops = (*before, here, *after)
        case ToCounter():
            reason = "transferred_counter"
        case ToStaff():
            reason = "transferred_staff"
    _end_transaction(transaction, reason, at)
    _leave_counter(counter, at)
    counter.transferred += 1
    _wait_again(hall, ticket, queue_name(event.to), event.position, seq, at)
    return Touched((ticket,), (transaction,), (event.counter,))


_GIVES_BACK = ("cancelled_by_citizen", "removed_by_staff")
"""Ends that let somebody else have the place, where the ticket was never called."""


def _ticket_closed(hall: Hall, event: e.TicketClosed, seq: int, at: Ms) -> Touched:
    ticket = hall.tickets[event.ticket]
    transactions: tuple[Transaction, ...] = ()
    counters: tuple[CounterId, ...] = ()
    if not ticket.steps and event.reason in _GIVES_BACK:
        for key in ticket.counted:
            hall.taken[key] -= 1
        ticket.counted = ()
    if ticket.state == "waiting":
        hall.dequeue(ticket)
        counters = _came_from(hall, ticket)
    elif ticket.counter is not None:
        counter = _counter(hall, ticket.counter)
        counters = (counter.id,)
        if ticket.state == "no_show":
            counter.no_shows.remove(ticket.id)
        elif ticket.transaction is not None:
            transaction = hall.transactions[ticket.transaction]
            transactions = (transaction,)
            _end_transaction(transaction, event.reason, at)
            if ticket.state == "held":
                counter.held.remove(ticket.id)
            else:
                _leave_counter(counter, at)
            for other in map(hall.at.__getitem__, ticket.joint):
                assert other.last is not None
                transactions += (hall.transactions[other.last],)
                counters += (other.id,)
                _end_transaction(transactions[-1], event.reason, at)
                _leave_counter(other, at)
            ticket.joint = ()
    _end_visit(hall, ticket, event.reason, at)
    return Touched((ticket,), transactions, counters)


def _plan_defined(hall: Hall, event: e.PlanDefined, seq: int, at: Ms) -> Touched:
    hall.plans[event.plan.id] = event.plan
    return Touched()


def _route_defined(hall: Hall, event: e.RouteDefined, seq: int, at: Ms) -> Touched:
    hall.routes[event.route.id] = event.route
    return Touched()


def _changed(hall: Hall, serial: str, **changes: Any) -> Booking:
    booking = msgspec.structs.replace(hall.agenda.bookings[serial], **changes)
    hall.agenda.put(booking)
    return booking


def _appointment_booked(hall: Hall, event: e.AppointmentBooked, seq: int, at: Ms) -> Touched:
    hall.agenda.put(event.booking)
    return Touched(bookings=(event.booking,))


def _appointment_moved(hall: Hall, event: e.AppointmentMoved, seq: int, at: Ms) -> Touched:
    booking = _changed(
        hall,
        event.serial,
        service=event.service,
        plan=event.plan,
        day=event.day,
        start=event.start,
        end=event.end,
        at=event.at,
        until=event.until,
    )
    return Touched(bookings=(booking,))


def _appointment_cancelled(hall: Hall, event: e.AppointmentCancelled, seq: int, at: Ms) -> Touched:
    return Touched(bookings=(_changed(hall, event.serial, state="cancelled"),))


def _appointment_kept(hall: Hall, event: e.AppointmentKept, seq: int, at: Ms) -> Touched:
    return Touched(bookings=(_changed(hall, event.serial, state="kept", ticket=event.ticket),))


def _appointment_missed(hall: Hall, event: e.AppointmentMissed, seq: int, at: Ms) -> Touched:
    booking = _changed(hall, event.serial, state="missed")
    hall.agenda.put_absence(missed_once(hall, booking))
    return Touched(bookings=(booking,))


def _person_barred(hall: Hall, event: e.PersonBarred, seq: int, at: Ms) -> Touched:
    absence = hall.agenda.absences[event.person]
    hall.agenda.put_absence(msgspec.structs.replace(absence, missed=(), barred_until=event.until))
    return Touched()


def _bar_lifted(hall: Hall, event: e.BarLifted, seq: int, at: Ms) -> Touched:
    hall.agenda.put_absence(Absence(person=event.person, holder=""))
    return Touched()


def _agenda_carried(hall: Hall, event: e.AgendaCarried, seq: int, at: Ms) -> Touched:
    for booking in event.bookings:
        hall.agenda.put(booking)
    for absence in event.absences:
        hall.agenda.put_absence(absence)
    return Touched()


def _rating(hall: Hall, event: Any) -> tuple[Transaction, Touched]:
    transaction = hall.transactions[event.transaction]
    return transaction, Touched((), (transaction,), (transaction.counter,))


def _rating_requested(hall: Hall, event: e.RatingRequested, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "asked", at
    return touched


def _rated(hall: Hall, event: e.Rated, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "rated", at
    transaction.level, transaction.reasons = event.level, event.reasons
    return touched


def _rating_declined(hall: Hall, event: e.RatingDeclined, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "declined", at
    return touched


_HANDLERS: dict[type, Callable[[Hall, Any, int, Ms], Touched]] = {
    e.HallDefined: _hall_defined,
    e.AreaDefined: _area_defined,
    e.ServiceDefined: _service_defined,
    e.CounterDefined: _counter_defined,
    e.StaffDefined: _staff_defined,
    e.ProfileDefined: _profile_defined,
    e.CalendarDayDefined: _calendar_day_defined,
    e.DayOpened: _day_opened,
    e.DayClosed: _day_closed,
    e.SignedIn: _signed_in,
    e.SignedOut: _signed_out,
    e.CounterPaused: _counter_paused,
    e.CounterResumed: _counter_resumed,
    e.TicketIssued: _ticket_issued,
    e.TicketCalled: _ticket_called,
    e.TicketRecalled: _ticket_recalled,
    e.TicketCalledBack: _ticket_called_back,
    e.ServiceStarted: _service_started,
    e.ServiceEnded: _service_ended,
    e.StepEnded: _step_ended,
    e.RouteSet: _route_set,
    e.BranchChosen: _branch_chosen,
    e.JointBegun: _joint_begun,
    e.JointEnded: _joint_ended,
    e.TicketNotShown: _ticket_not_shown,
    e.TicketReturned: _ticket_returned,
    e.TicketHeld: _ticket_held,
    e.TicketTransferred: _ticket_transferred,
    e.TicketClosed: _ticket_closed,
    e.PlanDefined: _plan_defined,
    e.RouteDefined: _route_defined,
    e.AppointmentBooked: _appointment_booked,
    e.AppointmentMoved: _appointment_moved,
    e.AppointmentCancelled: _appointment_cancelled,
    e.AppointmentKept: _appointment_kept,
    e.AppointmentMissed: _appointment_missed,
    e.PersonBarred: _person_barred,
    e.BarLifted: _bar_lifted,
    e.AgendaCarried: _agenda_carried,
    e.RatingRequested: _rating_requested,
    e.Rated: _rated,
    e.RatingDeclined: _rating_declined,
}
