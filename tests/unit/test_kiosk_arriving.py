"""Appointments checked in at the kiosk, and the helper's own card for somebody else's ticket."""

import msgspec
import pytest

from devices.scanner.codes import AppointmentCode, TicketCode
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk import words
from kiosk.fold import kiosk_view
from kiosk.slip import slip
from kiosk.states import (
    Arrive,
    CheckingIn,
    Choose,
    Confirm,
    HelperCard,
    Home,
    Issued,
    Issuing,
    Limits,
    Refused,
    Scanner,
    Track,
)
from kiosk.view import KioskView, Place
from kiosk.words import NOTICE
from queue_server.domain.codes import CODES
from queue_server.domain.commands import CheckIn, IssueTicket
from queue_server.domain.values import Consent, Day, Ms, PersonKey, ServiceId, TicketId
from queue_server.protocol.bookings import Appointment, Standing
from queue_server.protocol.messages import Outcome, ReadResult, Rejected, Result
from tests.unit.test_kiosk_flow import HALL, HELPER, HOLDER, NUMBER, Machine, take

TEN = Ms(36_000_000)
AGREED = Consent(notice=NOTICE, at=Ms(0))


def booking(limits: Limits | None = None) -> Machine:
    """A machine in a hall that takes appointments."""
    machine = Machine(limits)
    machine.do(i.HallSeen(msgspec.structs.replace(HALL, appointments=True)))
    return machine


def view(machine: Machine) -> KioskView:
    return kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)


def booked(serial: str, service: str, day: str = "2026-11-22") -> Appointment:
    return Appointment(
        serial=serial, code="12345678", service=ServiceId(service), day=Day(day), start="10:00",
        end="10:30", at=Ms(1), holder="张*",
    )  # fmt: skip


def found(machine: Machine, *appointments: Appointment) -> list[fx.AnyEffect]:
    """The server tells what the card's holder has booked."""
    request = machine.on(Arrive).request_id
    standing = Standing(person=PersonKey("p"), appointments=appointments)
    return machine.do(i.Told(ReadResult(id="x", answer=standing), request))


def command(effects: list[fx.AnyEffect]) -> CheckIn:
    (asked,) = [each for each in effects if isinstance(each, fx.Issue)]
    assert isinstance(asked.do, CheckIn)
    return asked.do


def kept(machine: Machine, booked_at: Ms | None = TEN) -> list[fx.AnyEffect]:
    """The appointment became its ticket."""
    done = Outcome(
        ticket=TicketId("t"), number="A031", service=ServiceId("a1"), ahead=2, issued_at=Ms(7),
        booked_at=booked_at,
    )  # fmt: skip
    return machine.do(i.Answered(Result(id=machine.on(CheckingIn).command_id, done=done)))


def refuse(machine: Machine, code: str, **details: str) -> None:
    page = machine.page
    assert isinstance(page, CheckingIn | Issuing)
    no = Rejected(code, "operator", f"中文 {code}", f"English {code}", details)
    machine.do(i.Answered(Result(id=page.command_id, rejected=no)))


def test_a_code_scanned_on_the_first_page_becomes_its_ticket_by_one_scan() -> None:
    machine = booking()
    asked = command(machine.do(i.Scanned(AppointmentCode("YY-ABC123"))))
    assert asked == CheckIn(code="YY-ABC123")
    # Neither touches nor a second scan take the place of the ticket that is on its way.
    again = (i.Scanned(AppointmentCode("YY-OTHER1")), i.Begin(), i.BeginTracking(), i.GoHome())
    assert machine.do(*again) == []
    orders = [each for each in kept(machine) if isinstance(each, fx.Print)]
    assert [each.number for each in orders] == ["A031"]
    assert (machine.on(Issued).ahead, machine.on(Issued).late) == (2, False)
    paper = slip(orders[0], HALL, Place())
    assert paper.priority is not None
    assert paper.priority.zh.startswith("预约 ")
    assert view(machine).ticket.priority == paper.priority.zh


def test_who_comes_too_late_is_told_that_the_ticket_is_an_ordinary_one() -> None:
    machine = booking()
    machine.do(i.Scanned(AppointmentCode("YY-1")))
    kept(machine, booked_at=None)
    assert "普通号" in view(machine).ticket.priority


def test_eight_digits_typed_check_in() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("number"), *[i.Key(c) for c in "1234X"], i.Submit())
    assert machine.on(Arrive).problem == "code_short"
    effects = machine.do(*[i.Key(c) for c in "567899"], i.Submit())
    assert command(effects) == CheckIn(code="12345678")


def test_a_card_checks_its_one_appointment_in() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.CardRead(HOLDER))
    assert machine.on(Arrive).holder is None, "nothing is read before the notice and the choice"
    assert machine.do(i.PickWay("card")) == [fx.StartReading()]
    effects = machine.do(i.CardRead(HOLDER))
    assert fx.StopReading() in effects
    (asked,) = [each for each in effects if isinstance(each, fx.AskAppointments)]
    assert asked.holder == HOLDER
    assert NUMBER not in msgspec.json.encode(view(machine)).decode()
    one, tomorrow = booked("s1", "a1"), booked("s2", "b1", "2026-11-23")
    assert command(found(machine, one, tomorrow)) == CheckIn(
        holder=HOLDER, service=ServiceId("a1"), consent=AGREED
    )
    assert NUMBER not in msgspec.json.encode(machine.kiosk).decode()


def test_a_card_without_an_appointment_is_answered_by_the_hall() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("card"), i.CardRead(HOLDER))
    assert command(found(machine)) == CheckIn(holder=HOLDER, consent=AGREED)
    refuse(machine, "appointment_none_today")
    shown = view(machine).refusal
    assert (shown.checkIn, shown.canArrive, shown.canTake) == (True, True, True)
    assert not shown.again
    machine.do(i.Begin())
    machine.on(Choose)


def test_a_server_that_tells_no_appointments_still_checks_in() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("card"), i.CardRead(HOLDER))
    request = machine.on(Arrive).request_id
    no = ReadResult(id="x", rejected=Rejected("not_allowed", "bug", "", ""))
    assert machine.do(i.Told(no, "another")) == []
    assert command(machine.do(i.Told(no, request))) == CheckIn(holder=HOLDER, consent=AGREED)


def test_of_several_appointments_the_citizen_chooses() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("card"), i.CardRead(HOLDER))
    assert found(machine, booked("s1", "a1"), booked("s2", "b1")) == []
    assert [(each.key, each.hours) for each in view(machine).arrive.found] == [
        ("s1", "10:00–10:30"),
        ("s2", "10:00–10:30"),
    ]
    assert machine.do(i.PickAppointment("nowhere")) == []
    assert command(machine.do(i.PickAppointment("s2"))) == CheckIn(
        holder=HOLDER, service=ServiceId("b1"), consent=AGREED
    )


def test_leaving_while_several_are_shown_forgets_the_card() -> None:
    for leave in (i.GoHome(), i.GoBack()):
        machine = booking()
        machine.do(i.BeginArriving(), i.PickWay("card"), i.CardRead(HOLDER))
        found(machine, booked("s1", "a1"), booked("s2", "b1"))
        machine.do(leave)
        assert NUMBER not in msgspec.json.encode(machine.kiosk).decode()


def test_a_kept_appointment_leads_to_its_ticket() -> None:
    machine = booking()
    machine.do(i.Scanned(AppointmentCode("YY-1")))
    refuse(machine, "appointment_kept", number="A031")
    assert machine.on(Refused).number == "A031"
    assert view(machine).refusal.again
    machine.do(i.BeginTracking("A031"))
    machine.on(Track)


def test_too_early_says_what_can_be_done_and_offers_a_ticket() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.Scanned(AppointmentCode("YY-1")))
    refuse(machine, "appointment_too_early")
    shown = view(machine).refusal
    assert (shown.said, shown.canTake, shown.canArrive) == (
        "中文 appointment_too_early",
        True,
        False,
    )


def test_every_advice_and_offer_is_about_a_code_there_is() -> None:
    own = {"face_failed", "unanswered", "unanswered_check_in"}
    assert words.TRY_AGAIN | words.TAKE_INSTEAD | (set(words.ADVICE) - own) <= set(CODES)


def test_an_answer_that_never_comes_is_said_late_and_given_up() -> None:
    machine = booking()
    (asked,) = machine.do(i.Scanned(AppointmentCode("YY-1")))
    assert isinstance(asked, fx.Issue)
    assert machine.wait(5) == []
    assert view(machine).arrive.slow
    assert machine.wait(60) == [fx.Abandon(asked.command_id)]
    assert machine.on(Refused).code == "unanswered_check_in"
    late = Outcome(ticket=TicketId("t"), number="A031", service=ServiceId("a1"))
    assert machine.do(i.Answered(Result(id=asked.command_id, done=late))) == []
    machine.wait(60)
    machine.on(Home)


def test_a_late_check_in_may_be_left() -> None:
    machine = booking()
    (asked,) = machine.do(i.Scanned(AppointmentCode("YY-1")))
    assert isinstance(asked, fx.Issue)
    machine.do(i.LineCut(Ms(1)))
    assert machine.do(i.GoHome()) == [fx.Abandon(asked.command_id)]


def test_a_hall_without_appointments_offers_none() -> None:
    machine = Machine()
    assert not view(machine).appointments
    machine.do(i.BeginArriving())
    machine.on(Home)
    machine = booking()
    machine.do(i.LineCut(Ms(1)), i.BeginArriving())
    machine.on(Home)


def test_a_cut_while_the_code_is_typed_is_said() -> None:
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("number"), i.LineCut(Ms(1)))
    assert machine.do(*[i.Key(c) for c in "12345678"], i.Submit()) == []
    assert machine.on(Arrive).problem == "cut_off"


def test_another_code_is_answered_kindly() -> None:
    machine = booking()
    machine.do(i.ScannerSeen(Scanner(True, True)), i.BeginArriving(), i.PickWay("code"))
    machine.do(i.Scanned(TicketCode(number="A001")))
    assert view(machine).arrive.problem
    assert command(machine.do(i.Scanned(AppointmentCode("YY-1")))).code == "YY-1"


def test_where_faces_are_compared_the_staff_compare_who_checked_in() -> None:
    machine = booking(Limits(face_check=True))
    assert command(machine.do(i.Scanned(AppointmentCode("YY-1")))).face == "ask_staff"


def test_the_helpers_own_card_comes_second() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.ForSomeoneElse(True), i.PickWay("card"), i.CardRead(HOLDER), i.ConfirmTicket())
    first = machine.on(Issuing).command_id
    refuse(machine, "helper_identity_required")
    machine.on(HelperCard)
    assert machine.effects[-1] == fx.StartReading()
    machine.do(i.CardRead(HOLDER))
    assert machine.on(HelperCard).problem == "helper_same_card"
    effects = machine.do(i.CardRead(HELPER))
    (asked,) = [each for each in effects if isinstance(each, fx.Issue)]
    assert isinstance(asked.do, IssueTicket)
    assert (asked.do.holder, asked.do.helped_by) == (HOLDER, HELPER)
    assert asked.do.helper
    assert asked.command_id != first, "another command, since it says more"
    assert [type(each) for each in machine.issued()] == [fx.Print]


@pytest.mark.parametrize("code", ["helper_is_holder", "helper_limit"])
def test_a_helper_who_may_not_is_told_why(code: str) -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.ForSomeoneElse(True), i.PickWay("card"), i.CardRead(HOLDER), i.ConfirmTicket())
    refuse(machine, "helper_identity_required")
    machine.do(i.CardRead(HELPER))
    refuse(machine, code)
    assert machine.on(Refused).code == code
    assert view(machine).refusal.advice != view(machine).desk


def test_without_a_reader_the_helper_is_sent_to_the_desk() -> None:
    machine = Machine()
    take(machine, "a1")
    machine.do(i.ReaderSeen(False, "id_reader.silent"), i.ForSomeoneElse(True))
    machine.do(i.PickWay("without"), i.ConfirmTicket())
    refuse(machine, "helper_identity_required")
    assert machine.on(Refused).code == "helper_identity_required"


def test_confirming_leads_nowhere_from_the_helpers_page() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.ForSomeoneElse(True), i.PickWay("card"), i.CardRead(HOLDER), i.ConfirmTicket())
    refuse(machine, "helper_identity_required")
    assert machine.do(i.ConfirmTicket(), i.Submit(), i.PrintAgain()) == []
    machine.do(i.GoBack())
    assert NUMBER not in msgspec.json.encode(machine.kiosk).decode()
    machine.do(i.PickWay("card"), i.CardRead(HOLDER))
    machine.on(Confirm)
