"""Devices built here by hand from the wire's description, sharing no code with the drivers."""

import contextlib
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from devices.command_line import main
from devices.registry import find_drivers

Device = Callable[[socket.socket], None]


@contextlib.contextmanager
def served(device: Device) -> Iterator[str]:
    """The PORT string of a TCP port behind which `device` lives, one connection after the other."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                wire, _ = server.accept()
            except OSError:
                return
            with wire, contextlib.suppress(OSError):
                wire.settimeout(30)
                wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                device(wire)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(30)


def exactly(wire: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = wire.recv(count - len(found))
        if not more:
            raise OSError("closed")
        found += more
    return found


def padded(text: str, size: int) -> bytes:
    return (text + " " * (size // 2 - len(text))).encode("utf-16-le")


def card() -> bytes:
    """The 256 bytes of a citizen's text block."""
    fields = [
        ("测试员", 30), ("2", 2), ("11", 4), ("19491231", 16), ("示例省示例市一号", 70),
        ("11010519491231002X", 36), ("示例市公安局", 30), ("20200101", 16), ("长期", 16),
        ("", 36),
    ]  # fmt: skip
    block = b"".join(padded(text, size) for text, size in fields)
    assert len(block) == 256
    return block


def sam(body: bytes) -> bytes:
    check = 0
    for byte in body:
        check ^= byte
    return bytes.fromhex("AAAAAA9669") + body + bytes([check])


ANSWERS = {
    "11ff": sam(bytes.fromhex("0004000090")),
    "12ff": sam(bytes.fromhex("001400009005000300" + "5AC4CB01" + "01000000" + "02000000")),
    "2001": sam(bytes.fromhex("000800009F00000000")),
    "2002": sam(bytes.fromhex("000C0000900000000000000000")),
    "3001": sam(bytes.fromhex("05080000900100" + "0400") + card() + bytes(1024)),
}


def reader(manner: str) -> Device:
    chance = random.Random(7)

    def device(wire: socket.socket) -> None:
        while True:
            assert exactly(wire, 5).hex() == "aaaaaa9669"
            length = int.from_bytes(exactly(wire, 2), "big")
            said = exactly(wire, length)
            answer = ANSWERS.get(said[:2].hex(), sam(bytes.fromhex("0004000024")))
            if manner == "noise":
                wire.sendall(chance.randbytes(40) + b"\xaa\xaa\xaa\x96" + b"\xaa\xaa")
            if manner == "byte by byte":
                for byte in answer:
                    wire.sendall(bytes([byte]))
            elif manner == "halves":
                cut = chance.randrange(1, len(answer))
                wire.sendall(answer[:cut])
                threading.Event().wait(0.2)
                wire.sendall(answer[cut:])
            else:
                wire.sendall(answer)

    return device


@pytest.mark.parametrize("manner", ["at once", "noise", "byte by byte", "halves"])
def test_a_reader_however_its_bytes_come(manner: str, capsys: pytest.CaptureFixture[str]) -> None:
    with served(reader(manner)) as port:
        words = ["test", "id-reader", "--port", port, "--json", "--show", "--timeout", "20"]
        assert main(words, find_drivers()) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "citizen"
    assert (told["name"], told["sex"], told["nation"]) == ("测试员", "female", "满")
    assert (told["birth"], told["number"]) == ("1949-12-31", "11010519491231002X")
    assert (told["valid_from"], told["valid_to"]) == ("2020-01-01", "长期")
    assert (told["address"], told["issuer"]) == ("示例省示例市一号", "示例市公安局")


def crc(data: bytes) -> int:
    """CRC-16/ARC, bit by bit."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def screen(texts: list[bytes]) -> Device:
    """An Onbon controller: checks each frame, keeps the text, says that it is done (A0 00)."""

    def device(wire: socket.socket) -> None:
        while True:
            frame = b""
            while not frame.endswith(b"\x5a"):
                frame += exactly(wire, 1)
            body = frame.strip(b"\xa5").removesuffix(b"\x5a")
            for escaped, plain in ((b"\xa6\x02", b"\xa5"), (b"\x5b\x02", b"\x5a")):
                body = body.replace(escaped, plain)
            body = body.replace(b"\xa6\x01", b"\xa6").replace(b"\x5b\x01", b"\x5b")
            assert crc(body[:-2]) == int.from_bytes(body[-2:], "little")
            data = body[14:-2]
            assert int.from_bytes(body[12:14], "little") == len(data)
            texts.append(data)
            reply = body[2:4] + body[:2] + body[4:12] + b"\x05\x00" + b"\xa0\x00\x00\x00\x00"
            reply += crc(reply).to_bytes(2, "little")
            for plain, escaped in ((b"\xa6", b"\xa6\x01"), (b"\xa5", b"\xa6\x02")):
                reply = reply.replace(plain, escaped)
            for plain, escaped in ((b"\x5b", b"\x5b\x01"), (b"\x5a", b"\x5b\x02")):
                reply = reply.replace(plain, escaped)
            wire.sendall(b"\xa5" * 8 + reply + b"\x5a")

    return device


def test_a_screen_is_sent_frames_that_another_reads(capsys: pytest.CaptureFixture[str]) -> None:
    texts: list[bytes] = []
    with served(screen(texts)) as port:
        words = ["test", "led", "--port", port, "--json", "--text", "请A012到3号窗口"]
        assert main(words, find_drivers()) == 0
    assert json.loads(capsys.readouterr().out)["acknowledged"] is True
    assert any("请A012到3号窗口".encode("gb2312") in data for data in texts)


def caller(heard: list[str]) -> Device:
    """Address 1: says its call key until it is echoed; echoes whatever else it is told."""

    def device(wire: socket.socket) -> None:
        key = bytes.fromhex("FF680303680110" + "0C1D16")
        wire.sendall(b"\x00\xff" + key[:4])
        wire.sendall(key[4:])
        while True:
            head = exactly(wire, 4)
            frame = head + exactly(wire, head[2] + 3)
            heard.append(frame.hex())
            if frame != key:
                wire.sendall(frame)

    return device


def test_a_caller_that_another_built(capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []
    with served(caller(heard)) as port:
        words = ["test", "call-line", "--port", port, "--address", "1", "--seconds", "20", "--json"]
        assert main(words, find_drivers()) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["press"] == {"key": "call", "number": None}
    assert heard.count("ff6803036801100c1d16") == 1
