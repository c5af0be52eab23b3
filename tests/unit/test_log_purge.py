"""What a day's closing throws away: old personal data, and answers nobody will ask for again."""

from pathlib import Path

from queue_server.domain.values import Ms
from queue_server.store.batch import Batch, LogRow, PersonalRow
from queue_server.store.log import KEPT_RESULTS, Log

NOW = 1_800_000_000_000
DAYS = ("2026-03-02", "2026-03-03", "2026-03-10")


def closing(seq: int, keep_from: str) -> Batch:
    batch = Batch()
    batch.events.append(LogRow(seq, "2026-03-10", 1, Ms(NOW), "x", "day_closed", "{}"))
    batch.purge_before = keep_from
    return batch


def test_only_what_is_older_goes(tmp_path: Path) -> None:
    log = Log(tmp_path, "test")
    before = Batch()
    for name, age in (("old", KEPT_RESULTS + 1), ("edge", KEPT_RESULTS), ("new", 0)):
        before.results.append((name, b"", 0, NOW - age, "{}"))
    for day in DAYS:
        before.personal.append((day, PersonalRow(day, "holder", b"n", b"s")))
    log.commit(before)
    log.commit(closing(1, "2026-03-03"))
    assert set(log.results(["old", "edge", "new"])) == {"edge", "new"}
    kept = [
        day for day in ("2026-03-02", "2026-03-03", "2026-03-10") if log.personal(day, "holder")
    ]
    assert kept == ["2026-03-03", "2026-03-10"]
    log.close()
