"""SAM frames: the published vectors, every split, noise, wrong checksums, any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import FAULTS, Remedy
from devices.id_reader.blocks import sam_number, split_card
from devices.id_reader.protocol import (
    FIND_CARD,
    PREAMBLE,
    READ_CARD,
    RESET,
    SAM_NUMBER,
    SELECT_CARD,
    STATUS,
    BadFrame,
    FrameEvent,
    FrameParser,
    Reply,
    checksum,
    request,
)


def vector(text: str) -> bytes:
    return PREAMBLE + bytes.fromhex(text)


@pytest.mark.parametrize(
    ("frame", "after_preamble"),
    [
        (RESET, "00 03 10 FF EC"),
        (STATUS, "00 03 11 FF ED"),
        (SAM_NUMBER, "00 03 12 FF EE"),
        (FIND_CARD, "00 03 20 01 22"),
        (SELECT_CARD, "00 03 20 02 21"),
        (READ_CARD, "00 03 30 01 32"),
        (request(0x30, 0x10), "00 03 30 10 23"),
        (request(0x30, 0x03), "00 03 30 03 30"),
        (request(0x30, 0x05), "00 03 30 05 36"),
    ],
)
def test_requests(frame: bytes, after_preamble: str) -> None:
    assert frame == vector(after_preamble)


REPLIES = {
    "00 08 00 00 9F 00 00 00 00 97": (Reply((0, 0, 0x9F), bytes(4)), None),
    "00 04 00 00 80 84": (Reply((0, 0, 0x80), b""), "id_reader.card_moved"),
    "00 0C 00 00 90 00 00 00 00 00 00 00 00 9C": (Reply((0, 0, 0x90), bytes(8)), None),
    "00 04 00 00 81 85": (Reply((0, 0, 0x81), b""), "id_reader.card_moved"),
    "00 04 00 00 41 45": (Reply((0, 0, 0x41), b""), "id_reader.card_moved"),
}


@pytest.mark.parametrize(("text", "expected"), REPLIES.items())
def test_replies(text: str, expected: tuple[Reply, str | None]) -> None:
    (reply,) = FrameParser().feed(vector(text))
    assert (reply, expected[0].error) == expected


CARD = bytes.fromhex("05 08 00 00 90 01 00 04 00") + bytes(256) + bytes(range(256)) * 4
CARD_FRAME = PREAMBLE + CARD + bytes((checksum(CARD),))


def test_a_whole_card_is_1295_bytes() -> None:
    assert len(CARD_FRAME) == 1295
    (reply,) = FrameParser().feed(CARD_FRAME)
    assert isinstance(reply, Reply)
    blocks = split_card(reply.data)
    assert blocks is not None
    assert (blocks.text, blocks.photo) == (bytes(256), bytes(range(256)) * 4)


@pytest.mark.parametrize("data", [b"", bytes(4), bytes(1284), CARD[5:-1]])
def test_a_card_of_other_lengths_is_refused(data: bytes) -> None:
    assert split_card(data) is None


STREAM = (
    b"\xaa\xaa\x00"
    + vector("00 04 00 00 80 84")
    + b"\xaa\xaa"  # one preamble runs into the next
    + vector("00 08 00 00 9F 00 00 00 00 97")
    + vector("00 04 00 00 80 00")  # wrong checksum
    + vector("FF FF 00")  # impossible length
    + vector("00 0C 00 00 90 00 00 00 00 00 00 00 00 9C")
)
EVENTS: list[FrameEvent] = [
    Reply((0, 0, 0x80), b""),
    Reply((0, 0, 0x9F), bytes(4)),
    BadFrame("checksum"),
    BadFrame("length 65535"),
    Reply((0, 0, 0x90), bytes(8)),
]


@pytest.mark.parametrize("split", range(len(STREAM) + 1))
def test_any_split_gives_the_same(split: int) -> None:
    parser = FrameParser()
    assert parser.feed(STREAM[:split]) + parser.feed(STREAM[split:]) == EVENTS


def test_one_byte_at_a_time() -> None:
    parser = FrameParser()
    assert [event for byte in STREAM for event in parser.feed(bytes((byte,)))] == EVENTS


def test_a_true_frame_inside_a_torn_one_is_found() -> None:
    parser = FrameParser()
    torn = CARD_FRAME[:300]
    events = parser.feed(torn + CARD_FRAME + bytes(300))
    assert events[0] == BadFrame("checksum")
    assert isinstance(events[1], Reply)
    assert events[1].data == CARD[5:]


@pytest.mark.parametrize("position", range(5, 20))
def test_no_changed_byte_passes(position: int) -> None:
    frame = bytearray(vector("00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"))
    if position >= len(frame):
        return
    frame[position] ^= 0x04
    assert not [event for event in FrameParser().feed(bytes(frame)) if isinstance(event, Reply)]


PIECES = st.one_of(
    st.binary(max_size=40),
    st.just(PREAMBLE),
    st.sampled_from([vector(text) for text in REPLIES]),
    st.builds(lambda n: PREAMBLE + n.to_bytes(2, "big"), st.integers(0, 0xFFFF)),
)


@given(st.lists(PIECES, max_size=30))
def test_any_bytes_leave_the_buffer_bounded_and_the_split_unseen(chunks: list[bytes]) -> None:
    parser, whole = FrameParser(), FrameParser()
    events = []
    for chunk in chunks:
        events += parser.feed(chunk)
        assert parser.pending < 7 + 0x090A
    assert events == whole.feed(b"".join(chunks))


@given(st.binary(max_size=300).filter(lambda data: PREAMBLE[:1] not in data))
def test_a_reply_after_noise_is_found(noise: bytes) -> None:
    assert FrameParser().feed(noise + CARD_FRAME)[-1] == Reply((0, 0, 0x90), CARD[5:])


def test_every_error_says_who_must_act() -> None:
    for status in range(256):
        code = Reply((0, 0, status), b"").error
        assert (code is None) == (status in (0x90, 0x9F))
        if code:
            assert FAULTS[code].remedy in Remedy
    assert FAULTS["id_reader.card_moved"].remedy is Remedy.RETRY
    assert FAULTS["id_reader.sam_unauthorised"].remedy is Remedy.OPERATOR


def test_the_modules_number() -> None:
    data = bytes.fromhex("05 00 03 00 15 27 35 01 01 00 00 00 02 00 00 00")
    assert sam_number(data) == "05.03-20260629-0000000001-0000000002"
    assert sam_number(data[:-1]) is None


def test_no_repr_holds_what_the_card_said() -> None:
    reply = Reply((0, 0, 0x90), "姓名".encode("utf-16-le"))
    assert repr(reply) == "Reply(00 00 90, 4 bytes)"
    assert str(split_card(CARD[5:])) == "CardBlocks(256, 1024, 0)"
