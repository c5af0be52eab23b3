"""What the window shows, as frozen values. No field holds more of an identity than its mask."""

from typing import Literal

import msgspec

from queue_server.domain.values import Text
from ui.inputs import Language
from ui.shown import Snapshot

PageName = Literal[
    "home",
    "choose",
    "who",
    "arrive",
    "helper_card",
    "face_ask",
    "face_look",
    "confirm",
    "issuing",
    "ticket",
    "refused",
    "track",
    "exit",
]


class Tile(Snapshot, frozen=True):
    """A department or service to choose. `waiting` is -1 where it is not known."""

    key: str
    name: str
    other: str = ""
    detail: str = ""
    waiting: int = -1
    wait: str = ""
    """The range of waiting time, in words; empty where nothing is known."""
    services: int = 0
    active: bool = True
    staffed: bool = True
    """Whether a counter calls this service now."""
    hours: str = ""
    """Why no ticket is given now and from when on one is; of an appointment, its time."""
    left: str = ""
    """How many tickets are left before a limit, where these are few."""
    shut: bool = False
    """Whether it is outside its hours. Where it is only full, who has booked may still go on."""


class ChooseView(Snapshot, frozen=True):
    """Departments or services."""

    title: str = ""
    departments: list[Tile] = msgspec.field(default_factory=list)
    services: list[Tile] = msgspec.field(default_factory=list)
    searching: bool = False
    query: str = ""


class WhoView(Snapshot, frozen=True):
    """Card, number, code or nobody."""

    service: str = ""
    way: str = "choose"
    helper: bool = False
    digits: str = ""
    length: int = 0
    problem: str = ""
    withCard: bool = False
    without: bool = False
    readerProblem: str = ""
    cardLies: bool = False
    withCode: bool = False
    """Whether a code can be scanned here now."""


class ArriveView(Snapshot, frozen=True):
    """Checking an appointment in: card, scanned code or typed code."""

    way: str = "choose"
    digits: str = ""
    length: int = 0
    problem: str = ""
    withCard: bool = False
    readerProblem: str = ""
    cardLies: bool = False
    withCode: bool = False
    busy: bool = False
    """Whether an answer is awaited."""
    slow: bool = False
    """Whether it is late."""
    found: list[Tile] = msgspec.field(default_factory=list)
    """The appointments to choose from, each with its time as `hours`."""


class HelperCardView(Snapshot, frozen=True):
    """The helper's own card, asked for after the holder's."""

    service: str = ""
    problem: str = ""
    readerProblem: str = ""
    cardLies: bool = False


class FaceView(Snapshot, frozen=True):
    """The camera before a face: what is asked, what to do better, seconds left."""

    service: str = ""
    guidance: str = ""
    left: int = 0


class StepRow(Snapshot, frozen=True):
    """One step of a visit."""

    number: int = 0
    name: str = ""
    place: str = ""
    """Its area and counters."""
    state: str = ""
    """`done`, `now` or `next`."""


class ConfirmView(Snapshot, frozen=True):
    """What will be taken."""

    service: str = ""
    serviceOther: str = ""
    department: str = ""
    area: str = ""
    counters: str = ""
    waiting: int = -1
    wait: str = ""
    holder: str = ""
    number: str = ""
    priority: str = ""
    helper: bool = False
    slow: bool = False
    face: str = ""
    """How the comparison of face and card ended, in words; empty where none was due."""
    facePassed: bool = False
    expired: str = ""
    """That the card is no longer in force, in words; empty where it is."""
    expiredBrief: str = ""
    steps: list[str] = msgspec.field(default_factory=list)
    """The services that the ticket goes through, in order; none where it is for one alone."""


class TicketView(Snapshot, frozen=True):
    """The ticket, and how its printing goes."""

    number: str = ""
    service: str = ""
    ahead: int = 0
    wait: str = ""
    area: str = ""
    counters: str = ""
    priority: str = ""
    """Why it may be called earlier: an appointment's time, an age. Also that one came too late."""
    code: str = ""
    """The QR code, as a picture's address."""
    linked: bool = False
    """Whether a telephone can follow that code."""
    printing: str = ""
    problem: str = ""
    prints: int = 0
    taken: str = ""
    cardLies: bool = False
    steps: list[StepRow] = msgspec.field(default_factory=list)


class RefusalView(Snapshot, frozen=True):
    """Why not, and what can be done."""

    code: str = ""
    said: str = ""
    advice: str = ""
    number: str = ""
    canRetry: bool = False
    forOther: bool = False
    """Whether the card may be used by somebody who takes a ticket for its holder."""
    canChoose: bool = False
    checkIn: bool = False
    """Whether an appointment was not checked in."""
    again: bool = False
    """Whether that is because it was checked in before."""
    canArrive: bool = False
    """Whether checking in may be tried again."""
    canTake: bool = False
    """Whether a ticket may be taken instead."""


class TrackView(Snapshot, frozen=True):
    """How a ticket stands, or the number being typed."""

    typed: str = ""
    asking: bool = False
    letters: list[str] = msgspec.field(default_factory=list)
    problem: str = ""
    state: str = ""
    number: str = ""
    service: str = ""
    ahead: int = 0
    wait: str = ""
    counter: int = 0
    reason: str = ""
    steps: list[StepRow] = msgspec.field(default_factory=list)
    """Of its route; `wait` is then for the step at hand alone."""
    canPrint: bool = False
    """Whether a slip lost, or not printed elsewhere, may be printed here."""
    printing: str = ""
    printProblem: str = ""


class KioskView(Snapshot, frozen=True):
    """Everything in the window. No field holds more of an identity than its mask."""

    page: PageName = "home"
    language: Language = "zh"
    large: bool = False
    reach: bool = False
    help: bool = False
    countdown: int = -1
    """Whole seconds until the machine goes home by itself; -1 without."""
    hall: str = ""
    hallOther: str = ""
    clock: str = ""
    date: str = ""
    known: bool = False
    """Whether the hall's document has come."""
    connected: bool = False
    cutSince: str = ""
    cutReason: str = ""
    open: bool = False
    canTake: bool = False
    canBack: bool = False
    waiting: int = -1
    counters: int = 0
    elderlyAge: int = 0
    noPaper: str = ""
    """Why slips cannot be printed; empty when they can."""
    said: str = ""
    """On the home page: what became of a code scanned there."""
    scanner: bool = False
    """Whether the scanner works."""
    appointments: bool = False
    """Whether the hall takes appointments: they are checked in from the first page."""
    camera: bool = False
    """Whether the camera works: pages that want a code or a face show what it sees."""
    scanProblem: str = ""
    """Why no device here reads codes now; empty where one does, or none is fitted."""
    desk: str = ""
    retention: str = ""
    choose: ChooseView = ChooseView()
    who: WhoView = WhoView()
    arrive: ArriveView = ArriveView()
    helperCard: HelperCardView = HelperCardView()
    face: FaceView = FaceView()
    confirm: ConfirmView = ConfirmView()
    ticket: TicketView = TicketView()
    refusal: RefusalView = RefusalView()
    track: TrackView = TrackView()
    typed: int = 0
    """Characters of an exit password typed."""
    wrong: int = 0


class Place(Snapshot, frozen=True):
    """What this kiosk says of its surroundings."""

    desk: Text = Text(zh="大厅导办台", en="the help desk in the hall")
    retention: Text = Text(
        zh="号码加密保存，按本大厅规定的期限删除",
        en="The number is stored encrypted and deleted after the hall's fixed period",
    )
    link: str = ""
    """Address before a ticket's id, followed by a telephone; empty where there is none."""

    def code(self, ticket: str) -> str:
        """What a ticket's QR code holds."""
        return self.link.rstrip("/") + "/" + ticket if self.link else ticket
