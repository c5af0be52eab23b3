"""A screen that cannot answer, on its port: written to, never heard."""

from collections.abc import Callable
from typing import Final

from devices.health import Diagnosis
from devices.led.screen import Shown
from devices.led.text import Content, Encoded
from devices.transport import Transport

_WRITE: Final = 5.0
BLIND: Final = Diagnosis(facts=(("answers", "no: what it shows cannot be known"),))


class ListeningPanel:
    """Whether the port is there is all that can be known; whether the screen is, is not."""

    def __init__(self, transport: Transport, encode: Callable[[Content], Encoded]) -> None:
        self._transport = transport
        self._encode = encode

    def open(self) -> Diagnosis:
        self._transport.open()
        return BLIND

    def check(self) -> Diagnosis:
        """A port that hung up says so when read; what a screen babbles is thrown away."""
        self._transport.read(256, 0.0)
        return BLIND

    def show(self, content: Content) -> Shown:
        encoded = self._encode(content)
        self._transport.write(encoded.data, _WRITE)
        return Shown(None, encoded.replaced)

    def close(self) -> None:
        self._transport.close()
