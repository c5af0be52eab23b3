"""PORT strings, and what each transport says when something is wrong."""

import socket
from pathlib import Path

import pytest

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.transport import BAUDS, LoopbackTransport, SerialTransport, TcpTransport, parse_port


@pytest.mark.parametrize(
    ("port", "path", "baud", "speeds"),
    [
        ("serial:/dev/ttyUSB0", "/dev/ttyUSB0", 115200, ()),
        ("serial:/dev/serial/by-id/usb-x:y@9600", "/dev/serial/by-id/usb-x:y", 9600, ()),
        ("serial:/dev/ttyS1@auto", "/dev/ttyS1", 115200, BAUDS),
    ],
)
def test_serial_ports(port: str, path: str, baud: int, speeds: tuple[int, ...]) -> None:
    transport = parse_port(port)
    assert isinstance(transport, SerialTransport)
    assert (transport.path, transport.baud, transport.speeds) == (path, baud, speeds)


@pytest.mark.parametrize(
    ("port", "host", "number"),
    [("tcp:10.0.0.9:9100", "10.0.0.9", 9100), ("tcp:[::1]:9100", "::1", 9100)],
)
def test_tcp_ports(port: str, host: str, number: int) -> None:
    transport = parse_port(port)
    assert isinstance(transport, TcpTransport)
    assert (transport.host, transport.port, transport.speeds) == (host, number, ())


@pytest.mark.parametrize(
    "port",
    [
        "", "COM3", "serial:", "serial:ttyUSB0", "serial:/dev/ttyS0@", "serial:/dev/ttyS0@fast",
        "serial:/dev/ttyS0@123", "serial:/dev/ttyS0@²", "tcp:", "tcp:host", "tcp::9100",
        "tcp:host:", "tcp:host:0", "tcp:host:65536", "tcp:host:９１", "usb:1:2",
    ],
)  # fmt: skip
def test_a_wrong_port_is_told_with_the_port(port: str) -> None:
    with pytest.raises(DeviceError) as caught:
        parse_port(port)
    assert caught.value.code == "port.invalid"
    assert repr(port) in caught.value.detail
    assert caught.value.fault.zh
    assert caught.value.fault.en


def code(action: object) -> str:
    assert callable(action)
    with pytest.raises(DeviceError) as caught:
        action()
    return caught.value.code


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    assert code(parse_port(f"serial:{tmp_path}/absent").open) == "port.missing"
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
    assert code(parse_port(f"tcp:127.0.0.1:{number}").open) == "port.refused"


@pytest.mark.parametrize("port", ["serial:/dev/ttyS0", "tcp:127.0.0.1:9"])
def test_a_closed_port_says_so(port: str) -> None:
    transport = parse_port(port)
    assert code(lambda: transport.read(1, 0)) == "port.closed"
    assert code(lambda: transport.write(b"x", 0)) == "port.closed"
    transport.close()


def test_tcp_bytes_both_ways_time_out_and_hang_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        transport = parse_port(f"tcp:127.0.0.1:{server.getsockname()[1]}")
        transport.open()
        peer, _ = server.accept()
        with peer:
            assert transport.read(10, 0.01) == b""
            peer.sendall(b"hello")
            assert transport.read(2, 5) + transport.read(10, 5) == b"hello"
            transport.write(b"there", 5)
            assert peer.recv(10) == b"there"
        assert code(lambda: transport.read(1, 5)) == "port.lost"
        transport.close()


def test_a_peer_that_takes_nothing_stalls_the_write_and_the_count_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        transport = parse_port(f"tcp:127.0.0.1:{server.getsockname()[1]}")
        transport.open()
        peer, _ = server.accept()
        with peer, pytest.raises(DeviceError) as caught:
            transport.write(bytes(50_000_000), 0.2)
        transport.close()
    assert caught.value.code == "port.stalled"
    assert 0 < caught.value.written < 50_000_000


def test_the_loopback_answers_and_breaks() -> None:
    port = LoopbackTransport({b"?": b"!"})
    assert code(lambda: port.read(1, 0)) == "port.closed"
    port.open()
    port.write(b"?", 0)
    port.feed(b"more")
    assert (port.read(2, 0), port.read(9, 0)) == (b"!m", b"ore")
    port.fail(DeviceError("port.lost"))
    assert code(lambda: port.write(b"?", 0)) == "port.lost"
    port.close()
    assert code(port.open) == "port.lost"


def test_backoff_doubles_to_its_limit_and_begins_again() -> None:
    backoff = Backoff(0.5, 3.0)
    assert [backoff.next() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    backoff.reset()
    assert backoff.next() == 0.5
    with pytest.raises(ValueError, match="backoff"):
        Backoff(2, 1)
