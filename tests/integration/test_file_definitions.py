"""What the file says, what managers said since, and starting again: who wins is written down."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from queue_server.domain.apply import apply
from queue_server.domain.events import Event
from queue_server.domain.hall import Hall
from queue_server.domain.values import Catalogue, Day, ProfileId, ServiceId, Text
from queue_server.domain.workdays import CalendarDay
from simulation.hall_file import write_hall_file
from tests.integration.server_hall import ServerHall, small_catalogue

THURSDAY = Day("2026-03-05")
OFF = CalendarDay(day=THURSDAY, kind="holiday")
FILE = msgspec.structs.replace(small_catalogue(), calendar=(OFF,))
TAX, ALL = ServiceId("tax"), ProfileId("all")


class EditedHall(ServerHall):
    """A hall whose file the test edits between two starts."""

    def edit(self, catalogue: Catalogue, folder: str = "data") -> None:
        more = {"waits": {"told": False}}
        write_hall_file(self.config, catalogue, hall="test", folder=folder, more=more)

    def again(self, *, kill: bool = False) -> str:
        """End the server and start it again; what the new one logged at its start."""
        assert self.server is not None
        if kill:
            self.server.program.kill()
        else:
            self.server.program.stop()
        return self.start().program.log.read_text("utf-8")

    def recorded(self) -> Hall:
        """The hall as its log has it."""
        hall = Hall()
        with sqlite3.connect(self.folder / "data" / "hall.db") as db:
            for seq, at, data in db.execute("SELECT seq, at, data FROM events ORDER BY seq"):
                apply(hall, msgspec.json.decode(data, type=Event), seq, at)
        return hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[EditedHall]:
    one = EditedHall(tmp_path)
    one.edit(FILE)
    one.start()
    try:
        yield one
    finally:
        one.programs.stop()


async def define_meanwhile(hall: EditedHall) -> None:
    """A manager turns the profile round, works on the holiday and sets a limit of tickets."""
    async with hall.line("manager") as manager:
        profile = FILE.profiles[0]
        turned = msgspec.structs.replace(profile, services=profile.services[::-1])
        await manager.done("define_profile", profile=msgspec.to_builtins(turned))
        await manager.done("define_calendar_day", day={"day": THURSDAY, "kind": "default"})
        limited = msgspec.structs.replace(FILE.services[0], daily_tickets=7)
        await manager.done("define_service", service=msgspec.to_builtins(limited))
        named = msgspec.structs.replace(FILE.settings, returns=3)
        await manager.done("define_hall", settings=msgspec.to_builtins(named))


def standing(hall: EditedHall) -> tuple[list[str], bool, int, int]:
    """The order of the profile, whether Thursday is off, the limit, and how often one returns."""
    now = hall.recorded()
    order = [str(one) for one in now.profiles[ALL].services]
    limit = now.services[TAX].daily_tickets
    return order, THURSDAY in now.calendar, limit, now.settings.returns


CHANGED = (["id", "tax"], False, 7, 3)


@pytest.mark.parametrize("kill", [False, True])
async def test_what_managers_defined_stays_through_restarts_and_days(
    hall: EditedHall, *, kill: bool
) -> None:
    assert standing(hall) == (["tax", "id"], True, 0, 1)
    async with hall.line("manager") as manager:
        await manager.done("open_day", day="2026-03-02")
    await define_meanwhile(hall)
    assert standing(hall) == CHANGED
    events = len(hall.recorded().tickets)
    told = hall.again(kill=kill)
    assert standing(hall) == CHANGED
    assert "settings, calendar/2026-03-05, services/tax, profiles/all" in told  # what differs
    async with hall.line("manager") as manager:
        await manager.done("close_day")
        await manager.done("open_day", day="2026-03-03")
    hall.again(kill=kill)
    assert standing(hall) == CHANGED
    assert len(hall.recorded().tickets) == events


async def test_a_changed_text_of_the_file_is_put_in_force_and_only_that(hall: EditedHall) -> None:
    await define_meanwhile(hall)
    renamed = msgspec.structs.replace(FILE.services[1], name=Text(zh="身份证", en="ID cards"))
    hall.edit(msgspec.structs.replace(FILE, services=(FILE.services[0], renamed)))
    told = hall.again()
    assert standing(hall) == CHANGED
    assert hall.recorded().services[ServiceId("id")].name.zh == "身份证"
    assert "goes before" not in told
    tax = msgspec.structs.replace(FILE.services[0], daily_tickets=20)
    hall.edit(msgspec.structs.replace(FILE, services=(tax, renamed)))
    told = hall.again()
    assert standing(hall) == (["id", "tax"], False, 20, 3)
    [line] = [line for line in told.splitlines() if "goes before" in line]
    assert line.endswith(": services/tax")
    hall.again()
    assert standing(hall) == (["id", "tax"], False, 20, 3)


async def test_what_left_the_file_stays_in_force_and_is_told_once(hall: EditedHall) -> None:
    hall.edit(msgspec.structs.replace(FILE, calendar=(), staff=FILE.staff[:1]))
    told = hall.again()
    [line] = [line for line in told.splitlines() if "no longer in the file" in line]
    assert line.endswith(": calendar/2026-03-05, staff/s2")
    assert standing(hall)[1]
    assert "no longer in the file" not in hall.again()
    async with hall.line("manager") as manager:
        await manager.done("define_calendar_day", day={"day": THURSDAY, "kind": "default"})
    hall.edit(FILE)  # it is back: what the file says anew holds
    hall.again()
    assert standing(hall)[1]


async def test_what_the_file_cannot_have_is_told_again_until_it_can(hall: EditedHall) -> None:
    """Nothing counts as put in force before all of it is."""
    await define_meanwhile(hall)
    bad = msgspec.structs.replace(FILE.counters[0], profile=ProfileId("none"))
    tax = msgspec.structs.replace(FILE.services[0], daily_tickets=20)
    edited = msgspec.structs.replace(
        FILE, services=(tax, FILE.services[1]), counters=(bad, *FILE.counters[1:])
    )
    hall.edit(edited)
    for _ in range(2):
        with pytest.raises(Exception, match="no work profile none"):
            hall.again()
    hall.edit(msgspec.structs.replace(edited, counters=FILE.counters))
    hall.again()
    assert standing(hall) == (["id", "tax"], False, 20, 3)
