"""Recordings: nobody is in them, their frames are whole, and they play the device again."""

import io
import itertools
import random
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.id_reader import protocol as p
from devices.id_reader.blocks import split_card
from devices.id_reader.identity import CardKind
from devices.id_reader.redact import CardRedactor
from devices.id_reader.synthetic import encode_text, invent
from devices.id_reader.text import decode_text
from devices.printer.redact import SlipRedactor
from devices.transport import LoopbackTransport
from devices.transport.record import (
    Entry,
    Header,
    Piece,
    Recorder,
    Recording,
    RecordingTransport,
    Redactor,
    ShapeOnly,
    Verbatim,
    Way,
    read_recording,
)
from devices.transport.replay import Player, ReplayTransport

HEADER = Header(kind="id-reader", driver="sam", at=datetime(2026, 1, 5, tzinfo=UTC))
REDACTORS = [CardRedactor, SlipRedactor, ShapeOnly, Verbatim]


def taken(redactor: Redactor, *pieces: Piece) -> dict[Way, bytes]:
    """Everything a redactor wrote, by way."""
    written: dict[Way, bytes] = {"in": b"", "out": b""}
    for way, data in pieces:
        for to, some in redactor.take(way, data):
            written[to] += some
    for to, some in redactor.rest():
        written[to] += some
    return written


def reply(data: bytes, sw3: int = 0x90) -> bytes:
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, sw3)) + data
    return p.PREAMBLE + body + bytes((p.checksum(body),))


def card(kind: CardKind, seed: int, fingerprint: int | None = None) -> tuple[bytes, str]:
    who = invent(random.Random(seed), date(2020, 5, 1), kind)
    sizes = b"\x01\x00\x04\x00" + (fingerprint.to_bytes(2, "big") if fingerprint else b"")
    secret = random.Random(seed).randbytes(1024 + (fingerprint or 0))
    return sizes + encode_text(who) + secret, who.number


@pytest.mark.parametrize("kind", list(CardKind))
@pytest.mark.parametrize("fingerprint", [None, 512, 1024])
def test_a_card_becomes_somebody_elses_of_its_kind(kind: CardKind, fingerprint: int | None) -> None:
    data, number = card(kind, 99, fingerprint)
    written = taken(CardRedactor(), ("out", p.READ_CARD), ("in", reply(data)))["in"]
    (event,) = p.FrameParser().feed(written)
    assert isinstance(event, p.Reply), "the checksum fits"
    blocks, real = split_card(event.data), split_card(data)
    assert blocks
    assert real
    who = decode_text(blocks.text)
    assert who.kind is kind
    assert who.number != number
    assert blocks.photo != real.photo
    assert len(blocks.fingerprint) == len(real.fingerprint)
    assert number.encode("utf-16-le") not in written
    assert real.photo[:64] not in written


@given(
    st.sampled_from(list(CardKind)),
    st.integers(0, 50),
    st.lists(st.integers(0, 1400), max_size=6),
    st.sampled_from([p.READ_CARD, p.STATUS, p.FIND_CARD]),
)
def test_no_split_and_no_late_reply_lets_a_card_through(
    kind: CardKind, seed: int, cuts: list[int], asked: bytes
) -> None:
    data, number = card(kind, seed)
    whole = reply(data)
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    parts: list[Piece] = [("in", whole[a:b]) for a, b in itertools.pairwise(edges)]
    written = taken(CardRedactor(), ("out", asked), *parts)["in"]
    assert len(written) == len(whole)
    assert number.encode("utf-16-le") not in written
    (event,) = p.FrameParser().feed(written)
    assert isinstance(event, p.Reply)


def test_a_reply_cut_short_is_blanked() -> None:
    data, number = card(CardKind.CITIZEN, 3)
    written = taken(
        CardRedactor(), ("out", p.READ_CARD), ("in", reply(data)[:900]), ("out", p.STATUS)
    )
    assert written["in"] == p.PREAMBLE + bytes(895)
    assert written["out"] == p.READ_CARD + p.STATUS
    assert number.encode("utf-16-le") not in written["in"]


def test_a_wrong_checksum_stays_wrong() -> None:
    data, _ = card(CardKind.CITIZEN, 3)
    frame = reply(data)
    broken = frame[:-1] + bytes((frame[-1] ^ 0x10,))
    written = taken(CardRedactor(), ("out", p.READ_CARD), ("in", broken))["in"]
    assert isinstance(p.FrameParser().feed(written)[0], p.BadFrame)
    assert written != broken


def test_addresses_and_chip_numbers_are_blanked_and_the_modules_number_is_not() -> None:
    address = "演示路".ljust(35).encode("utf-16-le")
    written = taken(CardRedactor(), ("out", p.NEWEST_ADDRESS), ("in", reply(address)))["in"]
    assert written == reply(bytes(70))
    sam = bytes(range(16))
    assert taken(CardRedactor(), ("out", p.SAM_NUMBER), ("in", reply(sam)))["in"] == reply(sam)
    assert taken(CardRedactor(), ("out", p.STATUS), ("in", reply(sam)))["in"] == reply(bytes(16))


@pytest.mark.parametrize("make", REDACTORS)
@given(
    pieces=st.lists(
        st.tuples(
            st.sampled_from(["in", "out"]),
            st.binary(max_size=40)
            | st.sampled_from([p.PREAMBLE, p.READ_CARD, b"\x1d(k", b"\x1dv0"]),
        ),
        max_size=12,
    )
)
def test_any_bytes_keep_their_number(make: type[Redactor], pieces: list[Piece]) -> None:
    written = taken(make(), *pieces)
    for way in written:
        assert len(written[way]) == sum(len(data) for w, data in pieces if w == way)


@given(st.lists(st.integers(0, 80), max_size=8))
def test_a_slip_says_nothing_of_anybody(cuts: list[int]) -> None:
    slip = (
        b"\x1b@\x1c&\x1ba\x01\x1d!\x11A012\n" + "张三丰 Mary".encode("gb18030") + b"\n"
        b"\x1dv0\x00\x02\x00\x03\x00secret"
        b"\x1d(k\x04\x001A2\x00\x1d(k\x07\x001P0id=7\x1d(k\x03\x001Q0\x1dV\x01"
    )
    edges = [0, *sorted(min(cut, len(slip)) for cut in cuts), len(slip)]
    parts: list[Piece] = [("out", slip[a:b]) for a, b in itertools.pairwise(edges)]
    assert taken(SlipRedactor(), *parts, ("in", b"\x12"))["out"] == (
        b"\x1b@\x1c&\x1ba\x01\x1d!\x11x000\n" + "某某某 xxxx".encode("gb18030") + b"\n"
        b"\x1dv0\x00\x02\x00\x03\x00\xaa\xaa\xaa\xaa\xaa\xaa"
        b"\x1d(k\x04\x001A2\x00\x1d(k\x07\x001P0xx=0\x1d(k\x03\x001Q0\x1dV\x01"
    )


def test_a_code_keeps_only_its_shape() -> None:
    scanned = "T:a7-粤\r\n".encode()
    assert taken(ShapeOnly(), ("in", scanned))["in"] == b"X:x0-???\r\n"


def test_what_is_written_is_read_again() -> None:
    file = io.BytesIO()
    clock = iter([10.0, 10.0, 10.25, 11.0, 12.0]).__next__
    port = LoopbackTransport({b"?": b"!\xff"})
    recorder = Recorder(file, HEADER, Verbatim(), clock)
    recorded = RecordingTransport(port, recorder)
    recorded.open()
    recorded.write(b"?", 1)
    assert recorded.read(10, 1) == b"!\xff"
    port.fail(DeviceError("port.lost"))
    with pytest.raises(DeviceError):
        recorded.read(10, 1)
    recorder.close()
    assert read_recording(file.getvalue()) == Recording(
        HEADER,
        (
            Entry(0.0, "opened"),
            Entry(0.25, "out", "3f"),
            Entry(1.0, "in", "21ff"),
            Entry(2.0, "lost"),
        ),
    )


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        (b'{"time":1,"direction":"up"}', 2),
        (b"{", 2),
        (b'\n{"time":1,"direction":"in","hex":"f"}', 2),
        (b'{"time":1,"direction":"in","hex":"\xff"}', 2),
        (b'{"time":1,"direction":"in","more":' + b"[" * 5000, 2),
    ],
)
def test_a_damaged_recording_is_told_by_line(tail: bytes, line: int) -> None:
    with pytest.raises(DeviceError, match=f"line {line}") as caught:
        read_recording(msgspec.json.encode(HEADER) + b"\n" + tail)
    assert caught.value.code == "recording.invalid"
    with pytest.raises(DeviceError, match="line 1"):
        read_recording(b"")


def recording(*entries: tuple[float, str, bytes]) -> Recording:
    return Recording(HEADER, tuple(Entry(t, d, x.hex()) for t, d, x in entries))  # type: ignore[arg-type]


TALK = recording(
    (0.0, "opened", b""),
    (0.5, "in", b"hello"),
    (1.0, "out", b"a"),
    (1.1, "in", b"1"),
    (1.2, "in", b"2"),
    (2.0, "out", b"b"),
    (2.1, "out", b"c"),
    (2.5, "in", b"3"),
    (3.0, "out", b"a"),
    (3.5, "in", b"4"),
)


def test_the_player_answers_as_it_was_answered_then() -> None:
    player = Player(TALK)
    assert player.begin() == [(0.5, b"hello")]
    assert [(round(t, 3), data) for t, data in player.hear(b"a")] == [(0.1, b"1"), (0.2, b"2")]
    assert player.hear(b"b") == []
    assert [data for _, data in player.hear(b"c")] == [b"3"], "a request in two pieces"
    assert [data for _, data in player.hear(b"a")] == [b"4"]
    assert player.is_over
    assert [data for _, data in player.hear(b"a")] == [b"4"], "as at its last"
    assert player.hear(b"z") == []
    assert player.strangers == 1
    assert [data for _, data in player.hear(b"bca")] == [b"3", b"4"]


def test_what_was_redacted_is_recognised() -> None:
    asked = recording((0.0, "out", b"x000\n"), (0.1, "in", b"\x12"))
    assert Player(asked, SlipRedactor()).hear(b"A012\n") == [(0.1, b"\x12")]
    assert Player(asked).hear(b"A012\n") == []


def test_a_driver_is_played_to_until_the_recording_is_over() -> None:
    port = ReplayTransport(TALK)
    port.open()
    assert port.read(3, 0) == b"hel"
    assert port.read(9, 0) == b"lo"
    with pytest.raises(DeviceError, match=r"recording\.unexpected: 7a"):
        port.write(b"z", 1)
    for request in (b"a", b"bc", b"a"):
        port.write(request, 1)
    assert port.read(9, 0) == b"1234"
    with pytest.raises(DeviceError, match=r"port\.lost"):
        port.read(9, 0)
    port.close()
    with pytest.raises(DeviceError, match=r"port\.missing"):
        port.open()


@given(st.lists(st.binary(max_size=8), max_size=20))
def test_no_request_upsets_the_player(requests: list[bytes]) -> None:
    player = Player(TALK)
    for request in requests:
        player.hear(request)
