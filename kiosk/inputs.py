"""What happens to the kiosk: touches, its devices, the server's answers, time."""

from typing import Literal

import msgspec

from devices.scanner.codes import Code
from kiosk.states import Camera, Language, Printer, Scanner
from queue_server.domain.values import Holder, Ms, ServiceId
from queue_server.protocol.messages import ReadResult, Result
from queue_server.protocol.views import HallView, QueuesView


class Input(msgspec.Struct, frozen=True):
    """Base of all inputs."""


class Touch(Input, frozen=True):
    """Base of what the citizen does; each gives the page its full time again."""


class Stay(Touch, frozen=True):
    """A touch that asks for nothing but more time."""


class GoHome(Touch, frozen=True):
    """Leave; everything about this citizen is forgotten."""


class GoBack(Touch, frozen=True):
    """One step back."""


class Finish(Touch, frozen=True):
    """Done with the ticket or the answer: the next citizen's turn."""


class Begin(Touch, frozen=True):
    """取号."""


class BeginTracking(Touch, frozen=True):
    """查询进度; with a number already known it is asked at once."""

    number: str = ""


class BeginArriving(Touch, frozen=True):
    """预约签到."""


class PickAppointment(Touch, frozen=True):
    """One of the appointments found by the card."""

    serial: str


class PickDepartment(Touch, frozen=True):
    """`name` is the department's Chinese name."""

    name: str


class PickService(Touch, frozen=True):
    """One of the services shown."""

    service: ServiceId


class Search(Touch, frozen=True):
    """Open or close the search."""

    on: bool


class PickWay(Touch, frozen=True):
    """How to say who: lay a card, type or scan a number, go on without, or back to the choice."""

    way: Literal["card", "number", "code", "without", "choose"]


class ForSomeoneElse(Touch, frozen=True):
    """A helper takes the ticket for somebody else."""

    on: bool


class Key(Touch, frozen=True):
    """One character of the on-screen keyboard."""

    character: str


class Erase(Touch, frozen=True):
    """Take the last character back; `all` takes every one."""

    all: bool = False


class Submit(Touch, frozen=True):
    """The typed number is complete; `at` is when, by the hall's clock, put in by the model."""

    at: Ms = Ms(0)


class ConfirmTicket(Touch, frozen=True):
    """The one touch that takes a ticket."""


class PrintAgain(Touch, frozen=True):
    """Same number, marked 补打."""


class SlipSeen(Touch, frozen=True):
    """The citizen holds the slip of which the printer could not tell."""


class AnswerFace(Touch, frozen=True):
    """May the camera compare? `agree`, or the staff compare."""

    agree: bool


class SetLanguage(Touch, frozen=True):
    """中文 or English."""

    language: Language


class SetLarge(Touch, frozen=True):
    """Large type."""

    on: bool


class SetReach(Touch, frozen=True):
    """All controls into the lower half."""

    on: bool


class ShowHelp(Touch, frozen=True):
    """Where the help desk is."""

    on: bool


class Scanned(Touch, frozen=True):
    """A code from the scanner or the camera."""

    code: Code


class AskExit(Touch, frozen=True):
    """The hidden gesture of staff."""


class CardRead(Input, frozen=True):
    """A card was read; `photo` where its photograph can be looked at. `valid_to` is its last day in
    force, ISO 8601; empty for 长期."""

    holder: Holder
    photo: bool = False
    valid_to: str = ""
    at: Ms = Ms(0)
    """When, by the hall's clock; put in by the model."""


class CardFailed(Input, frozen=True):
    """A card could not be read; `code` says why."""

    code: str


class CardLifted(Input, frozen=True):
    """The card left the reader."""


class ReaderSeen(Input, frozen=True):
    """The reader's state; `code` why it cannot read, empty when it can."""

    connected: bool
    code: str = ""


class PrinterSeen(Input, frozen=True):
    """The printer's state changed."""

    printer: Printer


class ScannerSeen(Input, frozen=True):
    """The scanner's state changed."""

    scanner: Scanner


class CameraSeen(Input, frozen=True):
    """The camera's state changed."""

    camera: Camera


class FaceCodeSeen(Input, frozen=True):
    """Why faces cannot be compared at this kiosk; empty where they can."""

    code: str


class FaceGuided(Input, frozen=True):
    """What the citizen before the camera should do better."""

    code: str


class FaceEnded(Input, frozen=True):
    """The comparison is over; `code` says why it is the staff's turn."""

    outcome: Literal["pass", "ask_staff", "fail"]
    code: str = ""


class JobMoved(Input, frozen=True):
    """A print job went on."""

    job_id: str
    state: Literal["pending", "printing", "printed", "unknown", "failed"]
    code: str = ""


class Answered(Input, frozen=True):
    """The server's answer to a command."""

    result: Result


class Told(Input, frozen=True):
    """The server's answer to a question."""

    result: ReadResult
    request_id: str


class HallSeen(Input, frozen=True):
    """The hall's document changed."""

    hall: HallView


class QueuesSeen(Input, frozen=True):
    """The queues' document changed."""

    queues: QueuesView


class LineUp(Input, frozen=True):
    """Connected; `area` as this kiosk is registered."""

    area: str = ""


class LineCut(Input, frozen=True):
    """Cut off from the server; `code` where it said why."""

    since: Ms
    code: str = ""


class Tick(Input, frozen=True):
    """Time passes."""


AnyInput = (
    Stay
    | GoHome
    | GoBack
    | Finish
    | Begin
    | BeginTracking
    | BeginArriving
    | PickAppointment
    | PickDepartment
    | PickService
    | Search
    | PickWay
    | ForSomeoneElse
    | Key
    | Erase
    | Submit
    | ConfirmTicket
    | PrintAgain
    | SlipSeen
    | AnswerFace
    | SetLanguage
    | SetLarge
    | SetReach
    | ShowHelp
    | Scanned
    | AskExit
    | CardRead
    | CardFailed
    | CardLifted
    | ReaderSeen
    | PrinterSeen
    | ScannerSeen
    | CameraSeen
    | FaceCodeSeen
    | FaceGuided
    | FaceEnded
    | JobMoved
    | Answered
    | Told
    | HallSeen
    | QueuesSeen
    | LineUp
    | LineCut
    | Tick
)
