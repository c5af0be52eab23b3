"""Codes in a grey picture, by zxing-cpp. Runs in the camera's process."""

from collections.abc import Sequence

import msgspec
import zxingcpp

from devices.camera.frame import Image
from devices.camera.options import CodeFormat


class Found(msgspec.Struct, frozen=True):
    """One code's text and kind."""

    text: str
    format: str

    def __repr__(self) -> str:
        return f"Found({self.format}, {len(self.text)} characters)"


class Decoder:
    """Finds codes of the given kinds, turned and light on dark too."""

    def __init__(self, formats: Sequence[CodeFormat]) -> None:
        self._formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat[name] for name in formats])

    def find(self, grey: Image) -> list[Found]:
        """What can be read without an error in `grey`."""
        found = zxingcpp.read_barcodes(
            grey, formats=self._formats, text_mode=zxingcpp.TextMode.Plain
        )
        return [Found(code.text, code.format.name) for code in found if code.valid and code.text]
