"""The write-ahead log has its size from the start, keeps it, and holds nothing of how it got it."""

from pathlib import Path

from queue_server.protocol.ids import new_uuid
from queue_server.store.batch import Batch
from queue_server.store.log import CHECKPOINT_LATEST_PAGES, WAL_BYTES, Log
from queue_server.store.sqlite import open_reader


def _fill(log: Log, pages: int) -> None:
    number = 0
    while log.unmerged() < pages:
        batch = Batch()
        for _ in range(50):
            number += 1
            batch.results.append((str(new_uuid()), b"", number, 0, "x" * 2000))
        log.commit(batch)


def test_the_wal_has_its_size_at_once_and_keeps_it(tmp_path: Path) -> None:
    log, wal = Log(tmp_path, "test"), tmp_path / "hall.db-wal"
    size = wal.stat().st_size
    assert size >= WAL_BYTES
    for _ in range(3):
        _fill(log, CHECKPOINT_LATEST_PAGES)
        log.checkpoint()
        assert log.unmerged() == 0
        assert wal.stat().st_size == size
    log.close()


def test_nothing_of_it_is_in_the_database(tmp_path: Path) -> None:
    log = Log(tmp_path, "test")
    _fill(log, 10)
    reader = open_reader(tmp_path / "hall.db")
    assert (
        reader.execute("SELECT count(*) FROM sqlite_master WHERE name = 'stretch'").fetchone()[0]
        == 0
    )
    assert reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    reader.close()
    log.close()
    assert (tmp_path / "hall.db").stat().st_size < WAL_BYTES / 10


def test_answers_are_found_however_many_are_asked_for(tmp_path: Path) -> None:
    log = Log(tmp_path, "test")
    ids = [str(new_uuid()) for _ in range(40)]
    batch = Batch()
    batch.results += [(command, command[:8].encode(), 1, 0, command) for command in ids]
    log.commit(batch)
    for count in (0, 1, 2, 15, 16, 17, 40):
        found = log.results([*ids[:count], "unknown"])
        assert {command: answer.result for command, answer in found.items()} == {
            command: command for command in ids[:count]
        }
    assert log.results([]) == {}
    log.close()
