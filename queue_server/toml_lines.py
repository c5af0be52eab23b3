"""On which line of a TOML file each option stands. The text must be valid TOML."""

import re
from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}#\n]+")


class Lines:
    """Lines by path, such as `catalogue.profiles[0].conditions[2].weight`, from 1."""

    def __init__(self, found: dict[str, int]) -> None:
        self._found = found

    def of(self, path: str) -> int | None:
        """The line of an option; of its table or list where it is not there itself."""
        while path:
            if path in self._found:
                return self._found[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    def told(self, path: str) -> str:
        """`第 12 行 line 12: `, or nothing where that is not known."""
        line = self.of(path)
        return f"第 {line} 行 line {line}: " if line else ""


def lines_of(text: str) -> Lines:
    """Where everything stands in a valid TOML text."""
    return Lines(dict(_Scan(text).pairs()))


def with_lines(mistakes: Iterable[str], text: str) -> list[str]:
    """Mistakes that begin with an option and a colon, each led by its line in `text`."""
    lines = lines_of(text)
    return [lines.told(one.partition(": ")[0]) + one for one in mistakes]


class _Scan:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.counts: dict[str, int] = {}
        """Tables so far in each array of tables."""

    def pairs(self) -> Iterator[tuple[str, int]]:
        table = ""
        while self._skip():
            line = self._line()
            if self.text.startswith("[[", self.at):
                self.at += 2
                path = self._resolved(self._keys(), last=False)
                number = self.counts[path] = self.counts.get(path, -1) + 1
                table = f"{path}[{number}]"
                self.at = self.text.index("]]", self.at) + 2
                yield table, line
                if not number:
                    yield path, line
            elif self.text[self.at] == "[":
                self.at += 1
                table = self._resolved(self._keys(), last=True)
                self.at = self.text.index("]", self.at) + 1
                yield table, line
            else:
                yield from self._pair(table)

    def _resolved(self, keys: list[str], *, last: bool) -> str:
        """The path of a header, whose arrays of tables mean their newest table."""
        path = ""
        for number, key in enumerate(keys):
            path = _join(path, key)
            if path in self.counts and (last or number < len(keys) - 1):
                path = f"{path}[{self.counts[path]}]"
        return path

    def _pair(self, table: str) -> Iterator[tuple[str, int]]:
        line = self._line()
        path = table
        for key in self._keys():
            path = _join(path, key)
            yield path, line
        self.at = self.text.index("=", self.at) + 1
        self._skip()
        yield from self._value(path)

    def _value(self, path: str) -> Iterator[tuple[str, int]]:
        start = self.text[self.at]
        if start == "[":
            self.at += 1
            number = 0
            while self._inside("]"):
                yield f"{path}[{number}]", self._line()
                yield from self._value(f"{path}[{number}]")
                number += 1
        elif start == "{":
            self.at += 1
            while self._inside("}"):
                yield from self._pair(path)
        else:
            found = _STRING.match(self.text, self.at) or _OTHER.match(self.text, self.at)
            assert found is not None
            self.at = found.end()

    def _inside(self, end: str) -> bool:
        """Whether another one follows before the `end` of the list; past either."""
        self._skip()
        if self.text[self.at] == ",":
            self.at += 1
            self._skip()
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def _keys(self) -> list[str]:
        found = []
        while True:
            self._skip()
            match = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            assert match is not None
            found.append(match[0].strip("\"'"))
            self.at = match.end()
            self._skip()
            if self.text[self.at] != ".":
                return found
            self.at += 1

    def _skip(self) -> bool:
        """Past spaces and comments; False at the end."""
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at < len(self.text)

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
