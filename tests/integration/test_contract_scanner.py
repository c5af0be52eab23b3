"""The serial scanner: the contract, codes through true ports, faults."""

import json
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from devices.backoff import Backoff
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.health import Health, OnHealth, State
from devices.scanner.driver import ScanFailed, Scanned, Scanner, ScannerEvent, ScannerOptions
from devices.scanner.simulator import ScannerFault, ScannerSimulator
from devices.scanner.spec import SERIAL, probe
from devices.supervisor import Supervisor
from devices.transport import parse_port
from tests.integration.device_contract import DeviceContract, Supervised

ASKED = ScannerOptions(ask="3F", answer="21", ask_every=0.1, answer_within=0.3, gap=0.05)


def supervised(
    port: str, on_event: object, on_health: OnHealth, options: ScannerOptions = ASKED
) -> Supervisor:
    scanner = Scanner(parse_port(port), on_event, options)  # type: ignore[arg-type]
    return Supervisor("scanner", scanner, on_health, backoff=Backoff(0.05, 0.1))


class TestScannerContract(DeviceContract):
    silent_code = "scanner.silent"

    def simulator(self, spec: str) -> Simulator:
        return ScannerSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return supervised(port, lambda event: None, on_health)


class Desk:
    """A scanner at work and what it said."""

    def __init__(self, simulator: ScannerSimulator, options: ScannerOptions) -> None:
        self.simulator = simulator
        self.events: SimpleQueue[ScannerEvent] = SimpleQueue()
        self.healths: SimpleQueue[Health] = SimpleQueue()
        self.supervisor = supervised(simulator.port, self.events.put, self.healths.put, options)

    def next(self) -> ScannerEvent:
        return self.events.get(timeout=30)

    def texts(self, count: int) -> list[str]:
        found = []
        for _ in range(count):
            event = self.next()
            assert isinstance(event, Scanned)
            found.append(event.text)
        return found


@contextmanager
def desk(spec: str, options: ScannerOptions = ASKED, **set_to: object) -> Iterator[Desk]:
    simulator = ScannerSimulator(spec, **set_to)  # type: ignore[arg-type]
    simulator.start()
    it = Desk(simulator, options)
    it.supervisor.start()
    try:
        assert it.healths.get(timeout=30).state is State.OK
        yield it
    finally:
        it.supervisor.stop()
        simulator.stop()


@pytest.mark.parametrize("port", ["pty", "tcp"])
def test_codes_come_in_order_and_each_once(port: str) -> None:
    with desk(port) as it:
        for text in ("A012", "A012", "预约B7", "A012", "A013"):
            it.simulator.scan(text)
        assert it.texts(3) == ["A012", "预约B7", "A013"]


@pytest.mark.parametrize("terminator", [b"\r", b"\n", b""])
def test_any_end_will_do(terminator: bytes) -> None:
    with desk("pty", terminator=terminator, encoding="gb18030") as it:
        it.simulator.scan("号票A012")
        assert it.texts(1) == ["号票A012"]


def test_the_same_code_later_is_told_again() -> None:
    options = ScannerOptions(repeat=0.05)
    with desk("pty", options) as it:
        it.simulator.scan("A012")
        assert it.texts(1) == ["A012"]
        time.sleep(0.1)
        it.simulator.scan("A012")
        assert it.texts(1) == ["A012"]


def test_faults_cost_a_code_and_nothing_more() -> None:
    with desk("pty") as it:
        it.simulator.scan("A001")
        assert it.texts(1) == ["A001"]
        it.simulator.set_fault(ScannerFault.HALF)
        it.simulator.scan("A002")
        assert isinstance(cut := it.next(), ScanFailed)
        assert cut.code == "scanner.cut_short"
        it.simulator.set_fault(ScannerFault.GARBAGE)
        it.simulator.scan("A003")
        last = [it.next(), it.next()]
        assert isinstance(last[0], ScanFailed)
        assert isinstance(last[1], Scanned)
        assert last[1].text == "A003"


def test_a_code_between_question_and_answer_is_a_code() -> None:
    options = ScannerOptions(ask="3F3F", answer="2121", ask_every=0.05, answer_within=5, gap=0.05)
    with desk("tcp", options, question=b"??", answer=b"A012\r!!") as it:
        assert it.texts(1) == ["A012"]


def test_a_scanner_without_a_question_is_there_while_its_port_is() -> None:
    with desk("pty", ScannerOptions()) as it:
        it.simulator.scan("A012")
        assert it.texts(1) == ["A012"]
        it.simulator.stop()
        assert it.healths.get(timeout=30).state is State.GONE
        it.simulator.start()


def test_a_probe_tells_one_from_none() -> None:
    simulator = ScannerSimulator("tcp")
    simulator.start()
    port = simulator.port
    assert probe(ScannerOptions(port=port, ask="3F", answer="21")).code is None
    simulator.set_fault(ScannerFault.SILENCE)
    with pytest.raises(DeviceError, match=r"scanner\.silent"):
        probe(ScannerOptions(port=port, ask="3F", answer="21", answer_within=0.2))
    simulator.stop()
    with pytest.raises(DeviceError, match=r"port\.refused"):
        probe(ScannerOptions(port=port))


def test_half_a_question_is_refused() -> None:
    with pytest.raises(ValueError, match="both or neither"):
        ScannerOptions(ask="3F")


def test_the_bench_waits_for_a_code_and_masks_it(tmp_path: Path) -> None:
    link = tmp_path / "scanner"
    command = [sys.executable, "-m", "devices", "simulate", "scanner", "--until-eof"]
    with subprocess.Popen(
        [*command, "--port", f"pty:{link}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as simulator:
        assert simulator.stdin
        assert simulator.stdout
        assert simulator.stdout.readline().startswith("port serial:")
        bench = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "devices",
                "test",
                "scanner",
                "--port",
                f"serial:{link}",
                "--json",
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        while bench.poll() is None:
            simulator.stdin.write("scan 11010519491231002X\n")
            simulator.stdin.flush()
            assert simulator.stdout.readline() == "ok\n"
            time.sleep(0.2)
        simulator.stdin.close()
        assert bench.stdout
        told = json.loads(bench.stdout.read())
        bench.stdout.close()
    assert bench.returncode == 0
    assert told == {"kind": "citizen", "characters": 18, "text": "11****************"}


def test_the_bench_gives_up_in_time() -> None:
    simulator = ScannerSimulator("tcp")
    simulator.start()
    try:
        with pytest.raises(DeviceError, match=r"scanner\.no_code"):
            SERIAL.test(ScannerOptions(port=simulator.port), Namespace(timeout=0.2, show=False))
    finally:
        simulator.stop()
