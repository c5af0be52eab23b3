"""The hall under measurement: what is defined in it, its server, who may connect."""

import asyncio
import datetime as dt
import os
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from queue_server.domain.commands import OpenDay
from queue_server.domain.values import (
    Area,
    AreaId,
    Catalogue,
    Counter,
    CounterId,
    Day,
    Profile,
    ProfileId,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
)
from simulation.bench.wire import HallLine
from simulation.hall_file import write_hall_file
from simulation.processes import Place, Programs, Server, make_tokens, start_server

SERVICES = tuple(ServiceId(f"service-{number}") for number in range(1, 9))
COUNTERS = tuple(CounterId(str(number)) for number in range(1, 17))
STAFF = tuple(StaffId(f"staff-{number}") for number in range(1, 17))
AREA = AreaId("A")
_EVERYTHING = ProfileId("everything")

LIMITS = {"per_second": 100_000.0, "burst": 100_000, "under_way": 10_000, "connections": 4000}
"""One connection of the load may ask as much as a whole hall does."""


def catalogue() -> Catalogue:
    """A hall of one area, eight services and sixteen counters that serve them all."""
    department = Text(zh="综合业务", en="General affairs")
    return Catalogue(
        settings=Settings(name=Text(zh="测量大厅", en="Hall under measurement")),
        areas=(Area(id=AREA, name=Text(zh="一区", en="Area A")),),
        services=tuple(
            Service(
                id=service,
                prefix=chr(ord("A") + number),
                name=Text(zh=f"业务{number + 1}", en=f"Service {number + 1}"),
                department=department,
                area=AREA,
            )
            for number, service in enumerate(SERVICES)
        ),
        profiles=(
            Profile(id=_EVERYTHING, name=Text(zh="综合", en="Everything"), services=SERVICES),
        ),
        counters=tuple(
            Counter(
                id=counter,
                number=int(counter),
                name=Text(zh=f"{counter}号窗口", en=f"Counter {counter}"),
                area=AREA,
                profile=_EVERYTHING,
            )
            for counter in COUNTERS
        ),
        staff=tuple(Staff(id=staff, name=f"员工{staff[6:]}") for staff in STAFF),
    )


class Ground:
    """One hall's folder, with a running server and the tokens of its programs."""

    def __init__(
        self,
        programs: Programs,
        folder: Path,
        *,
        places: Sequence[Place] = (),
        more: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self.programs = programs
        self.folder = folder
        self.config = write_hall_file(
            folder / "hall.toml",
            catalogue(),
            hall="bench",
            more={"limits": LIMITS, **(more or {})},
        )
        self.server: Server = start_server(programs, self.config)
        manager, *self.tokens = make_tokens(self.config, [Place("manager", "bench"), *places])
        asyncio.run(_open_day(self.server.push, manager))

    @property
    def database(self) -> Path:
        """The hall's database."""
        return self.folder / "data" / "hall.db"

    def start(self) -> float:
        """Start the server again; the seconds from exec to ready."""
        began = time.monotonic()
        self.server = start_server(self.programs, self.config)
        return time.monotonic() - began

    def cpu_seconds(self) -> float:
        """CPU the server process has used so far, user and system."""
        text = Path(f"/proc/{self.server.program.pid}/stat").read_text()
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _open_day(address: str, manager: str) -> None:
    line = await HallLine.open(address, manager)
    await line.do(OpenDay(day=Day(dt.datetime.now(dt.UTC).astimezone().date().isoformat())))
    line.close()


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
