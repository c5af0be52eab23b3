"""What is remembered of print jobs, also when the power went in the middle of a line."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.printer import journal as module
from devices.printer.driver import PrintState
from devices.printer.journal import Entry, Journal

NOW = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
PATIENCE = timedelta(seconds=30)


def opened(path: Path, now: datetime = NOW) -> tuple[Journal, list[Entry]]:
    journal = Journal(path)
    return journal, journal.open(now, PATIENCE)


def test_what_was_left_half_way_gets_an_end(tmp_path: Path) -> None:
    path = tmp_path / "kiosk" / "jobs.jsonl"
    journal, ended = opened(path)
    assert ended == []
    for job, state, ago in (
        ("done", PrintState.PRINTED, 60),
        ("cut short", PrintState.PRINTING, 5),
        ("just asked", PrintState.PENDING, 5),
        ("long waiting", PrintState.PENDING, 60),
        ("doubtful", PrintState.UNKNOWN, 60),
        ("yesterday's", PrintState.PENDING, 24 * 3600),
    ):
        journal.write(Entry(job, state, NOW - timedelta(seconds=ago)))
    journal.close()
    expected = {
        "cut short": (PrintState.UNKNOWN, "printer.interrupted"),
        "just asked": (PrintState.FAILED, "printer.stopped"),
        "long waiting": (PrintState.FAILED, "printer.job_expired"),
        "yesterday's": (PrintState.FAILED, "printer.job_expired"),
    }
    journal, ended = opened(path)
    assert {e.job: (e.state, e.code) for e in ended} == expected
    assert (found := journal.find("doubtful")) is not None
    assert found.state is PrintState.UNKNOWN
    journal.close()
    journal, ended = opened(path)
    assert ended == [], "each end is given once"
    journal.close()


def test_old_jobs_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    journal, _ = opened(path)
    journal.write(Entry("old", PrintState.PRINTED, NOW))
    journal.close()
    journal, _ = opened(path, NOW + timedelta(days=3))
    assert journal.find("old") is None
    assert path.read_bytes() == b""
    journal.close()


def test_a_long_journal_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TIDY_LINES", 20)
    path = tmp_path / "jobs.jsonl"
    journal, _ = opened(path)
    for number in range(100):
        at = NOW + timedelta(hours=number)
        journal.write(Entry(str(number), PrintState.PRINTED, at))
    journal.close()
    assert len(path.read_bytes().splitlines()) <= 20 + 48
    journal, _ = opened(path, NOW + timedelta(hours=100))
    assert journal.find("99") is not None
    assert journal.find("10") is None
    journal.close()


NAIVE = b'{"job":"x","state":"printed","at":"2026-01-05T09:30:00"}\n'


@given(st.integers(min_value=0), st.binary(max_size=40))
@example(0, NAIVE)
@example(0, b'\x80"')
def test_a_torn_or_foreign_line_costs_only_itself(cut: int, noise: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.jsonl"
        journal, _ = opened(path)
        for number in range(3):
            journal.write(Entry(str(number), PrintState.PRINTED, NOW))
        journal.close()
        whole = path.read_bytes()
        path.write_bytes(whole[: cut % (len(whole) + 1)] + noise)
        kept = whole[: cut % (len(whole) + 1)].count(b"\n")
        journal, _ = opened(path)
        assert all(journal.find(str(number)) for number in range(kept))
        journal.close()


def test_it_holds_no_more_than_id_state_and_time(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    journal, _ = opened(path)
    journal.write(Entry("t-1", PrintState.FAILED, NOW, "printer.paper_out"))
    journal.close()
    assert set(json.loads(path.read_text())) == {"job", "state", "at", "code"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceError) as caught:
        opened(tmp_path / "file" / "jobs.jsonl")
    assert caught.value.code == "printer.journal"
