"""What the definitions' events do: the catalogue, from now on."""

from .. import events as e
from ..hall import Hall
from ..rounds import hall_round
from ..rules import Ratio
from ..values import Ms, Profile
from .moves import Touched


def hall_defined(hall: Hall, event: e.HallDefined, seq: int, at: Ms) -> Touched:
    hall.settings = event.settings
    return Touched()


def area_defined(hall: Hall, event: e.AreaDefined, seq: int, at: Ms) -> Touched:
    hall.areas[event.area.id] = event.area
    return Touched()


def service_defined(hall: Hall, event: e.ServiceDefined, seq: int, at: Ms) -> Touched:
    hall.services[event.service.id] = event.service
    return Touched()


def counter_defined(hall: Hall, event: e.CounterDefined, seq: int, at: Ms) -> Touched:
    hall.counters[event.counter.id] = event.counter
    return Touched(counters=(event.counter.id,))


def staff_defined(hall: Hall, event: e.StaffDefined, seq: int, at: Ms) -> Touched:
    hall.staff[event.staff.id] = event.staff
    return Touched(counters=tuple(hall.seats.values()))


def profile_defined(hall: Hall, event: e.ProfileDefined, seq: int, at: Ms) -> Touched:
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
    return {hall_round(ratio) for ratio in ratios}


def calendar_day_defined(hall: Hall, event: e.CalendarDayDefined, seq: int, at: Ms) -> Touched:
    if event.day.kind == "default":
        hall.calendar.pop(event.day.day, None)
    else:
        hall.calendar[event.day.day] = event.day
    return Touched()


def plan_defined(hall: Hall, event: e.PlanDefined, seq: int, at: Ms) -> Touched:
    hall.plans[event.plan.id] = event.plan
    return Touched()
