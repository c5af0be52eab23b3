"""SAM frames: the published vectors, every split, noise, wrong checksums, any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import FAULTS, Remedy
from devices.id_reader.blocks import (
    CardBlocks,
    chip_number,
    is_late,
    newest_addresses,
    sam_number,
    split_card,
)
from devices.id_reader.protocol import (
    CHIP_NUMBER,
    FIND_CARD,
    NEWEST_ADDRESS,
    PREAMBLE,
    READ_CARD,
    READ_FINGERPRINT,
    RESET,
    SAM_NUMBER,
    SELECT_CARD,
    STATUS,
    STATUS_WORDS,
    BadFrame,
    FrameEvent,
    FrameParser,
    Reply,
    checksum,
    set_baud,
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
        (READ_FINGERPRINT, "00 03 30 10 23"),
        (NEWEST_ADDRESS, "00 03 30 03 30"),
        (CHIP_NUMBER, "00 03 30 05 36"),
        (set_baud(115200), "00 03 60 00 63"),
        (set_baud(57600), "00 03 60 01 62"),
        (set_baud(38400), "00 03 60 02 61"),
        (set_baud(19200), "00 03 60 03 60"),
        (set_baud(9600), "00 03 60 04 67"),
    ],
)
def test_requests(frame: bytes, after_preamble: str) -> None:
    assert frame == vector(after_preamble)


def test_there_is_no_other_speed() -> None:
    with pytest.raises(ValueError, match="4800"):
        set_baud(4800)


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


TEXT, PHOTO = bytes(range(256)), bytes(range(255, -1, -1)) * 4


def card_frame(fingerprint_size: int | None) -> bytes:
    """A whole read reply, by the bytes that the interface gives."""
    if fingerprint_size is None:
        body = bytes.fromhex("05 08 00 00 90 01 00 04 00") + TEXT + PHOTO
    else:
        start = {
            1024: "09 0A 00 00 90 01 00 04 00 04 00",
            512: "07 0A 00 00 90 01 00 04 00 02 00",
            0: "05 0A 00 00 90 01 00 04 00 00 00",
        }[fingerprint_size]
        body = bytes.fromhex(start) + TEXT + PHOTO + b"\x46" * fingerprint_size
    return PREAMBLE + body + bytes((checksum(body),))


CARD_FRAME = card_frame(None)
CARD = CARD_FRAME[5:-1]


@pytest.mark.parametrize(
    ("fingerprint_size", "whole"), [(None, 1295), (1024, 2321), (512, 1809), (0, 1297)]
)
def test_a_whole_card(fingerprint_size: int | None, whole: int) -> None:
    frame = card_frame(fingerprint_size)
    assert len(frame) == whole
    (reply,) = FrameParser().feed(frame)
    assert isinstance(reply, Reply)
    blocks = split_card(reply.data)
    assert blocks == CardBlocks(TEXT, PHOTO, b"\x46" * (fingerprint_size or 0))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(4),
        bytes(1284),
        CARD[5:-1],
        CARD[5:] + b"\0",
        card_frame(512)[10:-2],
        b"\1" + CARD[5:],
    ],
)
def test_a_card_of_other_lengths_is_refused(data: bytes) -> None:
    assert split_card(data) is None


ADDRESSES = ("演示省新示例路1号", "演示省再示例路２号 3-401")


def address_frame(*addresses: str) -> bytes:
    data = b"".join(one.ljust(35).encode("utf-16-le") for one in addresses)
    body = (4 + len(data)).to_bytes(2, "big") + b"\0\0\x90" + data
    return PREAMBLE + body + bytes((checksum(body),))


def test_newest_addresses() -> None:
    frame = address_frame(*ADDRESSES)
    (reply,) = FrameParser().feed(frame)
    assert isinstance(reply, Reply)
    assert newest_addresses(reply.data) == ADDRESSES
    assert newest_addresses(reply.data * 2) == ADDRESSES * 2
    assert newest_addresses(" ".ljust(35).encode("utf-16-le")) == ()
    assert newest_addresses(b"") == ()


@pytest.mark.parametrize("data", [bytes(69), bytes(71), bytes(350), b"\0\xd8" * 35, b"\x1b\0" * 35])
def test_what_are_no_addresses(data: bytes) -> None:
    assert newest_addresses(data) is None


def test_the_chips_number() -> None:
    assert chip_number(bytes(range(28))) == bytes(range(28)).hex().upper()
    assert chip_number(bytes(27)) is None


WHOLE = {
    "status": vector("00 04 00 00 90 94"),
    "sam": vector("00 14 00 00 90 05 00 03 00 15 27 35 01 01 00 00 00 02 00 00 00 87"),
    "found": vector("00 08 00 00 9F 00 00 00 00 97"),
    "none": vector("00 04 00 00 80 84"),
    "selected": vector("00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"),
    "not selected": vector("00 04 00 00 81 85"),
    "not read": vector("00 04 00 00 41 45"),
    "card": CARD_FRAME,
    "two fingers": card_frame(1024),
    "one finger": card_frame(512),
    "no finger": card_frame(0),
    "addresses": address_frame(*ADDRESSES, *ADDRESSES),
}


@pytest.mark.parametrize("name", WHOLE)
def test_each_reply_one_byte_at_a_time_and_at_every_split(name: str) -> None:
    frame = WHOLE[name]
    parser = FrameParser()
    (whole,) = parser.feed(frame)
    assert isinstance(whole, Reply)
    assert [event for byte in frame for event in parser.feed(bytes((byte,)))] == [whole]
    for split in range(1, len(frame)):
        assert parser.feed(frame[:split]) == []
        assert parser.feed(frame[split:]) == [whole]
    assert parser.pending == 0


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


WORDS = {
    0x90: None, 0x9F: None, 0x91: Remedy.OPERATOR, 0x10: Remedy.RETRY, 0x11: Remedy.RETRY,
    0x21: Remedy.BUG, 0x23: Remedy.OPERATOR, 0x24: Remedy.BUG, 0x31: Remedy.OPERATOR,
    0x32: Remedy.OPERATOR, 0x33: Remedy.OPERATOR, 0x37: Remedy.OPERATOR, 0x3F: Remedy.RETRY,
    0x40: Remedy.RETRY, 0x41: Remedy.RETRY, 0x47: Remedy.RETRY, 0x60: Remedy.OPERATOR,
    0x66: Remedy.OPERATOR, 0x80: Remedy.RETRY, 0x81: Remedy.RETRY,
}  # fmt: skip


@pytest.mark.parametrize(("status", "remedy"), WORDS.items())
def test_every_status_word_says_who_must_act(status: int, remedy: Remedy | None) -> None:
    code = Reply((0, 0, status), b"").error
    assert (FAULTS[code].remedy if code else None) == remedy
    if code:
        assert code == STATUS_WORDS[status]
        assert any(character >= "\u4e00" for character in FAULTS[code].zh)
        assert FAULTS[code].en.isascii()


def test_any_other_status_word_is_an_error() -> None:
    assert STATUS_WORDS.keys() == WORDS.keys()
    for status in set(range(256)) - WORDS.keys():
        assert Reply((0, 0, status), b"").error == "id_reader.request_rejected"
    assert Reply((0, 1, 0x90), b"").error == "id_reader.request_rejected"


def test_what_hides_behind_an_unfinished_frame_is_found() -> None:
    parser = FrameParser()
    assert parser.feed(vector("05 08") + b"\x13" * 40 + WHOLE["found"]) == []
    assert parser.has_header
    assert parser.hidden() == Reply((0, 0, 0x9F), bytes(4))
    assert parser.pending == 0
    assert parser.hidden() is None
    assert parser.feed(CARD_FRAME[:800]) == []
    assert parser.hidden() is None
    assert parser.feed(CARD_FRAME[800:]) == [Reply((0, 0, 0x90), CARD[5:])]


REQUESTS = {
    "status": STATUS, "sam": SAM_NUMBER, "found": FIND_CARD, "selected": SELECT_CARD,
    "card": READ_CARD, "addresses": NEWEST_ADDRESS,
}  # fmt: skip


@pytest.mark.parametrize("asked", REQUESTS)
@pytest.mark.parametrize("answered", REQUESTS)
def test_a_late_reply_is_told_from_a_true_one(asked: str, answered: str) -> None:
    (reply,) = FrameParser().feed(WHOLE[answered])
    assert isinstance(reply, Reply)
    is_like = asked == answered or (asked, answered) == ("addresses", "status")
    assert is_late(REQUESTS[asked], reply) is not is_like


@pytest.mark.parametrize("name", ["none", "not selected", "not read"])
def test_an_error_is_never_late(name: str) -> None:
    (reply,) = FrameParser().feed(WHOLE[name])
    assert isinstance(reply, Reply)
    assert not any(is_late(request, reply) for request in REQUESTS.values())


def test_the_modules_number() -> None:
    data = bytes.fromhex("05 00 03 00 15 27 35 01 01 00 00 00 02 00 00 00")
    assert sam_number(data) == "05.03-20260629-0000000001-0000000002"
    assert sam_number(data[:-1]) is None


def test_no_repr_holds_what_the_card_said() -> None:
    reply = Reply((0, 0, 0x90), "姓名".encode("utf-16-le"))
    assert repr(reply) == "Reply(00 00 90, 4 bytes)"
    assert str(split_card(CARD[5:])) == "CardBlocks(256, 1024, 0)"
