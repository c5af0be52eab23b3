"""Product programs as processes: ready when they say so, gone when told, heard when they fail."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import httpx
import pytest

from devices.printer.driver import TicketPrinter
from devices.transport import parse_port
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
from simulation.hall_file import to_toml, write_hall_file
from simulation.processes import (
    Place,
    Programs,
    StartError,
    environment,
    make_tokens,
    start_printer,
    start_server,
)

NAME = Text(zh="大厅", en='The "hall"')
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


def test_toml_reads_back() -> None:
    table = {
        "a": {"text": 'quote " back \\ line\n', "n": 3, "f": 0.5, "yes": True, "list": ["x", "y"]},
        "b": {"c": {"name": {"zh": "中", "en": "x"}}, "many": [{"id": "1"}, {"id": "2"}]},
    }
    assert tomllib.loads(to_toml(table)) == table


def test_server_with_tokens(tmp_path: Path) -> None:
    config = write_hall_file(tmp_path / "hall.toml", CATALOGUE)
    with Programs(tmp_path / "logs") as programs:
        server = start_server(programs, config)
        places = [Place("manager", "m"), *(Place("caller", "c", CounterId("1")) for _ in range(5))]
        tokens = make_tokens(config, places)
        assert len(set(tokens)) == 6
        answer = httpx.get(
            f"{server.http}/api/hall", headers={"Authorization": f"Bearer {tokens[0]}"}
        )
        assert server.program.memory()[0] > 5
        assert answer.status_code in (200, 404)
        pid = server.program.pid
    assert server.program.exit_code == 0
    assert not Path(f"/proc/{pid}").exists()


def test_configuration_mistakes_are_told(tmp_path: Path) -> None:
    config = tmp_path / "hall.toml"
    config.write_text("[doors]\npush_port = 99999\nnonsense = 1\n")
    with Programs(tmp_path / "logs") as programs, pytest.raises(StartError, match="nonsense"):
        start_server(programs, config)
    with pytest.raises(StartError, match="nonsense"):
        make_tokens(config, [Place("kiosk", "k")])


def test_printer_prints_and_obeys_its_panel(tmp_path: Path) -> None:
    paper = tmp_path / "paper.jsonl"
    with Programs(tmp_path / "logs") as programs:
        simulator = start_printer(programs, paper)
        printer = TicketPrinter(parse_port(simulator.port))
        assert printer.open().problem is None
        assert printer.print_slip(b"\x1b@A001\n\x1dV\x00").state == "printed"
        assert json.loads(paper.read_text())["number"] == "A001"
        simulator.program.say("paper out")
        simulator.program.wait_line("ok")
        assert printer.query_status().problem is not None
        printer.close()
    assert simulator.program.exit_code == 0


def test_nothing_outlives_a_killed_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from simulation.processes import Programs, start_printer\n"
        "programs = Programs(Path(sys.argv[1]))\n"
        "print(start_printer(programs, Path(sys.argv[1]) / 'paper').port, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, env=environment()
    )
    assert parent.stdout is not None
    port = int(parent.stdout.readline().rsplit(b":")[-1])
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("the printer outlived its parent")
