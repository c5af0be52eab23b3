"""Who gets priority by the card's age is told beforehand who is before them, and for how long."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import inputs as i
from kiosk.flow import step
from kiosk.fold import kiosk_view
from kiosk.scene_hall import HOLDER, USUAL, at_half_past, hall, queues
from kiosk.states import Confirm, Kiosk
from kiosk.view import ConfirmView, Place
from queue_server.documents import queues_view
from queue_server.domain.hall import Hall, Ticket
from queue_server.domain.values import AreaId, Ms, Service, ServiceId, Text, TicketId
from queue_server.protocol.views import QueuesView
from queue_server.ranges import Ranges
from queue_server.waits.told import ServiceRange, Told

TAX = Service(
    id=ServiceId("tax"),
    name=Text(zh="税", en="Tax"),
    prefix="A",
    department=Text(zh="", en=""),
    area=AreaId("a"),
)
TOLD = Told(
    seq=1,
    at=1,
    services=(
        ServiceRange("tax", is_ahead=False, low_s=600, high_s=1200),
        ServiceRange("tax", is_ahead=True, low_s=60, high_s=180),
    ),
)


def waiting(classes: list[int], **settings: int) -> QueuesView:
    """A hall where tickets of these classes wait."""
    now = Hall()
    now.settings = msgspec.structs.replace(now.settings, **settings)
    now.services[TAX.id] = TAX
    for seq, priority in enumerate(classes, start=1):
        ticket = Ticket(
            id=TicketId(f"t{seq}"),
            number=f"A{seq:03d}",
            prefix="A",
            serial=seq,
            service=TAX.id,
            issued_at=Ms(seq),
            since=Ms(seq),
            rank=seq,
            arrival=seq,
            priority=priority,
        )
        now.tickets[ticket.id] = ticket
        now.enqueue(ticket, "q:tax")
    return queues_view(now, Ranges(TOLD, Ms(0)))


@given(st.lists(st.integers(0, 4), max_size=20), st.integers(1, 4))
def test_only_who_is_called_before_counts(classes: list[int], priority: int) -> None:
    (shown,) = waiting(classes, elderly_priority=priority).queues
    assert shown.waiting == len(classes)
    assert shown.elderly_ahead == sum(one >= priority for one in classes)
    assert (shown.elderly_low_s, shown.elderly_high_s) == (60, 180)
    assert (shown.wait_low_s, shown.wait_high_s) == (600, 1200)


@pytest.mark.parametrize("off", ["elderly_age", "elderly_priority"])
def test_without_the_rule_nothing_is_said_of_it(off: str) -> None:
    (shown,) = waiting([0, 2], **{off: 0}).queues
    assert shown.elderly_ahead is shown.elderly_low_s is shown.elderly_high_s is None


def confirmed(birth: str, **shown: int | None) -> ConfirmView:
    """The confirm page of a kiosk, for a card's holder."""
    told = list(queues(USUAL).queues)
    told[0] = msgspec.structs.replace(told[0], waiting=9, wait_low_s=600, wait_high_s=1200, **shown)
    now = Kiosk()
    for event in (
        i.LineUp(),
        i.HallSeen(hall(USUAL)),
        i.QueuesSeen(QueuesView(queues=tuple(told))),
        i.ReaderSeen(True),
        i.Begin(),
        i.PickDepartment(USUAL[0].department.zh),
        i.PickService(USUAL[0].id),
        i.PickWay("card"),
        i.CardRead(msgspec.structs.replace(HOLDER, birth=birth)),
    ):
        now, _ = step(now, event, 0.0, "id")
    assert isinstance(now.session.page, Confirm)
    return kiosk_view(now, Place(), at_half_past(22, 9), 0.0).confirm


def test_the_kiosk_tells_the_elderly_their_own_wait() -> None:
    known = {"elderly_ahead": 1, "elderly_low_s": 60, "elderly_high_s": 180}
    old, young = confirmed("1950-01-01", **known), confirmed("1990-01-01", **known)
    assert (old.waiting, "1～3" in old.wait) == (1, True)
    assert (young.waiting, "10～20" in young.wait) == (9, True)


def test_an_older_server_tells_the_elderly_no_range() -> None:
    old = confirmed("1950-01-01", elderly_ahead=None, elderly_low_s=None, elderly_high_s=None)
    assert (old.waiting, old.wait) == (9, "")
