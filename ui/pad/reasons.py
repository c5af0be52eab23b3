"""The five levels of a rating and the reasons of each, from the versioned `reasons.json`."""

from pathlib import Path

import msgspec

from queue_server.domain.values import Text

FILE = Path(__file__).with_name("reasons.json")


class Reason(msgspec.Struct, frozen=True):
    """One reason; the code is what is sent and reported."""

    code: str
    zh: str
    en: str

    @property
    def text(self) -> Text:
        return Text(zh=self.zh, en=self.en)


class Level(msgspec.Struct, frozen=True):
    """A level from 5 (very satisfied) to 1."""

    level: int
    zh: str
    en: str
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> Text:
        return Text(zh=self.zh, en=self.en)


class Dictionary(msgspec.Struct, frozen=True):
    """All levels, best first."""

    version: int
    source: str
    levels: tuple[Level, ...]

    def level(self, number: int) -> Level:
        """The level of that number. Raises `KeyError` where there is none."""
        for level in self.levels:
            if level.level == number:
                return level
        raise KeyError(number)


def load(file: Path = FILE) -> Dictionary:
    """Read the dictionary. Raises `OSError`, `ValueError`."""
    return msgspec.json.decode(file.read_bytes(), type=Dictionary)
