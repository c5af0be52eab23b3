"""Defining the hall: settings, areas, services, counters, staff, work profiles."""

import re
import unicodedata

from . import commands as c
from . import events as e
from .context import Events, Given, Rejection
from .hall import Hall
from .values import Text

_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_PREFIX = re.compile(r"[A-Z]{1,2}")


def define_hall(hall: Hall, command: c.DefineHall, given: Given) -> Events | Rejection:
    settings = command.settings
    problem = _bad_text("name", settings.name)
    if not _PREFIX.fullmatch(settings.walk_in_prefix):
        problem = problem or "walk_in_prefix: one or two capital letters"
    if any(s.prefix == settings.walk_in_prefix for s in hall.services.values()):
        problem = problem or f"walk_in_prefix: {settings.walk_in_prefix} belongs to a service"
    if not 0 <= settings.returns <= 9:
        problem = problem or "returns: 0 to 9"
    if not 0 <= settings.elderly_age <= 120:
        problem = problem or "elderly_age: 0 to 120"
    if not 0 <= settings.elderly_priority <= 9:
        problem = problem or "elderly_priority: 0 to 9"
    if problem:
        return _bad(problem)
    return [] if settings == hall.settings else [e.HallDefined(settings=settings)]


def define_area(hall: Hall, command: c.DefineArea, given: Given) -> Events | Rejection:
    area = command.area
    problem = _bad_id(area.id) or _bad_text("name", area.name)
    if problem:
        return _bad(problem)
    return [] if hall.areas.get(area.id) == area else [e.AreaDefined(area=area)]


def define_service(hall: Hall, command: c.DefineService, given: Given) -> Events | Rejection:
    service = command.service
    problem = (
        _bad_id(service.id)
        or _bad_text("name", service.name)
        or _bad_text("department", service.department)
    )
    if not _PREFIX.fullmatch(service.prefix):
        problem = problem or "prefix: one or two capital letters"
    if service.prefix == hall.settings.walk_in_prefix:
        problem = problem or f"prefix: {service.prefix} is the walk-ins' own"
    if service.area not in hall.areas:
        problem = problem or f"area: no area {service.area}"
    if problem:
        return _bad(problem)
    same = hall.services.get(service.id) == service
    return [] if same else [e.ServiceDefined(service=service)]


def define_counter(hall: Hall, command: c.DefineCounter, given: Given) -> Events | Rejection:
    counter = command.counter
    problem = _bad_id(counter.id) or _bad_text("name", counter.name)
    if not 1 <= counter.number <= 9999:
        problem = problem or "number: 1 to 9999"
    if counter.area not in hall.areas:
        problem = problem or f"area: no area {counter.area}"
    if counter.profile not in hall.profiles:
        problem = problem or f"profile: no work profile {counter.profile}"
    if any(o.number == counter.number and o.id != counter.id for o in hall.counters.values()):
        problem = problem or f"number: {counter.number} is another counter's"
    if problem:
        return _bad(problem)
    same = hall.counters.get(counter.id) == counter
    return [] if same else [e.CounterDefined(counter=counter)]


def define_staff(hall: Hall, command: c.DefineStaff, given: Given) -> Events | Rejection:
    staff = command.staff
    problem = _bad_id(staff.id)
    if not 1 <= len(staff.name.strip()) <= 60 or _has_control(staff.name):
        problem = problem or "name: 1 to 60 characters"
    if problem:
        return _bad(problem)
    return [] if hall.staff.get(staff.id) == staff else [e.StaffDefined(staff=staff)]


def define_profile(hall: Hall, command: c.DefineProfile, given: Given) -> Events | Rejection:
    profile = command.profile
    problem = _bad_id(profile.id) or _bad_text("name", profile.name)
    if not profile.services:
        problem = problem or "services: at least one"
    if len(set(profile.services)) != len(profile.services):
        problem = problem or "services: one is named twice"
    for service in profile.services:
        if service not in hall.services:
            problem = problem or f"services: no service {service}"
    if problem:
        return _bad(problem)
    same = hall.profiles.get(profile.id) == profile
    return [] if same else [e.ProfileDefined(profile=profile)]


def _bad(detail: str) -> Rejection:
    return Rejection("bad_definition", {"detail": detail[:200]})


def _bad_id(value: str) -> str:
    return "" if _ID.fullmatch(value) else "id: 1 to 32 letters, digits, - or _"


def _bad_text(field: str, text: Text) -> str:
    if not (1 <= len(text.zh.strip()) <= 60 and 1 <= len(text.en.strip()) <= 120):
        return f"{field}: zh 1 to 60 and en 1 to 120 characters"
    return f"{field}: a control character" if _has_control(text.zh + text.en) else ""


def _has_control(text: str) -> bool:
    """Whether a printer or screen could take part of a name for an order."""
    return any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in text)
