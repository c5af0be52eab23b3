"""The card reader's driver against the simulator, on a real pty and over TCP."""

import random
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Health, State
from devices.id_reader.driver import IdReader
from devices.id_reader.events import CardFailed, CardRead, CardRemoved
from devices.id_reader.sam import reader_transport
from devices.id_reader.simulator import IdReaderSimulator, ReaderFault, card_of
from devices.id_reader.synthetic import invent
from devices.transport import LoopbackTransport
from tests.integration.id_reader_events import QUICK, Events

ANN, BEN = (invent(random.Random(seed), date(2026, 1, 5)) for seed in (1, 2))


def started(port: str) -> tuple[IdReader, Events]:
    events = Events()
    reader = IdReader(reader_transport(port), events, timings=QUICK, backoff=Backoff(0.05, 0.1))
    reader.start()
    return reader, events


@pytest.fixture(params=["pty", "tcp"])
def simulator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IdReaderSimulator]:
    reader = IdReaderSimulator(f"pty:{tmp_path}/reader" if request.param == "pty" else "tcp")
    reader.start()
    yield reader
    reader.stop()


@pytest.fixture
def events(simulator: IdReaderSimulator) -> Iterator[Events]:
    reader, events = started(simulator.port)
    events.until(Health, lambda e: e.state is State.OK)
    yield events
    reader.stop()


def test_cards_are_read_once_each(simulator: IdReaderSimulator, events: Events) -> None:
    simulator.lay(card_of(ANN))
    first = events.until(CardRead)
    assert first.identity == ANN
    assert len(first.photo) == 1024
    simulator.lift()
    events.until(CardRemoved)
    simulator.lay(card_of(BEN))
    assert events.until(CardRead).identity == BEN
    simulator.lay(card_of(ANN))  # changed for another without a pause
    assert events.until(CardRead).identity == ANN
    assert simulator.reads == 3
    assert [type(event) for event in events.all] == [
        Health, CardRead, CardRemoved, CardRead, CardRemoved, CardRead,
    ]  # fmt: skip


def test_a_reader_that_forgets_a_read_card(tmp_path: Path) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader", forgets=True)
    simulator.start()
    reader, events = started(simulator.port)
    simulator.lay(card_of(ANN))
    events.until(CardRead)
    events.until(CardRemoved)
    simulator.lift()
    simulator.lay(card_of(BEN))
    assert events.until(CardRead).identity == BEN
    reader.stop()
    simulator.stop()


def test_a_card_pulled_midway_fails_once_and_can_be_laid_again(
    simulator: IdReaderSimulator, events: Events
) -> None:
    simulator.set_fault(ReaderFault.LIFT_MIDWAY)
    simulator.lay(card_of(ANN))
    assert events.until(CardFailed).code == "id_reader.card_moved"
    events.until(CardRemoved)
    simulator.lay(card_of(ANN))
    assert events.until(CardRead).identity == ANN
    assert events.connections() == [(True, None)]


def test_a_wrong_checksum_fails_and_waits_for_the_card_to_be_lifted(
    simulator: IdReaderSimulator, events: Events
) -> None:
    simulator.set_fault(ReaderFault.BAD_CHECKSUM)
    simulator.lay(card_of(ANN))
    assert events.until(CardFailed).code == "id_reader.corrupt"
    simulator.set_fault(ReaderFault.NONE)
    simulator.lift()
    events.until(CardRemoved)
    simulator.lay(card_of(ANN))
    assert events.until(CardRead).identity == ANN
    assert simulator.reads == 2


def test_a_card_whose_number_does_not_check_is_not_taken(
    simulator: IdReaderSimulator, events: Events
) -> None:
    digit = "1" if ANN.number[-1] != "1" else "2"
    simulator.lay(card_of(msgspec.structs.replace(ANN, number=ANN.number[:-1] + digit)))
    assert events.until(CardFailed).code == "id_reader.number_invalid"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ReaderFault.SILENCE, "id_reader.silent"),
        (ReaderFault.BABBLE, "id_reader.corrupt"),
    ],
)
def test_a_reader_that_fails_is_gone_once_and_back_once(
    simulator: IdReaderSimulator, events: Events, fault: ReaderFault, code: str
) -> None:
    simulator.set_fault(fault)
    assert events.until(Health).code == code
    simulator.set_fault(ReaderFault.NONE)
    assert events.until(Health).state is State.OK
    simulator.lay(card_of(ANN))
    assert events.until(CardRead).identity == ANN
    assert events.connections() == [(True, None), (False, code), (True, None)]


def test_unplugged_is_said_once_and_back_once(simulator: IdReaderSimulator, events: Events) -> None:
    simulator.stop()
    assert (events.until(Health).code or "").startswith("port.")
    simulator.start()
    assert events.until(Health).state is State.OK
    simulator.lay(card_of(BEN))
    assert events.until(CardRead).identity == BEN
    assert [connected for connected, _ in events.connections()] == [True, False, True]


def test_a_card_is_read_only_when_asked_for(tmp_path: Path) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader")
    simulator.start()
    events = Events()
    reader = IdReader(reader_transport(simulator.port), events, timings=QUICK, listening=False)
    reader.start()
    simulator.lay(card_of(ANN))
    events.until(Health, lambda e: e.state is State.OK)
    simulator.wait_for_requests(5)
    assert simulator.reads == 0
    reader.listen(True)
    assert events.until(CardRead).identity == ANN
    reader.listen(False)
    simulator.wait_for_requests(5)
    reader.listen(True)
    simulator.wait_for_requests(5)
    assert simulator.reads == 1  # the forgotten card is not the next citizen's
    reader.stop()
    simulator.stop()


def test_who_has_left_is_not_told_whose_card_it_was(tmp_path: Path) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader")
    simulator.start()
    events = Events()
    reader = IdReader(reader_transport(simulator.port), events, timings=QUICK)
    simulator.on_read = lambda: reader.listen(False)
    reader.start()
    simulator.lay(card_of(ANN))
    events.until(Health)
    simulator.wait_for_requests(8)
    simulator.lift()
    events.until(CardRemoved)
    reader.stop()
    simulator.stop()
    assert simulator.reads == 1
    assert [type(event) for event in events.all] == [Health, CardRemoved]


def test_a_card_that_was_read_is_not_read_again_after_an_unplug(
    simulator: IdReaderSimulator, events: Events
) -> None:
    simulator.lay(card_of(ANN))
    events.until(CardRead)
    simulator.stop()
    events.until(Health, lambda e: e.state is State.GONE)
    simulator.start()
    events.until(Health, lambda e: e.state is State.OK)
    simulator.wait_for_requests(5)
    assert simulator.reads == 1
    simulator.lift()
    simulator.lay(card_of(BEN))
    assert events.until(CardRead).identity == BEN


def test_no_reader_at_all_is_said_once_however_often_it_is_tried() -> None:
    tries = threading.Semaphore(0)

    class Absent(LoopbackTransport):
        def open(self, speed: int | None = None) -> None:
            tries.release()
            raise DeviceError("port.missing")

    events = Events()
    reader = IdReader(Absent(), events, timings=QUICK, backoff=Backoff(0.01, 0.01))
    reader.start()
    assert all(tries.acquire(timeout=30) for _ in range(5))
    reader.stop()
    assert events.connections() == [(False, "port.missing")]


def test_the_speed_is_found_by_probing(tmp_path: Path) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader", baud=38400)
    simulator.start()
    reader, events = started(simulator.port + "@auto")
    assert events.until(Health).state is State.OK
    assert reader.sam_number == "05.03-20260629-0000000001-0000000001"
    reader.stop()
    simulator.stop()
