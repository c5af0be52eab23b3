"""What the fuzzer feeds: each target takes any bytes, returns or raises DeviceError."""

from collections.abc import Callable
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.voice.options import VoiceOptions
from devices.voice.spelling import (
    counter_clips,
    counter_clips_en,
    read_back,
    ticket_clips,
    ticket_clips_en,
)
from devices.voice.text_plan import english, mandarin


def spelling(data: bytes) -> None:
    """Any text as a ticket and as a counter; what is said can be written down again."""
    text = data.decode("utf-8", "replace")
    for spell in (ticket_clips, ticket_clips_en, counter_clips, counter_clips_en):
        read_back(spell(text))


def options(data: bytes) -> None:
    """A configuration in JSON, refused as a whole or taken."""
    try:
        msgspec.json.decode(data, type=VoiceOptions)
    except ValueError as error:  # of msgspec, or of text that is no UTF-8
        raise DeviceError("port.invalid", "options") from error


def notice(data: bytes) -> None:
    """Any text as a notice in both languages."""
    text = data.decode("utf-8", "replace")
    mandarin(text)
    english(text)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "voice.spelling": spelling,
    "voice.options": options,
    "voice.notice": notice,
}
LONGEST = {"voice.spelling": 32, "voice.notice": 64}
