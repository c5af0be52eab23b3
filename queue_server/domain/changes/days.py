"""What a day's opening and closing do."""

from .. import events as e
from ..hall import Hall
from ..values import Ms
from .moves import Touched


def day_opened(hall: Hall, event: e.DayOpened, seq: int, at: Ms) -> Touched:
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
        hall.acknowledged,
    ):
        kept.clear()
    return Touched(counters=tuple(hall.counters))


def day_closed(hall: Hall, event: e.DayClosed, seq: int, at: Ms) -> Touched:
    hall.day = hall.opened_at = None
    return Touched(counters=tuple(hall.counters))
