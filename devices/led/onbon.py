"""An Onbon controller on its TCP port: every request is answered, or said again."""

import time
from collections.abc import Callable
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.led.onbon_protocol import (
    CLEAR,
    PING,
    Address,
    Area,
    Command,
    FrameBroken,
    FrameParser,
    check_answer,
    encode_content,
    encode_frame,
    text_command,
)
from devices.led.screen import Shown
from devices.led.text import Content
from devices.transport import Transport

_AGAIN: Final = frozenset({"led.silent", "led.corrupt", "led.busy"})

_DRAIN_READS: Final = 64


class OnbonTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds: for one answer, for handing over one frame, before a busy screen is asked again."""

    answer: float = 2.0
    write: float = 5.0
    busy: float = 0.3


class OnbonPanel:
    """One controller, one dynamic area. Saying the same content twice is harmless, so a request
    without an answer, with a broken one or refused as busy is said up to `tries` times."""

    def __init__(
        self,
        transport: Transport,
        *,
        area: Area | None = None,
        address: Address | None = None,
        timings: OnbonTimings | None = None,
        tries: int = 3,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = transport
        self._area = area or Area()
        self._address = address or Address()
        self._timings = timings or OnbonTimings()
        self._tries = tries
        self._clock = clock
        self._sleep = sleep
        self._parser = FrameParser()

    def open(self) -> Diagnosis:
        """Connect and ping; `port.…`, `led.silent`."""
        self._transport.open()
        self._parser = FrameParser()
        return self.check()

    def close(self) -> None:
        self._transport.close()

    def check(self) -> Diagnosis:
        """Ping."""
        self._ask(PING)
        return Diagnosis()

    def show(self, content: Content) -> Shown:
        """Write the area's text and wait for the controller's yes; empty content clears it."""
        if not content:
            self._ask(CLEAR)
            return Shown(True)
        text = encode_content(content)
        is_single = len(content) == 1 and not self._area.is_wrapped
        self._ask(text_command(self._area, text.data, is_single_line=is_single))
        return Shown(True, text.replaced)

    def _ask(self, request: Command) -> None:
        for left in reversed(range(self._tries)):
            try:
                self._ask_once(request)
            except DeviceError as error:
                if error.code not in _AGAIN or not left:
                    raise
                if error.code == "led.busy":
                    self._sleep(self._timings.busy)
            else:
                return

    def _ask_once(self, request: Command) -> None:
        # A late answer would be taken for this request's: answers do not say to what.
        for _ in range(_DRAIN_READS):
            if not self._transport.read(1024, 0.0):
                break
        self._parser = FrameParser()
        self._transport.write(encode_frame(request, self._address), self._timings.write)
        deadline = self._clock() + self._timings.answer
        while (left := deadline - self._clock()) > 0:
            data = self._transport.read(1024, left)
            for seen in self._parser.feed(data):
                if isinstance(seen, FrameBroken):
                    raise DeviceError("led.corrupt", seen.reason)
                if check_answer(request, seen.data):
                    return
        raise DeviceError("led.silent", "no answer")
