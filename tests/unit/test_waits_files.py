"""Days of facts as files: what cannot be read is told by its line, as one sentence."""

from pathlib import Path

import msgspec
import pytest

from queue_server.waits.__main__ import FactsError, read_day
from queue_server.waits.facts import Left

LINE = msgspec.json.encode(Left(at=1.0, ticket="t"))


def test_a_day_is_read(tmp_path: Path) -> None:
    (tmp_path / "day").write_bytes(LINE + b"\n" + LINE)
    assert len(read_day(tmp_path / "day")) == 2


@pytest.mark.parametrize("wrong", [b"{", LINE.replace(b'"t"', b'"\xff"'), b'{"type":"\xff"}'])
def test_a_wrong_line_is_told(tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / "day").write_bytes(LINE + b"\n" + wrong)
    with pytest.raises(FactsError, match="day:2"):
        read_day(tmp_path / "day")
