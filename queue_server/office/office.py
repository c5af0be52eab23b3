"""The office of a hall: everything its managers look up, from the writer's hall or from the log.

What concerns the hall as it stands runs in the writer's thread between two commits, and is short;
what goes through the log runs in a thread with a connection of its own.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from ..almanac import ALMANAC
from ..bookings import kept_appointment
from ..clock import Clock
from ..desk import HallDesk
from ..domain.hall import Hall
from ..domain.values import Day, Profile, ProfileId
from ..protocol.views import HallView
from ..store.access import Access
from ..store.appointments import read_appointment
from ..store.sqlite import Connection, open_reader
from .agenda import DayAgenda, Found, agenda_of, bookable, find
from .changes import Changes, changes_of
from .check import Checked, check
from .month import Month, month_of
from .rules import HallRules, hall_rules
from .trial import Trial, Trials
from .wait_hours import DayWaits, day_waits

T = TypeVar("T")

MOST_DAYS = 90
"""Days on record that are offered to be looked at."""


class Office:
    """`log` is the hall's database, `hall` its id. Lives in the event loop."""

    def __init__(self, desk: HallDesk, access: Access, log: Path, hall: str, clock: Clock) -> None:
        self._desk = desk
        self._access = access
        self._log = log
        self._hall = hall
        self._clock = clock
        self._trials = Trials(log.parent, clock)

    async def rules(self) -> HallRules:
        """The work profiles in force."""
        days = await self._on_record(lambda database: recorded_days(database))
        return await asyncio.to_thread(hall_rules, await self._definitions(), days)

    async def check(self, text: str, profile: ProfileId | None) -> Checked:
        """Whether a profile's text is right; None means a new profile."""
        return await asyncio.to_thread(check, await self._definitions(), text, profile)

    @property
    def trial(self) -> Trial:
        """The trial that runs, or the last one."""
        return self._trials.now

    def begin_trial(
        self, day: Day, profile: Profile, toml: str, bound_minutes: int, who: str
    ) -> bool:
        """Try a profile (`toml` its text) on a past day; False where another trial runs."""
        return self._trials.begin(day, profile, toml, bound_minutes, who)

    async def stop_trial(self) -> None:
        """End the trial that runs, if any; at the server's end too."""
        await self._trials.stop()

    async def month(self, wanted: str) -> Month:
        """A month of the calendar; this one where `wanted` is empty."""
        return await self._desk.ask(
            lambda writer: month_of(writer.hall, wanted, self._clock(), ALMANAC)
        )

    async def agenda(self, day: Day | None) -> DayAgenda:
        """Appointments by day and band."""
        can = await self._desk.ask(lambda writer: bookable(writer.hall, self._clock(), ALMANAC))
        return await self._on_record(lambda database: agenda_of(database, can, day))

    async def find(self, text: str) -> Found:
        """Appointments by serial (of days gone by, too), code, ticket or document number."""
        found = await self._desk.ask(lambda writer: find(writer.hall, writer.sealer, text))
        if found.appointments or found.absent:
            return found
        kept = await self._on_record(lambda database: read_appointment(database, text.strip()))
        return Found(appointments=(kept_appointment(kept),)) if kept else found

    async def waits(self, day: Day | None) -> DayWaits:
        """Told waiting times of a day, of the newest on record where None."""
        view = self._desk.document("hall")
        zone = ZoneInfo(view.timezone if isinstance(view, HallView) else "Asia/Shanghai")

        def look(database: Connection) -> DayWaits:
            days = recorded_days(database)
            newest = days[0] if days else Day("")
            return day_waits(database, day or newest, zone, days)

        return await self._on_record(look)

    async def changes(self) -> Changes:
        """Who changed what, the newest first."""
        names = {one.id: one.name for one in self._access.all()}
        return await self._on_record(lambda database: changes_of(database, self._hall, names))

    async def _definitions(self) -> Hall:
        """Services, profiles and counters as they stand, to be looked at outside the writer."""
        return await self._desk.ask(
            lambda writer: Hall(
                services=dict(writer.hall.services),
                profiles=dict(writer.hall.profiles),
                counters=dict(writer.hall.counters),
            )
        )

    async def _on_record(self, look: Callable[[Connection], T]) -> T:
        def run() -> T:
            database = open_reader(self._log)
            try:
                return look(database)
            finally:
                database.close()

        return await asyncio.to_thread(run)


def recorded_days(database: Connection) -> tuple[Day, ...]:
    """The business days on record, the newest first."""
    rows = database.execute(
        "SELECT day FROM events WHERE type = 'day_opened' ORDER BY seq DESC LIMIT ?", (MOST_DAYS,)
    )
    return tuple(dict.fromkeys(Day(day) for (day,) in rows))
