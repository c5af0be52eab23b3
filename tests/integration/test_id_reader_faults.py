"""What goes wrong with readers and cards, by the simulator's orders: each has its own code."""

import logging
import random
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from devices.errors import FAULTS
from devices.health import Health, State
from devices.id_reader.events import CardFailed, CardRead, CardRemoved
from devices.id_reader.identity import CardKind, Validity
from devices.id_reader.protocol import STATUS_WORDS
from devices.id_reader.sam import ReaderTimings, Wanted
from devices.id_reader.simulator import STATUS_FAULTS, IdReaderSimulator, card_of
from devices.id_reader.synthetic import invent
from tests.integration.id_reader_events import QUICK, reading

ANN = invent(random.Random(1), date(2026, 1, 5))
OF_THE_READER = {
    "bad-command", "not-permitted", "unknown-command", "self-test", "unauthorised",
}  # fmt: skip
OF_THE_LINE = {"checksum", "length"}


@pytest.fixture
def simulator() -> Iterator[IdReaderSimulator]:
    reader = IdReaderSimulator(card=card_of(ANN))
    reader.start()
    yield reader
    reader.stop()


def test_every_status_word_can_be_ordered() -> None:
    assert {status for status, _ in STATUS_FAULTS.values()} | {0x90, 0x9F} == set(STATUS_WORDS)
    faults = IdReaderSimulator().faults
    assert {f"sw3-{status:02x}" for status, _ in STATUS_FAULTS.values()} <= set(faults)


@pytest.mark.parametrize(
    "name", sorted(set(STATUS_FAULTS) - OF_THE_READER - OF_THE_LINE - {"find-failed"})
)
def test_a_card_that_the_module_refuses_fails_with_the_words_code(
    simulator: IdReaderSimulator, name: str
) -> None:
    command = STATUS_FAULTS[name][1]
    wanted = Wanted(fingerprint="drop" if command == 0x3010 else "no")
    with reading(simulator.port, wanted=wanted) as (_, events):
        events.until(Health)
        simulator.faults[name]()
        simulator.lay(card_of(ANN))
        assert events.until(CardFailed).code == STATUS_WORDS[STATUS_FAULTS[name][0]]
        simulator.faults["none"]()
        simulator.wait_for_requests(3)
        assert simulator.reads == 0  # it must be lifted first
        simulator.lift()
        events.until(CardRemoved)
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        assert events.connections() == [(True, None)]


def test_a_card_that_is_not_found_is_none(simulator: IdReaderSimulator) -> None:
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults["find-failed"]()
        simulator.lay(card_of(ANN))
        simulator.wait_for_requests(5)
        simulator.faults["none"]()
        assert events.until(CardRead).identity == ANN


@pytest.mark.parametrize("name", sorted(OF_THE_READER))
def test_a_module_that_cannot_work_is_failed_not_gone(
    simulator: IdReaderSimulator, name: str
) -> None:
    code = STATUS_WORDS[STATUS_FAULTS[name][0]]
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults[name]()
        failed = events.until(Health)
        assert (failed.state, failed.code) == (State.FAILED, code)
        simulator.faults["none"]()
        back = events.until(Health)
        assert (back.state, back.last_error) == (State.OK, code)
        assert dict(back.facts)["sam"] == "05.03-20260629-0000000001-0000000001"
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        assert len(events.connections()) == 3


def test_a_module_that_cannot_work_from_the_start(simulator: IdReaderSimulator) -> None:
    simulator.faults["unauthorised"]()
    with reading(simulator.port) as (reader, events):
        assert events.until(Health).state is State.FAILED
        simulator.faults["none"]()
        assert events.until(Health).state is State.OK
        assert reader.sam_number


@pytest.mark.parametrize("name", sorted(OF_THE_LINE))
def test_a_line_that_garbles_every_request_is_gone(simulator: IdReaderSimulator, name: str) -> None:
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults[name]()
        gone = events.until(Health)
        assert (gone.state, gone.code) == (State.GONE, STATUS_WORDS[STATUS_FAULTS[name][0]])


@pytest.mark.parametrize("name", ["lift-midway", "lift-midway-select"])
def test_a_card_lifted_while_it_is_selected_or_read(
    simulator: IdReaderSimulator, name: str
) -> None:
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults[name]()
        simulator.lay(card_of(ANN))
        assert events.until(CardFailed).code == "id_reader.card_moved"
        events.until(CardRemoved)
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        assert events.connections() == [(True, None)]


def test_a_card_lifted_as_it_is_found_was_never_there(simulator: IdReaderSimulator) -> None:
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults["lift-midway-find"]()
        simulator.lay(card_of(ANN))
        simulator.wait_for_requests(4)
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        assert [type(event) for event in events.all] == [Health, CardRead]


def test_half_a_card_is_no_card(simulator: IdReaderSimulator) -> None:
    with reading(simulator.port) as (_, events):
        events.until(Health)
        simulator.faults["truncated"]()
        simulator.lay(card_of(ANN))
        assert events.until(CardFailed).code == "id_reader.corrupt"
        simulator.faults["none"]()
        simulator.lift()
        events.until(CardRemoved)
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN


def test_noise_around_every_reply_harms_nothing(simulator: IdReaderSimulator) -> None:
    simulator.faults["noise"]()
    with reading(simulator.port) as (_, events):
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        assert events.connections() == [(True, None)]


def test_a_slow_module_is_waited_for() -> None:
    simulator = IdReaderSimulator(slowness=0.15)  # three times what a probe waits
    simulator.faults["slow"]()
    simulator.start()
    with reading(simulator.port) as (_, events):
        events.until(Health, lambda e: e.state is State.OK)
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
    simulator.stop()


@pytest.mark.parametrize("baud", [115200, 57600, 38400, 19200, 9600])
def test_each_speed_is_found(tmp_path: Path, baud: int) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader", baud=baud)
    simulator.start()
    with reading(simulator.port) as (reader, events):
        found = events.until(Health, lambda e: e.state is State.OK)
        assert dict(found.facts)["baud"] == str(baud)
        assert reader.health == found
        simulator.stop()
        events.until(Health, lambda e: e.state is State.GONE)
        simulator.start()
        events.until(Health, lambda e: e.state is State.OK)
    simulator.stop()


def test_a_speed_that_is_given_is_the_only_one(simulator: IdReaderSimulator) -> None:
    simulator.faults["wrong-baud"]()
    with reading(f"{simulator.port}@115200") as (_, events):
        gone = events.until(Health)
        assert (gone.state, gone.code) == (State.GONE, "id_reader.corrupt")
    with reading(f"{simulator.port}@9600") as (_, events):
        assert events.until(Health).state is State.OK


def test_a_slow_line_is_within_the_modules_time_outs() -> None:
    simulator = IdReaderSimulator("tcp", pace=9600)
    simulator.start()
    card = card_of(ANN, fingerprint_size=1024)
    with reading(
        simulator.port, wanted=Wanted(fingerprint="drop"), timings=ReaderTimings(poll=0.02)
    ) as (_, events):
        simulator.lay(card)
        read = events.until(CardRead)
        assert (read.identity, read.fingerprint_size) == (ANN, 1024)
        assert events.connections() == [(True, None)]
    simulator.stop()


@pytest.mark.parametrize("suffix", ["", "@auto"])
def test_a_reader_is_sped_up(tmp_path: Path, suffix: str) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader", baud=19200)
    simulator.start()
    with reading(simulator.port + suffix, fastest=True) as (_, events):
        found = events.until(Health, lambda e: e.state is State.OK)
        assert dict(found.facts)["baud"] == "115200"
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
        simulator.stop()  # after a power cycle it is slow again
        simulator.start()
        events.until(Health, lambda e: e.state is State.GONE)
        again = events.until(Health, lambda e: e.state is State.OK)
        assert dict(again.facts)["baud"] == "115200"
    simulator.stop()


def test_a_speed_that_is_written_is_kept() -> None:
    simulator = IdReaderSimulator(baud=19200)
    simulator.start()
    with reading(f"{simulator.port}@19200", fastest=True) as (_, events):
        assert events.until(Health).state is State.OK
        simulator.lay(card_of(ANN))
        assert events.until(CardRead).identity == ANN
    simulator.stop()


@pytest.mark.parametrize("kind", CardKind)
def test_every_kind_of_document(simulator: IdReaderSimulator, kind: CardKind) -> None:
    who = invent(random.Random(5), date(2026, 1, 5), kind)
    with reading(simulator.port) as (_, events):
        simulator.lay(card_of(who))
        assert events.until(CardRead).identity == who


def test_an_expired_card_is_read_and_says_so(simulator: IdReaderSimulator) -> None:
    with reading(simulator.port) as (_, events):
        simulator.commands["lay expired"]()
        today = date.today()  # noqa: DTZ011 - what the simulator goes by
        assert events.until(CardRead).identity.validity_on(today) is Validity.EXPIRED


@pytest.mark.parametrize("size", [0, 512, 1024])
@pytest.mark.parametrize("wish", ["drop", "keep"])
def test_fingerprints_only_as_wanted(simulator: IdReaderSimulator, size: int, wish: str) -> None:
    card = card_of(ANN, fingerprint_size=size)
    wanted = msgspec.convert({"fingerprint": wish}, Wanted)
    with reading(simulator.port, wanted=wanted) as (_, events):
        simulator.lay(card)
        read = events.until(CardRead)
        assert (read.identity, read.fingerprint_size) == (ANN, size)
        assert read.fingerprint == (card.fingerprint if wish == "keep" else b"")
        assert repr(read) == "CardRead(Identity(citizen, …))"


def test_a_module_without_fingerprints_is_asked_for_the_rest(simulator: IdReaderSimulator) -> None:
    simulator.set_status(0x24, 0x3010)
    with reading(simulator.port, wanted=Wanted(fingerprint="keep")) as (_, events):
        simulator.lay(card_of(ANN, fingerprint_size=1024))
        read = events.until(CardRead)
        assert (read.identity, read.fingerprint_size) == (ANN, 0)


@pytest.mark.parametrize(
    "addresses", [(), ("演示省新示例路1号",), ("甲路1号", "乙路2号", "丙路3号", "丁路4号")]
)
def test_newest_addresses_and_chip_number(
    simulator: IdReaderSimulator, addresses: tuple[str, ...]
) -> None:
    card = card_of(ANN, newest_addresses=addresses)
    wanted = Wanted(newest_address=True, chip_number=True)
    with reading(simulator.port, wanted=wanted) as (_, events):
        simulator.lay(card)
        read = events.until(CardRead)
        assert read.newest_addresses == addresses
        assert read.chip_number == card.chip.hex().upper()


def test_every_fault_is_put_right_again(simulator: IdReaderSimulator) -> None:
    with reading(simulator.port) as (_, events):
        for order in simulator.faults.values():
            order()
            simulator.lay(card_of(ANN))
        simulator.faults["none"]()
        simulator.lift()
        simulator.commands["lay new"]()
        events.until(CardRead, lambda e: e.identity != ANN)
    codes = {e.code for e in events.all if isinstance(e, Health | CardFailed) and e.code}
    assert codes <= set(FAULTS)


def test_nobodys_card_is_read_faster_than_the_module_allows(simulator: IdReaderSimulator) -> None:
    seen: list[int] = []
    slow = msgspec.structs.replace(QUICK, poll=5.0)
    done = threading.Event()
    simulator.on_exchange = lambda command, status, size: seen.append(command)
    with reading(simulator.port, timings=slow) as (reader, events):
        events.until(Health)
        for _ in range(20):
            reader.poke()
            reader.listen(True)
            done.wait(0.01)
    assert seen.count(0x2001) == 1


def test_no_log_says_what_a_card_says(
    simulator: IdReaderSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wanted = Wanted(fingerprint="keep", newest_address=True, chip_number=True)
    wrong = msgspec.structs.replace(ANN, number=ANN.number[:-1] + "!")
    cards = [
        card_of(ANN, fingerprint_size=1024, newest_addresses=("演示省新示例路1号",)),
        card_of(wrong),
        msgspec.structs.replace(card_of(ANN), text=b"\x00\xd8" + card_of(ANN).text[2:]),
    ]
    with reading(simulator.port, wanted=wanted) as (_, events):
        for card in cards:
            simulator.lay(card)
            said = events.until(CardRead) if card is cards[0] else events.until(CardFailed)
            simulator.lift()
            events.until(CardRemoved)
            assert ANN.name not in repr(said)
    text = caplog.text + "".join(map(repr, events.all))
    assert "id_reader.number_invalid" in text
    for secret in (ANN.name, ANN.number[:17], ANN.address, str(ANN.birth), "新示例路"):
        assert secret not in text
    for secret_bytes in (cards[0].chip, cards[0].fingerprint[:16], cards[0].photo[4:20]):
        assert secret_bytes.hex() not in text.lower()
        assert repr(secret_bytes)[2:-1] not in text
