"""The flow in every condition worth looking at, in an invented hall."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from devices.scanner.codes import AppointmentCode, TicketCode
from kiosk import inputs as i
from kiosk.model import Model
from kiosk.scene_hall import (
    HELPER,
    HOLDER,
    LONG_DEPARTMENT,
    LONG_HALL,
    LONGEST,
    MANY,
    ROUTES,
    USUAL,
    at_half_past,
    hall,
    limited,
    queues,
    steps_of,
)
from kiosk.states import (
    Arrive,
    Camera,
    CheckingIn,
    Confirm,
    Issued,
    Issuing,
    Printer,
    Refused,
    Scanner,
    Track,
)
from queue_server.domain.codes import sentence
from queue_server.domain.values import (
    Day,
    Ms,
    PersonKey,
    ServiceId,
    Text,
    TicketId,
    TicketState,
)
from queue_server.protocol.bookings import Appointment, Standing
from queue_server.protocol.messages import Outcome, Progress, ReadResult, Rejected, Result
from queue_server.protocol.views import ServiceView, StepView

DETAILS = {
    "number": "A031",
    "on": "今天",
    "on_en": "today",
    "start": "10:00",
    "from": "09:00",
    "limit": "3",
    "service": USUAL[0].name.zh,
    "service_en": USUAL[0].name.en,
    "again": "11月24日（周二）08:30",
    "again_en": "on Tue 24 November at 08:30",
}
TOMORROW = {"on": "11月23日（周一）", "on_en": "on Mon 23 November"}
REFUSED_CHECK_INS = (
    "appointment_unknown",
    "appointment_none_today",
    "appointment_other_day",
    "appointment_too_early",
    "appointment_missed",
    "appointment_late_closed",
    "appointment_late_full",
    "appointment_kept",
    "appointment_cancelled",
)


WATCHING = i.CameraSeen(Camera(True, True))


class Scene(NamedTuple):
    """A picture's name and how the kiosk comes there."""

    name: str
    play: Callable[[Model], None]


def _stand(
    model: Model, services: tuple[ServiceView, ...] = USUAL, name: Text | None = None
) -> None:
    for event in (
        i.LineUp(),
        i.HallSeen(hall(services, name=name)),
        i.QueuesSeen(queues(services)),
        i.PrinterSeen(Printer(True, True)),
        i.ReaderSeen(True),
        i.ScannerSeen(Scanner(True, True)),
    ):
        model.feed(event)


def _play(
    *events: i.AnyInput, services: tuple[ServiceView, ...] = USUAL, name: Text | None = None
) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _stand(model, services, name)
        for event in events:
            model.feed(event)

    return play


def _pick(place: int) -> tuple[i.AnyInput, ...]:
    department = USUAL[place].department.zh
    return i.Begin(), i.PickDepartment(department), i.PickService(ServiceId(f"s{place}"))


def _issued(
    *job: i.JobMoved, by_card: bool = False, long: bool = False, steps: tuple[StepView, ...] = ()
) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _stand(model, LONGEST if long else USUAL)
        department = (LONG_DEPARTMENT if long else USUAL[0].department).zh
        for event in (i.Begin(), i.PickDepartment(department), i.PickService(ServiceId("s0"))):
            model.feed(event)
        model.feed(i.PickWay("card") if by_card else i.PickWay("without"))
        if by_card:
            model.feed(i.CardRead(HOLDER))
        page = model.kiosk.session.page
        assert isinstance(page, Confirm)
        model.feed(i.ConfirmTicket())
        outcome = Outcome(
            ticket=TicketId("01JD8Q6T1C4Z8W3"),
            number="A128",
            ahead=6,
            wait_low_s=700,
            wait_high_s=1180,
            issued_at=Ms(int(datetime(2026, 11, 22, 10, 32).timestamp() * 1000)),  # noqa: DTZ001
            priority_reason="elderly" if by_card else None,
            steps=steps,
        )
        model.feed(i.Answered(Result(id=page.command_id, done=outcome)))
        issued = model.kiosk.session.page
        assert isinstance(issued, Issued)
        for moved in job:
            model.feed(msgspec.structs.replace(moved, job_id=issued.job_id))

    return play


def _no_printer(model: Model) -> None:
    _issued(i.JobMoved("", "failed"))(model)
    page = msgspec.structs.replace(model.kiosk.session.page, printing="no_printer")
    session = msgspec.structs.replace(model.kiosk.session, page=page)
    model.kiosk = msgspec.structs.replace(model.kiosk, session=session)
    model.feed(i.PrinterSeen(Printer()))


def _routed(model: Model) -> None:
    """A service whose tickets go through several."""
    _stand(model)
    model.feed(i.HallSeen(msgspec.structs.replace(hall(USUAL), routes=ROUTES)))
    for event in (*_pick(3), i.PickWay("without")):
        model.feed(event)


def _refused(model: Model) -> None:
    _play(*_pick(0), i.PickWay("without"), i.ConfirmTicket())(model)
    page = model.kiosk.session.page
    assert isinstance(page, Issuing)
    details = {"number": "A031"}
    zh, en = (sentence("already_holding", details, language) for language in ("zh", "en"))
    rejected = Rejected("already_holding", "operator", zh, en, details)
    model.feed(i.Answered(Result(id=page.confirm.command_id, rejected=rejected)))


def _tracked(
    steps: tuple[StepView, ...] = (), state: TicketState = "waiting"
) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _play(i.BeginTracking(), i.Key("A"), i.Key("1"), i.Submit())(model)
        page = model.kiosk.session.page
        assert isinstance(page, Track)
        answer = Progress(
            ticket=TicketId("t"),
            number="A128",
            service=ServiceId("s1" if steps else "s0"),
            state=state,
            ahead=6 if state == "waiting" else 0,
            counter_number=4 if state == "serving" else None,
            wait_low_s=520 if state == "waiting" else None,
            wait_high_s=1010 if state == "waiting" else None,
            steps=steps,
        )
        model.feed(i.Told(ReadResult(id="x", answer=answer), page.request_id))

    return play


def _scanned(*job: i.JobMoved) -> Callable[[Model], None]:
    """A slip's own code opened its ticket; then its paper was asked for."""

    def play(model: Model) -> None:
        _play(i.Scanned(TicketCode(ticket="01JD8Q6T1C4Z8W3")))(model)
        page = model.kiosk.session.page
        assert isinstance(page, Track)
        answer = Progress(
            ticket=TicketId("t"),
            number="A128",
            service=ServiceId("s0"),
            state="waiting",
            ahead=6,
            wait_low_s=520,
            wait_high_s=1010,
        )
        model.feed(i.Told(ReadResult(id="x", answer=answer), page.request_id))
        if job:
            model.feed(i.PrintAgain())
        for moved in job:
            page = model.kiosk.session.page
            assert isinstance(page, Track)
            model.feed(msgspec.structs.replace(moved, job_id=page.job_id))

    return play


def _answer(model: Model, *, refused: str = "", booked: bool = False) -> None:
    """The server answers the command under way."""
    page = model.kiosk.session.page
    assert isinstance(page, Issuing | CheckingIn)
    if refused:
        details = DETAILS | (TOMORROW if refused == "appointment_other_day" else {})
        zh, en = (sentence(refused, details, language) for language in ("zh", "en"))
        number = {"number": "A031"} if refused == "appointment_kept" else {}
        rejected = Rejected(refused, "operator", zh, en, number)
        model.feed(i.Answered(Result(id=page.command_id, rejected=rejected)))
        return
    done = Outcome(
        ticket=TicketId("01JD8Q6T1C4Z8W3"),
        number="A128",
        service=ServiceId("s0"),
        ahead=6,
        wait_low_s=700,
        wait_high_s=1180,
        issued_at=at_half_past(22, 9),
        booked_at=at_half_past(22, 10) if booked else None,
        priority_reason="elderly",
    )
    model.feed(i.Answered(Result(id=page.command_id, done=done)))
    issued = model.kiosk.session.page
    assert isinstance(issued, Issued)
    model.feed(i.JobMoved(issued.job_id, "printed"))


def _arrive(model: Model, services: tuple[ServiceView, ...] = USUAL) -> None:
    _stand(model, services)
    model.feed(i.HallSeen(msgspec.structs.replace(hall(services), appointments=True)))
    model.feed(i.BeginArriving())


def _checking(model: Model) -> None:
    _arrive(model)
    model.feed(i.Scanned(AppointmentCode("31415926")))


def _refused_check_in(why: str) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _checking(model)
        _answer(model, refused=why)

    return play


def _checked_in(*, booked: bool) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _checking(model)
        _answer(model, booked=booked)

    return play


def _slow(model: Model) -> None:
    """The answer to the command under way is late."""
    session = model.kiosk.session
    page = session.page
    assert isinstance(page, Issuing | CheckingIn)
    late = msgspec.structs.replace(session, page=msgspec.structs.replace(page, slow=True))
    model.kiosk = msgspec.structs.replace(model.kiosk, session=late)


def _late_check_in(model: Model) -> None:
    _checking(model)
    _slow(model)
    model.feed(i.LineCut(at_half_past(22, 10)))


def _unanswered(model: Model) -> None:
    _checking(model)
    refused = Refused(code="unanswered_check_in", zh="", en="", check_in=True)
    session = msgspec.structs.replace(model.kiosk.session, page=refused)
    model.kiosk = msgspec.structs.replace(model.kiosk, session=session)
    model.feed(i.Stay())


def _several(services: tuple[ServiceView, ...]) -> Callable[[Model], None]:
    def play(model: Model) -> None:
        _arrive(model, services)
        for event in (i.PickWay("card"), i.CardRead(HOLDER)):
            model.feed(event)
        page = model.kiosk.session.page
        assert isinstance(page, Arrive)
        booked = tuple(
            Appointment(
                serial=f"yy-{place}", code=f"3141592{place}", service=service.id,
                day=Day("2026-11-22"), start=f"{9 + place:02}:00", end=f"{10 + place:02}:00",
                at=at_half_past(22, 9 + place), holder="张*",
            )
            for place, service in enumerate(services[:3])
        )  # fmt: skip
        standing = Standing(person=PersonKey("p"), appointments=booked)
        model.feed(i.Told(ReadResult(id="x", answer=standing), page.request_id))

    return play


def _helper_card(*events: i.AnyInput, refused: str = "") -> Callable[[Model], None]:
    """Of somebody else's ticket the hall wants to know who takes it."""

    def play(model: Model) -> None:
        _play(*_pick(2), i.ForSomeoneElse(True), i.PickWay("card"), i.CardRead(HOLDER))(model)
        model.feed(i.CardLifted())
        model.feed(i.ConfirmTicket())
        _answer(model, refused="helper_identity_required")
        for event in events:
            model.feed(event)
        if refused:
            _answer(model, refused=refused)

    return play


def _facing(*events: i.AnyInput) -> tuple[i.AnyInput, ...]:
    """A card of somebody whose face is to be compared lies on the reader."""
    return (WATCHING, *_pick(2), i.PickWay("card"), i.CardRead(HOLDER, True), *events)


def _late(model: Model) -> None:
    _play(*_pick(0), i.PickWay("without"), i.ConfirmTicket())(model)
    _slow(model)
    model.feed(i.LineCut(Ms(int(datetime(2026, 11, 22, 10, 32).timestamp() * 1000))))  # noqa: DTZ001


def scenes() -> Iterator[Scene]:
    """All of them."""
    cut = i.LineCut(Ms(int(datetime(2026, 11, 22, 10, 32).timestamp() * 1000)))  # noqa: DTZ001
    out = i.PrinterSeen(Printer(True, True, "printer.paper_out"))
    closed = i.HallSeen(msgspec.structs.replace(hall(USUAL), day=None))
    typing = tuple(i.Key(c) for c in "99010119500101001")
    yield Scene("home", _play())
    yield Scene("home-longest", _play(services=LONGEST, name=LONG_HALL))
    yield Scene("home-closed", _play(closed))
    yield Scene("home-cut", _play(cut, out))
    yield Scene("home-no-paper", _play(out))
    booked = i.HallSeen(msgspec.structs.replace(hall(USUAL), appointments=True))
    scanner = i.ScannerSeen(Scanner(True, True))
    code = i.Scanned(AppointmentCode("31415926"))
    arrive = (booked, i.BeginArriving())
    yield Scene("home-booked", _play(booked, scanner))
    yield Scene("home-booked-card", _play(booked, i.ScannerSeen(Scanner())))
    yield Scene("arrive", _play(*arrive))
    yield Scene("arrive-no-scanner", _play(*arrive, i.ScannerSeen(Scanner())))
    yield Scene("arrive-reader-gone", _play(*arrive, i.ReaderSeen(False, "id_reader.silent")))
    yield Scene("arrive-wrong-code", _play(*arrive, i.Scanned(TicketCode(number="A012"))))
    yield Scene("arrive-card", _play(*arrive, i.PickWay("card")))
    yield Scene(
        "arrive-card-failed",
        _play(*arrive, i.PickWay("card"), i.CardFailed("id_reader.card_moved")),
    )
    yield Scene("arrive-card-read", _play(*arrive, i.PickWay("card"), i.CardRead(HOLDER)))
    yield Scene("arrive-several", _several(USUAL))
    yield Scene("arrive-several-longest", _several(LONGEST))
    yield Scene("arrive-code", _play(*arrive, i.PickWay("code")))
    yield Scene("arrive-camera", _play(WATCHING, *arrive, i.PickWay("code")))
    digits = tuple(i.Key(c) for c in "314159")
    yield Scene("arrive-number", _play(*arrive, i.PickWay("number"), *digits))
    yield Scene("arrive-number-short", _play(*arrive, i.PickWay("number"), *digits, i.Submit()))
    yield Scene("arrive-checking", _play(booked, scanner, code))
    yield Scene("arrive-checking-late", _late_check_in)
    yield Scene("home-scanned", _play(i.Scanned(AppointmentCode("31415926"))))
    yield Scene("home-starting", lambda _: None)
    yield Scene("departments", _play(i.Begin()))
    yield Scene("services", _play(i.Begin(), i.PickDepartment("市场监管")))
    yield Scene(
        "services-hours",
        _play(i.QueuesSeen(limited(USUAL)), i.Begin(), i.PickDepartment("市场监管")),
    )
    yield Scene(
        "services-longest-hours",
        _play(i.QueuesSeen(limited(LONGEST)), i.Begin(), services=LONGEST),
    )
    yield Scene("services-longest", _play(i.Begin(), services=LONGEST))
    yield Scene("services-200", _play(i.Begin(), services=MANY))
    yield Scene("services-none", _play(i.Begin(), services=()))
    yield Scene("search", _play(i.Begin(), i.Search(True)))
    yield Scene("search-found", _play(i.Begin(), i.Search(True), i.Key("9"), i.Key("9")))
    yield Scene("who", _play(*_pick(0)))
    yield Scene("who-required", _play(*_pick(2), i.ForSomeoneElse(True)))
    yield Scene("who-reader-gone", _play(i.ReaderSeen(False, "id_reader.silent"), *_pick(0)))
    yield Scene("who-scanned", _play(*_pick(0), i.Scanned(TicketCode(number="A012"))))
    yield Scene("who-code", _play(WATCHING, *_pick(2), i.PickWay("code")))
    yield Scene("who-code-scanner", _play(*_pick(2), i.PickWay("code")))
    yield Scene("who-card", _play(*_pick(2), i.PickWay("card")))
    yield Scene(
        "who-card-failed", _play(*_pick(2), i.PickWay("card"), i.CardFailed("id_reader.card_moved"))
    )
    yield Scene(
        "who-number", _play(*_pick(2), i.PickWay("number"), *typing, i.Key("2"), i.Submit())
    )
    yield Scene("face-ask", _play(*_facing()))
    yield Scene("face-look", _play(*_facing(i.AnswerFace(True), i.FaceGuided("face.turn_right"))))
    yield Scene("confirm", _play(*_pick(9)))
    yield Scene("confirm-face", _play(*_facing(i.AnswerFace(True), i.FaceEnded("pass"))))
    yield Scene("confirm-face-staff", _play(*_facing(i.AnswerFace(True), i.FaceEnded("ask_staff"))))
    yield Scene("confirm-elderly", _play(*_pick(0), i.PickWay("card"), i.CardRead(HOLDER)))
    yield Scene(
        "confirm-expired",
        _play(*_pick(2), i.PickWay("card"), i.CardRead(HOLDER, valid_to="2026-01-31")),
    )
    yield Scene(
        "confirm-expired-face",
        _play(
            WATCHING, *_pick(2), i.PickWay("card"), i.CardRead(HOLDER, True, "2026-01-31"),
            i.AnswerFace(True), i.FaceEnded("ask_staff"),
        ),
    )  # fmt: skip
    yield Scene(
        "confirm-longest",
        _play(
            i.Begin(), i.PickService(ServiceId("s1")), i.PickWay("card"), i.CardRead(HOLDER),
            services=LONGEST,
        ),
    )  # fmt: skip
    yield Scene("confirm-steps", _routed)
    yield Scene("issuing-late", _late)
    yield Scene("ticket", _issued(i.JobMoved("", "printed"), by_card=True))
    yield Scene("ticket-steps", _issued(i.JobMoved("", "printed"), steps=steps_of(3, 0)))
    yield Scene("ticket-longest", _issued(long=True))
    yield Scene("ticket-no-paper", _issued(i.JobMoved("", "failed", "printer.paper_out")))
    yield Scene("ticket-unknown", _issued(i.JobMoved("", "unknown", "printer.silent")))
    yield Scene("ticket-no-printer", _no_printer)
    yield Scene("refused", _refused)
    for why in REFUSED_CHECK_INS:
        yield Scene(f"refused-{why}", _refused_check_in(why))
    yield Scene("refused-unanswered", _unanswered)
    yield Scene("helper-card", _helper_card())
    yield Scene("helper-card-same", _helper_card(i.CardRead(HOLDER)))
    for why in ("helper_is_holder", "helper_limit"):
        yield Scene(f"refused-{why}", _helper_card(i.CardRead(HELPER), refused=why))
    yield Scene("ticket-booked", _checked_in(booked=True))
    yield Scene("ticket-booked-late", _checked_in(booked=False))
    yield Scene("refused-face", _play(*_facing(i.AnswerFace(True), i.FaceEnded("fail"))))
    yield Scene("track", _play(i.BeginTracking(), i.Key("A"), i.Key("1")))
    yield Scene("track-camera", _play(WATCHING, i.BeginTracking()))
    yield Scene(
        "track-unscannable",
        _play(i.ScannerSeen(Scanner(True, False, "port.lost")), i.BeginTracking()),
    )
    yield Scene("track-answer", _tracked())
    yield Scene("track-steps", _tracked(steps_of(3)))
    yield Scene("track-steps-many", _tracked(steps_of(9), "serving"))
    yield Scene("track-scanned", _scanned())
    yield Scene("track-reprinted", _scanned(i.JobMoved("", "printed")))
    yield Scene("track-reprint-unknown", _scanned(i.JobMoved("", "unknown", "printer.silent")))
    yield Scene("help", _play(i.ShowHelp(True)))
    yield Scene("exit", _play(i.AskExit(), i.Key("1"), i.Key("2")))
