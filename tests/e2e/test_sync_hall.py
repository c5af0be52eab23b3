"""The true server tells the true backend, whichever of them dies in between."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

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
    Text,
)
from simulation.hall_file import write_hall_file
from simulation.processes import Place, Programs, Server, make_token, start_backend, start_server

NAME = Text(zh="大厅", en="Hall")
CATALOGUE = Catalogue(
    settings=Settings(name=NAME),
    areas=(Area(id=AreaId("A"), name=NAME),),
    services=(
        Service(id=ServiceId("s"), prefix="A", name=NAME, department=NAME, area=AreaId("A")),
    ),
    profiles=(Profile(id=ProfileId("p"), name=NAME, services=(ServiceId("s"),)),),
    counters=(
        Counter(id=CounterId("1"), number=1, name=NAME, area=AreaId("A"), profile=ProfileId("p")),
    ),
)
EVENTS = "SELECT hall, seq, epoch, day, at, who, type, data FROM events ORDER BY hall, seq"


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    with Programs(tmp_path / "logs") as made:
        yield made


def rows(database: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as connection:
        found = connection.execute(EVENTS).fetchall()
    connection.close()
    return found


def until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.05)


def do(server: Server, token: str, **command: object) -> None:
    answer = httpx.post(
        f"{server.http}/api/v1/commands",
        headers={"Authorization": f"Bearer {token}"},
        json={"id": str(uuid.uuid4()), "do": command},
        timeout=30,
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text


def take_tickets(server: Server, token: str, count: int) -> None:
    for _ in range(count):
        holder = {"name": "王小明", "number": f"SYNTHETIC-{uuid.uuid4().hex[:8]}"}
        do(server, token, type="issue_ticket", service="s", holder=holder)


def test_after_kills_on_both_sides_the_backend_holds_the_halls_log_and_no_personal_data(
    programs: Programs, tmp_path: Path
) -> None:
    folder = tmp_path / "backend"
    folder.mkdir()
    backend = start_backend(programs, folder)
    port = int(backend.address.rpartition(":")[2])
    sync = {
        "address": backend.address,
        "token_file": str(backend.token),
        "ca_file": str(backend.ca),
        "linger": 0.0,
        "first_delay": 0.05,
        "longest_delay": 0.2,
        "operator_delay": 0.2,
    }
    config = write_hall_file(tmp_path / "hall.toml", CATALOGUE, hall="hall-1", more={"sync": sync})
    theirs = folder / "backend.sqlite3"
    server = start_server(programs, config)
    ours = tmp_path / "data" / "hall.db"
    manager = make_token(config, Place("manager", "m"))
    kiosk = make_token(config, Place("kiosk", "k", area=AreaId("A")))
    do(server, manager, type="open_day", day=time.strftime("%Y-%m-%d"))
    take_tickets(server, kiosk, 5)
    until(lambda: rows(theirs) == rows(ours), "the first tickets")
    # The backend dies; nothing in the hall waits for it.
    backend.program.kill()
    take_tickets(server, kiosk, 5)
    # The server dies with events that were never sent.
    server.program.kill()
    server = start_server(programs, config)
    start_backend(programs, folder, port=port)
    take_tickets(server, kiosk, 5)
    # The server dies at whatever it is sending just now.
    server.program.kill()
    server = start_server(programs, config)
    take_tickets(server, kiosk, 1)
    until(lambda: rows(theirs) == rows(ours), "everything")
    held = rows(theirs)
    assert [row[1] for row in held] == list(range(1, len(held) + 1))
    assert sum(row[6] == "ticket_issued" for row in held) == 16
    assert not [row for row in held if "王小明" in str(row) or "SYNTHETIC" in str(row)]
