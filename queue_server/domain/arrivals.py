"""A booked citizen is here: the appointment becomes a ticket by itself."""

import msgspec

from . import commands as c
from . import events as e
from .bands import clock_text
from .booking import Booking
from .context import Events, Given, Rejection, service_details
from .hall import Hall
from .ids import MINUTE, Ms, PersonKey, ServiceId
from .limits import Place, already_held, places
from .routes import route_for
from .slots import booking_details, ticket_details, today_of
from .tickets import (
    consent_problem,
    elderly_on,
    holder_problem,
    issue_ticket,
    next_ticket,
    priority_allowed,
)
from .values import Route, Service
from .workdays import local


def check_in(hall: Hall, command: c.CheckIn, given: Given) -> Events | Rejection:
    """The appointment becomes a ticket by itself: nobody queues twice."""
    found = _arriving(hall, command, given)
    if isinstance(found, Rejection):
        return found
    refused = _not_now(hall, found, given)
    if refused is not None:
        return refused
    service = hall.services.get(found.service)
    if service is None or not service.active:
        return Rejection(
            "service_inactive", service_details(service) if service else _no_names(found)
        )
    held = already_held(hall, found.person, service.id)
    if held is not None:
        return Rejection("already_holding", {"number": held})
    route = route_for(hall, service.id, None)
    assert not isinstance(route, Rejection)
    return _kept(hall, found, service, command, given, route=route)


def _kept(
    hall: Hall,
    booking: Booking,
    service: Service,
    command: c.CheckIn | c.IssueTicket,
    given: Given,
    priority: int = 0,
    reason: str = "",
    route: Route | None = None,
) -> Events | Rejection:
    """The ticket of an appointment; an ordinary one where its time is over."""
    if problem := consent_problem(command.consent):
        return problem
    late = _is_late(hall, booking, given.now)
    place = places(hall, service, given) if late else Place()
    if place.refused is not None and _holds_for_late(hall, place):
        why = "closed" if place.outside_hours else "full"
        return Rejection(
            f"appointment_late_{why}", place.refused.details | booking_details(hall, booking, given)
        )
    if booking.priority > priority:
        priority, reason = booking.priority, booking.priority_reason
    old = command.holder is not None and elderly_on(hall, command.holder, booking.day)
    if old and priority < hall.settings.elderly_priority:
        priority, reason = hall.settings.elderly_priority, "elderly"
    named = service.identity != "none"
    issued = msgspec.structs.replace(
        next_ticket(hall, service, priority, given, route),
        priority_reason=reason if priority else "",
        person=booking.person if named else None,
        holder=booking.holder if named else "",
        helper=command.helper,
        face=command.face,
        card_expired=command.card_expired,
        consent=command.consent,
        booked_at=None if late else booking.at,
        band=place.band,
        hall_band=place.hall_band,
    )
    return [issued, e.AppointmentKept(serial=booking.serial, ticket=issued.ticket, late=late)]


def take_ticket(hall: Hall, command: c.IssueTicket, given: Given) -> Events | Rejection:
    """A ticket; where an appointment for it is due, the ticket of that: nobody is asked twice."""
    service = hall.services.get(command.service)
    if service is None or not service.active or command.holder is None:
        return issue_ticket(hall, command, given)
    if holder_problem(command.holder):
        return issue_ticket(hall, command, given)
    booking = _due(hall, given.person_key(command.holder), service.id, given)
    route = route_for(hall, service.id, command.route)
    if isinstance(route, Rejection):
        return route
    if booking is None or not priority_allowed(command.priority, command.priority_reason):
        return issue_ticket(hall, command, given)
    held = already_held(hall, booking.person, service.id)
    if held is not None:
        return Rejection("already_holding", {"number": held})
    reason = command.priority_reason
    return _kept(hall, booking, service, command, given, command.priority, reason, route)


def _due(hall: Hall, person: PersonKey, service: ServiceId, given: Given) -> Booking | None:
    """The appointment that a ticket taken now by this person is for."""
    if hall.day is None:
        return None
    for booking in hall.agenda.of(person, hall.day):
        if booking.service == service and _not_now(hall, booking, given) is None:
            return booking
    return None


def _arriving(hall: Hall, command: c.CheckIn, given: Given) -> Booking | Rejection:
    assert hall.day is not None
    if command.code:
        serial = hall.agenda.codes.get(command.code.strip().upper())
        if serial is None:
            return Rejection("appointment_unknown")
        return hall.agenda.bookings[serial]
    if command.holder is None:
        return Rejection("appointment_unknown")
    problem = holder_problem(command.holder)
    if problem:
        return Rejection("bad_holder", {"detail": problem})
    person = given.person_key(command.holder)
    theirs = [
        booking
        for booking in hall.agenda.of(person, hall.day)
        if command.service is None or booking.service == command.service
    ]
    still = [booking for booking in theirs if booking.state == "open"]
    for booking in still:
        if not _is_late(hall, booking, given.now):
            return booking
    if theirs:
        return (still or theirs)[-1]
    later = [hall.agenda.bookings[serial] for serial in hall.agenda.of_person.get(person, ())]
    later = sorted((b for b in later if b.state == "open"), key=lambda b: b.at)
    if later:
        return _other_day(hall, later[0], given)
    return Rejection("appointment_none_today")


def _other_day(hall: Hall, booking: Booking, given: Given) -> Rejection:
    """Not of the open business day: of another, or of today, which nobody has opened yet."""
    today = booking.day == today_of(hall, given)
    code = "appointment_day_not_open" if today else "appointment_other_day"
    return Rejection(code, booking_details(hall, booking, given))


def _not_now(hall: Hall, booking: Booking, given: Given) -> Rejection | None:
    """Why an appointment does not become a ticket now."""
    if booking.state == "kept":
        return Rejection(
            "appointment_kept",
            booking_details(hall, booking, given) | ticket_details(hall, booking),
        )
    if booking.state != "open":
        return Rejection(f"appointment_{booking.state}", booking_details(hall, booking, given))
    if booking.day != hall.day:
        return _other_day(hall, booking, given)
    rules = hall.settings.booking
    first = Ms(booking.at - rules.early_minutes * MINUTE)
    if given.now < first and rules.too_early == "refuse":
        opens = local(first, hall.settings.timezone, given.almanac)
        return Rejection(
            "appointment_too_early",
            booking_details(hall, booking, given) | {"from": clock_text(opens.minute)},
        )
    if missed_by(hall, booking, given.now):
        return Rejection("appointment_missed", booking_details(hall, booking, given))
    return None


def _is_late(hall: Hall, booking: Booking, now: Ms) -> bool:
    return now > booking.until + hall.settings.booking.late_minutes * MINUTE


def missed_by(hall: Hall, booking: Booking, now: Ms) -> bool:
    """Whether who comes at `now` has missed the appointment, by rule."""
    return hall.settings.booking.too_late == "missed" and _is_late(hall, booking, now)


def _holds_for_late(hall: Hall, place: Place) -> bool:
    """Whether what keeps others from a ticket keeps from it who comes too late for the time."""
    match hall.settings.booking.late_limits:
        case "none":
            return False
        case "hours":
            return place.outside_hours
        case "all":
            return True


def _no_names(booking: Booking) -> dict[str, str]:
    return {"service": booking.service, "service_en": booking.service}
