"""Taking, giving up, removing and returning tickets."""

import datetime as dt
import re
import unicodedata

import msgspec

from . import commands as c
from . import events as e
from .context import MAX_REASON, Events, Given, Rejection, has_right, service_details, words_problem
from .hall import Hall
from .limits import already_held, helper_refused, person_refused, places
from .routes import route_for
from .values import MAX_PRIORITY, Consent, Day, Holder, PersonKey, Route, Service, TicketId

_REASON_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def number_text(prefix: str, serial: int) -> str:
    """A ticket's number as printed: `A001`, growing past three digits when a day needs it."""
    return f"{prefix}{serial:03d}"


def masked_name(name: str) -> str:
    """Surname and a star, as boards may show it: 张*; Latin names keep their first letter."""
    return f"{name[0]}*" if name else ""


def age_on(birth: str, day: str) -> int | None:
    """Whole years from one ISO date to another, or None where `birth` is no date."""
    try:
        born = dt.date.fromisoformat(birth)
    except ValueError:
        return None
    today = dt.date.fromisoformat(day)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def holder_problem(holder: Holder) -> str:
    """What is wrong with a holder, in English, or empty."""
    if len(holder.name.strip()) > 60:  # empty where only the number was typed
        return "name: at most 60 characters"
    # Rare characters of names may be private or newer than Python's tables: Co, Cn are welcome.
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in holder.name):
        return "name: a control character"
    if not 1 <= len(holder.number) <= 40 or not holder.number.isascii():
        return "number: 1 to 40 ASCII characters"
    if holder.birth and age_on(holder.birth, "2000-01-01") is None:
        return "birth: not an ISO date"
    return ""


def issue_ticket(hall: Hall, command: c.IssueTicket, given: Given) -> Events | Rejection:
    """Give the next number of the service's prefix, in the class the rules allow."""
    service = hall.services.get(command.service)
    if service is None:
        return Rejection("unknown_service", {"service": command.service[:40]})
    if not service.active:
        return Rejection("service_inactive", service_details(service))
    if not priority_allowed(command.priority, command.priority_reason):
        return Rejection("bad_priority")
    route = route_for(hall, service.id, command.route)
    if isinstance(route, Rejection):
        return route
    place = places(hall, service, given)
    if place.refused is not None:
        return place.refused
    if service.identity == "required" and command.holder is None:
        return Rejection("identity_required", service_details(service))
    refused = consent_problem(command.consent)
    if refused is not None:
        return refused
    priority, reason = command.priority, command.priority_reason
    person: PersonKey | None = None
    holder = ""
    if command.holder is not None and service.identity != "none":
        problem = holder_problem(command.holder)
        if problem:
            return Rejection("bad_holder", {"detail": problem})
        person = given.person_key(command.holder)
        refused = person_refused(hall, service, person, given)
        if refused is not None:
            return refused
        holder = masked_name(command.holder.name.strip())
        if elderly_on(hall, command.holder, hall.day) and priority < hall.settings.elderly_priority:
            priority, reason = hall.settings.elderly_priority, "elderly"
    helper = _helper(hall, command, person, given)
    if isinstance(helper, Rejection):
        return helper
    return [
        msgspec.structs.replace(
            next_ticket(hall, service, priority, given, route),
            priority_reason=reason if priority else "",
            person=person,
            holder=holder,
            helper=command.helper,
            face=command.face,
            card_expired=command.card_expired,
            consent=command.consent,
            band=place.band,
            hall_band=place.hall_band,
            helped_by=helper,
        )
    ]


def _helper(
    hall: Hall, command: c.IssueTicket, person: PersonKey | None, given: Given
) -> PersonKey | Rejection | None:
    """Who helps, where the hall limits that; or why they may not."""
    if not command.helper or not hall.settings.helper_tickets:
        return None
    if command.helped_by is None:
        return Rejection("helper_identity_required")
    problem = holder_problem(command.helped_by)
    if problem:
        return Rejection("bad_holder", {"detail": f"helped_by: {problem}"})
    helper = given.person_key(command.helped_by)
    return helper_refused(hall, helper, person) or helper


def consent_problem(consent: Consent | None) -> Rejection | None:
    """The words agreed to are named by a version, not repeated."""
    return words_problem("consent.notice", consent.notice, 40) if consent else None


def priority_allowed(priority: int, reason: str) -> bool:
    """Whether a class is one there is, and has its reason."""
    if not 0 <= priority <= MAX_PRIORITY:
        return False
    return priority == 0 or _REASON_CODE.fullmatch(reason) is not None


def next_ticket(
    hall: Hall, service: Service, priority: int, given: Given, route: Route | None
) -> e.TicketIssued:
    """The next number of the service's prefix, for nobody yet."""
    serial = hall.serials.get(service.prefix, 0) + 1
    return e.TicketIssued(
        ticket=TicketId(given.new_id()),
        number=number_text(service.prefix, serial),
        prefix=service.prefix,
        serial=serial,
        service=service.id,
        priority=priority,
        ahead=hall.ahead_of_next(service.id, priority),
        route=route.id if route else None,
        stops=route.steps if route else (),
    )


def elderly_on(hall: Hall, holder: Holder, day: Day | None) -> bool:
    """Whether the rule of age holds for `holder` on `day`."""
    if not hall.settings.elderly_age or not holder.birth or day is None:
        return False
    age = age_on(holder.birth, day)
    return age is not None and age >= hall.settings.elderly_age


def cancel_ticket(hall: Hall, command: c.CancelTicket, given: Given) -> Events | Rejection:
    """The citizen gives up a ticket that waits, is set aside, or was missed."""
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state == "ended":
        return Rejection("already_ended", {"number": ticket.number})
    if ticket.state in ("called", "serving"):
        return Rejection("ticket_in_service", {"number": ticket.number})
    return [e.TicketClosed(ticket=ticket.id, reason="cancelled_by_citizen")]


def remove_ticket(hall: Hall, command: c.RemoveTicket, given: Given) -> Events | Rejection:
    """Staff take a ticket out of the queue."""
    if command.counter not in hall.counters:
        return Rejection("unknown_counter", {"counter": command.counter[:40]})
    staff = hall.counter_now(command.counter).staff
    if staff is None:
        return Rejection("not_signed_in", {"counter": command.counter})
    if not has_right(hall.staff[staff].rights, "remove"):
        return Rejection("no_right")
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state != "waiting":
        return Rejection("not_waiting", {"number": ticket.number})
    if not command.reason.strip():
        return Rejection("reason_required")
    problem = words_problem("reason", command.reason, MAX_REASON)
    if problem:
        return problem
    return [
        e.TicketClosed(ticket=ticket.id, reason="removed_by_staff", words=command.reason.strip())
    ]


def return_ticket(hall: Hall, command: c.ReturnTicket, given: Given) -> Events | Rejection:
    """A no-show waits again, as often as the hall's rule allows, if no newer ticket does."""
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state == "ended":
        return Rejection("already_ended", {"number": ticket.number})
    if ticket.state != "no_show":
        return Rejection("not_no_show", {"number": ticket.number})
    if ticket.returns >= hall.settings.returns:
        return Rejection("returns_used_up", {"number": ticket.number})
    if ticket.person is not None:
        other = already_held(hall, ticket.person, ticket.service)
        if other is not None:
            return Rejection("already_holding", {"number": other})
    return [e.TicketReturned(ticket=ticket.id, position=hall.settings.return_position)]
