"""A serial scanner at work: a duty on the supervisor that says each code once."""

import time
from collections.abc import Callable
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from devices.driver import DeviceOptions
from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.scanner.protocol import BadLine, Encoding, Ends, Line, LineParser
from devices.scanner.repeats import Repeats
from devices.supervisor import Supervisor
from devices.transport import Transport

_SLICE: Final = 0.2  # seconds after which a blocked read looks whether to stop
_MOST: Final = 4096


class ScannerOptions(DeviceOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A serial scanner. Many leave the factory at 9600 baud: `serial:/dev/…@9600`."""

    encoding: Annotated[Encoding, Meta(description="编码 auto: UTF-8, else GB18030")] = "auto"
    ends: Annotated[Ends, Meta(description="结束方式 what ends a code: a line end, a pause")] = (
        "auto"
    )
    gap: Annotated[float, Meta(gt=0, le=2, description="停顿 a pause that ends a code, s")] = 0.1
    longest: Annotated[int, Meta(ge=16, le=4096, description="最长 longest code, bytes")] = 512
    repeat: Annotated[
        float, Meta(ge=0, le=60, description="重复 the same code is told once within, s")
    ] = 1.5
    ask: Annotated[
        str,
        Meta(
            pattern="^([0-9A-Fa-f]{2})*$",
            description="询问 hex sent to ask whether it is there (Newland: 3F); empty: never (?)",
        ),
    ] = ""
    answer: Annotated[
        str,
        Meta(pattern="^([0-9A-Fa-f]{2})*$", description="应答 hex of its answer (Newland: 21) (?)"),
    ] = ""
    ask_every: Annotated[float, Meta(ge=0.05, le=600, description="询问间隔 s")] = 10.0
    answer_within: Annotated[float, Meta(gt=0, le=10, description="应答时限 s")] = 1.0

    def __post_init__(self) -> None:
        if bool(self.ask) != bool(self.answer):
            raise ValueError("ask and answer: both or neither")


class Scanned(msgspec.Struct, frozen=True):
    """A code's text; `at` in seconds on `time.monotonic`'s clock."""

    text: str
    at: float

    def __repr__(self) -> str:
        return f"Scanned({len(self.text)} characters)"


class ScanFailed(msgspec.Struct, frozen=True):
    """Something came that was no code; `code` is a key of FAULTS."""

    code: str
    at: float


ScannerEvent = Scanned | ScanFailed


class Scanner:
    """The duty of one serial scanner; `on_event` is called in the supervisor's thread.

    A scanner speaks only when a code lies before it. So it is there as long as its port is, unless
    it knows a question to `ask`: then one that leaves it unanswered is gone, `scanner.silent`.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[ScannerEvent], None],
        options: ScannerOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._on_event = on_event
        self._options = options or ScannerOptions()
        self._clock = clock
        self._parser = LineParser(
            longest=self._options.longest,
            encoding=self._options.encoding,
            ends=self._options.ends,
        )
        self._repeats = Repeats(self._options.repeat)
        self._ask = bytes.fromhex(self._options.ask)
        self._answer = bytes.fromhex(self._options.answer)
        self._asked_at: float | None = None
        self._heard_at = 0.0
        self._unsorted = b""

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        """Open the port; ask, where there is a question."""
        self._transport.open()
        self._parser.reset()
        self._repeats.forget()
        self._unsorted = b""
        self._asked_at = None
        self._heard_at = self._clock()
        if self._ask:
            self._question()
            while self._is_asking():
                self._step(supervisor)
        return Diagnosis(facts=(("asked", "yes" if self._ask else "no"),))

    def work(self, supervisor: Supervisor) -> None:
        """Read codes until the port is lost."""
        while True:
            quiet = self._clock() - self._heard_at
            if self._ask and not self._is_asking() and quiet >= self._options.ask_every:
                self._question()
            self._step(supervisor)

    def close(self) -> None:
        """Close the port."""
        self._transport.close()

    def refused(self, error: DeviceError) -> None:
        """Nobody waits for a scanner."""

    def _is_asking(self) -> bool:
        return self._asked_at is not None

    def _question(self) -> None:
        self._transport.write(self._ask, self._options.answer_within)
        self._asked_at = self._clock()

    def _step(self, supervisor: Supervisor) -> None:
        supervisor.check()
        options = self._options
        is_waiting = self._parser.is_waiting or bool(self._unsorted)
        data = self._transport.read(_MOST, options.gap if is_waiting else _SLICE)
        now = self._clock()
        if data:
            self._heard_at = now
            self._tell(self._parser.feed(self._without_answer(data)), now)
        elif is_waiting:
            self._tell(self._parser.feed(self._unsorted) + self._parser.gap(), now)
            self._unsorted = b""
        if self._asked_at is not None and now - self._asked_at > options.answer_within:
            raise DeviceError("scanner.silent", f"no answer within {options.answer_within} s")

    def _without_answer(self, data: bytes) -> bytes:
        """`data` without the answer that is waited for, which may come in pieces."""
        if self._asked_at is None:
            return data
        data = self._unsorted + data
        before, answer, after = data.partition(self._answer)
        if answer:
            self._asked_at = None
            self._unsorted = b""
            return before + after
        keep = next(
            n for n in range(len(self._answer) - 1, -1, -1) if data.endswith(self._answer[:n])
        )
        self._unsorted = data[len(data) - keep :] if keep else b""
        return data[: len(data) - keep]

    def _tell(self, lines: list[Line | BadLine], at: float) -> None:
        for line in lines:
            match line:
                case BadLine(code):
                    self._on_event(ScanFailed(code, at))
                case Line(text):
                    if self._repeats.is_new(text, at):
                        self._on_event(Scanned(text, at))
