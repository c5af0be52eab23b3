"""How events change a screen's inputs, and how a snapshot reaches QML."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Ms, Text
from queue_server.protocol.client import Changed, Connected, Disconnected
from queue_server.protocol.messages import Document, Me
from queue_server.protocol.views import HallView, QueuesView
from ui.connection import line
from ui.inputs import Inputs, fold, speak, tick
from ui.wording import clock, date, in_language, minutes, other

ME = Me(role="board", name="b", program="p")
HALL = HallView(name=Text(zh="大厅", en="Hall"))


def welcome(offset: int = 0, **documents: Document) -> Connected:
    return Connected(ME, 1, 5, documents, (), offset)


def test_a_welcome_replaces_all_documents_and_a_change_only_its_own() -> None:
    first = fold(Inputs(), welcome(hall=HALL))
    changed = fold(first, Changed(6, {"queues": QueuesView()}, ()))
    assert changed.hall == HALL
    assert changed.queues == QueuesView()
    again = fold(changed, welcome(hall=HALL))
    assert again.queues is None


def test_a_cut_keeps_what_was_known_and_says_since_when() -> None:
    at = cast(Ms, 1_700_000_000_000)
    cut = fold(fold(Inputs(), welcome(5_000, hall=HALL)), Disconnected(at))
    assert cut.hall == HALL
    assert not cut.connected
    assert cut.cut_since == at + 5_000
    assert line(cut).as_of == clock(cast(Ms, at + 5_000))
    assert line(fold(cut, welcome(hall=HALL))).connected


def test_a_refusal_is_said_in_words_and_no_data_is_not_called_old_data() -> None:
    refused = line(fold(Inputs(), Disconnected(Ms(1), "bad_token")))
    assert refused.waiting_for
    assert refused.as_of == ""
    assert "令牌" in refused.reason.first
    assert "token" in refused.reason.second


@given(st.integers(-(10**9), 10**9), st.integers(0, 2 * 10**12))
def test_the_clock_is_the_servers(offset: int, local: int) -> None:
    inputs = fold(Inputs(), welcome(offset))
    assert tick(inputs, cast(Ms, local)).now == local + offset


def test_the_clock_moves_with_the_offset_at_once() -> None:
    assert fold(Inputs(now=Ms(1_000)), welcome(300)).now == 1_300


def test_another_language_changes_nothing_else() -> None:
    inputs = fold(Inputs(), welcome(hall=HALL))
    assert speak(speak(inputs, "en"), "zh") == inputs


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_minutes_are_whole_and_never_negative(start: int, now: int) -> None:
    found = minutes(cast(Ms, start), cast(Ms, now))
    assert found >= 0
    if now >= start:
        assert found * 60_000 <= now - start < (found + 1) * 60_000


def test_sixty_five_minutes_are_sixty_five() -> None:
    assert minutes(Ms(0), cast(Ms, 65 * 60_000)) == 65


def test_a_missing_language_is_filled_by_the_other_and_not_repeated() -> None:
    only = Text(zh="大厅", en="")
    assert in_language(only, "en") == "大厅"
    assert other(only, "en") == ""
    assert other(only, "zh") == ""
    assert other(Text(zh="大厅", en="Hall"), "en") == "大厅"


def test_dates_name_their_weekday() -> None:
    noon = cast(Ms, 1_742_270_400_000)  # 2025-03-18 04:00 UTC
    assert "星期二" in date(noon, "zh")
    assert date(noon, "en").startswith("Tuesday, 18 March 2025")
