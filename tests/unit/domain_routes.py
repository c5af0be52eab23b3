"""Visits of several steps, followed by hand beside the rules."""

from queue_server.domain import events as e
from queue_server.domain.hall import Hall
from queue_server.domain.steps import Branch, BranchStep, Route, Step
from queue_server.domain.values import ServiceId
from tests.unit.domain_hall import text

TAX, LEVY, LAND, ASK = map(ServiceId, ("tax", "levy", "land", "ask"))
EXTRA = Branch(id="extra", name=text("more papers"), steps=(BranchStep(service=LAND),))
STOP = Branch(id="stop", name=text("not this time"), instead=True)
ROUTES = (
    Route(
        id="open",
        name=text("Open a business"),
        steps=(
            Step(service=TAX, joint=3, branches=(EXTRA, STOP)),
            Step(service=LEVY, branches=(EXTRA, STOP), must_choose=True),
            Step(service=ASK, joint=2),
        ),
    ),
    Route(
        id="pay",
        name=text("Pay"),
        steps=(Step(service=LEVY), Step(service=ASK)),
        position="end",
    ),
)


class Visits:
    """What every ticket still has to do, by what the hall says was decided."""

    def __init__(self) -> None:
        self.to_do: dict[str, list[str]] = {}
        self.branch: dict[str, Branch | None] = {}
        self.ended: dict[str, int] = {}

    def take(self, hall: Hall, event: e.Event) -> None:
        """Follow one event, not yet applied: each step comes once, in its order."""
        match event:
            case e.DayOpened():
                self.__init__()  # type: ignore[misc]
            case e.TicketIssued(ticket=ticket, stops=stops, route=route):
                assert (route is not None) == bool(stops)
                assert not stops or stops == hall.routes[route or ""].steps
                self.to_do[ticket] = [stop.service for stop in stops[1:]]
            case e.RouteSet(ticket=ticket, route=route):
                steps: list[str] = [s.service for s in hall.routes[route].steps] if route else []
                at = hall.tickets[ticket].service
                self.to_do[ticket] = steps[1:] if steps and steps[0] == at else steps
                self.branch.pop(ticket, None)
            case e.BranchChosen(ticket=ticket, branch=branch):
                self.branch[ticket] = branch
            case e.TicketTransferred(ticket=ticket) | e.TicketReturned(ticket=ticket):
                self.branch.pop(ticket, None)
            case e.StepEnded(ticket=ticket, to=to, position=position):
                assert hall.tickets[ticket].state == "serving"
                assert not hall.tickets[ticket].joint
                self._choose(ticket)
                assert self.to_do[ticket].pop(0) == to
                defined = hall.routes.get(hall.tickets[ticket].route or "")
                wanted = defined.position if defined else None
                assert position == (wanted or hall.settings.route_position)
                self.ended[ticket] = self.ended.get(ticket, 0) + 1
            case e.ServiceEnded(ticket=ticket):
                assert not hall.tickets[ticket].joint
                self._choose(ticket)
                assert not self.to_do[ticket]
            case _:
                pass

    def _choose(self, ticket: str) -> None:
        branch = self.branch.pop(ticket, None)
        if branch is not None:
            steps: list[str] = [step.service for step in branch.steps]
            self.to_do[ticket] = steps if branch.instead else steps + self.to_do[ticket]

    def check(self, hall: Hall) -> None:
        """Every visit stands where its steps say."""
        for ticket in hall.tickets.values():
            assert ticket.stop == self.ended.get(ticket.id, 0)
            if ticket.stops:
                assert ticket.stops[ticket.stop].service == ticket.service
                left = [stop.service for stop in ticket.stops[ticket.stop + 1 :]]
                assert left == self.to_do[ticket.id]
            else:
                assert self.to_do[ticket.id] == []
