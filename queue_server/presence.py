"""Which registered programs are connected, or since when not, and what devices they report."""

from .clock import Clock
from .domain.values import Ms
from .protocol.views import BackendView, DeviceReport, ProgramsView, ProgramView
from .store.access import Access
from .sync.codes import SYNC_CODES
from .sync.status import SyncStatus


class _Seen:
    __slots__ = ("devices", "lines", "since", "version")

    def __init__(self) -> None:
        self.lines = 0
        self.since: Ms | None = None
        self.version = ""
        self.devices: tuple[DeviceReport, ...] = ()


class Presence:
    """Kept in memory: after a restart a program that is away has no `since` until it returns."""

    def __init__(self, access: Access, clock: Clock) -> None:
        self._access = access
        self._clock = clock
        self._seen: dict[str, _Seen] = {}
        self.backend: SyncStatus | None = None
        """As the connector tells it; None where there is none."""

    def came(self, program: str, version: str) -> None:
        """A connection of `program` was welcomed."""
        seen = self._seen.setdefault(program, _Seen())
        seen.lines += 1
        seen.version = version
        if seen.lines == 1:
            seen.since = self._clock()

    def went(self, program: str) -> None:
        """A connection of `program` ended."""
        seen = self._seen[program]
        seen.lines -= 1
        if seen.lines == 0:
            seen.since = self._clock()

    def reported(self, program: str, devices: tuple[DeviceReport, ...]) -> None:
        """`program` told the state of its devices."""
        self._seen.setdefault(program, _Seen()).devices = devices

    def backend_changed(self, status: SyncStatus) -> None:
        """The connector's status changed."""
        self.backend = status

    def view(self, seq: int) -> ProgramsView:
        """The topic `programs`: every registration that is not revoked, and the backend."""
        programs = []
        for known in self._access.all():
            if known.revoked_at is not None:
                continue
            seen = self._seen.get(known.id, _Seen())
            programs.append(
                ProgramView(
                    id=known.id,
                    role=known.role,
                    name=known.name,
                    connected=seen.lines > 0,
                    since=seen.since,
                    counter=known.counter,
                    area=known.area,
                    version=seen.version,
                    devices=seen.devices,
                )
            )
        return ProgramsView(programs=tuple(programs), backend=_backend(self.backend, seq))


def _backend(status: SyncStatus | None, seq: int) -> BackendView | None:
    if status is None:
        return None
    meaning = SYNC_CODES.get(status.code)
    return BackendView(
        state=status.state,
        since=Ms(status.since),
        waiting=status.lag(seq),
        code=status.code,
        zh=meaning.zh if meaning else "",
        en=meaning.en if meaning else "",
    )
