"""Parsers with a fault each, for the fuzzer to find. And one that is good."""

from collections.abc import Callable

from devices.errors import DeviceError

_kept: list[bytes] = []


def good(data: bytes) -> None:
    if data:
        raise DeviceError("port.invalid")


def bug(data: bytes) -> None:
    if data[:1] == b"\xa5" and len(data) > 2:
        raise IndexError("planted")


def unknown_code(data: bytes) -> None:
    if len(data) > 3:
        raise DeviceError("nowhere.known")


def leak(data: bytes) -> None:
    _kept.append(bytes(10_000))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "planted.good": good,
    "planted.bug": bug,
    "planted.code": unknown_code,
    "planted.leak": leak,
}
