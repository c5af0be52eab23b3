"""Bytes from anybody: a frame, or a `FrameError` with a code, and nothing else."""

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.codes import CODES
from queue_server.protocol import codec
from queue_server.protocol.codec import FrameError
from queue_server.protocol.messages import ClientFrame, ServerFrame
from tests.effort import examples
from tests.unit import protocol_golden as golden
from tests.unit.struct_values import struct_strategy

DECODERS = [codec.decode_client, codec.decode_server]
FRAMES = [
    line
    for stem, _, _ in golden.kinds()
    if stem.startswith(("client.", "server."))
    for line in (golden.FOLDER / f"{stem}.jsonl").read_bytes().splitlines()
] + [
    b'{"type":"command","id":"1","do":' + line + b"}"
    for stem, _, _ in golden.kinds()
    if stem.startswith("command.")
    for line in (golden.FOLDER / f"{stem}.jsonl").read_bytes().splitlines()
]
NUMBERS = [
    b"9" * 30,
    b"9" * 5000,
    b"-1",
    b"1e400",
    b"1.5",
    b"NaN",
    b"-",
    b"0x1",
    b"18446744073709551616",
]
NESTED = [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 90_000 + b"]" * 90_000]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "id", "do", "v", "seq", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)
QUICK = settings(max_examples=examples(400), deadline=None)


def check(data: Any) -> None:
    """Both decoders give a frame or a coded error that can itself be sent."""
    for decode in DECODERS:
        try:
            frame = decode(data)
        except FrameError as unreadable:
            error = unreadable
        else:
            with contextlib.suppress(OverflowError):  # a number no JSON encoder of ours writes
                assert decode(codec.encode(frame)) == frame
            continue
        assert error.code in ("bad_frame", "unknown_type")
        assert CODES[error.code].kind == "bug"
        sent = codec.encode(codec.error(error.code, error.details))
        assert len(sent) < 2000
        codec.decode_server(sent)


@QUICK
@given(st.binary(max_size=200) | st.text(max_size=100))
def test_any_bytes_and_any_text(data: bytes | str) -> None:
    check(data)


@QUICK
@given(JSON)
def test_any_json(value: object) -> None:
    check(msgspec.json.encode(value))


@QUICK
@given(
    st.sampled_from(FRAMES),
    st.lists(
        st.tuples(st.integers(0, 10_000), st.binary(max_size=4), st.integers(0, 3)), max_size=4
    ),
)
def test_frames_with_bytes_changed(frame: bytes, changes: list[tuple[int, bytes, int]]) -> None:
    for where, new, cut in changes:
        at = where % (len(frame) + 1)
        frame = frame[:at] + new + frame[at + cut :]
    check(frame)


@QUICK
@given(st.sampled_from(FRAMES), st.data())
def test_frames_with_a_value_changed(frame: bytes, data: st.DataObject) -> None:
    value = msgspec.json.decode(frame)
    path = value
    while True:
        key = data.draw(st.sampled_from(sorted(path)))
        if isinstance(path[key], dict) and path[key] and data.draw(st.booleans()):
            path = path[key]
            continue
        path[key] = data.draw(JSON)
        break
    check(msgspec.json.encode(value))


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: n[:12].decode())
def test_numbers_nobody_counts_to(number: bytes) -> None:
    for frame in (
        b'{"type":"hello","v":%b,"token":"t","program":"p"}',
        b'{"type":"resume","seq":%b}',
        b'{"type":"command","id":"1","do":{"type":"pause","counter":"1","reason":"r","until":%b}}',
        b'{"type":"update","prev":%b,"seq":1}',
        b'{"type":%b}',
        b'{"type":"resume","seq":1,"unknown":%b}',
    ):
        check(frame % number)


@pytest.mark.parametrize("data", NESTED, ids=["lists", "objects", "closed"])
def test_nesting_without_end(data: bytes) -> None:
    check(data)
    check(b'{"type":"resume","seq":1,"x":' + data + b"}")
    check(b'{"type":"welcome","set":{"hall":' + data + b"}}")


@pytest.mark.parametrize(
    "data",
    [
        '{"type":"hello","v":1,"token":"\ud800","program":"p"}',
        '{"type":"\udfff"}',
        '{"type":"\\ud800"}',
        b'{"type":"hello","v":1,"token":"\\udc00","program":"p"}',
        b'{"type":"hello","v":1,"token":"\xed\xa0\x80","program":"p"}',
        b'{"type":"\xff"}',
        b"\xef\xbb\xbf{}",
        b"",
    ],
)
def test_half_characters(data: bytes | str) -> None:
    for decode in DECODERS:
        with pytest.raises(FrameError):
            decode(data)


def test_a_type_nobody_knows_is_named() -> None:
    for decode in DECODERS:
        with pytest.raises(FrameError) as caught:
            decode(b'{"type":"dance"}')
        assert (caught.value.code, caught.value.details) == ("unknown_type", {"type": "dance"})


def test_the_other_sides_frames_are_not_ours() -> None:
    with pytest.raises(FrameError):
        codec.decode_client(b'{"type":"update","prev":1,"seq":2}')
    with pytest.raises(FrameError):
        codec.decode_server(b'{"type":"report","devices":[]}')


WORDS = st.text(max_size=10)
COUNTS = st.integers(-(2**63), 2**63 - 1)


@QUICK
@given(struct_strategy(ClientFrame, lambda _: WORDS, COUNTS))
def test_every_client_frame_comes_back_as_it_was(frame: ClientFrame) -> None:
    assert codec.decode_client(codec.encode(frame)) == frame


def test_a_document_that_is_none_is_a_frame_error() -> None:
    assert codec.decode_document("tomorrow/1", b"{}") is None
    for raw in (b"[]", b'{"id":1}', b'{"name":', b"\xff"):
        with pytest.raises(FrameError):
            codec.decode_document("hall", raw)


def test_the_golden_frames_are_frames() -> None:
    kinds: set[type] = {
        type(codec.decode_client(line)) for line in FRAMES if _is(codec.decode_client, line)
    }
    kinds |= {type(codec.decode_server(line)) for line in FRAMES if _is(codec.decode_server, line)}
    assert kinds == set(ClientFrame.__args__) | set(ServerFrame.__args__)


def _is(decode: Any, line: bytes) -> bool:
    try:
        decode(line)
    except FrameError:
        return False
    return True
