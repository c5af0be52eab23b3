"""Codes at the kiosk: each kind where it helps, a kind sentence where it does not; reprints."""

import msgspec
import pytest

from devices.scanner.codes import AppointmentCode, CitizenCode, TicketCode, UnknownCode, classify
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.config import KioskOptions
from kiosk.fold import kiosk_view
from kiosk.states import Camera, Confirm, Home, Issued, Printer, Refused, Scanner, Track, Who
from kiosk.view import Place
from queue_server.domain.values import Ms, ServiceId, TicketId
from queue_server.protocol.messages import Progress, ReadResult, Rejected, Result
from tests.unit.test_kiosk_flow import HOLDER, NUMBER, Machine, take

TICKET = "0193a0e1-2b3c-7d4e-8f50-112233445566"


def scan(machine: Machine, code: TicketCode | CitizenCode | AppointmentCode | UnknownCode) -> str:
    machine.do(i.Scanned(code))
    view = kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)
    return view.said or view.track.problem or view.who.problem


def tracked(machine: Machine, state: str = "waiting") -> None:
    answer = msgspec.convert(
        {"type": "ticket", "ticket": TICKET, "number": "A007", "service": "a1", "state": state,
         "ahead": 4, "issued_at": 7},
        Progress,
    )  # fmt: skip
    request = machine.on(Track).request_id
    machine.do(i.Told(ReadResult(id="x", answer=answer), request))


def test_a_slips_code_opens_its_ticket_on_home_and_on_progress() -> None:
    for first in ((), (i.BeginTracking(),)):
        machine = Machine()
        machine.do(*first)
        asked = [e for e in machine.do(i.Scanned(TicketCode(ticket=TICKET)))
                 if isinstance(e, fx.AskProgress)]  # fmt: skip
        assert [e.ticket for e in asked] == [TICKET]
        view = kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)
        assert TICKET not in msgspec.json.encode(view).decode(), "the id is a key"
        tracked(machine)
        assert machine.on(Track).typed == "A007"


def test_a_slip_that_failed_elsewhere_prints_here_once_and_says_so() -> None:
    machine = Machine()
    machine.do(i.Scanned(TicketCode(ticket=TICKET)))
    tracked(machine)
    (order,) = machine.do(*[i.PrintAgain()] * 9)
    assert isinstance(order, fx.Print)
    assert (order.number, order.reprint, order.ahead) == ("A007", True, 4)
    assert order.ticket == TicketId(TICKET)
    machine.do(i.JobMoved(order.job_id, "unknown"))
    machine.do(i.SlipSeen())
    assert machine.on(Track).printing == "printed"
    assert machine.do(i.PrintAgain()) == []


def test_a_number_alone_prints_nothing_for_it_stands_on_every_board() -> None:
    machine = Machine()
    machine.do(i.Scanned(TicketCode(number="A007")))
    tracked(machine)
    assert machine.do(i.PrintAgain()) == []


def test_the_cards_holder_may_have_a_lost_slip_again() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.PickWay("card"), i.CardRead(HOLDER))
    command_id = machine.on(Confirm).command_id
    machine.do(i.ConfirmTicket())
    held = Rejected("already_holding", "operator", "已领", "held", {"number": "A007"})
    machine.do(i.Answered(Result(id=command_id, rejected=held)))
    machine.do(i.BeginTracking(machine.on(Refused).number))
    tracked(machine)
    assert [type(e) for e in machine.do(i.PrintAgain())] == [fx.Print]


@pytest.mark.parametrize("state", ["ended"])
def test_an_ended_ticket_and_a_kiosk_without_printer_print_nothing(state: str) -> None:
    machine = Machine()
    machine.do(i.Scanned(TicketCode(ticket=TICKET)))
    tracked(machine, state)
    assert machine.do(i.PrintAgain()) == []
    other = Machine()
    other.do(i.PrinterSeen(Printer()), i.Scanned(TicketCode(ticket=TICKET)))
    tracked(other)
    assert other.do(i.PrintAgain()) == []


def test_a_citizens_code_is_filled_in_as_if_typed() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.Scanned(CitizenCode(NUMBER)))
    who = machine.on(Who)
    assert (who.way, who.digits) == ("number", NUMBER)
    machine.do(i.Submit())
    holder = machine.on(Confirm).holder
    assert holder is not None
    assert (holder.number, holder.birth) == (NUMBER, "")


def test_codes_that_help_nowhere_are_answered_kindly_and_change_nothing_else() -> None:
    for code in (AppointmentCode("YY-ABC123"), UnknownCode(), CitizenCode(NUMBER)):
        machine = Machine()
        assert scan(machine, code)
        machine.on(Home)
        assert NUMBER not in msgspec.json.encode(machine.kiosk).decode()
        machine.wait(31)
        assert machine.on(Home).said == ""
        machine.do(i.BeginTracking())
        assert scan(machine, code)
    assert "导办台" in scan(Machine(), AppointmentCode("YY-ABC123"))
    choosing = Machine()
    take(choosing, "b1")
    assert scan(choosing, TicketCode(ticket=TICKET))
    choosing.on(Who)
    confirm = Machine()
    take(confirm)
    confirm.do(i.Scanned(TicketCode(ticket=TICKET)))
    confirm.on(Confirm)


def test_the_camera_opens_while_a_code_is_asked_for_and_no_longer() -> None:
    machine = Machine()
    machine.do(i.CameraSeen(Camera(True, True)))
    assert machine.do(i.BeginTracking()) == [fx.UseCamera("codes")]
    assert fx.UseCamera("off") in machine.do(i.Scanned(TicketCode(ticket=TICKET)))
    tracked(machine)
    machine.do(i.GoBack())
    assert machine.effects[-1] == fx.UseCamera("codes")
    assert machine.do(i.GoHome()) == [fx.UseCamera("off")]
    take(machine, "b1")
    assert machine.do(i.PickWay("code")) == [fx.UseCamera("codes")]
    assert machine.do(i.GoBack()) == [fx.UseCamera("off")]


def test_scanning_is_offered_only_where_something_scans() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.PickWay("code"))
    assert machine.on(Who).way == "choose"
    machine.do(i.ScannerSeen(Scanner(True, True)), i.PickWay("code"))
    assert machine.on(Who).way == "code"
    machine.do(i.ScannerSeen(Scanner(True, False, "port.lost")))
    view = kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)
    assert view.scanProblem
    assert not view.who.withCode


def test_an_unknown_outcome_is_asked_about_and_never_prints_by_itself() -> None:
    machine = Machine()
    take(machine)
    machine.do(i.ConfirmTicket())
    (order,) = machine.issued()
    assert isinstance(order, fx.Print)
    assert machine.do(i.JobMoved(order.job_id, "unknown", "printer.silent")) == []
    machine.do(i.SlipSeen())
    assert machine.on(Issued).printing == "printed"


def test_a_halls_own_link_is_a_ticket() -> None:
    options = KioskOptions(link="https://hall.example/queue/x", token="t")
    patterns = options.cabinet().patterns
    assert classify(f"https://hall.example/queue/x/{TICKET}", patterns) == TicketCode(TICKET)
    assert classify(f"https://other.example/t/{TICKET}", patterns) == TicketCode(TICKET)
    assert classify(f"https://other.example/x/{TICKET}", patterns) == UnknownCode()
    assert ServiceId("a1") == "a1"
