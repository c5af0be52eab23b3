"""What the kiosk is showing and knows: frozen values, folded by `kiosk.flow`."""

from typing import Literal, TypeVar

import msgspec

from queue_server.domain.values import Consent, FaceCheck, Holder, Ms, ServiceId, Text, TicketId
from queue_server.protocol.bookings import Appointment
from queue_server.protocol.messages import Progress
from queue_server.protocol.views import HallView, QueuesView, ServiceView, StepView

Language = Literal["zh", "en"]
Way = Literal["choose", "card", "number", "code"]
PrintShown = Literal["printing", "printed", "unknown", "failed", "no_printer"]
CameraUse = Literal["off", "codes", "face"]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all pages."""


class Home(Page, frozen=True):
    """Hall, clock, and the things to do."""

    said: str = ""
    """A code: what became of a code scanned here."""


class Choose(Page, frozen=True):
    """Departments, then services; or a search over all services."""

    department: str = ""
    """Chinese name of the chosen department; empty while none is chosen."""
    searching: bool = False
    query: str = ""
    """Letters (pinyin initials) or digits 2 to 9 (the same on a telephone's keys)."""


class Who(Page, frozen=True):
    """Whose ticket it will be: card, typed number, or nobody's where the service allows."""

    service: ServiceView
    chosen_in: Choose
    way: Way = "choose"
    helper: bool = False
    digits: str = ""
    problem: str = ""
    """A code: why the last card or number was not taken."""

    def __repr__(self) -> str:
        return f"Who({self.service.id}, {self.way})"


class Arrive(Page, frozen=True):
    """预约签到: by the card, the appointment's code scanned, or its eight digits typed."""

    way: Way = "choose"
    digits: str = ""
    problem: str = ""
    """A code: why the last card or code was not taken."""
    holder: Holder | None = None
    """The card's, while its appointments of today are looked up and chosen from."""
    valid_to: str = ""
    consent: Consent | None = None
    """Both as in `Confirm`."""
    request_id: str = ""
    """Set while they are looked up."""
    found: tuple[Appointment, ...] = ()
    """More than one: which of them it is for."""

    def __repr__(self) -> str:
        return f"Arrive({self.way})"


class CheckingIn(Page, frozen=True):
    """The command that makes a ticket of an appointment is under way."""

    command_id: str
    slow: bool = False
    by_card: bool = False


class Confirm(Page, frozen=True):
    """The last look before a ticket. `command_id` is this confirmation's only issue command."""

    service: ServiceView
    chosen_in: Choose
    command_id: str
    holder: Holder | None = None
    by_card: bool = False
    valid_to: str = ""
    """The card's last day in force, ISO 8601; a ticket is taken with one that is over, too."""
    consent: Consent | None = None
    """To what the holder agreed by laying the card or typing the number."""
    helper: bool = False
    face: FaceCheck = ""
    face_code: str = ""
    """Why the face could not be compared, where it should have been."""


class HelperCard(Page, frozen=True):
    """The hall wants the helper's own card, too, before this ticket for somebody else."""

    confirm: Confirm
    problem: str = ""
    """A code: why the last card was not taken."""

    def __repr__(self) -> str:
        return "HelperCard()"


class FaceAsk(Page, frozen=True):
    """May the camera compare this face with the card? Asked before anything is looked at."""

    confirm: Confirm


class FaceLook(Page, frozen=True):
    """The citizen agreed and looks into the camera; time alone leads on, to the staff's check."""

    confirm: Confirm
    guidance: str = ""
    """A code: what to do better."""


class Issuing(Page, frozen=True):
    """The command is under way. Leaving is possible once the answer is late."""

    confirm: Confirm
    slow: bool = False

    @property
    def command_id(self) -> str:
        """The command that is under way."""
        return self.confirm.command_id


class Issued(Page, frozen=True):
    """The ticket exists, whatever the printer does."""

    ticket: TicketId
    number: str
    service: ServiceView
    ahead: int
    issued_at: Ms
    wait: Text | None = None
    """The range of waiting time the holder was told."""
    priority_reason: str = ""
    booked_at: Ms | None = None
    """The time of the appointment that the ticket is for."""
    late: bool = False
    """Whether it was checked in too late, so that the ticket is an ordinary one."""
    steps: tuple[StepView, ...] = ()
    """Of its route, in order; none without one."""
    job_id: str = ""
    prints: int = 0
    """Slips sent to the printer so far."""
    printing: PrintShown = "printing"
    print_code: str = ""


class Refused(Page, frozen=True):
    """No ticket, and why. `code` is the server's or one of `kiosk.advice`."""

    code: str
    zh: str
    en: str
    number: str = ""
    """The ticket already held, where that is the reason."""
    confirm_again: Confirm | None = None
    """Where the same may simply be tried again: a new confirmation, without its holder."""
    by_card: bool = False
    """Whether a card proved whose ticket that is."""
    service: ServiceView | None = None
    chosen_in: Choose = Choose()
    check_in: bool = False
    """Whether an appointment was not checked in, rather than a ticket not given."""


class Track(Page, frozen=True):
    """Progress of a ticket by its number or its code."""

    typed: str = ""
    owned: bool = False
    """Asked with the slip's own code or the holder's card: its paper may be printed again."""
    request_id: str = ""
    """Set while an answer is awaited."""
    answer: Progress | None = None
    problem: str = ""
    job_id: str = ""
    printing: PrintShown | Literal[""] = ""
    print_code: str = ""


class Exit(Page, frozen=True):
    """The hidden way out: staff type the exit password."""

    typed: str = ""
    wrong: int = 0
    """Wrong passwords so far."""


AnyPage = (
    Home
    | Choose
    | Who
    | Arrive
    | CheckingIn
    | FaceAsk
    | FaceLook
    | Confirm
    | HelperCard
    | Issuing
    | Issued
    | Refused
    | Track
    | Exit
)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One citizen's stay at the machine; a fresh one forgets the last."""

    page: AnyPage = Home()
    language: Language = "zh"
    large: bool = False
    reach: bool = False
    help: bool = False
    deadline: float | None = None
    """Monotonic seconds at which the machine goes home by itself."""


class Device(msgspec.Struct, frozen=True):
    """A device as last told. `code` says why it cannot work; empty when it can."""

    fitted: bool = False
    connected: bool = False
    code: str = ""

    @property
    def works(self) -> bool:
        """Whether a citizen may be sent to it."""
        return self.fitted and self.connected and not self.code


D = TypeVar("D", bound=Device)


class Printer(Device, frozen=True):
    """The ticket printer."""


class Scanner(Device, frozen=True):
    """The code scanner."""


class Camera(Device, frozen=True):
    """The camera."""


class Reader(Device, frozen=True):
    """The ID reader."""

    card_present: bool = False
    """A card was read and has not been lifted since."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Everything around the citizen."""

    hall: HallView | None = None
    queues: QueuesView | None = None
    connected: bool = False
    cut_since: Ms | None = None
    cut_code: str = ""
    area: str = ""
    """Area this kiosk is registered for; empty for the whole hall."""
    printer: Printer = Printer()
    reader: Reader = Reader()
    scanner: Scanner = Scanner()
    camera: Camera = Camera()
    face_code: str = ""
    """Why no face can be compared here, such as missing models; empty where it can."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds each kind of page stays without a touch, and what this kiosk offers."""

    page: float = 60.0
    ticket: float = 25.0
    refusal: float = 40.0
    home: float = 30.0
    """After this long untouched the home page returns to the hall's language and size."""
    slow: float = 4.0
    """An issue command unanswered this long is said to be late, and may be left."""
    services: tuple[ServiceId, ...] = ()
    """The services offered; empty for all of the area."""
    face_check: bool = False
    """Whether services that require identity compare a face with its card."""
    face: float = 20.0
    """Seconds the camera may look; then the staff compare."""
    language: Language = "zh"
    exit_hash: str = ""
    """Of `kiosk.password`; empty for no way out at the screen."""


class Kiosk(msgspec.Struct, frozen=True, kw_only=True):
    """The whole state of the flow."""

    session: Session = Session()
    world: World = World()
    limits: Limits = Limits()


def offered(kiosk: Kiosk) -> tuple[ServiceView, ...]:
    """The services this kiosk gives tickets for, in the hall's order."""
    hall = kiosk.world.hall
    if hall is None:
        return ()
    chosen = kiosk.limits.services
    if chosen:
        by_id = {service.id: service for service in hall.services}
        return tuple(by_id[each] for each in chosen if each in by_id)
    area = kiosk.world.area
    return tuple(s for s in hall.services if not area or s.area == area)


def is_expired(kiosk: Kiosk, valid_to: str) -> bool:
    """Whether a card's last day in force is over today."""
    hall = kiosk.world.hall
    return bool(valid_to) and hall is not None and hall.day is not None and hall.day > valid_to


def can_issue(kiosk: Kiosk) -> bool:
    """Whether a ticket can be taken now. The one place island mode will widen."""
    hall = kiosk.world.hall
    return kiosk.world.connected and hall is not None and hall.day is not None


def can_check_in(kiosk: Kiosk) -> bool:
    """Whether appointments are checked in here now."""
    hall = kiosk.world.hall
    return can_issue(kiosk) and hall is not None and hall.appointments


def is_shut(kiosk: Kiosk, service: ServiceId) -> bool:
    """Whether a service is outside its hours. One that is only full still takes who has booked."""
    queues = kiosk.world.queues.queues if kiosk.world.queues else ()
    return any(q.service == service and q.closed_reason in _OUTSIDE_HOURS for q in queues)


_OUTSIDE_HOURS = ("closed_now", "closed_today", "no_hours")


def reads_codes(kiosk: Kiosk) -> bool:
    """Whether any device here reads codes now."""
    return kiosk.world.scanner.works or kiosk.world.camera.works


def holds_photo(page: AnyPage) -> bool:
    """Whether the card's photograph may still be in the machine's memory on this page."""
    return isinstance(page, FaceAsk | FaceLook)


def camera_use(page: AnyPage) -> CameraUse:
    """What the camera is open for: only while the page asks for a code or a face."""
    match page:
        case FaceLook():
            return "face"
        case Who(way="code") | Arrive(way="code"):
            return "codes"
        case Track(answer=None, request_id=""):
            return "codes"
        case _:
            return "off"
