"""The printer's driver and worker against the simulator, over TCP and a real pty."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Health, State
from devices.printer.driver import (
    JobOutcome,
    PrinterHabits,
    PrinterTimings,
    PrintState,
    TicketPrinter,
)
from devices.printer.journal import Entry, Journal
from devices.printer.layout import Bilingual, Slip
from devices.printer.protocol import PaperState
from devices.printer.simulator import PrinterSimulator
from devices.printer.typeset import Typesetter
from devices.printer.worker import JobState, PrinterEvent, PrinterWorker
from devices.transport import parse_port

SETTER = Typesetter()
T = TypeVar("T", bound=PrinterEvent)


def slip_bytes(number: str, name: str | None = None) -> bytes:
    slip = Slip(
        hall=Bilingual("演示市政务服务大厅", "Demo City Service Hall"),
        area=Bilingual("一层A区"),
        department=Bilingual("公安局"),
        service=Bilingual("身份证，居住证"),
        number=number,
        ahead=1,
        taken_at=datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001
        qr=f"https://hall.example/t/{number}",
        name=name,
    )
    return SETTER.encode(slip).data


@pytest.fixture(params=["tcp", "pty"])
def simulator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrinterSimulator]:
    spec = f"pty:{tmp_path}/printer" if request.param == "pty" else "tcp"
    printer = PrinterSimulator(spec)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def printer(simulator: PrinterSimulator) -> Iterator[TicketPrinter]:
    driver = TicketPrinter(
        parse_port(simulator.port), timings=PrinterTimings(reply=5.0, confirm=5.0)
    )
    driver.open()
    yield driver
    driver.close()


def test_a_slip_prints_once(simulator: PrinterSimulator, printer: TicketPrinter) -> None:
    data = slip_bytes("A001", "𠮷*")
    assert printer.print_slip(data) == JobOutcome(PrintState.PRINTED, None, len(data))
    (slip,) = simulator.wait_for(1)
    assert (slip.number, slip.qr) == ("A001", ("https://hall.example/t/A001",))
    assert (slip.rasters, slip.unknown, slip.is_cut) == (1, (), True)
    assert "身份证，居住证" in slip.text


@pytest.mark.parametrize(
    ("fault", "mend", "code"),
    [
        (
            lambda s: s.set_paper("out"),
            lambda s: s.set_paper("ok"),
            "printer.paper_out",
        ),
        (
            lambda s: s.set_cover(is_open=True),
            lambda s: s.set_cover(is_open=False),
            "printer.cover_open",
        ),
        (
            lambda s: s.set_cutter(is_stuck=True),
            lambda s: s.set_cutter(is_stuck=False),
            "printer.cutter",
        ),
    ],
)
def test_a_printer_that_cannot_print_gets_no_bytes(
    simulator: PrinterSimulator,
    printer: TicketPrinter,
    fault: Callable[[PrinterSimulator], None],
    mend: Callable[[PrinterSimulator], None],
    code: str,
) -> None:
    fault(simulator)
    assert printer.print_slip(slip_bytes("A002")) == JobOutcome(PrintState.FAILED, code)
    mend(simulator)
    assert printer.print_slip(slip_bytes("A003")).state is PrintState.PRINTED
    assert [slip.number for slip in simulator.wait_for(1)] == ["A003"]


def test_near_the_end_it_still_prints(simulator: PrinterSimulator, printer: TicketPrinter) -> None:
    simulator.set_paper("near-end")
    assert printer.query_status().paper is PaperState.NEAR_END
    assert printer.print_slip(slip_bytes("A004")).state is PrintState.PRINTED


def test_silence_after_the_slip_is_unknown(simulator: PrinterSimulator) -> None:
    printer = TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(confirm=0.3))
    printer.open()
    simulator.set_silent(is_silent=True)
    outcome = printer.print_slip(slip_bytes("A005"))
    printer.close()
    assert (outcome.state, outcome.code) == (PrintState.UNKNOWN, "printer.silent")
    assert [slip.number for slip in simulator.wait_for(1)] == ["A005"]


def test_a_connection_cut_midway_is_unknown_and_not_repeated() -> None:
    simulator = PrinterSimulator()
    simulator.start()
    printer = TicketPrinter(parse_port(simulator.port))
    printer.open()
    simulator.set_cut_after(100)
    outcome = printer.print_slip(slip_bytes("A006"))
    printer.close()
    simulator.stop()
    assert outcome.state is PrintState.UNKNOWN
    assert simulator.slips == []
    assert len(simulator.torn) == 1


def test_a_slow_printer_is_waited_for() -> None:
    simulator = PrinterSimulator()
    simulator.start()
    printer = TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(confirm=30.0))
    printer.open()
    simulator.set_slow(4000)
    assert printer.print_slip(slip_bytes("A007")).state is PrintState.PRINTED
    printer.close()
    simulator.stop()


def test_a_serial_port_is_exclusive(tmp_path: Path) -> None:
    simulator = PrinterSimulator(f"pty:{tmp_path}/printer")
    simulator.start()
    first, second = parse_port(simulator.port), parse_port(simulator.port)
    first.open()
    with pytest.raises(DeviceError) as caught:
        second.open()
    first.close()
    simulator.stop()
    assert caught.value.code == "port.busy"


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "devices", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


class Events:
    """What a worker said, in order, from its thread."""

    def __init__(self) -> None:
        self.all: list[PrinterEvent] = []
        self._queue: queue.Queue[PrinterEvent] = queue.Queue()

    def __call__(self, event: PrinterEvent) -> None:
        self.all.append(event)
        self._queue.put(event)

    def until(self, kind: type[T], fits: Callable[[T], bool]) -> T:
        while True:
            event = self._queue.get(timeout=30)
            if isinstance(event, kind) and fits(event):
                return event

    def states(self) -> list[tuple[bool, str | None]]:
        return [(e.state is not State.GONE, e.code) for e in self.all if isinstance(e, Health)]

    def jobs(self) -> list[tuple[str, PrintState, str | None]]:
        return [(e.job_id, e.state, e.code) for e in self.all if isinstance(e, JobState)]


@pytest.fixture
def working(simulator: PrinterSimulator) -> Iterator[tuple[PrinterWorker, Events]]:
    events = Events()
    worker = PrinterWorker(
        TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(reply=0.5)),
        events,
        poll=0.05,
        backoff=Backoff(0.05, 0.1),
    )
    worker.start()
    yield worker, events
    worker.stop()


Working = tuple[PrinterWorker, Events]


def test_unplugged_is_said_once_and_back_once(
    simulator: PrinterSimulator, working: Working
) -> None:
    worker, events = working
    events.until(Health, lambda e: e.state is not State.GONE)
    simulator.stop()
    events.until(Health, lambda e: e.state is State.GONE)
    worker.submit("while gone", slip_bytes("B001"))
    failed = events.until(JobState, lambda e: e.state is not PrintState.PRINTING)
    assert (failed.job_id, failed.state) == ("while gone", PrintState.FAILED)
    simulator.start()
    events.until(Health, lambda e: e.state is not State.GONE)
    worker.submit("after", slip_bytes("B002"))
    events.until(JobState, lambda e: e.state is PrintState.PRINTED)
    assert [slip.number for slip in simulator.wait_for(1)] == ["B002"]
    assert [connected for connected, _ in events.states()] == [True, False, True]


def test_a_connection_that_died_unnoticed_costs_no_ticket(simulator: PrinterSimulator) -> None:
    events = Events()
    worker = PrinterWorker(TicketPrinter(parse_port(simulator.port)), events, poll=3600)
    worker.start()
    events.until(Health, lambda e: e.state is not State.GONE)
    simulator.stop()
    simulator.start()
    worker.submit("late", slip_bytes("B003"))
    end = events.until(JobState, lambda e: e.state is not PrintState.PRINTING)
    assert end == JobState("late", PrintState.PRINTED)
    assert [slip.number for slip in simulator.wait_for(1)] == ["B003"]
    worker.stop()
    assert events.jobs() == [
        ("late", PrintState.PRINTING, None),
        ("late", PrintState.PRINTED, None),
    ]


def test_stopping_before_starting_is_harmless() -> None:
    PrinterWorker(TicketPrinter(parse_port("tcp:127.0.0.1:1")), Events()).stop()


def test_each_trouble_is_said_once(simulator: PrinterSimulator, working: Working) -> None:
    _, events = working
    events.until(Health, lambda e: e.code is None)
    simulator.set_paper("out")
    events.until(Health, lambda e: e.code == "printer.paper_out")
    simulator.set_paper("ok")
    events.until(Health, lambda e: e.code is None)
    simulator.set_cover(is_open=True)
    events.until(Health, lambda e: e.code == "printer.cover_open")
    simulator.set_cover(is_open=False)
    events.until(Health, lambda e: e.code is None)
    assert [code for _, code in events.states()] == [
        None, "printer.paper_out", None, "printer.cover_open", None,
    ]  # fmt: skip


def test_jobs_come_out_in_order_each_with_one_end(
    simulator: PrinterSimulator, working: Working
) -> None:
    worker, events = working
    numbers = [f"C{n:03d}" for n in range(20)]
    for number in numbers:
        worker.submit(number, slip_bytes(number))
    events.until(JobState, lambda e: e.job_id == "C019" and e.state is PrintState.PRINTED)
    assert [slip.number for slip in simulator.wait_for(20)] == numbers
    assert events.jobs() == [
        (number, state, None)
        for number in numbers
        for state in (PrintState.PRINTING, PrintState.PRINTED)
    ]


def test_stopping_fails_what_still_waits(simulator: PrinterSimulator) -> None:
    events = Events()
    gate = threading.Event()

    def hold(event: PrinterEvent) -> None:
        events(event)
        if isinstance(event, JobState):
            gate.wait(30)

    worker = PrinterWorker(TicketPrinter(parse_port(simulator.port)), hold)
    worker.start()
    worker.submit("at hand", slip_bytes("D002"))
    events.until(JobState, lambda e: e.state is PrintState.PRINTING)
    worker.submit("behind", slip_bytes("D003"))
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    while not worker._supervisor.is_stopping:
        time.sleep(0.01)
    gate.set()
    stopping.join(30)
    assert events.jobs() == [
        ("at hand", PrintState.PRINTING, None),
        ("at hand", PrintState.PRINTED, None),
        ("behind", PrintState.FAILED, "printer.stopped"),
    ]


def test_a_callback_that_fails_does_not_end_the_thread(simulator: PrinterSimulator) -> None:
    events = Events()
    broken = threading.Event()

    def callback(event: PrinterEvent) -> None:
        if not broken.is_set():
            broken.set()
            raise RuntimeError("a bug elsewhere")
        events(event)

    worker = PrinterWorker(
        TicketPrinter(parse_port(simulator.port)), callback, poll=0.05, backoff=Backoff(0.05, 0.1)
    )
    worker.start()
    worker.submit("y", slip_bytes("D001"))
    events.until(JobState, lambda e: e.state is PrintState.PRINTED)
    worker.stop()


def test_several_connections_print_at_once() -> None:
    simulator = PrinterSimulator()
    simulator.start()
    ends: list[PrintState] = []

    def kiosk(name: str) -> None:
        printer = TicketPrinter(parse_port(simulator.port))
        printer.open()
        ends.extend(printer.print_slip(slip_bytes(f"{name}{n:03d}")).state for n in range(25))
        printer.close()

    threads = [threading.Thread(target=kiosk, args=(name,)) for name in "EFGH"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slips = simulator.wait_for(100)
    simulator.stop()
    assert ends == [PrintState.PRINTED] * 100
    assert sorted(s.number for s in slips) == sorted(
        f"{n}{i:03d}" for n in "EFGH" for i in range(25)
    )
    assert {slip.unknown for slip in slips} == {()}


def test_the_simulator_process_writes_each_slip_as_a_line(tmp_path: Path) -> None:
    paper = tmp_path / "paper.jsonl"
    with running("simulate", "printer", "--port", "tcp", "--paper", str(paper)) as process:
        assert process.stdout
        assert process.stdin

        def say(line: str) -> str:
            print(line, file=process.stdin, flush=True)
            return process.stdout.readline().strip() if process.stdout else ""

        word, port = process.stdout.readline().split()
        assert word == "port"
        printer = TicketPrinter(parse_port(port))
        printer.open()
        assert printer.print_slip(slip_bytes("H001", "张*")).state is PrintState.PRINTED
        assert say("paper out") == "ok"
        assert printer.print_slip(slip_bytes("H002")).code == "printer.paper_out"
        assert say("paper  ok") == "ok"
        assert printer.print_slip(slip_bytes("H003")).state is PrintState.PRINTED
        assert say("paper eaten").startswith("error unknown")
        printer.close()
        process.terminate()
        assert process.wait(30) == 0
    records = [json.loads(line) for line in paper.read_text().splitlines()]
    assert [record["number"] for record in records] == ["H001", "H003"]
    assert "张*" in records[0]["lines"]
    assert records[0]["qr"] == ["https://hall.example/t/H001"]
    assert records[0]["last_byte_monotonic_ns"] < records[1]["last_byte_monotonic_ns"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("recoverable", "printer.recoverable"),
        ("unrecoverable", "printer.unrecoverable"),
        ("overheated", "printer.overheated"),
        ("cutter", "printer.cutter"),
        ("offline", "printer.offline"),
        ("cover-open", "printer.cover_open"),
        ("paper-out", "printer.paper_out"),
    ],
)
def test_each_fault_has_its_code_and_mends(
    simulator: PrinterSimulator, working: Working, fault: str, code: str
) -> None:
    worker, events = working
    events.until(Health, lambda e: e.state is State.OK)
    simulator.faults[fault]()
    events.until(Health, lambda e: e.state is State.FAILED and e.code == code)
    worker.submit("refused", slip_bytes("F001"))
    assert events.until(JobState, lambda e: e.state is PrintState.FAILED).code == code
    simulator.faults["none"]()
    events.until(Health, lambda e: e.state is State.OK)
    assert simulator.slips == []


def test_near_the_end_is_a_warning(simulator: PrinterSimulator, working: Working) -> None:
    worker, events = working
    events.until(Health, lambda e: e.state is State.OK)
    simulator.faults["paper-near-end"]()
    health = events.until(Health, lambda e: e.state is State.WARNING)
    assert health.code == "printer.paper_near_end"
    assert ("paper", "near-end") in health.facts
    worker.submit("last ones", slip_bytes("F002"))
    events.until(JobState, lambda e: e.state is PrintState.PRINTED)


def test_a_printer_that_tells_little_prints_too(tmp_path: Path) -> None:
    simulator = PrinterSimulator(f"pty:{tmp_path}/printer", knows=frozenset())
    simulator.start()
    printer = TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(reply=0.3))
    printer.open()
    assert printer.print_slip(slip_bytes("F003")).state is PrintState.PRINTED
    assert dict(printer.diagnosis.facts)["confirmed by"] == "DLE EOT"
    simulator.set_paper("out")
    assert printer.query_status().paper is PaperState.OUT
    printer.close()
    simulator.stop()


def test_paper_that_ends_in_the_middle_is_unknown(simulator: PrinterSimulator) -> None:
    """It holds the rest and prints it after the refill: only GS r knows that it has not."""
    printer = TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(confirm=20.0))
    printer.open()
    data = slip_bytes("F004")
    simulator.set_slow(4000)
    ends = threading.Timer(0.05, simulator.set_paper, ["out"])
    ends.start()
    outcome = printer.print_slip(data)
    assert (outcome.state, outcome.code) == (PrintState.UNKNOWN, "printer.paper_out")
    # Refilled, it prints the rest and answers late: that is not the next slip's answer.
    simulator.set_slow(None)
    simulator.set_paper("ok")
    assert printer.print_slip(slip_bytes("F009")).state is PrintState.PRINTED
    assert [slip.number for slip in simulator.slips] == ["F004", "F009"]
    printer.close()


def test_its_name_and_firmware_are_told_where_it_answers(simulator: PrinterSimulator) -> None:
    printer = TicketPrinter(
        parse_port(simulator.port),
        timings=PrinterTimings(reply=5.0),
        habits=PrinterHabits(ask_model=True),
    )
    printer.open()
    assert printer.diagnosis.firmware == "SIMULATED-80 1.00-sim"
    assert printer.print_slip(slip_bytes("F005")).state is PrintState.PRINTED
    printer.close()


def test_a_power_cycle_forgets_asb_and_the_driver_asks_for_it_again(tmp_path: Path) -> None:
    simulator = PrinterSimulator(f"pty:{tmp_path}/printer")
    simulator.start()
    printer = TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(reply=5.0))
    printer.open()
    (session,) = simulator._sessions
    told = [session._asb_on]
    simulator.power_cycle()
    told.append(session._asb_on)
    simulator.set_paper("near-end")
    assert printer.query_status().paper is PaperState.NEAR_END
    printer.query_status()
    told.append(session._asb_on)
    assert told == [True, False, True]
    printer.close()
    simulator.stop()


def test_a_babbling_line_prints_all_the_same(simulator: PrinterSimulator) -> None:
    events = Events()
    worker = PrinterWorker(
        TicketPrinter(parse_port(simulator.port), timings=PrinterTimings(reply=0.5)),
        events,
        poll=0.05,
        backoff=Backoff(0.05, 0.1),
    )
    simulator.faults["babble"]()
    worker.start()
    time.sleep(1.0)
    simulator.faults["none"]()
    events.until(Health, lambda e: e.state is State.OK)
    worker.submit("after the noise", slip_bytes("F006"))
    events.until(JobState, lambda e: e.state is PrintState.PRINTED)
    worker.stop()
    assert len(simulator.slips) == 1


def test_after_a_restart_nothing_prints_twice(simulator: PrinterSimulator, tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    now = datetime.now(UTC)
    before = Journal(path)
    before.open(now, timedelta(seconds=30))
    before.write(Entry("cut short", PrintState.PRINTING, now))
    before.write(Entry("done", PrintState.PRINTED, now))
    before.close()

    events = Events()
    worker = PrinterWorker(
        TicketPrinter(parse_port(simulator.port)), events, poll=0.05, journal=Journal(path)
    )
    worker.start()
    assert events.jobs() == [("cut short", PrintState.UNKNOWN, "printer.interrupted")]
    for job in ("cut short", "done"):
        worker.submit(job, slip_bytes("G001"))
    worker.submit("new", slip_bytes("G002"))
    worker.submit("new", slip_bytes("G002"))
    events.until(JobState, lambda e: e.job_id == "new" and e.state is PrintState.PRINTED)
    worker.submit("cut short", slip_bytes("G001"), reprint=True)
    events.until(JobState, lambda e: e.job_id == "cut short" and e.state is PrintState.PRINTED)
    worker.stop()
    assert [slip.number for slip in simulator.slips] == ["G002", "G001"]


def test_a_stale_job_expires_behind_a_long_one(simulator: PrinterSimulator) -> None:
    events = Events()
    worker = PrinterWorker(TicketPrinter(parse_port(simulator.port)), events, patience=0.2)
    gate = threading.Event()

    def hold(event: PrinterEvent) -> None:
        events(event)
        if isinstance(event, JobState) and event.state is PrintState.PRINTING:
            gate.wait(30)

    worker._on_event = hold
    worker.submit("long", slip_bytes("G003"))
    worker.start()
    events.until(JobState, lambda e: e.job_id == "long")
    worker.submit("stale", slip_bytes("G004"))
    time.sleep(0.5)
    gate.set()
    end = events.until(JobState, lambda e: e.job_id == "stale")
    worker.stop()
    assert (end.state, end.code) == (PrintState.FAILED, "printer.job_expired")
    assert [slip.number for slip in simulator.slips] == ["G003"]


def test_a_job_that_cannot_be_recorded_is_not_printed(
    simulator: PrinterSimulator, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "jobs.jsonl")
    events = Events()
    worker = PrinterWorker(TicketPrinter(parse_port(simulator.port)), events, journal=journal)
    worker.start()
    journal.close()
    worker.submit("lost", slip_bytes("G005"))
    end = events.until(JobState, lambda e: e.job_id == "lost")
    worker.stop()
    assert (end.state, end.code) == (PrintState.FAILED, "printer.journal")
    assert simulator.slips == []


def test_the_bench_tests_a_printer_and_tells_its_state(simulator: PrinterSimulator) -> None:
    def bench(*words: str, ends: int = 0) -> dict[str, object]:
        command = [sys.executable, "-m", "devices", "test", "printer", "--json", *words]
        done = subprocess.run(
            [*command, "--port", simulator.port], capture_output=True, text=True, check=False
        )
        assert done.returncode == ends
        (line,) = done.stdout.splitlines()
        told: dict[str, object] = json.loads(line)
        return told

    told = bench("--number", "T007")
    assert (told["job"], told["code"], told["missing"]) == ("printed", None, [])
    (slip,) = simulator.wait_for(1)
    assert slip.number == "T007"
    assert "【测试】" in slip.text
    simulator.set_cover(is_open=True)
    told = bench(ends=1)
    assert (told["job"], told["code"]) == ("failed", "printer.cover_open")
    assert len(simulator.slips) == 1
