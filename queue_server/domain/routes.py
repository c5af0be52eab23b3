"""Visits of several steps: defining routes, choosing what follows, going on, joint work."""

from . import commands as c
from . import events as e
from .at_counter import current, ready_to_call
from .context import Events, Given, Rejection, service_details
from .hall import Hall, Ticket
from .names import id_problem, text_problem
from .pick import waited_s
from .steps import MOST_JOINT, MOST_STEPS, BranchStep, Route, Step
from .values import CounterId, EndReason, Position, ServiceId, TransactionId, Why

# --- defining ---


def define_route(hall: Hall, command: c.DefineRoute, given: Given) -> Events | Rejection:
    """Put a route in force; tickets that have it already keep the steps they were given."""
    problem = route_problem(hall, command.route)
    if problem:
        return Rejection("bad_definition", {"detail": problem[:200]})
    same = hall.routes.get(command.route.id) == command.route
    return [] if same else [e.RouteDefined(route=command.route)]


def route_problem(hall: Hall, route: Route) -> str:
    """What is wrong with a route, or empty."""
    found = id_problem(route.id)
    if found:
        return f"id: {found}"
    if found := text_problem(route.name):
        return f"name: {found}"
    if found := _steps_problem(hall, route.steps, "steps"):
        return found
    if not route.steps:
        return "steps: at least one"
    for number, step in enumerate(route.steps):
        if found := _branches_problem(hall, step, f"steps[{number}]"):
            return found
    first = route.steps[0].service
    for other in hall.routes.values():
        if not (route.on_issue and other.on_issue) or other.id == route.id:
            continue
        if other.steps[0].service == first:
            return f"on_issue: tickets of {first} have route {other.id} already"
    return ""


def _steps_problem(hall: Hall, steps: tuple[BranchStep, ...], where: str) -> str:
    if len(steps) > MOST_STEPS:
        return f"{where}: at most {MOST_STEPS}"
    for number, step in enumerate(steps):
        if step.service not in hall.services:
            return f"{where}[{number}].service: 没有这项业务 / no service {step.service[:40]}"
        if not 1 <= step.joint <= MOST_JOINT:
            return f"{where}[{number}].joint: 1 to {MOST_JOINT}"
        for service in step.joint_with:
            if service not in hall.services:
                return f"{where}[{number}].joint_with: 没有这项业务 / no service {service[:40]}"
    return ""


def _branches_problem(hall: Hall, step: Step, where: str) -> str:
    if step.must_choose and not step.branches:
        return f"{where}.must_choose: no branches to choose from"
    if len(step.branches) > MOST_STEPS:
        return f"{where}.branches: at most {MOST_STEPS}"
    seen: set[str] = set()
    for number, branch in enumerate(step.branches):
        here = f"{where}.branches[{number}]"
        if found := id_problem(branch.id):
            return f"{here}.id: {found}"
        if branch.id in seen:
            return f"{here}.id: {branch.id} is named twice"
        seen.add(branch.id)
        if found := text_problem(branch.name):
            return f"{here}.name: {found}"
        if found := _steps_problem(hall, branch.steps, f"{here}.steps"):
            return found
    return ""


# --- having a route ---


def route_for(hall: Hall, service: ServiceId, wanted: str | None) -> Route | Rejection | None:
    """The route a ticket taken now for `service` has: the one wanted, or the service's own."""
    if wanted is None:
        routes = (r for r in hall.routes.values() if r.on_issue and r.steps[0].service == service)
        return next(routes, None)
    route = hall.routes.get(wanted)
    if route is None:
        return Rejection("unknown_route", {"route": wanted[:40]})
    if route.steps[0].service != service:
        return Rejection("route_elsewhere", {"route": route.name.zh, "route_en": route.name.en})
    return route


def to_come(ticket: Ticket) -> tuple[Step, ...]:
    """The steps after the one the ticket is at, by the branch chosen at the counter, if any."""
    rest = ticket.stops[ticket.stop + 1 :]
    branch = ticket.branch
    if branch is None:
        return rest
    own = tuple(
        Step(service=step.service, joint=step.joint, joint_with=step.joint_with)
        for step in branch.steps
    )
    return own if branch.instead else own + rest


def position_of(hall: Hall, ticket: Ticket) -> Position:
    """Where the ticket stands in its next queue."""
    route = hall.routes.get(ticket.route or "")
    return (route.position if route else None) or hall.settings.route_position


def set_route(hall: Hall, command: c.SetRoute, given: Given) -> Events | Rejection:
    """Give the ticket at a counter another route from here on, or none: it then ends here.

    A route that begins with the service being done begins with this step, else after it. Steps
    already done stay done.
    """
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    at = _here(ticket)
    if command.route is None:
        stops = ticket.stops[: ticket.stop + 1]
    else:
        route = hall.routes.get(command.route)
        if route is None:
            return Rejection("unknown_route", {"route": command.route[:40]})
        steps = route.steps
        if steps[0].service != ticket.service:
            steps = (at, *steps)
        stops = (*ticket.stops[: ticket.stop], *steps)
    if (stops, command.route) == (ticket.stops, ticket.route) and ticket.branch is None:
        return []
    return [e.RouteSet(ticket=ticket.id, counter=command.counter, route=command.route, stops=stops)]


def _here(ticket: Ticket) -> Step:
    """The step the ticket is at; without a route, its service."""
    return ticket.stops[ticket.stop] if ticket.stops else Step(service=ticket.service)


def choose_branch(hall: Hall, command: c.ChooseBranch, given: Given) -> Events | Rejection:
    """Say what follows this step; until the step ends another may be chosen, or none."""
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if command.branch is None:
        if ticket.branch is None:
            return []
        return [e.BranchChosen(ticket=ticket.id, counter=command.counter)]
    branch = next((b for b in _here(ticket).branches if b.id == command.branch), None)
    if branch is None:
        return Rejection("unknown_branch", {"branch": command.branch[:40]})
    if branch == ticket.branch:
        return []
    return [e.BranchChosen(ticket=ticket.id, counter=command.counter, branch=branch)]


# --- going on ---


def end_step(hall: Hall, ticket: Ticket, counter: CounterId) -> e.Event | Rejection:
    """What ending the service at this counter means for the visit."""
    if ticket.joint:
        return joint_ended(ticket, counter, "served")
    if _here(ticket).must_choose and ticket.branch is None:
        names = [branch.name for branch in _here(ticket).branches]
        return Rejection(
            "branch_required",
            {
                "branches": "、".join(name.zh for name in names[:4])[:120],
                "branches_en": ", ".join(name.en for name in names[:4])[:120],
            },
        )
    coming = to_come(ticket)
    if not coming:
        return e.ServiceEnded(ticket=ticket.id, counter=counter)
    return e.StepEnded(
        ticket=ticket.id,
        counter=counter,
        to=coming[0].service,
        position=position_of(hall, ticket),
        stops=(*ticket.stops[: ticket.stop + 1], *coming),
    )


def transfer_refused(hall: Hall, ticket: Ticket, to: c.Target) -> Rejection | None:
    """A transfer moves the step at hand; to a step yet to come the ticket goes by itself."""
    if not isinstance(to, c.ToQueue) or to.service == ticket.service:
        return None
    if all(step.service != to.service for step in to_come(ticket)):
        return None
    return Rejection("step_to_come", service_details(hall.services[to.service]))


# --- joint work (多窗联办) ---


def join_visit(hall: Hall, command: c.JoinVisit, given: Given) -> Events | Rejection:
    """A second counter works on a visit being served, in a transaction of its own."""
    ready = ready_to_call(hall, command.counter)
    if isinstance(ready, Rejection):
        return ready
    ticket = hall.tickets.get(command.ticket)
    if ticket is None:
        return Rejection("unknown_ticket")
    if ticket.state != "serving":
        return Rejection("not_in_service", {"number": ticket.number})
    if len(ticket.joint) + 2 > _here(ticket).joint:
        return Rejection("no_joint", {"number": ticket.number})
    fit = hall.fit_for(command.counter, hall.services_of(command.counter))
    if not set(fit) & {ticket.service, *_here(ticket).joint_with}:
        return Rejection("not_fit", {"number": ticket.number})
    return [
        e.JointBegun(
            ticket=ticket.id,
            counter=command.counter,
            staff=ready,
            service=ticket.service,
            transaction=TransactionId(f"{ticket.id}-{ticket.steps + 1}"),
            why=Why(
                rule="this_one",
                priority=ticket.priority,
                reason="多窗联办 joint work",
                waited_s=waited_s(ticket, given.now),
            ),
        )
    ]


def leave_visit(hall: Hall, command: c.LeaveVisit, given: Given) -> Events | Rejection:
    """Leave the work to the other counters, with nothing served here."""
    ticket = current(hall, command.counter)
    if isinstance(ticket, Rejection):
        return ticket
    if not ticket.joint:
        return Rejection("not_joint", {"number": ticket.number})
    return [joint_ended(ticket, command.counter, "transferred_counter")]


def joint_ended(ticket: Ticket, counter: CounterId, reason: EndReason) -> e.JointEnded:
    """One of several counters has done with a ticket."""
    return e.JointEnded(ticket=ticket.id, counter=counter, reason=reason)


def joint_refused(hall: Hall, ticket: Ticket, counter: CounterId) -> Rejection | None:
    """Nobody sends away, sets aside or misses a citizen whom other counters serve."""
    others = [other for other in (ticket.counter, *ticket.joint) if other and other != counter]
    if not ticket.joint:
        return None
    numbers = [str(hall.counters[key].number) for key in others if key in hall.counters]
    return Rejection("joint_work", {"number": ticket.number, "counters": ", ".join(numbers)})
