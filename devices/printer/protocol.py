"""Printer status, sans-I/O: DLE EOT replies, automatic status (ASB) and answers to commands in
the stream (GS r, GS I) told apart on one line.

Bits after Epson's ESC/POS reference. Printers of other makers follow it in part: the marks that
tell the streams apart (`Marks`) are to be confirmed on each model, and can be configured.
"""

from collections import deque
from enum import StrEnum
from typing import Final

import msgspec
from escpos.constants import GS, RT_STATUS

QUERIES: Final = tuple(RT_STATUS + bytes((n,)) for n in range(1, 5))
ENABLE_ASB: Final = GS + b"a\xff"
ASK_DONE: Final = GS + b"r\x01"
"""GS r 1, answered once everything before it has been printed."""
ASK_FIRMWARE: Final = GS + b"IA"
ASK_MODEL: Final = GS + b"IC"

_ASB_LENGTH: Final = 4
_INFO_HEAD: Final = 0x5F
_INFO_MOST: Final = 80
_DONE_FIXED: Final = 0xF0  # bits that are 0 in the answer to GS r 1


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How the streams are told apart (? as remembered; not confirmed on every model).

    A byte is a DLE EOT reply where `byte & mask == reply`, the first of an ASB report where
    `byte & mask == asb`; the other three have none of the bits `asb_rest`.
    """

    mask: int = 0x93
    reply: int = 0x12
    asb: int = 0x10
    asb_rest: int = 0x90


class PaperState(StrEnum):
    """The paper's sensors, worst first when both speak."""

    OK = "ok"
    NEAR_END = "near-end"
    OUT = "out"


class PrinterStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What the printer says of itself."""

    online: bool = True
    cover_open: bool = False
    paper: PaperState = PaperState.OK
    cutter_error: bool = False
    recoverable: bool = False
    unrecoverable: bool = False
    auto_recoverable: bool = False

    @property
    def problem(self) -> str | None:
        """The code of what keeps it from printing, the gravest first; None when it can print."""
        found = (
            (self.unrecoverable, "printer.unrecoverable"),
            (self.cover_open, "printer.cover_open"),
            (self.paper is PaperState.OUT, "printer.paper_out"),
            (self.cutter_error, "printer.cutter"),
            (self.recoverable, "printer.recoverable"),
            (self.auto_recoverable, "printer.overheated"),
            (not self.online, "printer.offline"),
        )
        return next((code for is_so, code in found if is_so), None)


class RealtimeReply(msgspec.Struct, frozen=True):
    """The answer to DLE EOT `query` (1 to 4)."""

    query: int
    value: int


class AutomaticStatus(msgspec.Struct, frozen=True):
    """An ASB report."""

    status: PrinterStatus


class Done(msgspec.Struct, frozen=True):
    """The answer to GS r 1: the stream has been printed up to there."""


class Info(msgspec.Struct, frozen=True):
    """The answer to GS I: a name or version."""

    text: str


class Noise(msgspec.Struct, frozen=True):
    """Bytes that belong to neither stream, or a reply nobody asked for."""

    data: bytes


StatusEvent = RealtimeReply | AutomaticStatus | Done | Info | Noise


class StatusParser:
    """Bytes from the printer in, events out. Replies carry no number: `expect` says what is due.

    A reply byte in the middle of an ASB report is taken as the reply: bit 4 is never set there.
    """

    def __init__(self, marks: Marks | None = None) -> None:
        self._marks = marks or Marks()
        self._due: deque[int] = deque()
        self._asb = bytearray()
        self._info: bytearray | None = None
        self._is_info_due = False
        self._is_done_due = False

    def expect(self, query: int) -> None:
        """DLE EOT `query` has been sent; its reply comes after those already due."""
        if not 1 <= query <= len(QUERIES):
            raise ValueError("DLE EOT queries are 1 to 4")
        self._due.append(query)

    def expect_done(self) -> None:
        """GS r 1 has been sent."""
        self._is_done_due = True

    def expect_info(self) -> None:
        """GS I with a text for an answer has been sent."""
        self._is_info_due = True

    def forget(self) -> None:
        """Nothing is due any more, and a half report is dropped (time-out, new connection)."""
        self._due.clear()
        self._asb.clear()
        self._info = None
        self._is_info_due = self._is_done_due = False

    def feed(self, data: bytes) -> list[StatusEvent]:
        """Events that `data` completes."""
        events: list[StatusEvent] = []
        for byte in data:
            self._take(byte, events)
        return events

    def _take(self, byte: int, events: list[StatusEvent]) -> None:
        mark = byte & self._marks.mask
        if self._info is not None:
            self._take_info(byte, events)
        elif mark == self._marks.reply and self._due:
            events.append(RealtimeReply(self._due.popleft(), byte))
        elif mark == self._marks.asb:
            if self._asb:
                events.append(Noise(bytes(self._asb)))
            self._asb[:] = (byte,)
        elif self._asb and not byte & self._marks.asb_rest:
            self._asb.append(byte)
            if len(self._asb) == _ASB_LENGTH:
                events.append(AutomaticStatus(status_from_asb(bytes(self._asb))))
                self._asb.clear()
        elif self._is_info_due and byte == _INFO_HEAD:
            self._is_info_due = False
            self._info = bytearray()
        elif self._is_done_due and not byte & _DONE_FIXED:
            self._is_done_due = False
            events.append(Done())
        else:
            events.append(Noise(bytes(self._asb) + bytes((byte,))))
            self._asb.clear()

    def _take_info(self, byte: int, events: list[StatusEvent]) -> None:
        info = self._info
        if info is None:
            return
        if byte and len(info) < _INFO_MOST:
            info.append(byte)
            return
        self._info = None
        text = "".join(chr(b) for b in info if 0x20 <= b < 0x7F)
        events.append(Info(text) if not byte else Noise(bytes(info)))


def status_from_replies(one: int, two: int, three: int, four: int) -> PrinterStatus:
    """The status from the four DLE EOT reply bytes."""
    if four & 0x60 or two & 0x20:
        paper = PaperState.OUT
    elif four & 0x0C:
        paper = PaperState.NEAR_END
    else:
        paper = PaperState.OK
    has_unnamed_error = bool(two & 0x40) and not three & 0x6C
    return PrinterStatus(
        online=not one & 0x08,
        cover_open=bool(two & 0x04),
        paper=paper,
        cutter_error=bool(three & 0x08),
        recoverable=bool(three & 0x04) or bool(one & 0x20) or has_unnamed_error,
        unrecoverable=bool(three & 0x20),
        auto_recoverable=bool(three & 0x40),
    )


def status_from_asb(report: bytes) -> PrinterStatus:
    """The status from a four-byte ASB report."""
    first, second, third, _ = report
    if third & 0x0C:
        paper = PaperState.OUT
    elif third & 0x03:
        paper = PaperState.NEAR_END
    else:
        paper = PaperState.OK
    return PrinterStatus(
        online=not first & 0x08,
        cover_open=bool(first & 0x20),
        paper=paper,
        cutter_error=bool(second & 0x08),
        recoverable=bool(second & 0x04),
        unrecoverable=bool(second & 0x20),
        auto_recoverable=bool(second & 0x40),
    )
