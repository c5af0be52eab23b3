"""The part of the flow that asks whose ticket it will be."""

from typing import assert_never

import msgspec

from kiosk import facing, identity, words
from kiosk import inputs as i
from kiosk.pages import with_session
from kiosk.states import AnyPage, Arrive, Confirm, HelperCard, Kiosk, Who, reads_codes
from queue_server.domain.values import Consent, Holder, Ms


def is_reading(page: AnyPage) -> bool:
    """Whether a card may be read on this page: only after the notice, by the citizen's choice."""
    match page:
        case Who(way="card") | Arrive(way="card", holder=None) | HelperCard():
            return True
        case _:
            return False


def who(
    kiosk: Kiosk, event: i.PickWay | i.ForSomeoneElse | i.CardRead | i.CardFailed, fresh: str
) -> Kiosk:
    """The kiosk after a choice of way, or after the reader spoke."""
    page = kiosk.session.page
    if not isinstance(page, Who):
        return kiosk
    match event:
        case i.CardRead(holder):
            return to_confirm(kiosk, page, fresh, holder, event) if is_reading(page) else kiosk
        case i.CardFailed(code):
            return _on(kiosk, page, problem=code) if is_reading(page) else kiosk
        case i.ForSomeoneElse(on):
            return _on(kiosk, page, helper=on)
        case i.PickWay("without"):
            if page.service.identity == "required":
                return kiosk
            return to_confirm(kiosk, page, fresh, None)
        case i.PickWay("card"):
            # Without a reader nobody is told to lay a card.
            if not kiosk.world.reader.fitted:
                return kiosk
            return _on(kiosk, page, way="card", problem="")
        case i.PickWay("code"):
            return _on(kiosk, page, way="code", problem="") if reads_codes(kiosk) else kiosk
        case i.PickWay(way):
            return _on(kiosk, page, way=way, digits="", problem="")
        case _:
            assert_never(event)


def card_came(kiosk: Kiosk) -> Kiosk:
    """The kiosk that knows of a card on its reader."""
    reader = msgspec.structs.replace(kiosk.world.reader, card_present=True)
    return msgspec.structs.replace(kiosk, world=msgspec.structs.replace(kiosk.world, reader=reader))


def type_number(kiosk: Kiosk, page: Who, event: i.Key | i.Erase | i.Submit, fresh: str) -> Kiosk:
    """The kiosk after a key of the number pad."""
    if page.way != "number":
        return kiosk
    match event:
        case i.Key(character):
            digits = page.digits
            last = len(digits) == identity.LENGTH - 1
            if character in "0123456789" or (character == "X" and last):
                digits = (digits + character)[: identity.LENGTH]
            return _on(kiosk, page, digits=digits, problem="")
        case i.Erase(everything):
            return _on(kiosk, page, digits="" if everything else page.digits[:-1], problem="")
        case i.Submit(at):
            if problem := identity.problem(page.digits):
                return _on(kiosk, page, problem=problem)
            # No birthday: priority by age is proved by the card, not by typing.
            holder = Holder(name="", number=page.digits)
            return to_confirm(kiosk, page, fresh, holder, consent=agreed(at))
        case _:
            assert_never(event)


def agreed(at: Ms) -> Consent:
    """What is kept of the holder's consent: which words were shown, and when."""
    return Consent(notice=words.NOTICE, at=at)


def to_confirm(
    kiosk: Kiosk,
    page: Who,
    fresh: str,
    holder: Holder | None,
    card: i.CardRead | None = None,
    consent: Consent | None = None,
) -> Kiosk:
    """The confirmation of this service for this holder, with its one command id.

    Where the hall wants a face compared, that comes first.
    """
    confirm = Confirm(
        service=page.service,
        chosen_in=page.chosen_in,
        command_id=fresh,
        holder=holder,
        by_card=card is not None,
        valid_to=card.valid_to if card else "",
        consent=agreed(card.at) if card else consent,
        helper=page.helper,
    )
    return facing.asked(kiosk, confirm, photo=card is not None and card.photo)


def _on(kiosk: Kiosk, page: Who, **changes: object) -> Kiosk:
    return with_session(kiosk, page=msgspec.structs.replace(page, **changes))
