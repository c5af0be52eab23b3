"""The flow in every condition worth looking at, in an invented hall."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from devices.scanner.codes import AppointmentCode, TicketCode
from kiosk import inputs as i
from kiosk.model import Model
from kiosk.scene_hall import (
    HELPER,
    HOLDER,
    LONG_HALL,
    LONGEST,
    MANY,
    USUAL,
    hall,
    limited,
    steps_of,
)
from kiosk.scene_plays import (
    AT,
    WATCHING,
    checked_in,
    facing,
    helper_card,
    issued,
    late,
    late_check_in,
    no_printer,
    pick,
    played,
    refused,
    refused_check_in,
    routed,
    scanned,
    several,
    tracked,
    unanswered,
)
from kiosk.states import (
    Printer,
    Scanner,
)
from queue_server.domain.values import (
    ServiceId,
)

REFUSED_TICKETS = (
    "band_full",
    "hall_day_full",
    "closed_now",
    "too_soon",
    "already_holding_other",
    "identity_required",
    "service_inactive",
)
REFUSED_CHECK_INS = (
    "appointment_unknown",
    "appointment_none_today",
    "appointment_other_day",
    "appointment_day_not_open",
    "appointment_too_early",
    "appointment_missed",
    "appointment_late_closed",
    "appointment_late_full",
    "appointment_kept",
    "appointment_cancelled",
)


class Scene(NamedTuple):
    """A picture's name and how the kiosk comes there."""

    name: str
    play: Callable[[Model], None]


def scenes() -> Iterator[Scene]:
    """All of them."""
    cut = i.LineCut(AT)
    out = i.PrinterSeen(Printer(True, True, "printer.paper_out"))
    closed = i.HallSeen(msgspec.structs.replace(hall(USUAL), day=None))
    typing = tuple(i.Key(c) for c in "99010119500101001")
    yield Scene("home", played())
    yield Scene("home-longest", played(services=LONGEST, name=LONG_HALL))
    yield Scene("home-closed", played(closed))
    yield Scene("home-cut", played(cut, out))
    yield Scene("home-no-paper", played(out))
    booked = i.HallSeen(msgspec.structs.replace(hall(USUAL), appointments=True))
    scanner = i.ScannerSeen(Scanner(True, True))
    code = i.Scanned(AppointmentCode("31415926"))
    arriving = (booked, i.BeginArriving())
    yield Scene("home-booked", played(booked, scanner))
    yield Scene("home-booked-card", played(booked, i.ScannerSeen(Scanner())))
    yield Scene("arrive", played(*arriving))
    yield Scene("arrive-no-scanner", played(*arriving, i.ScannerSeen(Scanner())))
    yield Scene("arrive-reader-gone", played(*arriving, i.ReaderSeen(False, "id_reader.silent")))
    yield Scene("arrive-wrong-code", played(*arriving, i.Scanned(TicketCode(number="A012"))))
    yield Scene("arrive-card", played(*arriving, i.PickWay("card")))
    yield Scene(
        "arrive-card-failed",
        played(*arriving, i.PickWay("card"), i.CardFailed("id_reader.card_moved")),
    )
    yield Scene("arrive-card-read", played(*arriving, i.PickWay("card"), i.CardRead(HOLDER)))
    yield Scene("arrive-several", several(USUAL))
    yield Scene("arrive-several-longest", several(LONGEST))
    yield Scene("arrive-code", played(*arriving, i.PickWay("code")))
    yield Scene("arrive-camera", played(WATCHING, *arriving, i.PickWay("code")))
    digits = tuple(i.Key(c) for c in "314159")
    yield Scene("arrive-number", played(*arriving, i.PickWay("number"), *digits))
    yield Scene("arrive-number-short", played(*arriving, i.PickWay("number"), *digits, i.Submit()))
    yield Scene("arrive-checking", played(booked, scanner, code))
    yield Scene("arrive-checking-late", late_check_in)
    yield Scene("home-scanned", played(i.Scanned(AppointmentCode("31415926"))))
    yield Scene("home-starting", lambda _: None)
    yield Scene("departments", played(i.Begin()))
    yield Scene("services", played(i.Begin(), i.PickDepartment("市场监管")))
    yield Scene(
        "services-hours",
        played(i.QueuesSeen(limited(USUAL)), i.Begin(), i.PickDepartment("市场监管")),
    )
    yield Scene(
        "services-longest-hours",
        played(i.QueuesSeen(limited(LONGEST)), i.Begin(), services=LONGEST),
    )
    yield Scene("services-longest", played(i.Begin(), services=LONGEST))
    yield Scene("services-200", played(i.Begin(), services=MANY))
    yield Scene("services-none", played(i.Begin(), services=()))
    yield Scene("search", played(i.Begin(), i.Search(True)))
    yield Scene("search-found", played(i.Begin(), i.Search(True), i.Key("9"), i.Key("9")))
    yield Scene("who", played(*pick(0)))
    yield Scene("who-required", played(*pick(2), i.ForSomeoneElse(True)))
    yield Scene("who-reader-gone", played(i.ReaderSeen(False, "id_reader.silent"), *pick(0)))
    yield Scene("who-scanned", played(*pick(0), i.Scanned(TicketCode(number="A012"))))
    yield Scene("who-code", played(WATCHING, *pick(2), i.PickWay("code")))
    yield Scene("who-code-scanner", played(*pick(2), i.PickWay("code")))
    yield Scene("who-card", played(*pick(2), i.PickWay("card")))
    yield Scene(
        "who-card-failed", played(*pick(2), i.PickWay("card"), i.CardFailed("id_reader.card_moved"))
    )
    yield Scene(
        "who-number", played(*pick(2), i.PickWay("number"), *typing, i.Key("2"), i.Submit())
    )
    yield Scene("face-ask", played(*facing()))
    yield Scene("face-look", played(*facing(i.AnswerFace(True), i.FaceGuided("face.turn_right"))))
    yield Scene("confirm", played(*pick(9)))
    yield Scene("confirm-face", played(*facing(i.AnswerFace(True), i.FaceEnded("pass"))))
    yield Scene("confirm-face-staff", played(*facing(i.AnswerFace(True), i.FaceEnded("ask_staff"))))
    yield Scene("confirm-elderly", played(*pick(0), i.PickWay("card"), i.CardRead(HOLDER)))
    yield Scene(
        "confirm-expired",
        played(*pick(2), i.PickWay("card"), i.CardRead(HOLDER, valid_to="2026-01-31")),
    )
    yield Scene(
        "confirm-expired-face",
        played(
            WATCHING, *pick(2), i.PickWay("card"), i.CardRead(HOLDER, True, "2026-01-31"),
            i.AnswerFace(True), i.FaceEnded("ask_staff"),
        ),
    )  # fmt: skip
    yield Scene(
        "confirm-longest",
        played(
            i.Begin(), i.PickService(ServiceId("s1")), i.PickWay("card"), i.CardRead(HOLDER),
            services=LONGEST,
        ),
    )  # fmt: skip
    yield Scene("confirm-steps", routed)
    yield Scene("issuing-late", late)
    yield Scene("ticket", issued(i.JobMoved("", "printed"), by_card=True))
    yield Scene("ticket-steps", issued(i.JobMoved("", "printed"), steps=steps_of(3, 0)))
    yield Scene("ticket-longest", issued(long=True))
    yield Scene("ticket-no-paper", issued(i.JobMoved("", "failed", "printer.paper_out")))
    yield Scene("ticket-unknown", issued(i.JobMoved("", "unknown", "printer.silent")))
    yield Scene("ticket-no-printer", no_printer)
    yield Scene("refused", refused("already_holding"))
    for why in REFUSED_TICKETS:
        yield Scene(f"refused-{why}", refused(why))
    for why in REFUSED_CHECK_INS:
        yield Scene(f"refused-{why}", refused_check_in(why))
    yield Scene("refused-unanswered", unanswered)
    yield Scene("helper-card", helper_card())
    yield Scene("helper-card-same", helper_card(i.CardRead(HOLDER)))
    for why in ("helper_is_holder", "helper_limit"):
        yield Scene(f"refused-{why}", helper_card(i.CardRead(HELPER), refused=why))
    yield Scene("ticket-booked", checked_in(booked=True))
    yield Scene("ticket-booked-late", checked_in(booked=False))
    yield Scene("refused-face", played(*facing(i.AnswerFace(True), i.FaceEnded("fail"))))
    yield Scene("track", played(i.BeginTracking(), i.Key("A"), i.Key("1")))
    yield Scene("track-camera", played(WATCHING, i.BeginTracking()))
    yield Scene(
        "track-unscannable",
        played(i.ScannerSeen(Scanner(True, False, "port.lost")), i.BeginTracking()),
    )
    yield Scene("track-answer", tracked())
    yield Scene("track-steps", tracked(steps_of(3)))
    yield Scene("track-steps-many", tracked(steps_of(9), "serving"))
    yield Scene("track-scanned", scanned())
    yield Scene("track-reprinted", scanned(i.JobMoved("", "printed")))
    yield Scene("track-reprint-unknown", scanned(i.JobMoved("", "unknown", "printer.silent")))
    yield Scene("help", played(i.ShowHelp(True)))
    yield Scene("exit", played(i.AskExit(), i.Key("1"), i.Key("2")))
