"""The callers' line, coded and by template: the contract, and what a line of many must do."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.backoff import Backoff
from devices.call_line.codec import CodedLine, LineCodec
from devices.call_line.driver import Answer, CallLine
from devices.call_line.events import AddressHealth, Key, KeyPressed, Press, Rated
from devices.call_line.simulator import CallLineSimulator
from devices.call_line.timings import Echo, LineTimings
from devices.health import Health, OnHealth, State
from devices.template.template import read_template
from devices.transport import parse_port
from tests.integration.device_contract import DeviceContract, Supervised

QUICK = LineTimings(acknowledgement=0.1, refresh=0.2, retry=0.2, duplicate=1.0)
PATIENCE = 30.0


def quick_line(port: str, on_health: OnHealth, codec: LineCodec) -> CallLine:
    line = CallLine(
        parse_port(port),
        on_press=lambda press, answer: answer.accept(),
        on_health=on_health,
        timings=QUICK,
        echo=Echo.ALWAYS,
        codec=codec,
        backoff=Backoff(0.05, 0.1),
    )
    line.show_ticket(1, "A001")
    return line


class TestCodedLine(DeviceContract):
    """A display said again and again is how the line knows that its devices are there."""

    silent_code = "call_line.silent"

    def simulator(self, spec: str) -> CallLineSimulator:
        return CallLineSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return quick_line(port, on_health, CodedLine())


class TestTemplatedLine(TestCodedLine):
    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return quick_line(port, on_health, read_template("call_line"))


class Hall:
    """Takes presses as the hall does; answers each unless told to wait."""

    def __init__(self) -> None:
        self.presses: queue.SimpleQueue[tuple[Press, Answer]] = queue.SimpleQueue()
        self.all: list[Press] = []
        self.is_open = True
        self.healths: list[Health] = []
        self.addresses: dict[int, AddressHealth] = {}
        self.changed = threading.Condition()

    def on_press(self, press: Press, answer: Answer) -> None:
        self.all.append(press)
        if self.is_open:
            answer.accept()
        self.presses.put((press, answer))

    def on_health(self, health: Health) -> None:
        with self.changed:
            self.healths.append(health)
            self.changed.notify_all()

    def on_address(self, health: AddressHealth) -> None:
        with self.changed:
            self.addresses[health.address] = health
            self.changed.notify_all()

    def until(self, fits: Callable[["Hall"], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: fits(self), PATIENCE), self.healths

    def next(self) -> Press:
        return self.presses.get(timeout=PATIENCE)[0]


@pytest.fixture(params=["coded", "template"])
def codec(request: pytest.FixtureRequest) -> LineCodec:
    return CodedLine() if request.param == "coded" else read_template("call_line")


@pytest.fixture
def hall() -> Hall:
    return Hall()


@contextmanager
def working(
    hall: Hall,
    codec: LineCodec,
    spec: str,
    *,
    timings: LineTimings | None = None,
    echoes: bool = True,
    again: float = 0.2,
) -> Iterator[tuple[CallLine, CallLineSimulator]]:
    units = CallLineSimulator(spec, addresses=range(1, 5), echoes=echoes, again=again)
    units.start()
    line = CallLine(
        parse_port(units.port),
        on_press=hall.on_press,
        on_health=hall.on_health,
        on_address=hall.on_address,
        timings=timings or LineTimings(acknowledgement=0.2),
        codec=codec,
        backoff=Backoff(0.05, 0.1),
    )
    line.start()
    try:
        yield line, units
    finally:
        line.stop()
        units.stop()


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return f"pty:{tmp_path}/line"


def test_keys_ratings_and_displays(hall: Hall, codec: LineCodec, spec: str) -> None:
    with working(hall, codec, spec) as (line, units):
        line.show_ticket(3, "A012")
        line.show_waiting(3, 7)
        line.beep(3)
        line.ask_rating(4)
        units.wait_for(lambda u: u.units[3].ticket == "012" and u.units[3].waiting == "007")
        units.wait_for(lambda u: u.units[3].beeps == 1 and u.units[4].is_asking)
        units.key(1, Key.CALL)
        assert hall.next() == KeyPressed(1, Key.CALL)
        units.key(2, Key.CONFIRM, 6)
        assert hall.next() == KeyPressed(2, Key.CONFIRM, 6)
        units.rate(4, 5)
        assert hall.next() == Rated(4, 5)
        units.wait_for(lambda u: all(u.units[a].acknowledged == 1 for a in (1, 2, 4)))


@pytest.mark.parametrize("fault", ["noise", "bad-sum", "lost-ack", "collision"])
def test_each_press_is_one_press_whatever_the_line_does(
    hall: Hall, codec: LineCodec, spec: str, fault: str
) -> None:
    timings = LineTimings(duplicate=5.0)
    with working(hall, codec, spec, timings=timings) as (_, units):
        units.set_fault(fault)
        units.key(1, Key.CALL)
        units.rate(2, 4)
        expected: list[Press] = [KeyPressed(1, Key.CALL), Rated(2, 4)]
        assert sorted(str(hall.next()) for _ in expected) == sorted(map(str, expected))
        units.wait_for(lambda u: u.units[1].acknowledged == 1 == u.units[2].acknowledged)
        units.set_fault("none")
        assert len(hall.all) == 2


def test_nothing_is_acknowledged_before_the_hall_has_it(
    hall: Hall, codec: LineCodec, spec: str
) -> None:
    hall.is_open = False
    with working(hall, codec, spec) as (_, units):
        units.rate(1, 5)
        press, answer = hall.presses.get(timeout=PATIENCE)
        units.wait_for(lambda u: True)
        assert units.units[1].acknowledged == 0
        answer.accept()
        units.wait_for(lambda u: u.units[1].acknowledged == 1)
        assert (press, hall.all) == (Rated(1, 5), [Rated(1, 5)])


def test_a_hall_away_shows_at_the_device(hall: Hall, codec: LineCodec, spec: str) -> None:
    hall.is_open = False
    with working(hall, codec, spec, again=0.05) as (_, units):
        units.key(1, Key.CALL)
        units.wait_for(lambda u: u.units[1].given_up == 1)
        assert units.units[1].acknowledged == 0


def test_one_silent_address_is_told_and_the_others_go_on(
    hall: Hall, codec: LineCodec, spec: str
) -> None:
    timings = LineTimings(acknowledgement=0.1, retry=0.1)
    with working(hall, codec, spec, timings=timings) as (line, units):
        for address in (1, 2):
            line.show_ticket(address, "001")
        units.wait_for(lambda u: u.units[1].ticket == "001" == u.units[2].ticket)
        hall.until(lambda h: {1, 2} <= h.addresses.keys())
        units.silence(2)
        line.show_ticket(2, "002")
        hall.until(lambda h: not h.addresses[2].ok)
        hall.until(lambda h: h.healths[-1].state is State.WARNING)
        assert hall.healths[-1].code == "call_line.address_silent"
        assert ("silent", "2") in hall.healths[-1].facts
        assert hall.addresses[2].heard_at is not None
        line.show_ticket(1, "003")
        units.wait_for(lambda u: u.units[1].ticket == "003")
        units.set_fault("none")
        units.wait_for(lambda u: u.units[2].ticket == "002")
        hall.until(lambda h: h.addresses[2].ok and h.healths[-1].state is State.OK)


def test_a_device_without_power_for_a_moment_shows_its_number_again(
    hall: Hall, codec: LineCodec, spec: str
) -> None:
    with working(hall, codec, spec, timings=LineTimings(refresh=0.3)) as (line, units):
        line.show_ticket(1, "A005")
        units.wait_for(lambda u: u.units[1].ticket == "005")
        units.power_cycle(1)
        units.wait_for(lambda u: u.units[1].ticket == "005")


def test_after_an_unplug_the_newest_number_is_there(
    hall: Hall, codec: LineCodec, spec: str
) -> None:
    with working(hall, codec, spec) as (line, units):
        line.show_ticket(1, "A001")
        units.wait_for(lambda u: u.units[1].ticket == "001")
        units.stop()
        hall.until(lambda h: h.healths[-1].state is State.GONE)
        for number in ("A002", "A003"):
            line.show_ticket(1, number)
        heard = len(units.heard)
        units.start()
        units.wait_for(lambda u: u.units[1].ticket == "003")
        said = [frame.data for frame in units.heard[heard:] if frame.address == 1]
        assert bytes((10, 10, 10, 0, 0, 2)) not in said, "what is old is not said"


def test_devices_that_do_not_echo_are_served_too(hall: Hall, codec: LineCodec, spec: str) -> None:
    with working(hall, codec, spec, echoes=False) as (line, units):
        line.show_ticket(1, "A001")
        units.wait_for(lambda u: u.units[1].ticket == "001")
        units.key(1, Key.CALL)
        assert hall.next() == KeyPressed(1, Key.CALL)
        units.wait_for(lambda u: u.units[1].acknowledged == 1)
        assert all(health.state is State.OK for health in hall.healths)
