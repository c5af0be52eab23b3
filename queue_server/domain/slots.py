"""Which times may be booked, by whom, and what can be had instead."""

from typing import NamedTuple

from .bands import Span, clock_text, minute_of, spans_on
from .booking import Booking, BookingPlan
from .context import Given, Rejection, service_details
from .day_words import day_words, named_day, when_words
from .hall import Hall
from .ids import Day, Ms, PersonKey, ServiceId
from .values import Service
from .workdays import Calendar, date_of, instant, is_day, local, next_day

MOST_OFFERED = 6
"""How many other times a refusal names at most."""


class Slot(NamedTuple):
    """A band of a day that may be booked."""

    service: Service
    plan: BookingPlan
    span: Span
    at: Ms
    until: Ms


def calendar_of(hall: Hall, given: Given) -> Calendar:
    """The hall's days."""
    return Calendar(hall.calendar, given.almanac.base_day)


def today_of(hall: Hall, given: Given) -> Day:
    """The hall's date now, whether its business day is open or not."""
    return local(given.now, hall.settings.timezone, given.almanac).day


def first_and_last(hall: Hall, given: Given) -> tuple[Day, Day]:
    """The first and the last day that can be booked now."""
    rules = hall.settings.booking
    first = next_day(today_of(hall, given), rules.first_day)
    before = next_day(first, -1)
    return first, calendar_of(hall, given).workday_after(before, max(1, rules.working_days))


def plan_for(hall: Hall, service: ServiceId) -> BookingPlan | None:
    """The plan in whose bands a service is booked."""
    plans = hall.plans.values()
    return next((plan for plan in plans if service in plan.services and plan.bands), None)


def slot_for(
    hall: Hall,
    service_id: ServiceId,
    day: Day,
    start: str,
    person: PersonKey,
    given: Given,
    *,
    moving: Booking | None = None,
) -> Slot | Rejection:
    """The band asked for, or why this person cannot have it."""
    service = hall.services.get(service_id)
    if service is None:
        return Rejection("unknown_service", {"service": service_id[:40]})
    if not service.active:
        return Rejection("service_inactive", service_details(service))
    if not any(service_id in hall.services_of(counter) for counter in hall.counters):
        return Rejection("appointment_no_queue", service_details(service))
    plan = plan_for(hall, service_id)
    if plan is None:
        return Rejection("appointment_no_bands", service_details(service))
    refused = _day_refused(hall, plan, day, given) or _barred(hall, person, given)
    if refused is not None:
        return refused
    spans = spans_on(plan.bands, day, calendar_of(hall, given))
    span = next((s for s in spans if clock_text(s.start) == start), None)
    zone, almanac = hall.settings.timezone, given.almanac
    if span is None:
        asked = _asked(hall, day, given) | _offer(hall, plan, day, given)
        return Rejection("appointment_no_such_band", asked)
    at = instant(day, span.start, zone, almanac)
    if at <= given.now:
        return Rejection("appointment_past", _range(hall, given))
    refused = _duplicate(hall, plan, service, day, person, moving, given)
    if refused is not None:
        return refused
    same_band = (
        moving is not None
        and (moving.plan, moving.day) == (plan.id, day)
        and clock_text(span.start) <= moving.start < clock_text(span.end)
    )
    if not same_band and hall.agenda.left(plan.id, span) < 1:
        details = _time(hall, day, start, given)
        return Rejection("appointment_full", details | _offer(hall, plan, day, given))
    return Slot(service, plan, span, at, instant(day, span.end, zone, almanac))


def _day_refused(hall: Hall, plan: BookingPlan, day: Day, given: Given) -> Rejection | None:
    if not is_day(day):
        return Rejection("bad_day", {"day": day[:20]})
    first, last = first_and_last(hall, given)
    today = today_of(hall, given)
    if day < today:
        return Rejection("appointment_past", _range(hall, given))
    if day < first:
        code = "appointment_today" if day == today else "appointment_too_soon"
        return Rejection(code, _range(hall, given))
    if day > last:
        return Rejection("appointment_too_far", _range(hall, given))
    calendar = calendar_of(hall, given)
    if not calendar.works(day) and not spans_on(plan.bands, day, calendar):
        details = {"next": calendar.workday_after(day)} | _asked(hall, day, given)
        return Rejection("appointment_closed_day", details | _offer(hall, plan, day, given))
    return None


def _asked(hall: Hall, day: Day, given: Given) -> dict[str, str]:
    """The day asked for, for a refusal's sentences."""
    zh, en = day_words(day, today_of(hall, given))
    return {"day": day, "on": zh, "on_en": en}


def _barred(hall: Hall, person: PersonKey, given: Given) -> Rejection | None:
    today = today_of(hall, given)
    until = hall.agenda.barred_until(person, today)
    if until is None:
        return None
    details = named_day("until", until, today) | named_day("next", next_day(until), today)
    return Rejection("appointment_barred", details)


def _duplicate(
    hall: Hall,
    plan: BookingPlan,
    service: Service,
    day: Day,
    person: PersonKey,
    moving: Booking | None,
    given: Given,
) -> Rejection | None:
    one_per = hall.settings.booking.one_per
    others = [b for b in hall.agenda.of(person, day) if moving is None or b.serial != moving.serial]
    for other in others:
        if other.service == service.id:
            return Rejection(
                "appointment_same_service",
                booking_details(hall, other, given) | service_details(service),
            )
    for other in others:
        theirs = hall.plans.get(other.plan)
        same = other.plan == plan.id or (
            theirs is not None and plan.category != "" and theirs.category == plan.category
        )
        if same and one_per != "service":
            return Rejection("appointment_same_category", booking_details(hall, other, given))
    if others and one_per == "day":
        return Rejection("appointment_same_day", booking_details(hall, others[0], given))
    return None


def _range(hall: Hall, given: Given) -> dict[str, str]:
    first, last = first_and_last(hall, given)
    today = today_of(hall, given)
    return named_day("first", first, today) | named_day("last", last, today)


def _offer(hall: Hall, plan: BookingPlan, day: Day, given: Given) -> dict[str, str]:
    """What can be had instead: other times of that day, or else of the nearest with places."""
    first, last = first_and_last(hall, given)
    today = today_of(hall, given)
    for other in _nearest(day, first, last):
        starts = [clock_text(span.start) for span in free(hall, plan, other, given)][:MOST_OFFERED]
        if starts:
            zh, en = day_words(other, today)
            return {
                "instead": f"{zh}{' ' * (other == today)}{'、'.join(starts)} 尚有名额",
                "instead_en": f"still free {en}: {', '.join(starts)}",
                "instead_day": other,
                "instead_starts": " ".join(starts),
            }
    zh, en = day_words(last, today)
    return {
        "instead": f"到{zh}为止都没有名额，可到大厅现场取号",
        "instead_en": f"nothing is free up to the last day, {en.removeprefix('on ')}; a ticket can "
        "be taken in the hall",
    }


def _nearest(day: Day, first: Day, last: Day) -> list[Day]:
    """The days that can be booked, those next to `day` first, of two the later one."""
    days = [first]
    while days[-1] < last:
        days.append(next_day(days[-1]))
    wished = date_of(day)
    return sorted(days, key=lambda one: (abs(date_of(one) - wished), one < day))


def free(hall: Hall, plan: BookingPlan, day: Day, given: Given) -> list[Span]:
    """The bands of a day that begin later than now and have places left."""
    zone, almanac = hall.settings.timezone, given.almanac
    return [
        span
        for span in spans_on(plan.bands, day, calendar_of(hall, given))
        if hall.agenda.left(plan.id, span) > 0
        and instant(day, span.start, zone, almanac) > given.now
    ]


def booking_details(hall: Hall, booking: Booking, given: Given) -> dict[str, str]:
    """Its time, for a refusal's sentences."""
    return _time(hall, booking.day, booking.start, given)


def _time(hall: Hall, day: Day, start: str, given: Given) -> dict[str, str]:
    zh, en = when_words(day, minute_of(start), today_of(hall, given))
    return {"day": day, "start": start, "when": zh, "when_en": en}


def ticket_details(hall: Hall, booking: Booking) -> dict[str, str]:
    """Its ticket's number, for a refusal's sentences."""
    ticket = hall.tickets.get(booking.ticket) if booking.ticket else None
    return {"number": ticket.number if ticket else ""}
