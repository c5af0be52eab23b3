"""What a step gives, and how it puts another page on the screen: for every part of the flow."""

import msgspec

from kiosk.effects import AnyEffect
from kiosk.states import AnyPage, Kiosk, Session

Step = tuple[Kiosk, tuple[AnyEffect, ...]]
"""The kiosk afterwards, and what is to be done."""


def with_session(kiosk: Kiosk, **changes: object) -> Kiosk:
    """The kiosk with these fields of its session changed."""
    return msgspec.structs.replace(kiosk, session=msgspec.structs.replace(kiosk.session, **changes))


def show(kiosk: Kiosk, page: AnyPage, *, keep_help: bool = False) -> Kiosk:
    """The kiosk with this page on the screen, and help closed unless it is kept."""
    return with_session(kiosk, page=page, help=kiosk.session.help and keep_help)


def at_home(kiosk: Kiosk, *, keep_looks: bool = False) -> Kiosk:
    """The first page, with nothing kept of the citizen but, where said, language and sizes."""
    session = kiosk.session
    fresh = Session(language=kiosk.limits.language)
    if keep_looks:
        fresh = Session(language=session.language, large=session.large, reach=session.reach)
    return msgspec.structs.replace(kiosk, session=fresh)
