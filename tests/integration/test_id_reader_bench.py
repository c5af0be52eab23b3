"""`hall devices probe | test | simulate id-reader`: what a technician reads; card to identity."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from devices.id_reader.bench import measure
from devices.id_reader.exchanges import (
    Exchange,
    over_wire_ns,
    read_exchanges,
    since_found,
)
from devices.id_reader.identity import CardKind, Identity
from devices.id_reader.simulator import Card, IdReaderSimulator, card_of
from devices.id_reader.synthetic import invent

TODAY = date.today()  # noqa: DTZ011 - whether a card is in force is told by the local day
FIELDS = {
    "kind", "name", "english_name", "sex", "nation", "birth", "address", "number", "issuer",
    "valid_from", "valid_to", "validity", "expired", "newest_address", "sam",
}  # fmt: skip


def hall_devices(*words: str, wanted: int = 0) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "devices", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == wanted, done.stderr
    return json.loads(done.stdout)


@contextmanager
def laid(card: Card, spec: str = "tcp") -> Iterator[IdReaderSimulator]:
    simulator = IdReaderSimulator(spec)
    simulator.start()
    simulator.lay(card)
    try:
        yield simulator
    finally:
        simulator.stop()


def test_probe_tells_module_and_speed(tmp_path: Path) -> None:
    simulator = IdReaderSimulator(f"pty:{tmp_path}/reader", baud=57600)
    simulator.start()
    (answer,) = hall_devices("probe", "id-reader", "--port", simulator.port, "--json")
    simulator.stop()
    assert answer["driver"] == "id-reader.sam"
    assert answer["state"] == "ok"
    assert answer["facts"] == {"sam": "05.03-20260629-0000000001-0000000001", "baud": "57600"}


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_in_full(kind: CardKind) -> None:
    who = invent(random.Random(9), TODAY, kind)
    with laid(card_of(who)) as simulator:
        told = hall_devices("test", "id-reader", "--port", simulator.port, "--show", "--json")
    assert told.keys() >= FIELDS
    assert told["kind"] == kind.value
    for field in ("name", "english_name", "nation", "address", "number", "issuer"):
        assert told[field] == getattr(who, field)
    assert told["sex"] in ("male", "female")
    assert told["birth"] == who.birth.isoformat()
    assert told["valid_from"] == who.valid_from.isoformat()
    assert told["valid_to"] == (who.valid_to.isoformat() if who.valid_to else "长期")
    assert (told["validity"], told["expired"]) == ("valid", False)
    more = set(told) - FIELDS
    assert more == {
        CardKind.CITIZEN: set(),
        CardKind.HMT: {"permit", "issues"},
        CardKind.FOREIGN_2017: {"country", "version"},
        CardKind.FOREIGN_2023: {"country", "renewals", "old_number"},
    }[kind]  # fmt: skip
    for field in more - {"country"}:
        assert told[field] == getattr(who, field)


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_masked(kind: CardKind) -> None:
    who = invent(random.Random(9), TODAY, kind)
    card = card_of(who, fingerprint_size=512, newest_addresses=("演示省新示例路1号",))
    options = [
        f"--option={word}" for word in
        ("fingerprint=drop", "newest_address=true", "chip_number=true")
    ]  # fmt: skip
    with laid(card) as simulator:
        told = hall_devices("test", "id-reader", "--port", simulator.port, "--json", *options)
    text = json.dumps(told, ensure_ascii=False)
    secrets = (who.name, who.english_name, who.number, who.permit, who.birth.isoformat())
    for secret in (*secrets, who.address, "新示例路", card.chip.hex().upper()):
        assert not secret or secret not in text
    assert told["name"] == who.name[0] + "*"
    assert told["number"].endswith(who.number[-4:])
    assert len(told["number"]) == len(who.number)
    assert told["fingerprint_bytes"] == 512
    assert told["newest_address"] == "***"
    assert len(told["chip_number"]) == 56


def test_an_expired_card_and_one_not_yet_valid() -> None:
    who = invent(random.Random(9), TODAY)
    day = timedelta(days=1)
    for changed, validity in (
        (msgspec.structs.replace(who, valid_to=TODAY - day), "expired"),
        (msgspec.structs.replace(who, valid_from=TODAY + day), "not-yet"),
    ):
        with laid(card_of(changed)) as simulator:
            told = hall_devices("test", "id-reader", "--port", simulator.port, "--json")
        assert (told["validity"], told["expired"]) == (validity, validity == "expired")


def test_no_card_in_time_and_no_decoder_to_load(tmp_path: Path) -> None:
    words = ("test", "id-reader", "--json", "--port")
    simulator = IdReaderSimulator("tcp")
    simulator.start()
    told = hall_devices(*words, simulator.port, "--timeout", "0.5", wanted=1)
    assert (told["error"], told["remedy"]) == ("id_reader.no_card", "operator")
    simulator.faults["unauthorised"]()
    told = hall_devices(*words, simulator.port, "--timeout", "0.5", wanted=1)
    assert told["error"] == "id_reader.sam_unauthorised"
    simulator.faults["none"]()
    simulator.lay(card_of(invent(random.Random(9), TODAY)))
    told = hall_devices(*words, simulator.port, "-o", f"photo_library={tmp_path}/none.so")
    assert told["photo"] == "id_reader.photo_library"
    simulator.stop()


@contextmanager
def simulating(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "devices", "simulate", "id-reader", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_the_simulator_process_lays_and_lifts_by_command(tmp_path: Path) -> None:
    person = tmp_path / "person.json"
    who = invent(random.Random(1), TODAY)
    person.write_bytes(msgspec.json.encode(who))
    with simulating("--person", str(person), "--pace", "115200", "--until-eof") as process:
        assert process.stdout
        assert process.stdin

        def say(line: str) -> str:
            print(line, file=process.stdin, flush=True)
            return process.stdout.readline().strip() if process.stdout else ""

        word, port = process.stdout.readline().split()
        assert word == "port"
        for line in ("lay", "lift", "lay new", "lay hmt", "fault sw3-31", "fault slow", "lay"):
            assert say(line) == "ok"
        assert say("fault none") == "ok"
        assert say("dance").startswith("error unknown")
        told = hall_devices("test", "id-reader", "--port", port, "--show", "--json")
        assert told["number"] == who.number
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    "content", ["", "{}", '{"kind": "robot"}', "[1", '{"kind": "citizen", "nation": "火星"}']
)
def test_a_wrong_card_file_is_told_at_once(tmp_path: Path, content: str) -> None:
    person = tmp_path / "person.json"
    person.write_text(content)
    done = subprocess.run(
        [sys.executable, "-m", "devices", "simulate", "id-reader", "--person", str(person)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "the card: " in done.stderr


def test_the_card_in_the_documentation_can_be_laid() -> None:
    page = (Path(__file__).parents[2] / "docs" / "devices.md").read_text()
    example = page.split("```json\n")[1].split("```")[0]
    assert msgspec.json.decode(example, type=Identity).kind is CardKind.CITIZEN
    with simulating("--card", example) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("port ")


def test_card_to_identity_is_counted_in_bytes_of_the_line() -> None:
    told = measure(3)
    assert told.wire_bytes == 10 + 19 + 10 + 1295
    assert told.wire_ms == 115.8
    assert 0 < told.over_wire_ms.median <= told.over_wire_ms.most
    assert told.laid_to_identity_ms.median >= told.wire_ms


def test_what_a_reader_said_is_kept_without_what_a_card_says(tmp_path: Path) -> None:
    file = tmp_path / "exchanges"
    person = msgspec.json.encode(invent(random.Random(1), TODAY)).decode()
    with simulating("--card", person, "--exchanges", str(file)) as process:
        assert process.stdout
        assert process.stdin
        port = process.stdout.readline().split()[1]
        print("lay", file=process.stdin, flush=True)
        assert process.stdout.readline() == "ok\n"
        hall_devices("test", "id-reader", "--port", port, "--json")
    said = read_exchanges(file.read_bytes())
    since = since_found(said, said[0].at_ns, said[-1].at_ns)
    assert [(one.command, one.status, one.size) for one in since] == [
        (0x2001, 0x9F, 25), (0x2002, 0x90, 29), (0x3001, 0x90, 1305),
    ]  # fmt: skip


def test_the_lines_own_time_is_not_counted() -> None:
    found, read = Exchange(1_000_000, 0x2001, 0x9F, 25), Exchange(95_000_000, 0x3001, 0x90, 1152)
    assert read.line_ns(115200) == 100_000_000
    assert over_wire_ns([found, read], 0, 104_000_000, 115200) == 3_000_000
    with pytest.raises(ValueError, match="no card"):
        over_wire_ns([found, read], 2_000_000, 104_000_000, 115200)
