"""From the flow's state to what the window shows: one pure fold."""

from datetime import date as Date  # noqa: N812 - `date` is a function here
from typing import assert_never

from devices.errors import FAULTS
from devices.face.outcome import HINTS
from kiosk import facing, identity, steps, words
from kiosk.issuing import can_reprint
from kiosk.qr import picture
from kiosk.search import matches
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
    is_shut,
    offered,
    reads_codes,
)
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
    Tile,
    TrackView,
    WhoView,
)
from queue_server.domain.codes import sentence
from queue_server.domain.values import Ms, ServiceId, Text
from queue_server.protocol.bookings import Appointment
from queue_server.protocol.minutes import in_words
from queue_server.protocol.views import QueueView, ServiceView
from ui.wording import clock, date, in_language, other, short_date


def kiosk_view(kiosk: Kiosk, place: Place, wall: Ms, now: float) -> KioskView:
    """The window at `wall` (the hall's clock, in ms) and `now` (monotonic seconds)."""
    session, world = kiosk.session, kiosk.world
    fold = _Fold(kiosk, place, wall)
    page = session.page
    left = -1 if session.deadline is None else max(0, int(session.deadline - now + 0.999))
    queues = [fold.queue(service.id) for service in offered(kiosk)]
    return KioskView(
        page=_name(kiosk),
        language=session.language,
        large=session.large,
        reach=session.reach,
        help=session.help,
        countdown=-1 if isinstance(page, Home | Issuing | CheckingIn | FaceLook) else left,
        hall=fold.say(world.hall.name) if world.hall else "",
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
        counters=fold.counters_open(),
        elderlyAge=world.hall.elderly_age if world.hall else 0,
        noPaper=fold.no_paper(),
        said=fold.problem(page.said) if isinstance(page, Home) else "",
        scanner=world.scanner.works,
        appointments=world.hall is not None and world.hall.appointments,
        camera=world.camera.works,
        scanProblem=fold.scan_problem(),
        desk=fold.say(place.desk),
        retention=fold.say(place.retention),
        choose=fold.choose(page) if isinstance(page, Choose) else ChooseView(),
        who=fold.who(page) if isinstance(page, Who) else WhoView(),
        arrive=fold.arrive(page) if isinstance(page, Arrive | CheckingIn) else ArriveView(),
        helperCard=fold.helper_card(page) if isinstance(page, HelperCard) else HelperCardView(),
        face=fold.face(page, left) if isinstance(page, FaceAsk | FaceLook) else FaceView(),
        confirm=fold.confirm(page) if isinstance(page, Confirm | Issuing) else ConfirmView(),
        ticket=fold.ticket(page) if isinstance(page, Issued) else TicketView(),
        refusal=fold.refusal(page) if isinstance(page, Refused) else RefusalView(),
        track=fold.track(page) if isinstance(page, Track) else TrackView(),
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


_HINTS = {hint.value: Text(zh=words.zh, en=words.en) for hint, words in HINTS.items()}


class _Fold:
    """The parts, in one language."""

    def __init__(self, kiosk: Kiosk, place: Place, wall: Ms) -> None:
        self._kiosk = kiosk
        self._world = kiosk.world
        self._language = kiosk.session.language
        self._place = place
        self._wall = wall
        queues = kiosk.world.queues
        self._queues = {queue.service: queue for queue in queues.queues} if queues else {}

    def say(self, text: Text) -> str:
        return in_language(text, self._language)

    def queue(self, service: ServiceId) -> QueueView | None:
        return self._queues.get(service)

    def counters_open(self) -> int:
        return max((queue.counters_open for queue in self._queues.values()), default=0)

    def no_paper(self) -> str:
        printer = self._world.printer
        if printer.fitted and not printer.code:
            return ""
        return self._print_problem(printer.code or "printer.not_connected")

    def scan_problem(self) -> str:
        if reads_codes(self._kiosk):
            return ""
        fitted = [d for d in (self._world.scanner, self._world.camera) if d.fitted]
        return self.say(words.SCANNING_DOWN) if fitted else ""

    def _print_problem(self, code: str) -> str:
        return self.say(words.PRINTER.get(code, words.PRINTER_DOWN)) if code else ""

    def choose(self, page: Choose) -> ChooseView:
        services = offered(self._kiosk)
        if page.searching:
            found = [s for s in services if page.query and matches(s.name, page.query)]
        else:
            found = [s for s in services if s.department.zh == page.department]
        title = self.say(found[0].department) if page.department and found else ""
        departments: list[Tile] = []
        if not page.searching and not page.department:
            departments = self._departments(services)
        return ChooseView(
            title=title,
            departments=departments,
            services=[self._tile(s, with_department=page.searching) for s in found],
            searching=page.searching,
            query=page.query.upper(),
        )

    def _departments(self, services: tuple[ServiceView, ...]) -> list[Tile]:
        groups: dict[str, list[ServiceView]] = {}
        for service in services:
            groups.setdefault(service.department.zh, []).append(service)
        return [
            Tile(
                key=key,
                name=self.say(group[0].department),
                other=other(group[0].department, self._language),
                waiting=self._waiting(group),
                services=len(group),
            )
            for key, group in groups.items()
        ]

    def _waiting(self, services: list[ServiceView]) -> int:
        """People waiting for all of them; unknown where any is unknown, never a false zero."""
        counts = [self._queues[s.id].waiting for s in services if s.id in self._queues]
        return sum(counts) if len(counts) == len(services) else -1

    def _wait(self, service: ServiceView) -> str:
        """How long who joins now will wait; empty where that, or the present, is not known."""
        queue = self.queue(service.id) if self._world.connected else None
        wait = in_words(queue.wait_low_s, queue.wait_high_s) if queue else None
        return self.say(wait) if wait else ""

    def _tile(self, service: ServiceView, *, with_department: bool) -> Tile:
        queue = self.queue(service.id)
        given = queue if queue and not queue.closed_reason else None
        return Tile(
            key=service.id,
            name=self.say(service.name),
            other=other(service.name, self._language),
            detail=self.say(service.department) if with_department else "",
            waiting=given.waiting if given else -1,
            wait=self._wait(service) if given else "",
            active=service.active,
            staffed=queue is None or queue.counters_open > 0,
            hours=self._hours(queue),
            left=self._left(given),
            shut=is_shut(self._kiosk, service.id),
        )

    def _hours(self, queue: QueueView | None) -> str:
        """Why no ticket is given, and from when on one is; empty where one is given now."""
        if queue is None or not queue.closed_reason:
            return ""
        said = words.NOT_NOW.get(queue.closed_reason, words.NO_TICKETS)
        if queue.opens_at is None:
            return self.say(said)
        at = clock(queue.opens_at)
        if date(queue.opens_at, self._language) != date(self._wall, self._language):
            at = f"{short_date(queue.opens_at, self._language)} {at}"
        return f"{self.say(said)}{self.say(words.AGAIN).format(at=at)}"

    def _left(self, queue: QueueView | None) -> str:
        """That few tickets are left; a number of a while ago, while cut off, is none."""
        left = queue.remaining if queue and self._world.connected else None
        if left is None or not 0 < left <= words.FEW:
            return ""
        return self.say(words.ONE_LEFT if left == 1 else words.FEW_LEFT).format(left=left)

    def _reader_problem(self) -> str:
        reader = self._world.reader
        down = reader.fitted and (not reader.connected or bool(reader.code))
        return self.say(words.READER_DOWN) if down else ""

    def who(self, page: Who) -> WhoView:
        return WhoView(
            service=self.say(page.service.name),
            way=page.way,
            helper=page.helper,
            digits=_grouped(page.digits),
            length=len(page.digits),
            problem=self.problem(page.problem),
            withCard=self._world.reader.works,
            without=page.service.identity != "required",
            readerProblem=self._reader_problem(),
            cardLies=self._world.reader.card_present,
            withCode=reads_codes(self._kiosk),
        )

    def arrive(self, page: Arrive | CheckingIn) -> ArriveView:
        if isinstance(page, CheckingIn):
            return ArriveView(busy=True, slow=page.slow)
        return ArriveView(
            way=page.way,
            digits=f"{page.digits[:4]} {page.digits[4:]}".strip(),
            length=len(page.digits),
            problem=self.problem(page.problem),
            withCard=self._world.reader.works,
            readerProblem=self._reader_problem(),
            cardLies=self._world.reader.card_present,
            withCode=reads_codes(self._kiosk),
            busy=bool(page.request_id),
            found=[self._booked(each) for each in page.found],
        )

    def _booked(self, found: Appointment) -> Tile:
        services = self._world.hall.services if self._world.hall else ()
        name = next((s.name for s in services if s.id == found.service), None)
        return Tile(
            key=found.serial,
            name=self.say(name) if name else found.service,
            hours=f"{found.start}–{found.end}",
        )

    def helper_card(self, page: HelperCard) -> HelperCardView:
        return HelperCardView(
            service=self.say(page.confirm.service.name),
            problem=self.problem(page.problem),
            readerProblem=self._reader_problem(),
            cardLies=self._world.reader.card_present,
        )

    def face(self, page: FaceAsk | FaceLook, left: int) -> FaceView:
        guidance = page.guidance if isinstance(page, FaceLook) else ""
        return FaceView(
            service=self.say(page.confirm.service.name),
            guidance=self.problem(guidance),
            left=left,
        )

    def problem(self, code: str) -> str:
        if code in words.SENTENCES:
            return self.say(words.SENTENCES[code])
        if code in words.READER_BROKEN or code.startswith("port."):
            return self.say(words.READER_DOWN)
        if code in _HINTS:
            return in_language(_HINTS[code], self._language)
        if fault := FAULTS.get(code):
            return self.say(Text(zh=fault.zh, en=fault.en))
        return sentence(code, {}, self._language) if code else ""

    def confirm(self, page: Confirm | Issuing) -> ConfirmView:
        confirm = page.confirm if isinstance(page, Issuing) else page
        service, holder = confirm.service, confirm.holder
        queue = self.queue(service.id)
        return ConfirmView(
            service=self.say(service.name),
            serviceOther=other(service.name, self._language),
            department=self.say(service.department),
            area=self._area(service),
            counters=self._counters(service),
            waiting=queue.waiting if queue else -1,
            wait="" if self._expected_priority(confirm) else self._wait(service),
            holder=identity.masked_name(holder.name) if holder else "",
            number=identity.masked_number(holder.number) if holder else "",
            priority=self._expected_priority(confirm),
            helper=confirm.helper,
            slow=isinstance(page, Issuing) and page.slow,
            face=self.problem("face_passed" if confirm.face == "passed" else confirm.face_code),
            facePassed=confirm.face == "passed",
            expired=self.problem("card_expired") if self._is_expired(confirm) else "",
            expiredBrief=self.problem("card_expired_brief") if self._is_expired(confirm) else "",
            steps=steps.planned(self._world.hall, service.id, self._language),
        )

    def _is_expired(self, confirm: Confirm) -> bool:
        return is_expired(self._kiosk, confirm.valid_to)

    def _expected_priority(self, confirm: Confirm) -> str:
        hall = self._world.hall
        if hall is None or not hall.elderly_age or confirm.holder is None or hall.day is None:
            return ""
        years = identity.age(confirm.holder.birth, Date.fromisoformat(hall.day))
        if years is None or years < hall.elderly_age:
            return ""
        return self.say(words.elderly(hall.elderly_age))

    def _area(self, service: ServiceView) -> str:
        hall = self._world.hall
        found = [area.name for area in hall.areas if area.id == service.area] if hall else []
        return self.say(found[0]) if found else ""

    def _counters(self, service: ServiceView) -> str:
        hall = self._world.hall
        numbers = (
            sorted(c.number for c in hall.counters if service.id in c.services) if hall else []
        )
        return ("、" if self._language == "zh" else ", ").join(map(str, numbers))

    def ticket(self, page: Issued) -> TicketView:
        hall = self._world.hall
        why = words.rank(
            page.priority_reason, hall.elderly_age if hall else 60, page.booked_at, late=page.late
        )
        return TicketView(
            number=page.number,
            service=self.say(page.service.name),
            ahead=page.ahead,
            wait=self.say(page.wait) if page.wait else "",
            area=self._area(page.service),
            counters=self._counters(page.service),
            priority=self.say(why) if why else "",
            code=picture(self._place.code(page.ticket)),
            linked=bool(self._place.link),
            printing=page.printing,
            problem=self._print_problem(page.print_code),
            prints=page.prints,
            taken=clock(page.issued_at),
            cardLies=self._world.reader.card_present,
            steps=steps.rows(page.steps, hall, self._language),
        )

    def refusal(self, page: Refused) -> RefusalView:
        own = words.SENTENCES.get(page.code)
        given = page.en if self._language == "en" else page.zh
        return RefusalView(
            code=page.code,
            said=given or (self.say(own) if own else page.code),
            advice=self.say(words.ADVICE.get(page.code, words.HELP)),
            number=page.number,
            forOther=page.code == facing.FAILED and can_issue(self._kiosk),
            canRetry=page.confirm_again is not None and can_issue(self._kiosk),
            canChoose=page.service is not None and can_issue(self._kiosk),
            checkIn=page.check_in,
            canArrive=page.code in words.TRY_AGAIN and can_check_in(self._kiosk),
            canTake=page.code in words.TAKE_INSTEAD and can_issue(self._kiosk),
        )

    def track(self, page: Track) -> TrackView:
        prefixes = (
            {service.prefix for service in self._world.hall.services} if self._world.hall else ()
        )
        letters = sorted({c for prefix in prefixes for c in prefix if not c.isdigit()})
        answer = page.answer
        if answer is None:
            return TrackView(
                typed=page.typed,
                asking=bool(page.request_id),
                letters=letters,
                problem=self.problem(page.problem),
            )
        hall = self._world.hall
        names = [s.name for s in hall.services if s.id == answer.service] if hall else []
        wait = in_words(answer.wait_low_s, answer.wait_high_s)
        return TrackView(
            letters=letters,
            state=answer.state,
            number=answer.number,
            service=self.say(names[0]) if names else "",
            ahead=answer.ahead,
            wait=self.say(wait) if wait else "",
            counter=answer.counter_number or 0,
            reason=answer.end_reason or "",
            steps=steps.rows(answer.steps, hall, self._language),
            canPrint=can_reprint(self._kiosk, page),
            printing=page.printing,
            printProblem=self._print_problem(page.print_code),
        )


def _grouped(digits: str) -> str:
    """A typed ID number as people read it: 110105 1949 1231 002X."""
    parts = (digits[:6], digits[6:10], digits[10:14], digits[14:])
    return " ".join(part for part in parts if part)
