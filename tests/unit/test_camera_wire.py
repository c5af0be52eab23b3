"""What the camera's process and its parent say to each other, and a network camera's bytes."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera import wire
from devices.camera.events import CodeSeen, Preview
from devices.camera.fuzz import TARGETS
from devices.camera.mjpeg import LONGEST_HEAD, MjpegParser, request
from devices.camera.options import CameraOptions
from devices.errors import DeviceError
from devices.face.outcome import (
    CardPhoto,
    Consent,
    FaceHint,
    FaceResult,
    FaceSettings,
    Hint,
    Outcome,
    Reason,
)

CONSENT = Consent(at=datetime(2026, 1, 5, tzinfo=UTC), text_version="2")
PHOTO = CardPhoto(width=102, height=126, rgb=bytes(range(252)) * 153)
DOWN: list[wire.Down] = [
    wire.SetUp(CameraOptions(port="tcp:10.0.0.9:80", login="a:b")),
    wire.Look(codes=True, preview=False),
    wire.CheckFace(3, PHOTO, CONSENT, FaceSettings(head_turn=True)),
    wire.CancelFace(),
]
UP: list[wire.Up] = [
    wire.Ready("zxing-cpp 3", (("size", "640x480"),)),
    wire.Beat(is_open=True, frames=7),
    CodeSeen(text="预约", format="QRCode", at=1.5),
    Preview(jpeg=b"\xff\xd8", at=2.0),
    wire.FaceSaid(3, FaceHint(Hint.FAR)),
    wire.FaceSaid(3, FaceResult(outcome=Outcome.PASS, reason=Reason.SAME, similarity=0.61)),
    wire.Trouble("camera.silent", ""),
]


def test_each_message_comes_as_it_went() -> None:
    bodies = wire.Bodies(wire.LONGEST_DOWN).feed(b"".join(map(wire.encode, DOWN)))
    assert [wire.decode_down(body) for body in bodies] == DOWN
    bodies = wire.Bodies(wire.LONGEST_UP).feed(b"".join(map(wire.encode, UP)))
    assert [wire.decode_up(body) for body in bodies] == UP


def test_at_every_split() -> None:
    stream = b"".join(map(wire.encode, UP))
    for at in range(len(stream) + 1):
        bodies = wire.Bodies(wire.LONGEST_UP)
        cut = bodies.feed(stream[:at]) + bodies.feed(stream[at:])
        assert [wire.decode_up(body) for body in cut] == UP


def test_a_false_length_is_an_error_at_once() -> None:
    with pytest.raises(DeviceError, match=r"camera\.child_babbled"):
        wire.Bodies(wire.LONGEST_UP).feed(b"\xff\xff\xff\xff")


def test_no_order_is_taken_for_an_answer() -> None:
    with pytest.raises(DeviceError, match=r"camera\.child_babbled"):
        wire.decode_up(wire.encode(DOWN[1])[4:])


@pytest.mark.parametrize(
    "body",
    [
        wire.encode(UP[2])[4:].replace(b"QR", b"\xe3R"),
        wire.encode(UP[2])[4:].replace(b"text", b"te\xffx"),
        b"\x91" * 5000,
        b"\x82\xa4type\xa4Beat\xa1x" + b"\x91" * 5000,
        b"",
    ],
    ids=["text", "key", "nested", "nested field", "nothing"],
)
def test_a_wounded_message_is_an_error_of_ours(body: bytes) -> None:
    for decode in (wire.decode_up, wire.decode_down):
        with pytest.raises(DeviceError, match=r"camera\.child_babbled"):
            decode(body)


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    with suppress(DeviceError):
        TARGETS[name](data)


ANSWER = (
    b"HTTP/1.1 200 OK\r\nServer: cam\r\n"
    b'Content-Type: multipart/x-mixed-replace;boundary="--gate"\r\n\r\n'
)
PARTS = (
    b"--gate\r\nContent-Type: image/jpeg\r\nContent-Length: 12\r\n\r\n"
    b"\xff\xd8--gate\r\n\xff\xd9\r\n"
    b"--gate\ncontent-length:3\n\nabc\r\n"
    b"--gate\r\nContent-Type: image/jpeg\r\n\r\nno length--gate\r\n\r\nlast--gate"
)
PICTURES = [b"\xff\xd8--gate\r\n\xff\xd9", b"abc", b"no length", b"last"]


def test_pictures_one_byte_at_a_time_and_at_every_split() -> None:
    stream = ANSWER + PARTS
    parser = MjpegParser()
    assert [p for byte in stream for p in parser.feed(bytes((byte,)))] == PICTURES
    for at in range(len(stream) + 1):
        parser = MjpegParser()
        assert parser.feed(stream[:at]) + parser.feed(stream[at:]) == PICTURES


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.0 401 Unauthorized\r\n\r\n", "camera.refused"),
        (b"HTTP/1.0 404\r\n\r\n", "camera.refused"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", "camera.not_mjpeg"),
        (b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n", "camera.not_mjpeg"),
        (b"SSH-2.0-x\r\n\r\n", "camera.not_mjpeg"),
        (b"x" * LONGEST_HEAD, "camera.not_mjpeg"),
        (ANSWER + b"--gate\r\nContent-Length: 99999999\r\n\r\n", "camera.not_mjpeg"),
        (ANSWER + b"--gate\r\n" + b"x" * LONGEST_HEAD, "camera.not_mjpeg"),
    ],
)
def test_what_is_no_stream_is_named(answer: bytes, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        MjpegParser().feed(answer)
    assert caught.value.code == code


def test_noise_between_pictures_is_skipped_and_not_kept() -> None:
    parser = MjpegParser()
    parser.feed(ANSWER)
    assert parser.feed(b"\xff" * 100_000) == []
    assert parser.pending < 10
    assert parser.feed(PARTS) == PICTURES


def test_a_login_is_sent_and_never_shown() -> None:
    asked = request("10.0.0.9", 80, "/video", "admin:secret")
    assert asked.startswith(b"GET /video HTTP/1.0\r\nHost: 10.0.0.9:80\r\n")
    assert b"Authorization: Basic YWRtaW46c2VjcmV0\r\n" in asked
    assert b"Authorization" not in request("10.0.0.9", 80, "/", "")
    assert "secret" not in repr(CameraOptions(port="tcp:10.0.0.9:80", login="admin:secret"))
