"""Bytes in, events out: function 04 of Modbus RTU, four input registers. No port, no clock.

    request  UNIT 04 REGISTER(2) 00 04 CRC(2)
    reply    UNIT 04 08 ENTERED(4) LEFT(4) CRC(2)
    refusal  UNIT 84 REASON CRC(2)

Numbers are big-endian, the CRC little-endian, as the Modbus specification says. Which register
holds which number, and that the high word comes first, differ from maker to maker (?).
"""

import struct
from typing import Final

import msgspec

from devices.resync import BadFrame, Noise, Resync

READ_INPUT: Final = 4
_REFUSED: Final = READ_INPUT | 0x80
_REGISTERS: Final = 4


class Counts(msgspec.Struct, frozen=True):
    """How many people went each way since the device was switched on."""

    entered: int
    left: int


class Refused(msgspec.Struct, frozen=True):
    """The device understood and will not; reason 2: it has no such register."""

    reason: int


Event = Counts | Refused | BadFrame | Noise


def crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial 8005 reflected, initial value FFFF; `123456789` gives 4B37."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def closed(body: bytes) -> bytes:
    """A frame: the body and its checksum."""
    return body + struct.pack("<H", crc16_modbus(body))


def request(unit: int, register: int) -> bytes:
    """Ask a unit for its counts."""
    return closed(struct.pack(">BBHH", unit, READ_INPUT, register, _REGISTERS))


def parser(unit: int) -> Resync[Counts | Refused]:
    """Finds this unit's replies among whatever else is on the line."""

    def size(held: bytearray, at: int) -> int | None:
        head = held[at : at + 3]
        if len(head) < 3:
            return None
        if head[1] == READ_INPUT:
            return 13 if head[2] == 2 * _REGISTERS else 0
        return 5 if head[1] == _REFUSED else 0

    return Resync(size, _reply, bytes([unit]))


def _reply(raw: bytes) -> Counts | Refused | None:
    if closed(raw[:-2]) != raw:
        return None
    if raw[1] == _REFUSED:
        return Refused(raw[2])
    entered, left = struct.unpack(">II", raw[3:11])
    return Counts(entered, left)
