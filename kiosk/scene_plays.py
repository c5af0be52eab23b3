"""How the kiosk comes into a condition: touches, cards and answers, fed to its model."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from devices.scanner.codes import AppointmentCode, TicketCode
from kiosk import inputs as i
from kiosk.model import Model
from kiosk.scene_hall import (
    HOLDER,
    LONG_DEPARTMENT,
    LONGEST,
    ROUTES,
    USUAL,
    at_half_past,
    hall,
    queues,
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
from queue_server.domain.codes import CODES, sentence
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
    "when": "今天 10:00",
    "when_en": "today at 10:00",
    "from": "09:00",
    "limit": "3",
    "hours": "08:30–12:00、13:30–17:00",
    "hours_en": "08:30–12:00, 13:30–17:00",
    "service": USUAL[0].name.zh,
    "service_en": USUAL[0].name.en,
    "again": "11月24日（周二）08:30",
    "again_en": "on Tue 24 November at 08:30",
}
TOMORROW = {"when": "11月23日（周一）10:00", "when_en": "on Mon 23 November at 10:00"}
AT = Ms(int(datetime(2026, 11, 22, 10, 32).timestamp() * 1000))  # noqa: DTZ001
"""When something happens in a scene: 10:32."""
WATCHING = i.CameraSeen(Camera(True, True))


def stand(
    model: Model, services: tuple[ServiceView, ...] = USUAL, name: Text | None = None
) -> None:
    """The hall as it is on an ordinary morning, everything at work."""
    for event in (
        i.LineUp(),
        i.HallSeen(hall(services, name=name)),
        i.QueuesSeen(queues(services)),
        i.PrinterSeen(Printer(True, True)),
        i.ReaderSeen(True),
        i.ScannerSeen(Scanner(True, True)),
    ):
        model.feed(event)


def played(
    *events: i.AnyInput, services: tuple[ServiceView, ...] = USUAL, name: Text | None = None
) -> Callable[[Model], None]:
    """An ordinary morning, then these events."""

    def play(model: Model) -> None:
        stand(model, services, name)
        for event in events:
            model.feed(event)

    return play


def pick(place: int) -> tuple[i.AnyInput, ...]:
    """The touches that choose the service at this place of the usual ones."""
    department = USUAL[place].department.zh
    return i.Begin(), i.PickDepartment(department), i.PickService(ServiceId(f"s{place}"))


def issued(
    *job: i.JobMoved, by_card: bool = False, long: bool = False, steps: tuple[StepView, ...] = ()
) -> Callable[[Model], None]:
    """A ticket is there; then its slip moved as said."""

    def play(model: Model) -> None:
        stand(model, LONGEST if long else USUAL)
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
            issued_at=AT,
            priority_reason="elderly" if by_card else None,
            steps=steps,
        )
        model.feed(i.Answered(Result(id=page.command_id, done=outcome)))
        issued = model.kiosk.session.page
        assert isinstance(issued, Issued)
        for moved in job:
            model.feed(msgspec.structs.replace(moved, job_id=issued.job_id))

    return play


def no_printer(model: Model) -> None:
    """A ticket of a kiosk that has no printer."""
    issued(i.JobMoved("", "failed"))(model)
    page = msgspec.structs.replace(model.kiosk.session.page, printing="no_printer")
    session = msgspec.structs.replace(model.kiosk.session, page=page)
    model.kiosk = msgspec.structs.replace(model.kiosk, session=session)
    model.feed(i.PrinterSeen(Printer()))


def routed(model: Model) -> None:
    """A service whose tickets go through several."""
    stand(model)
    model.feed(i.HallSeen(msgspec.structs.replace(hall(USUAL), routes=ROUTES)))
    for event in (*pick(3), i.PickWay("without")):
        model.feed(event)


def refused(why: str) -> Callable[[Model], None]:
    """The command under way is refused."""

    def play(model: Model) -> None:
        played(*pick(0), i.PickWay("without"), i.ConfirmTicket())(model)
        answer(model, refused=why)

    return play


def tracked(
    steps: tuple[StepView, ...] = (), state: TicketState = "waiting"
) -> Callable[[Model], None]:
    """A ticket was asked for by its number."""

    def play(model: Model) -> None:
        played(i.BeginTracking(), i.Key("A"), i.Key("1"), i.Submit())(model)
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


def scanned(*job: i.JobMoved) -> Callable[[Model], None]:
    """A slip's own code opened its ticket; then its paper was asked for."""

    def play(model: Model) -> None:
        played(i.Scanned(TicketCode(ticket="01JD8Q6T1C4Z8W3")))(model)
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


def answer(model: Model, *, refused: str = "", booked: bool = False) -> None:
    """The server answers the command under way."""
    page = model.kiosk.session.page
    assert isinstance(page, Issuing | CheckingIn)
    if refused:
        details = DETAILS | (TOMORROW if refused == "appointment_other_day" else {})
        zh, en = (sentence(refused, details, language) for language in ("zh", "en"))
        number = {"number": "A031"} if "{number}" in CODES[refused].zh else {}
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


def arrive(model: Model, services: tuple[ServiceView, ...] = USUAL) -> None:
    """The page where appointments are checked in."""
    stand(model, services)
    model.feed(i.HallSeen(msgspec.structs.replace(hall(services), appointments=True)))
    model.feed(i.BeginArriving())


def checking(model: Model) -> None:
    """A code was scanned; the answer is awaited."""
    arrive(model)
    model.feed(i.Scanned(AppointmentCode("31415926")))


def refused_check_in(why: str) -> Callable[[Model], None]:
    """A check-in that is refused."""

    def play(model: Model) -> None:
        checking(model)
        answer(model, refused=why)

    return play


def checked_in(*, booked: bool) -> Callable[[Model], None]:
    """A check-in that gave a ticket."""

    def play(model: Model) -> None:
        checking(model)
        answer(model, booked=booked)

    return play


def slow(model: Model) -> None:
    """The answer to the command under way is late."""
    session = model.kiosk.session
    page = session.page
    assert isinstance(page, Issuing | CheckingIn)
    late = msgspec.structs.replace(session, page=msgspec.structs.replace(page, slow=True))
    model.kiosk = msgspec.structs.replace(model.kiosk, session=late)


def late_check_in(model: Model) -> None:
    """The answer to a check-in is late, and the line is cut."""
    checking(model)
    slow(model)
    model.feed(i.LineCut(at_half_past(22, 10)))


def unanswered(model: Model) -> None:
    """A check-in that nobody answered."""
    checking(model)
    refused = Refused(code="unanswered_check_in", zh="", en="", check_in=True)
    session = msgspec.structs.replace(model.kiosk.session, page=refused)
    model.kiosk = msgspec.structs.replace(model.kiosk, session=session)
    model.feed(i.Stay())


def several(services: tuple[ServiceView, ...]) -> Callable[[Model], None]:
    """A card with several appointments today."""

    def play(model: Model) -> None:
        arrive(model, services)
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


def helper_card(*events: i.AnyInput, refused: str = "") -> Callable[[Model], None]:
    """Of somebody else's ticket the hall wants to know who takes it."""

    def play(model: Model) -> None:
        played(*pick(2), i.ForSomeoneElse(True), i.PickWay("card"), i.CardRead(HOLDER))(model)
        model.feed(i.CardLifted())
        model.feed(i.ConfirmTicket())
        answer(model, refused="helper_identity_required")
        for event in events:
            model.feed(event)
        if refused:
            answer(model, refused=refused)

    return play


def facing(*events: i.AnyInput) -> tuple[i.AnyInput, ...]:
    """A card of somebody whose face is to be compared lies on the reader."""
    return (WATCHING, *pick(2), i.PickWay("card"), i.CardRead(HOLDER, True), *events)


def late(model: Model) -> None:
    """The answer to the confirmation is late, and the line is cut."""
    played(*pick(0), i.PickWay("without"), i.ConfirmTicket())(model)
    slow(model)
    model.feed(i.LineCut(AT))
