"""A small hall with a real server process, and raw websockets to talk to it."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, cast

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from queue_server.config import read_config
from queue_server.domain.values import (
    Area,
    AreaId,
    Catalogue,
    Counter,
    CounterId,
    Profile,
    ProfileId,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
)
from queue_server.protocol.ids import new_uuid
from queue_server.store.access import Access
from simulation.hall_file import write_hall_file
from simulation.processes import Place, Programs, Server, start_server

DAY = "2026-03-02"


def small_catalogue() -> Catalogue:
    """Two services, three counters, two staff: s2 has every right."""
    same = Text(zh="名", en="Name")
    area, profile = AreaId("A"), ProfileId("all")
    return Catalogue(
        settings=Settings(name=Text(zh="测试大厅", en="Test hall")),
        areas=(Area(id=area, name=same),),
        services=(
            Service(id=ServiceId("tax"), prefix="A", name=same, department=same, area=area),
            Service(
                id=ServiceId("id"),
                prefix="B",
                name=same,
                department=same,
                area=area,
                identity="required",
            ),
        ),
        counters=tuple(
            Counter(id=CounterId(str(n)), number=n, name=same, area=area, profile=profile)
            for n in (1, 2, 3)
        ),
        staff=(
            Staff(id=StaffId("s1"), name="王芳"),
            Staff(id=StaffId("s2"), name="李强", rights=("manage",)),
        ),
        profiles=(Profile(id=profile, name=same, services=(ServiceId("tax"), ServiceId("id"))),),
    )


PLACES = {
    "manager": Place("manager", "管理员"),
    "kiosk": Place("kiosk", "取号机"),
    "kiosk2": Place("kiosk", "取号机二"),
    "caller1": Place("caller", "叫号器", CounterId("1")),
    "caller2": Place("caller", "叫号器", CounterId("2")),
    "screen1": Place("screen", "窗口屏", CounterId("1")),
    "pad1": Place("pad", "评价器", CounterId("1")),
    "board": Place("board", "综合屏", None, AreaId("A")),
    "api": Place("integration", "接口"),
}


class ServerHall:
    """The hall's configuration and tokens in `folder`; `start` runs the server."""

    def __init__(self, folder: Path, **tables: Mapping[str, Any]) -> None:
        self.folder = folder
        more = {"waits": {"told": False}} | tables  # one program less for each test
        self.config = write_hall_file(
            folder / "hall.toml", small_catalogue(), hall="test", more=more
        )
        self.programs = Programs(folder / "logs")
        self.tokens = _register(self.config)
        self.server: Server | None = None

    def start(self) -> Server:
        """Start the server, again where it was started before (on other ports)."""
        self.server = start_server(self.programs, self.config)
        return self.server

    def line(self, who: str, *, origin: str | None = None) -> "Line":
        """A connection as the program `who`, to be entered with `async with`."""
        assert self.server is not None
        return Line(self.server.push, self.tokens.get(who, ""), origin)


def _register(config: Path) -> dict[str, str]:
    """A token for each place: as `token create` does it, without a process for each."""
    access = Access(read_config(config).store.folder)
    try:
        return {
            who: access.create(place.role, place.name, counter=place.counter, area=place.area)[1]
            for who, place in PLACES.items()
        }
    finally:
        access.close()


class Line:
    """One raw connection: frames as dictionaries."""

    def __init__(self, address: str, token: str, origin: str | None) -> None:
        self._connect = connect(
            address, compression=None, max_size=None, origin=cast(Origin | None, origin), proxy=None
        )
        self._token = token
        self.socket: ClientConnection
        self.seen: list[dict[str, Any]] = []
        self.welcome: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        self.socket = await self._connect
        if self._token:
            await self.send({"type": "hello", "v": 1, "token": self._token, "program": "test"})
            self.welcome = await self.next("welcome", "error")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def send(self, frame: Mapping[str, Any] | str | bytes) -> None:
        await self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def next(self, *types: str) -> dict[str, Any]:
        """The next frame of one of `types`; the others are kept in `seen`."""
        async with asyncio.timeout(30):
            while True:
                frame: dict[str, Any] = msgspec.json.decode(await self.socket.recv())
                self.seen.append(frame)
                if frame["type"] in types:
                    return frame

    async def until(self, topic: str, wanted: Any) -> dict[str, Any]:
        """The next document of `topic` for which `wanted` is true."""
        while True:
            frame = await self.next("update", "welcome")
            if topic in frame.get("set", {}) and wanted(frame["set"][topic]):
                found: dict[str, Any] = frame["set"][topic]
                return found

    async def do(self, command: Mapping[str, Any], command_id: str = "") -> dict[str, Any]:
        """Send a command; its result."""
        key = command_id or str(new_uuid())
        await self.send({"type": "command", "id": key, "do": command})
        while True:
            result = await self.next("result")
            if result["id"] == key:
                return result

    async def done(self, kind: str, **fields: Any) -> dict[str, Any]:
        """A command that must succeed; its outcome."""
        result = await self.do({"type": kind, **fields})
        assert "rejected" not in result, result
        outcome: dict[str, Any] = result.get("done", {})
        return outcome

    async def code(self, kind: str, **fields: Any) -> str:
        """A command that must be refused; its code."""
        result = await self.do({"type": kind, **fields})
        found: str = result["rejected"]["code"]
        return found

    async def read(self, what: Mapping[str, Any]) -> dict[str, Any]:
        await self.send({"type": "read", "id": "r", "what": what})
        return await self.next("read_result")


async def open_day(hall: ServerHall, day: str = DAY) -> None:
    """Open the business day and sign s1 in at counter 1."""
    async with hall.line("manager") as manager:
        await manager.done("open_day", day=day)
    async with hall.line("caller1") as caller:
        await caller.done("sign_in", counter="1", staff="s1")
