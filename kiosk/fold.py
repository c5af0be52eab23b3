"""From the flow's state to what the window shows: one pure t."""

from datetime import date as Date  # noqa: N812 - `date` is a function here
from typing import assert_never

from kiosk import facing, identity, steps, words
from kiosk.issuing import can_reprint
from kiosk.qr import picture
from kiosk.states import (
    Arrive,
    CheckingIn,
    Choose,
    Confirm,
    Exit,
    FaceAsk,
    FaceLook,
    HelperCard,
    Home,
    Issued,
    Issuing,
    Kiosk,
    Refused,
    Track,
    Who,
    can_check_in,
    can_issue,
    is_expired,
    offered,
    reads_codes,
)
from kiosk.telling import Telling
from kiosk.tiles import booked_tile, choose_view
from kiosk.view import (
    ArriveView,
    ChooseView,
    ConfirmView,
    FaceView,
    HelperCardView,
    KioskView,
    PageName,
    Place,
    RefusalView,
    TicketView,
    TrackView,
    WhoView,
)
from queue_server.domain.codes import sentence
from queue_server.domain.values import Ms
from queue_server.protocol.minutes import in_words
from ui.wording import clock, date, other

AT_COUNTER = ("called", "serving", "held")
"""States of a ticket whose holder is to be at a counter, or to come back to it."""


def kiosk_view(kiosk: Kiosk, place: Place, wall: Ms, now: float) -> KioskView:
    """The window at `wall` (the hall's clock, in ms) and `now` (monotonic seconds)."""
    session, world = kiosk.session, kiosk.world
    tell = Telling(kiosk, place, wall)
    page = session.page
    left = -1 if session.deadline is None else max(0, int(session.deadline - now + 0.999))
    queues = [tell.queue(service.id) for service in offered(kiosk)]
    return KioskView(
        page=_name(kiosk),
        language=session.language,
        large=session.large,
        reach=session.reach,
        help=session.help,
        countdown=-1 if isinstance(page, Home | Issuing | CheckingIn | FaceLook) else left,
        hall=tell.say(world.hall.name) if world.hall else "",
        hallOther=other(world.hall.name, session.language) if world.hall else "",
        clock=clock(wall),
        date=date(wall, session.language, year=False),
        known=world.hall is not None,
        connected=world.connected,
        cutSince=clock(world.cut_since) if world.cut_since is not None else "",
        cutReason=sentence(world.cut_code, {}, session.language) if world.cut_code else "",
        open=world.hall is not None and world.hall.day is not None,
        canTake=can_issue(kiosk),
        canBack=not isinstance(page, Home | Issuing | CheckingIn | Issued) or session.help,
        waiting=sum(queue.waiting for queue in queues if queue) if world.queues else -1,
        counters=tell.counters_open(),
        elderlyAge=world.hall.elderly_age if world.hall else 0,
        noPaper=tell.no_paper(),
        said=tell.problem(page.said) if isinstance(page, Home) else "",
        scanner=world.scanner.works,
        appointments=world.hall is not None and world.hall.appointments,
        camera=world.camera.works,
        scanProblem=tell.scan_problem(),
        desk=tell.say(place.desk),
        retention=tell.say(place.retention),
        choose=choose_view(tell, page) if isinstance(page, Choose) else ChooseView(),
        who=_who(tell, page) if isinstance(page, Who) else WhoView(),
        arrive=_arrive(tell, page) if isinstance(page, Arrive | CheckingIn) else ArriveView(),
        helperCard=_helper_card(tell, page) if isinstance(page, HelperCard) else HelperCardView(),
        face=_face(tell, page, left) if isinstance(page, FaceAsk | FaceLook) else FaceView(),
        confirm=_confirm(tell, page) if isinstance(page, Confirm | Issuing) else ConfirmView(),
        ticket=_ticket(tell, page) if isinstance(page, Issued) else TicketView(),
        refusal=_refusal(tell, page) if isinstance(page, Refused) else RefusalView(),
        track=_track(tell, page) if isinstance(page, Track) else TrackView(),
        typed=len(page.typed) if isinstance(page, Exit) else 0,
        wrong=page.wrong if isinstance(page, Exit) else 0,
    )


def _name(kiosk: Kiosk) -> PageName:
    page = kiosk.session.page
    match page:
        case Home():
            return "home"
        case Choose():
            return "choose"
        case Who():
            return "who"
        case Arrive() | CheckingIn():
            return "arrive"
        case HelperCard():
            return "helper_card"
        case FaceAsk():
            return "face_ask"
        case FaceLook():
            return "face_look"
        case Confirm():
            return "confirm"
        case Issuing():
            return "issuing"
        case Issued():
            return "ticket"
        case Refused():
            return "refused"
        case Track():
            return "track"
        case Exit():
            return "exit"
        case _:
            assert_never(page)


def _who(tell: Telling, page: Who) -> WhoView:
    return WhoView(
        service=tell.say(page.service.name),
        way=page.way,
        helper=page.helper,
        digits=_grouped(page.digits),
        length=len(page.digits),
        problem=tell.problem(page.problem),
        withCard=tell.world.reader.works,
        without=page.service.identity != "required",
        readerProblem=tell.reader_problem(),
        cardLies=tell.world.reader.card_present,
        withCode=reads_codes(tell.kiosk),
    )


def _arrive(tell: Telling, page: Arrive | CheckingIn) -> ArriveView:
    if isinstance(page, CheckingIn):
        return ArriveView(busy=True, slow=page.slow)
    return ArriveView(
        way=page.way,
        digits=f"{page.digits[:4]} {page.digits[4:]}".strip(),
        length=len(page.digits),
        problem=tell.problem(page.problem),
        withCard=tell.world.reader.works,
        readerProblem=tell.reader_problem(),
        cardLies=tell.world.reader.card_present,
        withCode=reads_codes(tell.kiosk),
        busy=bool(page.request_id),
        found=[booked_tile(tell, each) for each in page.found],
    )


def _helper_card(tell: Telling, page: HelperCard) -> HelperCardView:
    return HelperCardView(
        service=tell.say(page.confirm.service.name),
        problem=tell.problem(page.problem),
        readerProblem=tell.reader_problem(),
        cardLies=tell.world.reader.card_present,
    )


def _face(tell: Telling, page: FaceAsk | FaceLook, left: int) -> FaceView:
    guidance = page.guidance if isinstance(page, FaceLook) else ""
    return FaceView(
        service=tell.say(page.confirm.service.name),
        guidance=tell.problem(guidance),
        left=left,
    )


def _confirm(tell: Telling, page: Confirm | Issuing) -> ConfirmView:
    confirm = page.confirm if isinstance(page, Issuing) else page
    service, holder = confirm.service, confirm.holder
    priority = _expected_priority(tell, confirm)
    expired = is_expired(tell.kiosk, confirm.valid_to)
    return ConfirmView(
        service=tell.say(service.name),
        serviceOther=other(service.name, tell.language),
        department=tell.say(service.department),
        area=tell.area(service),
        counters=tell.counters(service),
        waiting=tell.ahead(service, elderly=bool(priority)),
        wait=tell.wait(service, elderly=bool(priority)),
        holder=identity.masked_name(holder.name) if holder else "",
        number=identity.masked_number(holder.number) if holder else "",
        priority=priority,
        helper=confirm.helper,
        slow=isinstance(page, Issuing) and page.slow,
        face=tell.problem("face_passed" if confirm.face == "passed" else confirm.face_code),
        facePassed=confirm.face == "passed",
        expired=tell.problem("card_expired") if expired else "",
        expiredBrief=tell.problem("card_expired_brief") if expired else "",
        steps=steps.planned(tell.world.hall, service.id, tell.language),
    )


def _expected_priority(tell: Telling, confirm: Confirm) -> str:
    hall = tell.world.hall
    if hall is None or not hall.elderly_age or confirm.holder is None or hall.day is None:
        return ""
    years = identity.age(confirm.holder.birth, Date.fromisoformat(hall.day))
    if years is None or years < hall.elderly_age:
        return ""
    return tell.say(words.elderly(hall.elderly_age))


def _ticket(tell: Telling, page: Issued) -> TicketView:
    hall = tell.world.hall
    why = words.rank(
        page.priority_reason, hall.elderly_age if hall else 60, page.booked_at, late=page.late
    )
    return TicketView(
        number=page.number,
        service=tell.say(page.service.name),
        ahead=page.ahead,
        wait=tell.say(page.wait) if page.wait else "",
        area=tell.area(page.service),
        counters=tell.counters(page.service),
        priority=tell.say(why) if why else "",
        code=picture(tell.place.code(page.ticket)),
        linked=bool(tell.place.link),
        printing=page.printing,
        problem=tell.print_problem(page.print_code),
        prints=page.prints,
        taken=clock(page.issued_at),
        cardLies=tell.world.reader.card_present,
        steps=steps.rows(page.steps, hall, tell.language),
    )


def _refusal(tell: Telling, page: Refused) -> RefusalView:
    own = words.SENTENCES.get(page.code)
    given = page.en if tell.language == "en" else page.zh
    return RefusalView(
        code=page.code,
        said=given or (tell.say(own) if own else page.code),
        advice=tell.say(words.ADVICE.get(page.code, words.HELP)),
        number=page.number,
        forOther=page.code == facing.FAILED and can_issue(tell.kiosk),
        canRetry=page.confirm_again is not None and can_issue(tell.kiosk),
        canChoose=page.service is not None and can_issue(tell.kiosk),
        checkIn=page.check_in,
        again=page.code == "appointment_kept",
        canArrive=page.code in words.TRY_AGAIN and can_check_in(tell.kiosk),
        canTake=page.code in words.TAKE_INSTEAD and can_issue(tell.kiosk),
    )


def _track(tell: Telling, page: Track) -> TrackView:
    prefixes = {service.prefix for service in tell.world.hall.services} if tell.world.hall else ()
    letters = sorted({c for prefix in prefixes for c in prefix if not c.isdigit()})
    answer = page.answer
    if answer is None:
        return TrackView(
            typed=page.typed,
            asking=bool(page.request_id),
            letters=letters,
            problem=tell.problem(page.problem),
        )
    hall = tell.world.hall
    names = [s.name for s in hall.services if s.id == answer.service] if hall else []
    wait = in_words(answer.wait_low_s, answer.wait_high_s)
    return TrackView(
        letters=letters,
        state=answer.state,
        number=answer.number,
        service=tell.say(names[0]) if names else "",
        ahead=answer.ahead,
        wait=tell.say(wait) if wait else "",
        counter=answer.counter_number or 0 if answer.state in AT_COUNTER else 0,
        reason=answer.end_reason or "",
        steps=steps.rows(answer.steps, hall, tell.language),
        canPrint=can_reprint(tell.kiosk, page),
        printing=page.printing,
        printProblem=tell.print_problem(page.print_code),
    )


def _grouped(digits: str) -> str:
    """A typed ID number as people read it: 110105 1949 1231 002X."""
    parts = (digits[:6], digits[6:10], digits[10:14], digits[14:])
    return " ".join(part for part in parts if part)
