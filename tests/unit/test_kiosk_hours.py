"""A service that gives no tickets now: its tile says why and until when."""

from typing import get_args

import msgspec
import pytest

from kiosk import inputs as i
from kiosk import words
from kiosk.flow import step
from kiosk.fold import kiosk_view
from kiosk.scene_hall import USUAL, at_half_past, hall, queues
from kiosk.states import Choose, Kiosk, Who
from kiosk.view import Place, Tile
from queue_server.domain.codes import CODES
from queue_server.domain.limits import ClosedReason
from queue_server.domain.values import Ms
from queue_server.protocol.views import QueuesView

PLACE = 3
SERVICE = USUAL[PLACE]


def kiosk(**shown: object) -> Kiosk:
    """A kiosk on the page where `SERVICE` is chosen, with its queue as told."""
    told = list(queues(USUAL).queues)
    told[PLACE] = msgspec.structs.replace(told[PLACE], counters_open=1, **shown)
    now = Kiosk()
    for event in (
        i.LineUp(),
        i.HallSeen(hall(USUAL)),
        i.QueuesSeen(QueuesView(queues=tuple(told))),
        i.Begin(),
        i.PickDepartment(SERVICE.department.zh),
    ):
        now, _ = step(now, event, 0.0, "id")
    assert isinstance(now.session.page, Choose)
    return now


def tile(now: Kiosk) -> Tile:
    shown = kiosk_view(now, Place(), at_half_past(22, 9), 0.0).choose.services
    return next(each for each in shown if each.key == SERVICE.id)


def pick(now: Kiosk) -> Kiosk:
    return step(now, i.PickService(SERVICE.id), 0.0, "id")[0]


def test_an_open_service_says_nothing_of_hours() -> None:
    shown = tile(kiosk(remaining=5, closes_at=at_half_past(22, 12)))
    assert (shown.hours, shown.left, shown.shut) == ("", "仅剩 5 个号", False)
    assert shown.waiting >= 0
    assert isinstance(pick(kiosk()).session.page, Who)


@pytest.mark.parametrize(
    ("remaining", "said"),
    [(None, ""), (11, ""), (10, "仅剩 10 个号"), (1, "仅剩 1 个号"), (0, "")],
)
def test_few_tickets_left_are_said(remaining: int | None, said: str) -> None:
    assert tile(kiosk(remaining=remaining)).left == said
    cut = step(kiosk(remaining=remaining), i.LineCut(Ms(0)), 0.0, "id")[0]
    assert tile(cut).left == ""


@pytest.mark.parametrize(
    ("reason", "hour", "said"),
    [
        ("closed_now", (22, 13), "未到取号时间，13:30 起"),
        ("closed_today", (23, 8), "今天不再取号，11月23日 08:30 起"),
    ],
)
def test_outside_its_hours_a_service_cannot_be_chosen(
    reason: str, hour: tuple[int, int], said: str
) -> None:
    now = kiosk(closed_reason=reason, opens_at=at_half_past(*hour))
    shown = tile(now)
    assert (shown.hours, shown.shut, shown.waiting, shown.wait) == (said, True, -1, "")
    assert pick(now) == now


def test_a_full_service_still_lets_in_who_has_booked() -> None:
    now = kiosk(closed_reason="day_full", remaining=0)
    shown = tile(now)
    assert (shown.hours, shown.shut) == ("今天号已满", False)
    assert isinstance(pick(now).session.page, Who)


def test_a_newer_servers_reason_is_told_too() -> None:
    shown = tile(kiosk(closed_reason="of_tomorrow", opens_at=at_half_past(22, 13)))
    assert shown.hours == "现在不取号，13:30 起"


def test_every_reason_has_its_words_and_is_a_code() -> None:
    reasons = set(get_args(ClosedReason)) - {""}
    assert set(words.NOT_NOW) == reasons
    assert reasons <= set(CODES)
