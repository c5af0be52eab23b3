"""The part of the flow that checks appointments in."""

from typing import assert_never

import msgspec

from devices.scanner.codes import AppointmentCode, CitizenCode, Code, TicketCode, UnknownCode
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk import whose
from kiosk.pages import Step, show
from kiosk.states import (
    Arrive,
    CheckingIn,
    Home,
    Kiosk,
    Refused,
    can_check_in,
    is_expired,
    reads_codes,
)
from queue_server.domain.commands import CheckIn
from queue_server.domain.values import FaceCheck, Holder, ServiceId
from queue_server.protocol.bookings import Standing

CODE_LENGTH = 8
"""Digits of an appointment's code."""


def begin(kiosk: Kiosk) -> Kiosk:
    """Open the page, from the first one or again after a refusal."""
    page = kiosk.session.page
    again = isinstance(page, Refused) and page.check_in
    if not can_check_in(kiosk) or not (again or isinstance(page, Home)):
        return kiosk
    return show(kiosk, Arrive())


def by_code(kiosk: Kiosk, code: str, fresh: str) -> Step:
    """Check in by a scanned or typed code."""
    return _check_in(kiosk, CheckIn(code=code, face=_face(kiosk)), fresh)


def scanned(kiosk: Kiosk, page: Arrive, code: Code, fresh: str) -> Step:
    """A code under the scanner, whatever way was chosen."""
    if page.request_id or page.found:
        return kiosk, ()
    match code:
        case AppointmentCode(serial):
            return by_code(kiosk, serial, fresh)
        case TicketCode():
            problem = "scan_ticket_here"
        case CitizenCode():
            problem = "scan_citizen_arriving"
        case UnknownCode():
            problem = "scan_no_appointment"
        case _:
            assert_never(code)
    return show(kiosk, msgspec.structs.replace(page, problem=problem)), ()


def way(kiosk: Kiosk, event: i.PickWay) -> Kiosk:
    """How to check in."""
    match event.way:
        case "card" if kiosk.world.reader.fitted:
            return show(kiosk, Arrive(way="card"))
        case "code" if reads_codes(kiosk):
            return show(kiosk, Arrive(way="code"))
        case "number":
            return show(kiosk, Arrive(way="number"))
        case "choose":
            return show(kiosk, Arrive())
        case "card" | "code" | "without":
            return kiosk
        case _:
            assert_never(event.way)


def card(kiosk: Kiosk, page: Arrive, event: i.CardRead | i.CardFailed, fresh: str) -> Step:
    """The reader spoke: look up what its holder has booked for today."""
    if page.way != "card" or page.holder is not None:
        return kiosk, ()
    if isinstance(event, i.CardFailed):
        return show(kiosk, msgspec.structs.replace(page, problem=event.code)), ()
    if not can_check_in(kiosk):
        return show(kiosk, msgspec.structs.replace(page, problem="cut_off")), ()
    asking = Arrive(
        way="card",
        holder=event.holder,
        valid_to=event.valid_to,
        consent=whose.agreed(event.at),
        request_id=fresh,
    )
    return show(kiosk, asking), (fx.AskAppointments(fresh, event.holder),)


def told(kiosk: Kiosk, event: i.Told, fresh: str) -> Step:
    """The card's appointments came: one, or none, is the server's to check in or refuse."""
    page = kiosk.session.page
    if not isinstance(page, Arrive) or not page.request_id or page.request_id != event.request_id:
        return kiosk, ()
    assert page.holder is not None
    hall, answer = kiosk.world.hall, event.result.answer
    found = answer.appointments if isinstance(answer, Standing) else ()
    day = hall.day if hall else None
    due = tuple(each for each in found if each.state == "open" and each.day == day)
    if len(due) > 1:
        return show(kiosk, msgspec.structs.replace(page, request_id="", found=due)), ()
    return _for(kiosk, page, page.holder, due[0].service if due else None, fresh)


def picked(kiosk: Kiosk, event: i.PickAppointment, fresh: str) -> Step:
    """One of several appointments of today."""
    page = kiosk.session.page
    if not isinstance(page, Arrive) or page.holder is None:
        return kiosk, ()
    for each in page.found:
        if each.serial == event.serial:
            return _for(kiosk, page, page.holder, each.service, fresh)
    return kiosk, ()


def type_code(kiosk: Kiosk, page: Arrive, event: i.Key | i.Erase | i.Submit, fresh: str) -> Step:
    """A key of the pad for the eight digits."""
    if page.way != "number":
        return kiosk, ()
    digits = page.digits
    match event:
        case i.Key(character):
            if character in "0123456789":
                digits = (digits + character)[:CODE_LENGTH]
        case i.Erase(everything):
            digits = "" if everything else digits[:-1]
        case i.Submit():
            if len(digits) == CODE_LENGTH:
                return by_code(kiosk, digits, fresh)
            short = msgspec.structs.replace(page, problem="code_short")
            return show(kiosk, short), ()
        case _:
            assert_never(event)
    return show(kiosk, Arrive(way="number", digits=digits)), ()


def _for(kiosk: Kiosk, page: Arrive, holder: Holder, service: ServiceId | None, fresh: str) -> Step:
    do = CheckIn(
        holder=holder,
        service=service,
        face=_face(kiosk),
        card_expired=is_expired(kiosk, page.valid_to),
        consent=page.consent,
    )
    return _check_in(kiosk, do, fresh)


def _check_in(kiosk: Kiosk, do: CheckIn, fresh: str) -> Step:
    page = kiosk.session.page
    if not can_check_in(kiosk):
        if isinstance(page, Arrive):
            return show(kiosk, Arrive(way=page.way, problem="cut_off")), ()
        return kiosk, ()
    checking = CheckingIn(command_id=fresh, by_card=do.holder is not None)
    return show(kiosk, checking), (fx.Issue(fresh, do),)


def _face(kiosk: Kiosk) -> FaceCheck:
    # Nobody looks into the camera to check in: where faces are compared, the staff do it.
    return "ask_staff" if kiosk.limits.face_check else ""
