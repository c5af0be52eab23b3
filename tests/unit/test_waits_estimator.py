"""The estimator over a log: whole days teach it, and it says nothing unfounded."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from queue_server.domain.values import Ms
from queue_server.protocol.views import WaitsState
from queue_server.ranges import Ranges
from queue_server.store.sqlite import open_reader, open_writer
from queue_server.store.waits import wait_report
from queue_server.waits.estimator import Estimator
from queue_server.waits.facts import Joined, Left, Staffed, Started
from queue_server.waits.made_days import write_days
from queue_server.waits.plain import FEWEST, Plain
from queue_server.waits.told import Ask, ServiceRange, Told


def estimator(folder: Path) -> Estimator:
    return Estimator(folder / "hall.db", "made", folder / "waits.model")


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, Ms]:
    folder = tmp_path_factory.mktemp("days")
    seq, now = write_days(folder, "made", days=3, customers=160, crowd=40)
    return folder, seq, now


def learned(folder: Path, ask: Ask) -> Told:
    one = estimator(folder)
    one.answer(ask)
    one.learner.wait()
    told = one.answer(ask)
    one.close()
    return msgspec.structs.replace(told, took_ms=0.0)


def test_it_learns_from_the_days_before_and_keeps_it(days: tuple[Path, int, Ms]) -> None:
    folder, seq, now = days
    first = estimator(folder)
    assert first.answer(Ask(seq, now)).how == "plain"  # it tells what it can while it learns
    first.learner.wait()
    told = first.answer(Ask(seq, now))
    first.close()
    assert told.how == "learned"
    assert {one.service for one in told.services} == {"s0", "s1", "s2", "s3"}
    assert len(told.tickets) >= 40
    assert all(0 <= low <= high for low, high in told.tickets.values())
    assert (folder / "waits.model").stat().st_mode & 0o077 == 0
    again = learned(folder, Ask(seq, now))
    assert again == msgspec.structs.replace(told, took_ms=0.0)


def test_a_broken_kept_file_is_learned_anew(days: tuple[Path, int, Ms]) -> None:
    folder, seq, now = days
    told = learned(folder, Ask(seq, now))
    (folder / "waits.model").write_bytes(b"no model")
    assert learned(folder, Ask(seq, now)) == told


def test_nothing_depends_on_when_it_was_asked_before(days: tuple[Path, int, Ms]) -> None:
    folder, seq, now = days
    whole = learned(folder, Ask(seq, now))
    one = estimator(folder)
    one.answer(Ask(seq - 30, now - 5))
    one.learner.wait()
    for part in range(seq - 30, seq, 3):
        one.answer(Ask(part, now - 1))
    told = one.answer(Ask(seq, now))
    one.close()
    assert msgspec.structs.replace(told, took_ms=0.0) == whole


def test_a_first_day_tells_plain_ranges_once_enough_have_waited(tmp_path: Path) -> None:
    seq, now = write_days(tmp_path, "made", days=0, customers=150, crowd=1)
    one = estimator(tmp_path)
    assert not one.answer(Ask(20, now)).services
    told = one.answer(Ask(seq, now))
    one.close()
    assert told.how == "plain"
    assert told.services
    assert not any(one.is_ahead for one in told.services)  # nobody with a head start has waited


def joins(at: float, ticket: str = "", rank_at: float | None = None) -> Joined:
    return Joined(at=at, ticket=ticket, service="s", rank_at=at if rank_at is None else rank_at)


def with_waits(wait_s: float) -> Plain:
    """Enough have waited so long, each with nobody ahead."""
    plain = Plain()
    for number in range(FEWEST):
        plain.take(joins(number, str(number)))
        plain.take(Started(at=number + wait_s, ticket=str(number), counter="1", service="s"))
    return plain


def test_a_hall_that_contradicts_the_waits_before_is_told_no_plain_range() -> None:
    plain = with_waits(6)
    assert plain.joining(joins(100), 100) == (6, 6)
    plain.take(joins(100, "x"))
    assert plain.joining(joins(104), 104) == (8, 8)  # one is ahead
    assert plain.joining(joins(107), 107) is None
    assert plain.left(plain.waiting["x"], 107) is None
    plain.take(Left(at=107, ticket="x"))
    assert plain.joining(joins(108), 108) == (6, 6)


def test_plain_ranges_go_by_the_place_in_the_queue() -> None:
    plain = with_waits(60)
    for number in range(5):
        plain.take(joins(100 + number, f"x{number}"))
    plain.take(joins(110, "elderly", rank_at=0))
    left = {ticket: plain.left(one, 110) for ticket, one in plain.waiting.items()}
    expected = [(10, 60), (30, 80), (110, 160)]  # who is next: soon, or after one more service
    assert [left[ticket] for ticket in ("elderly", "x0", "x4")] == expected
    assert plain.joining(joins(111), 111) == (180, 180)
    plain.take(Started(at=112, ticket="elderly", counter="1", service="s"))
    plain.take(joins(113, "x0", rank_at=113))  # sent to the end
    assert plain.left(plain.waiting["x1"], 113) == (10, 60)
    assert plain.left(plain.waiting["x0"], 113) == (90, 140)


def test_who_waited_for_the_opening_or_an_appointment_says_nothing_of_others() -> None:
    plain = Plain()
    plain.take(Staffed(at=0, counter="1"))
    plain.take(Joined(at=0, ticket="early", service="s", rank_at=0))
    plain.take(Staffed(at=3600, counter="1", services=("s",), pools=("s",)))
    plain.take(Joined(at=3600, ticket="booked", service="s", rank_at=0, booked_at=7200))
    assert plain.left(plain.waiting["early"], 3600) is None
    for number in range(FEWEST):
        at = 4000 + number
        plain.take(Joined(at=at, ticket=str(number), service="s", rank_at=at))
        plain.take(Started(at=at + 5, ticket=str(number), counter="1", service="s"))
    for ticket in ("early", "booked"):
        assert plain.left(plain.waiting[ticket], 4100) is None
        plain.take(Started(at=7200, ticket=ticket, counter="1", service="s"))
    assert plain.joining(joins(7300), 7300) == (3, 3)  # two stood ahead while the others waited 5
    assert plain.mean_s(joins(7300)) == 3


def test_what_may_be_shown() -> None:
    told = Told(
        seq=5,
        at=1000,
        how="learned",
        services=(ServiceRange("s", False, 60, 120, 90.0), ServiceRange("s", True, 0, 30, 9.0)),
        tickets={"old": (10, 20)},
        day_mean_s=80.0,
        last_ten_s=70.0,
    )
    ranges = Ranges(told, Ms(1))
    assert ranges.state == WaitsState(state="learned", since=Ms(1), coverage=80)
    shown = ranges.shown("s", is_ahead=False)  # type: ignore[arg-type]
    assert shown is not None
    assert tuple(shown) == (60, 120, "learned", 90.0, 80.0, 70.0)
    assert ranges.ticket("old", "s", Ms(900), is_ahead=False) == (10, 20)  # type: ignore[arg-type]
    assert ranges.ticket("new", "s", Ms(1001), is_ahead=True) == (0, 30)  # type: ignore[arg-type]
    booked = ranges.ticket("new", "s", Ms(1001), is_ahead=False, is_booked=True)  # type: ignore[arg-type]
    assert booked is None
    assert ranges.ticket("gone", "s", Ms(900), is_ahead=False) is None  # type: ignore[arg-type]
    nothing = Ranges(None, Ms(2))
    assert nothing.state == WaitsState(state="none", since=Ms(2))
    assert nothing.differ(ranges)
    assert not Ranges(told, Ms(1)).differ(ranges)


def test_the_report_holds_what_was_told_against_what_happened(tmp_path: Path) -> None:
    from queue_server.store.schema import migrate

    database = open_writer(tmp_path / "hall.db")
    migrate(database)
    waits = ((60, 120, 100.0), (60, 120, 130.0), (60, 120, None), (60, 120, -1.0))
    for number, (low, high, wait) in enumerate(waits):
        ended = "cancelled_by_citizen" if wait is None else None
        database.execute(
            "INSERT INTO tickets (id, day, number, prefix, serial, service, issued_at, state,"
            " end_reason) VALUES (?, 'd', ?, 'A', 1, 's', 0, 'waiting', ?)",
            (str(number), f"A{number}", ended),
        )
        database.execute(
            "INSERT INTO shown_waits VALUES (?, 'd', 's', 0, ?, ?, 'learned', 90, 100, 130)",
            (str(number), low, high),
        )
        if wait is not None and wait >= 0:
            database.execute(
                "INSERT INTO transactions (id, day, ticket, step, counter, staff, called_at, why,"
                " held, ended_at) VALUES (?, 'd', ?, 1, 'c', 'm', ?, '{}', 0, 1)",
                (str(number), str(number), int(wait * 1000)),
            )
    database.close()
    reader = open_reader(tmp_path / "hall.db")
    found = wait_report(reader, "d")
    assert (found.told, found.n, found.left, found.open) == (4, 2, 1, 1)
    assert (found.coverage, found.above) == (0.5, 0.5)
    assert found.bias_s == -25.0
    assert found.rmse_s == pytest.approx(((10**2 + 40**2) / 2) ** 0.5)
    assert found.day_mean_rmse_s == pytest.approx((30**2 / 2) ** 0.5)
    assert wait_report(reader, "other").n == 0
    reader.close()


def test_the_server_never_loads_what_the_estimator_needs() -> None:
    heavy = "{'lightgbm', 'queue_server.waits.features', 'queue_server.waits.estimator'}"
    asked = f"import sys, queue_server.app; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
