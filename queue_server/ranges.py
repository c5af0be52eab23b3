"""The ranges of waiting time that may be shown now, as the estimator last told them.

Replaced whole in the writer's thread; nothing here waits for anybody. Pure.
"""

from typing import NamedTuple

from .domain.values import Ms, ServiceId, TicketId
from .protocol.views import WaitsState
from .waits.told import COVERAGE_PERCENT, ServiceRange, Told


class WaitShown(NamedTuple):
    """What was said to somebody who joined, as it is kept. Whole seconds; means may be unknown."""

    low_s: int
    high_s: int
    how: str
    mean_s: float | None
    day_mean_s: float | None
    last_ten_s: float | None


class Ranges:
    """`told` is None where nothing may be shown: `since` then."""

    def __init__(self, told: Told | None, since: Ms) -> None:
        self.told = told
        self.since = since
        services = told.services if told else ()
        self._services = {(one.service, one.is_ahead): one for one in services}

    @property
    def state(self) -> WaitsState:
        """What everybody may know of the estimates."""
        if self.told is None or not (self.told.services or self.told.tickets):
            return WaitsState(state="none", since=self.since)
        return WaitsState(state=self.told.how, coverage=COVERAGE_PERCENT, since=self.since)

    def service(self, service: ServiceId, *, is_ahead: bool = False) -> ServiceRange | None:
        """For who joins now."""
        return self._services.get((service, is_ahead))

    def ticket(
        self,
        ticket: TicketId,
        service: ServiceId,
        issued_at: Ms,
        *,
        is_ahead: bool,
        is_booked: bool = False,
    ) -> tuple[int, int] | None:
        """What is left for one who waits; for one newer than the telling, the service's range,
        which says nothing of those with an appointment."""
        if self.told is None:
            return None
        found = self.told.tickets.get(ticket)
        if found is None and issued_at > self.told.at and not is_booked:
            joining = self.service(service, is_ahead=is_ahead)
            return (joining.low_s, joining.high_s) if joining else None
        return found

    def shown(self, service: ServiceId, *, is_ahead: bool) -> WaitShown | None:
        """What one who joins now is told, to be kept."""
        found = self.service(service, is_ahead=is_ahead)
        if found is None or self.told is None:
            return None
        told = self.told
        return WaitShown(
            found.low_s, found.high_s, told.how, found.mean_s, told.day_mean_s, told.last_ten_s
        )

    def differ(self, other: "Ranges") -> bool:
        """Whether what all programs see (not the single tickets) is other than in `other`."""
        return self._services != other._services or self.state != other.state
