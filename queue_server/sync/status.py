"""How the connection to the management backend stands, for the manager's page."""

from typing import Literal

import msgspec


class SyncStatus(msgspec.Struct, frozen=True):
    """Times are Unix milliseconds."""

    state: Literal["starting", "ok", "retrying", "operator"]
    since: int
    """When `state` or `code` last changed."""
    code: str = ""
    """A key of SYNC_CODES while not ok."""
    detail: str = ""
    """For technicians, such as the HTTP status; in no language."""
    acknowledged: int = 0
    """The last `seq` that the backend is known to hold."""
    oldest_waiting: int | None = None
    """When the first event that it lacks happened; None where nothing waits."""
    last_success: int | None = None
    """When it last accepted events."""

    def lag(self, seq: int) -> int:
        """How many events the backend lacks, where `seq` is the hall's last."""
        return max(0, seq - self.acknowledged)
