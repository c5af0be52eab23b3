"""The part of the flow that says what a scanned code does on the page at hand."""

from typing import assert_never

import msgspec

from devices.scanner.codes import AppointmentCode, CitizenCode, Code, TicketCode, UnknownCode
from kiosk import arriving, tracking
from kiosk import inputs as i
from kiosk.pages import Step, show
from kiosk.states import Arrive, Home, Kiosk, Track, Who, can_check_in


def scanned(kiosk: Kiosk, event: i.Scanned, fresh: str) -> Step:
    """Open a ticket's progress, fill a number in, or say kindly what this code is not for."""
    page = kiosk.session.page
    match page, event.code:
        case Home() | Track(), TicketCode(ticket, number):
            return tracking.ask(kiosk, ticket or number, fresh, owned=bool(ticket))
        case Who(), CitizenCode(number):
            # Filled in as if typed: the citizen looks at it and goes on by touch.
            filled = msgspec.structs.replace(page, way="number", digits=number, problem="")
            return show(kiosk, filled), ()
        case Home(), AppointmentCode(code) if can_check_in(kiosk):
            return arriving.by_code(kiosk, code, fresh)
        case Arrive(), code:
            return arriving.scanned(kiosk, page, code, fresh)
        case Home(), code:
            said = _said(code)
            return show(kiosk, Home(said="scan_appointment" if said == AT_HOME else said)), ()
        case Track(request_id=""), code:
            return show(kiosk, Track(problem=_said(code))), ()
        case Who(), code:
            return show(kiosk, msgspec.structs.replace(page, problem=_said(code))), ()
        case _:
            return kiosk, ()


AT_HOME = "scan_appointment_at_home"
"""A code: an appointment is checked in on the first page."""


def _said(code: Code) -> str:
    match code:
        case TicketCode():
            return "scan_ticket_here"
        case CitizenCode():
            return "scan_citizen_here"
        case AppointmentCode():
            return AT_HOME
        case UnknownCode():
            return "scan_unknown"
        case _:
            assert_never(code)
