"""The example driver of docs/devices.md, as anybody would bring it: contract, frames, bench."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_counter.driver import CounterOptions, PeopleCounter
from people_counter.protocol import Counts, Refused, closed, crc16_modbus, parser, request
from people_counter.simulator import CounterSimulator

from devices.backoff import Backoff
from devices.command_line import main
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.fuzz.targets import find_targets
from devices.health import OnHealth
from devices.registry import GROUP, Registry, find_drivers
from devices.supervisor import Supervisor
from tests.integration.device_contract import DeviceContract, Supervised

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "people_counter"


def supervised(
    port: str, on_health: OnHealth, told: "Queue[Counts] | None" = None, unit: int = 1
) -> Supervisor:
    options = CounterOptions(port=port, unit=unit, every=0.05, answer=0.3)
    duty = PeopleCounter(options, (told or Queue()).put)
    return Supervisor("people counter", duty, on_health, backoff=Backoff(0.05, 0.1))


class TestPeopleCounter(DeviceContract):
    silent_code = "driver.silent"

    def simulator(self, spec: str) -> Simulator:
        return CounterSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return supervised(port, on_health)


def test_published_values() -> None:
    assert crc16_modbus(b"123456789") == 0x4B37
    assert closed(bytes.fromhex("01 03 00 00 00 0A")) == bytes.fromhex("01 03 00 00 00 0A C5 CD")
    assert request(1, 0)[:6] == bytes.fromhex("01 04 00 00 00 04")


@given(
    unit=st.integers(1, 247), entered=st.integers(0, 2**32 - 1), left=st.integers(0, 2**32 - 1),
    cut=st.integers(0, 13), spoilt=st.none() | st.tuples(st.integers(0, 12), st.integers(1, 255)),
)  # fmt: skip
def test_a_reply_is_found_at_every_split_and_no_spoilt_one(
    unit: int, entered: int, left: int, cut: int, spoilt: tuple[int, int] | None
) -> None:
    counts = entered.to_bytes(4, "big") + left.to_bytes(4, "big")
    reply = bytearray(closed(bytes([unit, 4, 8]) + counts))
    if spoilt:
        reply[spoilt[0]] ^= spoilt[1]
    replies = parser(unit)
    heard = [*replies.feed(bytes(reply[:cut])), *replies.feed(bytes(reply[cut:]))]
    assert (Counts(entered, left) in heard) == (spoilt is None)
    assert parser(unit).feed(closed(bytes([unit, 0x84, 2]))) == [Refused(2)]


def test_every_change_is_told_once() -> None:
    told: Queue[Counts] = Queue()
    simulator = CounterSimulator("tcp", unit=7)
    simulator.start()
    driver = supervised(simulator.port, lambda _: None, told, unit=7)
    driver.start()
    try:
        assert told.get(timeout=30) == Counts(0, 0)
        simulator.enter()
        assert told.get(timeout=30) == Counts(1, 0)
        simulator.leave()
        assert told.get(timeout=30) == Counts(1, 1)
        assert told.empty()
    finally:
        driver.stop()
        simulator.stop()


@pytest.fixture
def registry() -> Registry:
    metadata = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))
    points = metadata["project"]["entry-points"][GROUP]
    return find_drivers([EntryPoint(name, value, GROUP) for name, value in points.items()])


@pytest.fixture
def simulator() -> Iterator[CounterSimulator]:
    device = CounterSimulator("pty")
    device.start()
    yield device
    device.stop()


def test_the_technicians_bench_knows_it(
    registry: Registry, simulator: CounterSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not registry.broken
    words = ["people-counter", "--port", simulator.port, "--json"]
    simulator.enter()
    assert main(["test", *words], registry) == 0
    assert json.loads(capsys.readouterr().out) == {"entered": 1, "left": 0}
    assert main(["probe", *words], registry) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "ok"
    for fault, code in (
        ("refuse", "driver.options"),
        ("silence", "driver.silent"),
        ("cut-short", "driver.silent"),
    ):
        simulator.faults[fault]()
        assert main(["test", *words], registry) == 1
        told = json.loads(capsys.readouterr().out)
        assert told["error"] == code
        assert DeviceError(code).fault.zh


def test_it_is_found_where_it_is_installed(tmp_path: Path) -> None:
    """As `pip install` leaves it: the modules on the path, the metadata beside them."""
    info = tmp_path / "hall_people_counter-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hall-people-counter\n")
    (info / "entry_points.txt").write_text(
        f"[{GROUP}]\npeople-counter.modbus = people_counter.spec:DRIVER\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-m", "devices", "drivers", "people-counter", "--json"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{EXAMPLE}:{tmp_path}"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    (driver,) = json.loads(done.stdout)
    assert driver["name"] == "people-counter.modbus"
    assert {option["name"] for option in driver["options"]} == {
        "port", "unit", "register", "every", "answer",
    }  # fmt: skip


def test_its_parser_is_fuzzed() -> None:
    places = {place.name: place for place in find_targets(["people_counter.fuzz"])}
    assert "people_counter.replies" in places
