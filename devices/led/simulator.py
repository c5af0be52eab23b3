"""LED screens that are not there: an Onbon controller that answers, EQ and strip that listen."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Final

from devices.led.onbon_protocol import (
    CLEAR,
    PING,
    Address,
    FrameBroken,
    FrameParser,
    encode_frame,
)
from devices.led.text import Colour, Content, Line
from devices.simulated_port import Link, SimulatedPort

ONBON_FAULTS: Final = ("none", "nak", "busy", "bad-crc", "silent", "slow", "cut")
_ACK: Final = b"\xa0\x00\x00\x00\x00"
_AREA_HEAD: Final = 9
_AREA_FIELDS: Final = 27
_COLOUR_OF: Final = {"1": Colour.RED, "2": Colour.GREEN, "3": Colour.YELLOW}


class Screen:
    """What a simulated screen shows, and how often that was written; shared by the three."""

    def __init__(self, on_change: Callable[[Content], None] | None = None) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._on_change = on_change
        self.shown: Content = ()
        self.writes = 0
        self.is_powered = True

    @property
    def text(self) -> tuple[str, ...]:
        """The lines without their colours."""
        return tuple(line.text for line in self.shown)

    def put(self, content: Content) -> None:
        """The far side wrote this."""
        with self._changed:
            self.shown = content
            self.writes += 1
            self._changed.notify_all()
        if self._on_change:
            self._on_change(content)

    def darken(self) -> None:
        """It lost its power for a moment."""
        with self._changed:
            self.shown = ()
            self._changed.notify_all()

    def wait_for(self, fits: Callable[["Screen"], bool], timeout: float = 30.0) -> None:
        """Until `fits`; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: fits(self), timeout):
                raise TimeoutError(str(self.shown))


class OnbonSimulator:
    """A BX-5 controller: pings, clears and shows text in one dynamic area, and says yes or no."""

    def __init__(
        self,
        spec: str = "tcp",
        *,
        screen: Screen | None = None,
        slow: float = 1.0,
    ) -> None:
        self.screen = screen or Screen()
        self.fault = "none"
        self.slow = slow
        self.requests: list[bytes] = []
        self._port = SimulatedPort(spec, lambda link: _OnbonSession(self, link))
        self._stopped = threading.Event()

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    def start(self) -> None:
        """Plug in."""
        self._stopped.clear()
        self._port.start()

    def stop(self) -> None:
        """Unplug."""
        self._stopped.set()
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """`unplug`, `plug`, `power`."""
        return {"unplug": self.stop, "plug": self.start, "power": self.screen.darken}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """`nak` and `busy` refuse; `bad-crc` spoils each answer; `slow` takes a second for each;
        `cut` breaks the line in the midst of the next answer, once."""

        def order(name: str) -> Callable[[], None]:
            return lambda: self.set_fault(name)

        return {name: order(name) for name in ONBON_FAULTS}

    def set_fault(self, name: str) -> None:
        """One of ONBON_FAULTS."""
        if name not in ONBON_FAULTS:
            raise ValueError(name)
        self.fault = name

    def _answer(self, request: bytes, source: int, link: Link) -> None:
        self.requests.append(request)
        fault = self.fault
        if fault == "silent":
            return
        answer = _ACK
        if fault == "nak":
            answer = b"\xa0\x01\x02\x00\x00"
        elif fault == "busy":
            answer = b"\xa0\x01\x03\x00\x00"
        elif not self._obey(request):
            answer = b"\xa0\x01\x02\x00\x00"
        if fault == "slow":
            self._stopped.wait(self.slow)
        data = encode_frame(answer, Address(screen=source, source=1))
        if fault == "bad-crc":
            data = data[:-3] + bytes((data[-3] ^ 0x01, *data[-2:]))
        if fault == "cut":
            self.fault = "none"
            link.send(data[: len(data) // 2])
            if link.speed() is None:
                link.cut()  # a pty has nothing to break: there the answer stays half
            return
        if len(request) > 2 and request[2] != 2:
            link.send(data)

    def _obey(self, request: bytes) -> bool:
        if request == PING:
            return True
        if request == CLEAR:
            self.screen.put(())
            return True
        content = _area_text(request)
        if content is None:
            return False
        self.screen.put(content)
        return True


def _area_text(request: bytes) -> Content | None:
    """The text of `A3 06`; None where the lengths inside do not agree."""
    if request[:2] != b"\xa3\x06" or len(request) < _AREA_HEAD + _AREA_FIELDS or request[6] != 1:
        return None
    area = request[_AREA_HEAD:]
    size = int.from_bytes(request[7:9], "little")
    text = area[_AREA_FIELDS:]
    if size != len(area) or int.from_bytes(area[_AREA_FIELDS - 4 : _AREA_FIELDS], "little") != len(
        text
    ):
        return None
    return coloured_lines(text.decode("gb2312", "replace"), r"\\n", r"\\C")


def coloured_lines(text: str, new_line: str, colour_mark: str) -> Content:
    """Lines as a screen shows them; a colour mark holds until the next. Patterns are regexes."""
    colour = Colour.RED
    lines = []
    for part in re.split(new_line, text):
        shown = ""
        at = 0
        for mark in re.finditer(colour_mark + "([123])", part):
            shown += part[at : mark.start()]
            colour = _COLOUR_OF[mark[1]]
            at = mark.end()
        lines.append(Line(shown + part[at:], colour))
    return tuple(lines)


class _OnbonSession:
    def __init__(self, controller: OnbonSimulator, link: Link) -> None:
        self._controller = controller
        self._link = link
        self._parser = FrameParser()

    def receive(self, data: bytes) -> None:
        for seen in self._parser.feed(data):
            if not isinstance(seen, FrameBroken) and not self._link.is_cut:
                self._controller._answer(seen.data, seen.source, self._link)

    def closed(self) -> None:
        """Nothing is kept for a connection."""


_MOST_HELD: Final = 4096


class ListenerSimulator:
    """An EQ screen or a strip: shows what is written to its address, and never answers."""

    def __init__(
        self,
        spec: str = "pty",
        *,
        decode: Callable[[bytearray], list[tuple[int, Content]]],
        address: int = 1,
        screen: Screen | None = None,
    ) -> None:
        self.screen = screen or Screen()
        self.is_deaf = False
        self.heard = bytearray()
        self._address = address
        self._decode = decode
        self._port = SimulatedPort(spec, lambda _: _ListenerSession(self))

    @property
    def port(self) -> str:
        """The PORT string for the driver."""
        return self._port.port

    def start(self) -> None:
        """Plug in."""
        self._port.start()

    def stop(self) -> None:
        """Unplug."""
        self._port.stop()

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """`unplug`, `plug`, `power`."""
        return {"unplug": self.stop, "plug": self.start, "power": self.screen.darken}

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """`deaf`: nothing written is shown, and nobody can know."""

        def deaf(*, is_deaf: bool) -> None:
            self.is_deaf = is_deaf

        return {"deaf": lambda: deaf(is_deaf=True), "none": lambda: deaf(is_deaf=False)}

    def _take(self, held: bytearray, data: bytes) -> None:
        self.heard = (self.heard + data)[-_MOST_HELD:]
        held += data
        for address, content in self._decode(held):
            if address in (self._address, 999) and not self.is_deaf:
                self.screen.put(content)
        if len(held) > _MOST_HELD:
            held.clear()


class _ListenerSession:
    def __init__(self, listener: ListenerSimulator) -> None:
        self._listener = listener
        self._held = bytearray()

    def receive(self, data: bytes) -> None:
        self._listener._take(self._held, data)

    def closed(self) -> None:
        """Nothing is kept for a connection."""


_EQ: Final = re.compile(rb"!#(\d{3})((?:(?!!#).)*?)\$\$", re.DOTALL)
_STRIP: Final = re.compile(rb"\x40(.)([^\r]*)\r", re.DOTALL)


def decode_eq(held: bytearray) -> list[tuple[int, Content]]:
    """The whole messages in `held`, which keeps the rest."""
    found: list[tuple[int, Content]] = []
    while match := _EQ.search(held):
        text = bytes(match[2]).decode("gbk", "replace")
        found.append((int(match[1]), coloured_lines(text, "\r\n", "%") if text else ()))
        del held[: match.end()]
    return found


def decode_strip(held: bytearray) -> list[tuple[int, Content]]:
    """The same for a strip: one line, red."""
    found: list[tuple[int, Content]] = []
    while match := _STRIP.search(held):
        text = bytes(match[2]).decode("gbk", "replace")
        found.append((match[1][0], (Line(text),) if text else ()))
        del held[: match.end()]
    return found
