"""Defining what can be booked, and checking the hall's choices about it."""

from . import commands as c
from . import events as e
from .bands import band_problems
from .booking import BookingRules
from .context import Events, Given, Rejection
from .hall import Hall
from .names import has_control, id_problem, text_problem

MOST_PLACES = 10_000
"""Places of one band: more is a slip of the key."""


def define_plan(hall: Hall, command: c.DefinePlan, given: Given) -> Events | Rejection:
    """Put a plan in force. What was booked in other bands stays booked."""
    plan = command.plan
    problem = id_problem(plan.id)
    problem = f"id: {problem}" if problem else ""
    if not problem and (wrong := text_problem(plan.name)):
        problem = f"name: {wrong}"
    if not plan.services:
        problem = problem or "services: 至少要有一项业务 / at least one"
    if len(set(plan.services)) != len(plan.services):
        problem = problem or "services: 有业务重复 / one is named twice"
    for service in plan.services:
        if service not in hall.services:
            problem = problem or f"services: 没有这项业务 / no service {service[:40]}"
        for other in hall.plans.values():
            if other.id != plan.id and service in other.services:
                problem = problem or (
                    f"services: {service} 已属方案 {other.id} / is booked by plan {other.id}"
                )
    if len(plan.category) > 32 or has_control(plan.category):
        problem = problem or "category: at most 32 characters"
    problem = problem or "; ".join(band_problems(plan.bands))
    for number, band in enumerate(plan.bands):
        if not 1 <= band.tickets <= MOST_PLACES:
            problem = problem or (
                f"bands[{number}].tickets: 名额须为 1 到 {MOST_PLACES} / 1 to {MOST_PLACES} places"
            )
    if problem:
        return Rejection("bad_definition", {"detail": problem[:200]})
    return [] if hall.plans.get(plan.id) == plan else [e.PlanDefined(plan=plan)]


def rules_problem(rules: BookingRules) -> str:
    """What is wrong with the hall's choices, or empty."""
    for name, most in (
        ("first_day", 60),
        ("working_days", 120),
        ("change_until_minutes", 60 * 24 * 14),
        ("early_minutes", 24 * 60),
        ("late_minutes", 24 * 60),
        ("missed_bar", 100),
        ("missed_within_days", 3660),
        ("barred_days", 3660),
    ):
        if not 0 <= getattr(rules, name) <= most:
            return f"booking.{name}: 0 to {most}"
    return "" if rules.working_days else "booking.working_days: 1 to 120"
