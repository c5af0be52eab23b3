"""The part of the flow that tells how a ticket stands."""

from typing import assert_never

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.pages import Step, show
from kiosk.states import Home, Kiosk, Refused, Track
from queue_server.protocol.messages import Progress

NUMBER_LENGTH = 8


def begin(kiosk: Kiosk, event: i.BeginTracking, fresh: str) -> Step:
    """Open the page; ask at once where the ticket is known."""
    page = kiosk.session.page
    if not isinstance(page, Home | Refused):
        return kiosk, ()
    if not event.number:
        return show(kiosk, Track()), ()
    owned = isinstance(page, Refused) and page.by_card and page.number == event.number
    return ask(kiosk, event.number, fresh, owned=owned)


def type_ticket(kiosk: Kiosk, page: Track, event: i.Key | i.Erase | i.Submit, fresh: str) -> Step:
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
            return ask(kiosk, typed, fresh) if typed else (kiosk, ())
        case _:
            assert_never(event)
    return show(kiosk, Track(typed=typed)), ()


def told(kiosk: Kiosk, event: i.Told) -> Kiosk:
    """The server's answer, if it is to the question still on the screen."""
    page = kiosk.session.page
    if not isinstance(page, Track) or not page.request_id or page.request_id != event.request_id:
        return kiosk
    answer = event.result.answer
    if isinstance(answer, Progress):
        return show(kiosk, Track(typed=answer.number, owned=page.owned, answer=answer))
    refused = event.result.rejected
    return show(kiosk, Track(typed=page.typed, problem=refused.code if refused else "internal"))


def ask(kiosk: Kiosk, wanted: str, fresh: str, *, owned: bool = False) -> Step:
    """Ask the server for a ticket, by its number or by the secret id in its slip's code."""
    # An id is a key to the ticket: it is never shown.
    typed = wanted if len(wanted) <= NUMBER_LENGTH else ""
    if not kiosk.world.connected:
        return show(kiosk, Track(typed=typed, problem="cut_off")), ()
    asking = Track(typed=typed, owned=owned, request_id=fresh)
    return show(kiosk, asking), (fx.AskProgress(fresh, wanted),)
