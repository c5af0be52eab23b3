"""A visit of several steps at the kiosk: before the ticket, on its paper, and on its progress."""

import msgspec
import pytest

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.fold import kiosk_view
from kiosk.scene_hall import ROUTES, USUAL, hall, steps_of
from kiosk.slip import slip
from kiosk.states import Printer, Track
from kiosk.steps import ON_PAPER, on_paper, planned, rows
from kiosk.view import KioskView, Place
from queue_server.domain.values import Area, AreaId, Ms, ServiceId, Text, TicketId
from queue_server.protocol.messages import Progress, ReadResult
from tests.unit.test_kiosk_flow import Machine

UPSTAIRS = Area(id=AreaId("up"), name=Text(zh="二楼", en="Upstairs"))
SMALL = msgspec.structs.replace(hall(USUAL), routes=ROUTES)
HALL = msgspec.structs.replace(SMALL, areas=(*SMALL.areas, UPSTAIRS))


def told(state: str = "waiting", steps: int = 3, at: int = 1) -> Machine:
    machine = Machine()
    machine.do(i.HallSeen(HALL), i.PrinterSeen(Printer(True, True)))
    machine.do(i.BeginTracking(), i.Key("A"), i.Key("1"), i.Submit())
    assert isinstance(machine.page, Track)
    answer = Progress(
        ticket=TicketId("t"),
        number="A1",
        service=ServiceId(f"s{at}"),
        state=state,  # type: ignore[arg-type]
        ahead=6,
        counter_number=4,
        steps=steps_of(steps, at),
    )
    machine.do(i.Told(ReadResult(id="x", answer=answer), machine.page.request_id))
    return machine


def seen(machine: Machine) -> KioskView:
    return kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)


def test_progress_names_every_step_and_where() -> None:
    shown = [(row.number, row.state, row.name, row.place) for row in seen(told()).track.steps]
    assert shown == [
        (1, "done", "社会保险", "3 号窗口 · 一楼东区"),
        (2, "now", "医疗保险报销", "4、5 号窗口 · 一楼东区"),
        (3, "next", "不动产登记", "3、4、5、6 号等窗口 · 一楼东区"),
    ]


def test_a_hall_of_one_area_does_not_name_it() -> None:
    assert [row.place for row in rows(steps_of(2), SMALL, "en")] == ["Counter 3", "Counters 4, 5"]


def test_progress_without_a_route_has_no_steps() -> None:
    assert seen(told(steps=0, at=0)).track.steps == []


def test_before_the_ticket_its_route_is_named_only_where_it_has_one() -> None:
    assert planned(HALL, ServiceId("s3"), "en") == [
        "Starting a business",
        "Food business licence",
        "Housing fund withdrawal",
    ]
    assert planned(HALL, ServiceId("s5"), "zh") == []
    asked_for = msgspec.structs.replace(ROUTES[0], on_issue=False)
    assert planned(msgspec.structs.replace(HALL, routes=(asked_for,)), ServiceId("s3"), "zh") == []


def test_a_step_of_a_service_gone_since_keeps_its_place() -> None:
    fewer = msgspec.structs.replace(HALL, services=HALL.services[:2])
    assert [row.name for row in rows(steps_of(3), fewer, "zh")][2] == ""
    assert len(on_paper(steps_of(3), fewer)) == 2


def test_paper_tells_what_is_left_and_says_which_step_its_range_is_for() -> None:
    order = fx.Print(
        job_id="j",
        ticket=TicketId("t"),
        number="A1",
        service=USUAL[1],
        ahead=2,
        issued_at=Ms(0),
        priority_reason="",
        reprint=True,
        wait=Text(zh="约8～17分钟", en="about 8–17 min"),
        steps=steps_of(3),
    )
    paper = slip(order, HALL, Place())
    assert paper.wait is not None
    assert paper.wait.zh == "本环节预计等候约8～17分钟"
    head, now, then, _missed = paper.notices
    assert head.zh.startswith("凭本号依次办理 3 项")
    assert now.zh == "2. 医疗保险报销　4、5 号窗口 一楼东区"
    assert then.en.startswith("3. Real estate registration: Counters 3, 4, 5, 6 …, Ground")
    plain = slip(msgspec.structs.replace(order, steps=()), HALL, Place())
    assert plain.wait is not None
    assert (plain.wait.zh, len(plain.notices)) == ("预计等候约8～17分钟", 1)


@pytest.mark.parametrize("count", [ON_PAPER, ON_PAPER + 1])
def test_paper_does_not_grow_without_end(count: int) -> None:
    lines = on_paper(steps_of(count, 0), HALL)
    assert len(lines) == 1 + ON_PAPER + (count > ON_PAPER)


@pytest.mark.parametrize(("state", "counter"), [("serving", 4), ("ended", 0), ("no_show", 0)])
def test_a_counter_is_named_only_while_somebody_is_to_be_there(state: str, counter: int) -> None:
    assert seen(told(state)).track.counter == counter
