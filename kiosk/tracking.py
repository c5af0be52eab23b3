"""The part of the flow that tells how a ticket stands."""

import re
from typing import assert_never

import msgspec

from kiosk import inputs as i
from kiosk.inputs import AnyEffect
from kiosk.states import Home, Kiosk, Refused, Track
from queue_server.protocol.messages import Progress

NUMBER_LENGTH = 8
_CODE_END = re.compile(r"([A-Za-z0-9_-]{1,80})/?$")


def ticket_in(code: str) -> str:
    """The ticket named by a scanned code: its id, or a link that ends in it. Empty if neither."""
    found = _CODE_END.search(code.strip())
    return found.group(1) if found else ""


def begin(
    kiosk: Kiosk, event: i.BeginTracking | i.Scanned, fresh: str
) -> tuple[Kiosk, tuple[AnyEffect, ...]]:
    """Open the page; ask at once where the ticket is known."""
    page = kiosk.session.page
    match event:
        case i.BeginTracking(number):
            if not isinstance(page, Home | Refused):
                return kiosk, ()
            wanted = number
        case i.Scanned(text):
            wanted = ticket_in(text)
            if not isinstance(page, Home | Track) or not wanted:
                return kiosk, ()
        case _:
            assert_never(event)
    if not wanted:
        return _show(kiosk, Track()), ()
    return _ask(kiosk, Track(), wanted, fresh)


def type_ticket(
    kiosk: Kiosk, page: Track, event: i.Key | i.Erase | i.Submit, fresh: str
) -> tuple[Kiosk, tuple[AnyEffect, ...]]:
    """The kiosk after a key of the ticket pad."""
    if page.request_id:
        return kiosk, ()
    typed = page.typed
    match event:
        case i.Key(character):
            if not character.isascii() or not character.isalnum():
                return kiosk, ()
            typed = (typed + character.upper())[:NUMBER_LENGTH]
        case i.Erase(everything):
            typed = "" if everything else typed[:-1]
        case i.Submit():
            return _ask(kiosk, page, typed, fresh) if typed else (kiosk, ())
        case _:
            assert_never(event)
    return _show(kiosk, Track(typed=typed)), ()


def told(kiosk: Kiosk, event: i.Told) -> Kiosk:
    """The server's answer, if it is to the question still on the screen."""
    page = kiosk.session.page
    if not isinstance(page, Track) or not page.request_id or page.request_id != event.request_id:
        return kiosk
    answer = event.result.answer
    if isinstance(answer, Progress):
        return _show(kiosk, Track(typed=answer.number, answer=answer))
    refused = event.result.rejected
    return _show(kiosk, Track(typed=page.typed, problem=refused.code if refused else "internal"))


def _ask(kiosk: Kiosk, page: Track, wanted: str, fresh: str) -> tuple[Kiosk, tuple[AnyEffect, ...]]:
    if not kiosk.world.connected:
        return _show(kiosk, Track(typed=page.typed, problem="cut_off")), ()
    asking = Track(typed=wanted[:NUMBER_LENGTH], request_id=fresh)
    return _show(kiosk, asking), (i.AskProgress(fresh, wanted),)


def _show(kiosk: Kiosk, page: Track) -> Kiosk:
    session = msgspec.structs.replace(kiosk.session, page=page, help=False)
    return msgspec.structs.replace(kiosk, session=session)
