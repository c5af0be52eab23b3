"""The citizen's flow under storms of touches, cards, answers and cuts."""

import itertools
from typing import Literal, TypeVar

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from devices.scanner.codes import AppointmentCode, CitizenCode, TicketCode, UnknownCode
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.flow import step
from kiosk.states import (
    AnyPage,
    Arrive,
    Camera,
    CheckingIn,
    Choose,
    Confirm,
    Device,
    FaceAsk,
    FaceLook,
    HelperCard,
    Home,
    Issued,
    Issuing,
    Kiosk,
    Limits,
    Printer,
    Refused,
    Scanner,
    Session,
    Track,
    Who,
)
from queue_server.domain.commands import CheckIn
from queue_server.domain.values import (
    Area,
    AreaId,
    Day,
    Holder,
    Ms,
    PersonKey,
    ServiceId,
    Text,
    TicketId,
)
from queue_server.protocol.bookings import Appointment, Standing
from queue_server.protocol.messages import Outcome, Progress, ReadResult, Rejected, Result
from queue_server.protocol.views import HallView, ServiceView
from tests.effort import examples

NUMBER = "11010519491231002X"
TICKET = "0193-0000-7000-8000"
HELPER = Holder(name="李佳", number="11010119900307663X", birth="1990-03-07")
HOLDER = Holder(name="张建国", number=NUMBER, birth="1949-12-31")


def service(key: str, identity: str = "optional", *, active: bool = True) -> ServiceView:
    return msgspec.convert(
        {
            "id": key,
            "prefix": key[0].upper(),
            "name": {"zh": f"业务{key}", "en": f"Service {key}"},
            "department": {"zh": f"部门{key[0]}", "en": f"Department {key[0]}"},
            "area": "main",
            "identity": identity,
            "active": active,
        },
        ServiceView,
    )


SERVICES = (
    service("a1"),
    service("a2", "none"),
    service("b1", "required"),
    service("b2", active=False),
)
P = TypeVar("P")
HALL = HallView(
    name=Text(zh="大厅", en="Hall"),
    day=Day("2026-11-22"),
    areas=(Area(id=AreaId("main"), name=Text(zh="一楼", en="Ground floor")),),
    services=SERVICES,
)


class Machine:
    """The flow with ids and a clock."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.kiosk = Kiosk(limits=limits or Limits())
        self.now = 100.0
        self.effects: list[fx.AnyEffect] = []
        self._ids = itertools.count()
        self.do(i.LineUp(), i.HallSeen(HALL), i.PrinterSeen(Printer(True, True)))
        self.do(i.ReaderSeen(True))

    def do(self, *events: i.AnyInput) -> list[fx.AnyEffect]:
        new: list[fx.AnyEffect] = []
        for event in events:
            self.kiosk, effects = step(self.kiosk, event, self.now, f"id{next(self._ids)}")
            new += effects
        self.effects += new
        return new

    def wait(self, seconds: float) -> list[fx.AnyEffect]:
        self.now += seconds
        return self.do(i.Tick())

    @property
    def page(self) -> AnyPage:
        return self.kiosk.session.page

    def on(self, kind: type[P]) -> P:
        """The page, which must be of this kind."""
        page = self.kiosk.session.page
        assert isinstance(page, kind)
        return page

    def issued(self, number: str = "A001") -> list[fx.AnyEffect]:
        outcome = Outcome(ticket=TicketId("t1"), number=number, ahead=3, issued_at=Ms(1))
        command_id = self.on(Issuing).confirm.command_id
        return self.do(i.Answered(Result(id=command_id, done=outcome)))


def take(machine: Machine, key: str = "a2") -> None:
    machine.do(i.Begin(), i.PickDepartment(f"部门{key[0]}"), i.PickService(ServiceId(key)))


def test_a_ticket_from_touch_to_paper() -> None:
    machine = Machine()
    take(machine)
    machine.on(Confirm)
    (issue,) = machine.do(i.ConfirmTicket())
    assert isinstance(issue, fx.Issue)
    assert issue.do.service == "a2"
    (order,) = machine.issued()
    assert isinstance(order, fx.Print)
    assert (order.number, order.ahead, order.reprint) == ("A001", 3, False)
    machine.do(i.JobMoved(order.job_id, "printed"))
    machine.on(Issued)
    assert machine.on(Issued).printing == "printed"
    machine.do(i.Finish())
    machine.on(Home)


def test_a_storm_of_taps_on_confirm_issues_once() -> None:
    machine = Machine()
    take(machine)
    effects = machine.do(*[i.ConfirmTicket()] * 50)
    assert [type(each) for each in effects] == [fx.Issue]


def test_no_card_is_read_before_the_notice_was_seen_and_the_card_chosen() -> None:
    machine = Machine()
    machine.do(i.CardRead(HOLDER))
    machine.on(Home)
    take(machine, "a1")
    machine.do(i.CardRead(HOLDER))
    machine.on(Who)
    assert machine.do(i.PickWay("card")) == [fx.StartReading()]
    assert machine.do(i.CardRead(HOLDER)) == [fx.StopReading(), fx.ForgetPhoto()]
    machine.on(Confirm)
    assert machine.on(Confirm).holder == HOLDER
    assert machine.on(Confirm).by_card


def test_a_failed_card_says_why_and_can_be_laid_again() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.PickWay("card"), i.CardFailed("id_reader.card_moved"))
    machine.on(Who)
    assert machine.on(Who).problem == "id_reader.card_moved"
    machine.do(i.CardRead(HOLDER))
    machine.on(Confirm)


def test_required_identity_cannot_be_skipped_and_a_wrong_number_is_told() -> None:
    machine = Machine()
    take(machine, "b1")
    machine.do(i.PickWay("without"))
    machine.on(Who)
    machine.do(i.PickWay("number"), *[i.Key(c) for c in "110101197608056896"], i.Submit())
    machine.on(Who)
    assert machine.on(Who).problem == "number_wrong"
    machine.do(i.Erase(True), i.Key("1"), i.Submit())
    assert machine.on(Who).problem == "number_short"
    machine.do(i.Erase(True), *[i.Key(c) for c in NUMBER], i.Submit())
    machine.on(Confirm)
    assert machine.on(Confirm).holder == Holder(name="", number=NUMBER)


def test_an_inactive_service_is_not_taken_and_closing_leads_home() -> None:
    machine = Machine()
    take(machine, "b2")
    machine.on(Choose)
    machine.do(i.HallSeen(msgspec.structs.replace(HALL, day=None)))
    machine.on(Home)
    machine.do(i.Begin())
    machine.on(Home)


def test_reprint_only_after_a_failure_and_marked() -> None:
    machine = Machine()
    take(machine)
    machine.do(i.ConfirmTicket())
    (order,) = machine.issued()
    assert isinstance(order, fx.Print)
    assert machine.do(i.PrintAgain()) == []
    machine.do(i.JobMoved(order.job_id, "failed", "printer.paper_out"))
    effects = machine.do(*[i.PrintAgain()] * 20)
    assert len(effects) == 1
    again = effects[0]
    assert isinstance(again, fx.Print)
    assert again.reprint
    assert again.number == order.number
    assert again.job_id != order.job_id
    machine.do(i.JobMoved(order.job_id, "printed"))
    machine.on(Issued)
    assert machine.on(Issued).printing == "printing", (
        "a late word about the first slip is not the second's"
    )
    machine.do(i.JobMoved(again.job_id, "printed"))
    assert machine.do(i.PrintAgain()) == []


def test_without_a_printer_the_ticket_is_on_the_screen() -> None:
    machine = Machine()
    machine.do(i.PrinterSeen(Printer()))
    take(machine)
    machine.do(i.ConfirmTicket())
    assert machine.issued() == []
    machine.on(Issued)
    assert machine.on(Issued).printing == "no_printer"


def test_a_late_answer_is_said_and_at_last_given_up() -> None:
    machine = Machine()
    take(machine)
    machine.do(i.ConfirmTicket(), i.GoHome())
    machine.on(Issuing)  # a stray touch does not lose a ticket on its way
    machine.wait(5)
    machine.on(Issuing)
    assert machine.on(Issuing).slow
    command_id = machine.on(Issuing).confirm.command_id
    assert machine.wait(60) == [fx.Abandon(command_id)]
    machine.on(Refused)
    assert machine.on(Refused).code == "unanswered"
    machine.wait(60)
    machine.on(Home)


def test_a_refusal_names_the_ticket_held_which_can_be_looked_up() -> None:
    machine = Machine()
    take(machine)
    machine.do(i.ConfirmTicket())
    machine.on(Issuing)
    rejected = Rejected("already_holding", "operator", "已领", "held", {"number": "A007"})
    machine.do(i.Answered(Result(id=machine.on(Issuing).confirm.command_id, rejected=rejected)))
    machine.on(Refused)
    (asked,) = machine.do(i.BeginTracking(machine.on(Refused).number))
    assert not machine.on(Track).owned, "no card was shown"
    assert isinstance(asked, fx.AskProgress)
    assert asked.ticket == "A007"
    unknown = Rejected("unknown_ticket", "operator", "", "")
    machine.do(i.Told(ReadResult(id="x", rejected=unknown), "another"))
    machine.on(Track)
    assert not machine.on(Track).problem
    machine.do(i.Told(ReadResult(id="x", rejected=unknown), asked.request_id))
    assert machine.on(Track).problem == "unknown_ticket"


def test_home_keeps_the_looks_and_time_takes_them_away() -> None:
    machine = Machine()
    machine.do(i.SetLanguage("en"), i.SetLarge(True), i.Begin(), i.GoHome())
    session = machine.kiosk.session
    assert (session.large, session.language) == (True, "en")
    machine.wait(31)
    assert machine.kiosk.session == Session()


TOUCHES: tuple[i.Touch, ...] = (
    i.Stay(),
    i.GoHome(),
    i.GoBack(),
    i.Finish(),
    i.Begin(),
    i.BeginTracking(),
    i.BeginArriving(),
    i.BeginArriving(),
    i.PickAppointment("s1"),
    i.PickAppointment("nowhere"),
    i.Search(True),
    i.PickDepartment("部门a"),
    i.PickDepartment("部门b"),
    i.PickService(ServiceId("a1")),
    i.PickService(ServiceId("a2")),
    i.PickService(ServiceId("b1")),
    i.PickService(ServiceId("nowhere")),
    i.PickWay("card"),
    i.PickWay("number"),
    i.PickWay("without"),
    i.ForSomeoneElse(True),
    i.Key("1"),
    i.Key("X"),
    i.Erase(),
    i.Submit(),
    i.ConfirmTicket(),
    i.PrintAgain(),
    i.SetLanguage("en"),
    i.SetLarge(True),
    i.SetReach(True),
    i.ShowHelp(True),
    i.ShowHelp(False),
    i.SlipSeen(),
    i.AnswerFace(True),
    i.AnswerFace(False),
    i.PickWay("code"),
    i.Scanned(TicketCode(ticket=TICKET)),
    i.Scanned(TicketCode(number="A001")),
    i.Scanned(CitizenCode(NUMBER)),
    i.Scanned(AppointmentCode("YY-1")),
    i.Scanned(UnknownCode()),
)


REFUSALS = ("already_holding", "helper_identity_required", "appointment_too_early")
DEVICES = (Device(), Device(True, False, "port.lost"), Device(True, True))
JobState = Literal["printing", "printed", "unknown", "failed"]
JOB_STATES: tuple[JobState, ...] = ("printing", "printed", "unknown", "failed")


class Storm(RuleBasedStateMachine):
    """Anything may happen in any order."""

    @initialize()
    def begin(self) -> None:
        self.machine = Machine(Limits(face_check=True))
        self.machine.do(i.CameraSeen(Camera(True, True)), i.ScannerSeen(Scanner(True, True)))
        self.machine.do(i.HallSeen(msgspec.structs.replace(HALL, appointments=True)))
        self.seen: list[str] = []
        self.jobs: list[str] = []
        self.held = False
        self.asked = 0

    def heard(self, effects: list[fx.AnyEffect]) -> None:
        self.held = self.held and fx.ForgetPhoto() not in effects

    def do(self, *events: i.AnyInput) -> None:
        page = self.machine.page
        effects = self.machine.do(*events)
        self.held = self.held or any(isinstance(e, i.CardRead) and e.photo for e in events)
        self.heard(effects)
        for effect in effects:
            if isinstance(effect, fx.Print):
                asked = isinstance(events[0], i.PrintAgain)
                assert effect.reprint == asked, "a second slip says so, and only on demand"
                assert effect.job_id not in self.jobs
                self.jobs.append(effect.job_id)
            if isinstance(effect, fx.Issue):
                assert isinstance(page, Confirm | HelperCard | Home | Arrive)
                assert isinstance(effect.do, CheckIn) == isinstance(page, Home | Arrive)
                if isinstance(page, Confirm):
                    assert effect.command_id == page.command_id
                under_way = self.machine.page
                assert isinstance(under_way, Issuing | CheckingIn)
                assert under_way.command_id == effect.command_id
                assert effect.command_id not in self.seen, "one confirmation, one command"
                self.seen.append(effect.command_id)

    @rule(touch=st.sampled_from(TOUCHES), times=st.integers(1, 3))
    def touched(self, touch: i.AnyInput, times: int) -> None:
        for _ in range(times):
            self.do(touch)

    @rule()
    def type_a_whole_number(self) -> None:
        for character in NUMBER:
            self.do(i.Key(character))
        self.do(i.Submit())

    @rule(photo=st.booleans())
    def card(self, photo: bool) -> None:
        self.do(i.CardRead(HOLDER, photo))

    @rule(answer=st.sampled_from(("pass", "ask_staff", "fail", "face.near")))
    def camera_says(self, answer: Literal["pass", "ask_staff", "fail", "face.near"]) -> None:
        self.do(i.FaceGuided(answer) if answer == "face.near" else i.FaceEnded(answer))

    @rule(device=st.sampled_from(DEVICES), kind=st.sampled_from("prsc"), models=st.booleans())
    def device(self, device: Device, kind: str, models: bool) -> None:
        fields = (device.fitted, device.connected, device.code)
        self.do(
            i.PrinterSeen(Printer(*fields)) if kind == "p"
            else i.ReaderSeen(device.connected, device.code) if kind == "r"
            else i.ScannerSeen(Scanner(*fields)) if kind == "s"
            else i.CameraSeen(Camera(*fields))
        )  # fmt: skip
        self.do(i.FaceCodeSeen("" if models else "face.models"))

    @rule(owned=st.booleans())
    def told(self, owned: bool) -> None:
        page = self.machine.page
        request = page.request_id if isinstance(page, Track) else "none"
        answer = Progress(
            ticket=TicketId(TICKET), number="A001", service=ServiceId("a1"),
            state="waiting" if owned else "ended",
        )  # fmt: skip
        self.do(i.Told(ReadResult(id="x", answer=answer), request))

    @rule(count=st.integers(0, 3))
    def booked(self, count: int) -> None:
        page = self.machine.page
        request = page.request_id if isinstance(page, Arrive) else "none"
        theirs = tuple(
            Appointment(
                serial=f"s{place}", code="12345678", service=ServiceId("a1"), day=Day("2026-11-22"),
                start="10:00", end="10:30", at=Ms(1), holder="张*",
            )
            for place in range(count)
        )  # fmt: skip
        standing = Standing(person=PersonKey("p"), appointments=theirs)
        self.do(i.Told(ReadResult(id="x", answer=standing), request))

    @rule()
    def another_card(self) -> None:
        self.do(i.CardRead(HELPER))

    @rule()
    def type_a_whole_code(self) -> None:
        for character in "12345678":
            self.do(i.Key(character))
        self.do(i.Submit())

    @rule()
    def card_away(self) -> None:
        self.do(i.CardFailed("id_reader.card_moved"), i.CardLifted())

    @rule(done=st.booleans(), late=st.booleans(), code=st.sampled_from(REFUSALS))
    def answered(self, done: bool, late: bool, code: str) -> None:
        page = self.machine.page
        here = page.command_id if isinstance(page, Issuing | CheckingIn) else "none"
        key = self.seen[0] if late and self.seen else here
        outcome = Outcome(ticket=TicketId("t1"), number="A001", ahead=0, service=ServiceId("a1"))
        rejected = Rejected(code, "operator", "已领", "held", {"number": "A001"})
        result = Result(id=key, done=outcome) if done else Result(id=key, rejected=rejected)
        self.do(i.Answered(result))

    @rule(state=st.sampled_from(JOB_STATES))
    def job(self, state: JobState) -> None:
        page = self.machine.page
        job_id = page.job_id if isinstance(page, Issued | Track) else "none"
        self.do(i.JobMoved(job_id, state))

    @rule(up=st.booleans())
    def line(self, up: bool) -> None:
        self.do(i.LineUp() if up else i.LineCut(Ms(5)))

    @rule(opened=st.booleans())
    def hall(self, opened: bool) -> None:
        shown = msgspec.structs.replace(HALL, appointments=True)
        self.do(i.HallSeen(shown if opened else msgspec.structs.replace(shown, day=None)))

    @rule(seconds=st.floats(0, 30))
    def time(self, seconds: float) -> None:
        self.heard(self.machine.wait(seconds))

    @precondition(lambda self: hasattr(self, "machine"))
    @rule()
    def the_citizen_walks_away(self) -> None:
        """Time alone leads home, and nothing of the citizen is left."""
        for _ in range(200):
            self.heard(self.machine.wait(10))
        assert self.machine.page == Home()
        assert self.machine.kiosk.session == self.machine.kiosk.session.__class__()

    @invariant()
    def nothing_is_kept_at_home(self) -> None:
        if not hasattr(self, "machine"):
            return
        kiosk = self.machine.kiosk
        page = kiosk.session.page
        if isinstance(page, Home | Choose | CheckingIn | Issued | Refused | Track):
            kept = msgspec.json.encode(kiosk).decode()
            assert HELPER.number not in kept
            assert NUMBER not in kept
            assert HOLDER.name not in kept

    @invariant()
    def the_camera_is_open_only_where_the_page_asks(self) -> None:
        if not hasattr(self, "machine"):
            return
        uses = [e.use for e in self.machine.effects if isinstance(e, fx.UseCamera)]
        use = uses[-1] if uses else "off"
        page = self.machine.page
        if use == "face":
            assert isinstance(page, FaceLook)
        elif use == "codes":
            assert isinstance(page, Who | Arrive | Track)
        else:
            assert not isinstance(page, FaceLook)
        assert not self.held or isinstance(page, FaceAsk | FaceLook), "the photograph is forgotten"

    @invariant()
    def only_the_card_page_reads(self) -> None:
        if not hasattr(self, "machine"):
            return
        reading = False
        for effect in self.machine.effects:
            if isinstance(effect, fx.StartReading):
                assert not reading
                reading = True
            elif isinstance(effect, fx.StopReading):
                assert reading
                reading = False
        page = self.machine.page
        asked = isinstance(page, Who) and page.way == "card"
        asked = asked or (isinstance(page, Arrive) and page.way == "card" and not page.holder)
        assert reading == (asked or isinstance(page, HelperCard))

    @invariant()
    def every_page_has_a_way_home(self) -> None:
        if not hasattr(self, "machine"):
            return
        kiosk = self.machine.kiosk
        home, _ = step(kiosk, i.GoHome(), self.machine.now, "x")
        if isinstance(kiosk.session.page, Issuing | CheckingIn):
            assert kiosk.session.deadline is not None
            return
        assert home.session.page == Home()
        if not isinstance(kiosk.session.page, Home):
            assert kiosk.session.deadline is not None


Storm.TestCase.settings = settings(max_examples=examples(60), stateful_step_count=40, deadline=None)
TestStorm = Storm.TestCase
