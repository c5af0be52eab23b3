"""One request, one reply: noise, late replies, half frames, over a transport in memory."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.id_reader import protocol as p
from devices.id_reader.sam import ReaderTimings, Sam, reader_transport
from devices.transport import LoopbackTransport

BRIEF = ReaderTimings(header=0.03, reply=0.06, probe=0.02)


def reply(text: str) -> bytes:
    body = bytes.fromhex(text)
    return p.PREAMBLE + body + bytes((p.checksum(body),))


FOUND = reply("00 08 00 00 9F 00 00 00 00")
SELECTED = reply("00 0C 00 00 90 00 00 00 00 00 00 00 00")
FINE = reply("00 04 00 00 90")
NONE = reply("00 04 00 00 80")


def told(request: bytes, answer: bytes, before: bytes = b"") -> p.Reply:
    port = LoopbackTransport({request: answer})
    port.open()
    port.feed(before)
    return Sam(port, BRIEF).exchange(request)


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(DeviceError) as caught:
        do()
    return caught.value.code


@given(st.binary(max_size=60))
def test_what_came_before_the_request_is_no_reply(before: bytes) -> None:
    assert told(p.FIND_CARD, NONE, before + FOUND).status == p.NO_CARD


@given(st.binary(max_size=60).filter(lambda noise: 0xAA not in noise))
def test_noise_before_the_reply_is_skipped(noise: bytes) -> None:
    assert told(p.FIND_CARD, noise + FOUND).status == p.CARD_FOUND


@pytest.mark.parametrize(
    "noise",
    [
        p.PREAMBLE + b"\x05\x08",  # a card's beginning and no more
        p.PREAMBLE + b"\xff\xff",
        FOUND[:-1] + b"\x00",
        FINE,  # a late reply to another request
        FINE + SELECTED,
        b"\xaa" * 9,
    ],
)
def test_what_looks_like_a_frame_does_not_hide_the_true_one(noise: bytes) -> None:
    assert told(p.FIND_CARD, noise + FOUND).status == p.CARD_FOUND


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "id_reader.silent"),
        (b"\x00\xff" * 30, "id_reader.corrupt"),
        (FOUND[:-1], "id_reader.corrupt"),
        (FOUND[:-1] + b"\x00", "id_reader.corrupt"),
        (FINE * 3, "id_reader.silent"),  # to others, and then nothing
    ],
)
def test_no_true_reply(answer: bytes, code: str) -> None:
    assert refusal(lambda: told(p.FIND_CARD, answer)) == code


def test_others_replies_without_end_are_no_reason_to_wait_without_end() -> None:
    assert told(p.FIND_CARD, FINE * 20).status == p.OK


def test_a_module_that_tells_no_number_is_connected_all_the_same() -> None:
    for answer in (b"", reply("00 04 00 00 24")):
        sam = Sam(LoopbackTransport({p.STATUS: FINE, p.SAM_NUMBER: answer}), BRIEF)
        found = sam.connect()
        assert (found.code, found.facts, sam.number) == (None, (), None)


def test_a_failed_self_test_is_tried_once_more() -> None:
    port = LoopbackTransport({p.STATUS: reply("00 04 00 00 60"), p.RESET: FINE})
    assert Sam(port, BRIEF).connect().code == "id_reader.sam_failed"
    assert port.writes == [p.STATUS, p.RESET, p.STATUS]


def test_whoever_asks_may_give_up_while_waiting() -> None:
    class GivenUp(Exception):  # noqa: N818
        pass

    def check() -> None:
        raise GivenUp

    port = LoopbackTransport()
    port.open()
    with pytest.raises(GivenUp):
        Sam(port, check=check).exchange(p.STATUS)


def test_a_serial_port_without_a_speed_is_probed() -> None:
    speeds = {
        "serial:/dev/ttyUSB0": p.BAUDS, "serial:/dev/ttyUSB0@auto": p.BAUDS,
        "serial:/dev/ttyUSB0@9600": (), "tcp:10.0.0.9:4001": (), "usb:0400:C35A": (),
    }  # fmt: skip
    for port, expected in speeds.items():
        transport = reader_transport(port)
        assert transport.speeds == expected
    assert repr(reader_transport("usb:0400:C35A")) == "usb:0400:c35a"
    assert refusal(lambda: reader_transport("serial:ttyUSB0")) == "port.invalid"
