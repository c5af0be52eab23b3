"""Defining the hall: settings, areas, services, counters, staff, work profiles."""

import re

from . import commands as c
from . import events as e
from .bands import band_problems
from .booking_plans import rules_problem
from .context import Events, Given, Rejection
from .hall import Hall
from .names import has_control, id_problem, text_problem
from .profile_check import Problem, profile_problems
from .values import CalendarDay, Service, ServiceId, Settings, Text
from .workdays import DAY_MINUTES, is_day

_PREFIX = re.compile(r"[A-Z]{1,2}")
TOLD = 4
"""Problems of a profile that a refusal names; `profile_problems` has all."""
WORDS = 400
"""Most characters for them."""


def define_hall(hall: Hall, command: c.DefineHall, given: Given) -> Events | Rejection:
    settings = command.settings
    problem = _bad_text("name", settings.name)
    if not _PREFIX.fullmatch(settings.walk_in_prefix):
        problem = problem or "walk_in_prefix: 须为一或两个大写字母 / one or two capital letters"
    if any(s.prefix == settings.walk_in_prefix for s in hall.services.values()):
        problem = problem or (
            f"walk_in_prefix: {settings.walk_in_prefix} 已是某业务的字头 / belongs to a service"
        )
    if not 0 <= settings.returns <= 9:
        problem = problem or "returns: 须为 0 到 9 / 0 to 9"
    if not 0 <= settings.elderly_age <= 120:
        problem = problem or "elderly_age: 须为 0 到 120 / 0 to 120"
    if not 0 <= settings.elderly_priority <= 9:
        problem = problem or "elderly_priority: 须为 0 到 9 / 0 to 9"
    if given.almanac.offset(settings.timezone, given.now) is None:
        problem = problem or (f"timezone: 没有这个时区 / no time zone {settings.timezone[:40]}")
    problem = problem or "; ".join(limit_problems(settings)) or rules_problem(settings.booking)
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
        problem = problem or "prefix: 须为一或两个大写字母 / one or two capital letters"
    if service.prefix == hall.settings.walk_in_prefix:
        problem = problem or (
            f"prefix: {service.prefix} 是直办号的字头 / {service.prefix} is the walk-ins' own"
        )
    if service.area not in hall.areas:
        problem = problem or f"area: 没有这个区域 / no area {service.area[:40]}"
    problem = problem or "; ".join(limit_problems(service))
    if problem:
        return _bad(problem)
    same = hall.services.get(service.id) == service
    return [] if same else [e.ServiceDefined(service=service)]


def define_counter(hall: Hall, command: c.DefineCounter, given: Given) -> Events | Rejection:
    counter = command.counter
    problem = _bad_id(counter.id) or _bad_text("name", counter.name)
    if not 1 <= counter.number <= 9999:
        problem = problem or "number: 须为 1 到 9999 / 1 to 9999"
    if counter.area not in hall.areas:
        problem = problem or f"area: 没有这个区域 / no area {counter.area[:40]}"
    if counter.profile not in hall.profiles:
        problem = problem or (f"profile: 没有这个策略 / no work profile {counter.profile[:40]}")
    if any(o.number == counter.number and o.id != counter.id for o in hall.counters.values()):
        problem = problem or (
            f"number: 已有 {counter.number} 号窗口 / {counter.number} is another counter's"
        )
    problem = problem or _unknown_service("only", counter.only, hall)
    if problem:
        return _bad(problem)
    same = hall.counters.get(counter.id) == counter
    return [] if same else [e.CounterDefined(counter=counter)]


def define_staff(hall: Hall, command: c.DefineStaff, given: Given) -> Events | Rejection:
    staff = command.staff
    problem = _bad_id(staff.id)
    if not 1 <= len(staff.name.strip()) <= 60 or has_control(staff.name):
        problem = problem or "name: 须为 1 到 60 字 / 1 to 60 characters"
    problem = problem or _unknown_service("skills", staff.skills, hall)
    if problem:
        return _bad(problem)
    return [] if hall.staff.get(staff.id) == staff else [e.StaffDefined(staff=staff)]


def define_profile(hall: Hall, command: c.DefineProfile, given: Given) -> Events | Rejection:
    profile = command.profile
    problems = profile_problems(profile, hall)
    if problems:
        return Rejection("bad_profile", _told(problems))
    same = hall.profiles.get(profile.id) == profile
    return [] if same else [e.ProfileDefined(profile=profile)]


def _told(problems: list[Problem]) -> dict[str, str]:
    first = problems[:TOLD]
    more = "" if len(problems) <= TOLD else " …"
    return {
        "problems": "；".join(f"{one.path} {one.zh}" for one in first)[:WORDS] + more,
        "problems_en": "; ".join(f"{one.path}: {one.en}" for one in first)[:WORDS] + more,
        "paths": " ".join(one.path for one in first),
    }


def _unknown_service(field: str, services: tuple[ServiceId, ...], hall: Hall) -> str:
    unknown = next((s for s in services if s not in hall.services), None)
    return "" if unknown is None else f"{field}: 没有这项业务 / no service {unknown[:40]}"


def define_calendar_day(
    hall: Hall, command: c.DefineCalendarDay, given: Given
) -> Events | Rejection:
    problem = "; ".join(calendar_problems(command.day))
    if problem:
        return _bad(problem)
    if command.day.kind == "default":
        same = command.day.day not in hall.calendar
    else:
        same = hall.calendar.get(command.day.day) == command.day
    return [] if same else [e.CalendarDayDefined(day=command.day)]


def limit_problems(limited: Settings | Service) -> list[str]:
    """Everything wrong with the bands and limits of a hall or a service."""
    problems = band_problems(limited.bands)
    numbers = [("daily_tickets", limited.daily_tickets, 100_000)]
    numbers.append(("minutes_between", limited.minutes_between, DAY_MINUTES))
    if isinstance(limited, Settings):
        numbers.append(("helper_tickets", limited.helper_tickets, 100))
    problems += [
        f"{name}: 须为 0 到 {most} / must be 0 to {most}"
        for name, value, most in numbers
        if not 0 <= value <= most
    ]
    return problems


def calendar_problems(day: CalendarDay) -> list[str]:
    """Everything wrong with one of the hall's own calendar days."""
    problems = []
    if not is_day(day.day):
        problems.append("day: 须为日期，如 2027-02-06 / must be a date such as 2027-02-06")
    if day.like is not None and day.kind != "work":
        problems.append("like: 只用于工作日 / is for working days only")
    name = _bad_text("name", day.name) if day.name else ""
    return [*problems, name] if name else problems


def _bad(detail: str) -> Rejection:
    return Rejection("bad_definition", {"detail": detail[:200]})


def _bad_id(value: str) -> str:
    detail = id_problem(value)
    return f"id: 须为 1 到 32 个字母、数字、- 或 _ / {detail}" if detail else ""


def _bad_text(field: str, text: Text) -> str:
    detail = text_problem(text)
    return f"{field}: 中文 1 到 60 字，英文 1 到 120 字 / {detail}" if detail else ""
