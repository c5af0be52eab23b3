"""The citizen's flow: one pure step from a state and an input to a new state and effects.

The rules kept here: one confirmation has one command id, so it gives one ticket however often it
is touched; leaving puts a fresh `Session` in place, so nothing of the citizen remains; a ticket
exists once the server says so, whatever becomes of its paper; the camera is open, and a card's
photograph held, only on the pages that ask for them.
"""

from collections.abc import Iterator
from typing import assert_never

import msgspec

from kiosk import arriving, choosing, facing, issuing, password, scanning, tracking, whose, world
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.effects import AnyEffect
from kiosk.inputs import AnyInput
from kiosk.pages import Step, at_home, show, with_session
from kiosk.states import (
    AnyPage,
    Arrive,
    CheckingIn,
    Choose,
    Confirm,
    Exit,
    FaceAsk,
    FaceLook,
    HelperCard,
    Home,
    Issued,
    Issuing,
    Kiosk,
    Refused,
    Session,
    Track,
    Who,
    camera_use,
    can_check_in,
    can_issue,
    holds_photo,
)

PASSWORD_LENGTH = 32
WRONG_PASSWORDS = 3
"""After so many the page closes."""
ISSUE_LATE_LIMIT = 6
"""An unanswered issue command is given up after this many times `Limits.slow`."""


def step(kiosk: Kiosk, event: AnyInput, now: float, fresh: str) -> Step:
    """What becomes of the kiosk. `now` is monotonic seconds, `fresh` an id never used before."""
    before = kiosk.session.page
    moved, effects = _apply(kiosk, event, fresh)
    page = moved.session.page
    if isinstance(event, i.Tick):
        moved, effects = _tick(moved, now)
    elif isinstance(event, i.Touch) or type(page) is not type(before):
        moved = with_session(moved, deadline=_deadline(moved, now))
    return moved, (*effects, *_senses(before, moved.session.page, event))


def _senses(before: AnyPage, after: AnyPage, event: AnyInput) -> Iterator[AnyEffect]:
    """What the machine may perceive follows from the page alone."""
    reading, was_reading = whose.is_reading(after), whose.is_reading(before)
    if reading and not was_reading:
        yield fx.StartReading()
    if was_reading and not reading:
        yield fx.StopReading()
    came = isinstance(event, i.CardRead)
    # A card that comes while one is held has its photograph in that one's place: neither is kept.
    if (holds_photo(before) or came) and (not holds_photo(after) or (came and before is after)):
        yield fx.ForgetPhoto()
    if camera_use(before) != camera_use(after):
        yield fx.UseCamera(camera_use(after))


def _apply(kiosk: Kiosk, event: AnyInput, fresh: str) -> Step:
    session = kiosk.session
    match event:
        case i.Stay() | i.Tick():
            return kiosk, ()
        case i.GoHome():
            return _leave(kiosk, keep_looks=True)
        case i.Finish():
            return _leave(kiosk)
        case i.GoBack():
            if session.help:
                return with_session(kiosk, help=False), ()
            return _back(kiosk), ()
        case i.Begin() | i.PickDepartment() | i.PickService() | i.Search():
            return choosing.choose(kiosk, event, fresh), ()
        case i.CardRead() | i.CardFailed():
            return _card(kiosk, event, fresh)
        case i.PickWay() | i.ForSomeoneElse():
            if isinstance(session.page, Refused):
                return facing.for_someone_else(kiosk, event), ()
            if isinstance(session.page, Arrive) and isinstance(event, i.PickWay):
                return arriving.way(kiosk, event), ()
            return whose.who(kiosk, event, fresh), ()
        case i.BeginArriving():
            return arriving.begin(kiosk), ()
        case i.PickAppointment():
            return arriving.picked(kiosk, event, fresh)
        case i.Key() | i.Erase() | i.Submit():
            return _typing(kiosk, event, fresh)
        case i.AnswerFace():
            return facing.answered(kiosk, event), ()
        case i.FaceGuided() | i.FaceEnded():
            return facing.looked(kiosk, event), ()
        case i.BeginTracking():
            return tracking.begin(kiosk, event, fresh)
        case i.Scanned():
            return scanning.scanned(kiosk, event, fresh)
        case i.Told():
            if isinstance(session.page, Arrive):
                return arriving.told(kiosk, event, fresh)
            return tracking.told(kiosk, event), ()
        case i.ConfirmTicket():
            return issuing.confirmed(kiosk, fresh)
        case i.PrintAgain():
            return issuing.print_again(kiosk, fresh)
        case i.SlipSeen():
            return issuing.slip_seen(kiosk), ()
        case i.SetLanguage(language):
            return with_session(kiosk, language=language), ()
        case i.SetLarge(on):
            return with_session(kiosk, large=on), ()
        case i.SetReach(on):
            return with_session(kiosk, reach=on), ()
        case i.ShowHelp(on):
            return with_session(kiosk, help=on), ()
        case i.AskExit():
            if isinstance(session.page, Home) and kiosk.limits.exit_hash:
                return show(kiosk, Exit()), ()
            return kiosk, ()
        case i.Answered(result):
            return issuing.answered(kiosk, result)
        case i.JobMoved():
            return issuing.job_moved(kiosk, event), ()
        case (
            i.CardLifted()
            | i.ReaderSeen()
            | i.PrinterSeen()
            | i.ScannerSeen()
            | i.CameraSeen()
            | i.FaceCodeSeen()
            | i.HallSeen()
            | i.QueuesSeen()
            | i.LineUp()
            | i.LineCut()
        ):
            return world.seen(kiosk, event), ()
        case _:
            assert_never(event)


# --- time ---------------------------------------------------------------------------------------


def _deadline(kiosk: Kiosk, now: float) -> float | None:
    session, limits = kiosk.session, kiosk.limits
    match session.page:
        case Home():
            changed = session != Session(language=limits.language, deadline=session.deadline)
            return now + limits.home if changed else None
        case Issued():
            return now + limits.ticket
        case Issuing() | CheckingIn():
            return now + limits.slow
        case Refused():
            return now + limits.refusal
        case FaceLook():
            return now + limits.face
        case Choose() | Who() | Arrive() | FaceAsk() | Confirm() | HelperCard() | Track() | Exit():
            return now + limits.page
        case _:
            assert_never(session.page)


def _tick(kiosk: Kiosk, now: float) -> Step:
    session, limits = kiosk.session, kiosk.limits
    if session.deadline is None or now < session.deadline:
        return kiosk, ()
    if isinstance(session.page, FaceLook):
        moved = facing.hindered(kiosk, "face_late")
        return with_session(moved, deadline=now + limits.page), ()
    if isinstance(session.page, Issuing | CheckingIn):
        if not session.page.slow:
            page = msgspec.structs.replace(session.page, slow=True)
            late = now + limits.slow * (ISSUE_LATE_LIMIT - 1)
            return with_session(kiosk, page=page, deadline=late), ()
        command_id, check_in = session.page.command_id, isinstance(session.page, CheckingIn)
        code = "unanswered_check_in" if check_in else "unanswered"
        given_up = show(kiosk, Refused(code=code, zh="", en="", check_in=check_in))
        return with_session(given_up, deadline=now + limits.refusal), (fx.Abandon(command_id),)
    return _leave(kiosk)


def _leave(kiosk: Kiosk, *, keep_looks: bool = False) -> Step:
    """Home, with nothing kept of the citizen; an issue command under way is not left early."""
    session = kiosk.session
    effects: tuple[AnyEffect, ...] = ()
    if isinstance(session.page, Issuing | CheckingIn):
        if not session.page.slow and kiosk.world.connected:
            return kiosk, ()
        effects = (fx.Abandon(session.page.command_id),)
    return at_home(kiosk, keep_looks=keep_looks), effects


def _card(kiosk: Kiosk, event: i.CardRead | i.CardFailed, fresh: str) -> Step:
    if isinstance(event, i.CardRead):
        kiosk = whose.card_came(kiosk)
    match kiosk.session.page:
        case Arrive() as page:
            return arriving.card(kiosk, page, event, fresh)
        case HelperCard():
            return issuing.helper_card(kiosk, event, fresh)
        case _:
            return whose.who(kiosk, event, fresh), ()


# --- going back ----------------------------------------------------------------------------------


def _back(kiosk: Kiosk) -> Kiosk:
    page = kiosk.session.page
    match page:
        case Home() | Issuing() | CheckingIn() | Issued():
            return kiosk
        case Arrive():
            return show(kiosk, Home() if page.way == "choose" else Arrive())
        case HelperCard():
            return show(kiosk, _who_again(page.confirm))
        case Choose():
            only = choosing.only_department(kiosk)
            if page.searching or page.department not in ("", only):
                return show(kiosk, Choose(department=only))
            return show(kiosk, Home())
        case Who():
            if page.way != "choose":
                return show(
                    kiosk, Who(service=page.service, chosen_in=page.chosen_in, helper=page.helper)
                )
            return show(kiosk, page.chosen_in)
        case FaceAsk() | FaceLook():
            return show(kiosk, _who_again(page.confirm))
        case Confirm():
            if page.service.identity == "none":
                return show(kiosk, page.chosen_in)
            return show(kiosk, _who_again(page))
        case Refused():
            if page.service is not None and can_issue(kiosk):
                return show(kiosk, page.chosen_in)
            if page.check_in and can_check_in(kiosk):
                return show(kiosk, Arrive())
            return show(kiosk, Home())
        case Exit():
            return show(kiosk, Home())
        case Track():
            if page.answer is not None or page.problem:
                return show(kiosk, Track())
            return show(kiosk, Home())
        case _:
            assert_never(page)


def _who_again(confirm: Confirm) -> Who:
    return Who(service=confirm.service, chosen_in=confirm.chosen_in, helper=confirm.helper)


# --- typing -------------------------------------------------------------------------------------


def _typing(kiosk: Kiosk, event: i.Key | i.Erase | i.Submit, fresh: str) -> Step:
    page = kiosk.session.page
    match page:
        case Who():
            return whose.type_number(kiosk, page, event, fresh), ()
        case Arrive():
            return arriving.type_code(kiosk, page, event, fresh)
        case Track():
            return tracking.type_ticket(kiosk, page, event, fresh)
        case Exit():
            return _exiting(kiosk, page, event)
        case Choose():
            return choosing.type_query(kiosk, page, event), ()
        case _:
            return kiosk, ()


def _exiting(kiosk: Kiosk, page: Exit, event: i.Key | i.Erase | i.Submit) -> Step:
    match event:
        case i.Key(character):
            typed = (page.typed + character)[:PASSWORD_LENGTH]
            return show(kiosk, Exit(typed=typed, wrong=page.wrong)), ()
        case i.Erase():
            return show(kiosk, Exit(wrong=page.wrong)), ()
        case i.Submit():
            if password.matches(page.typed, kiosk.limits.exit_hash):
                return show(kiosk, Home()), (fx.Quit(),)
            if page.wrong + 1 >= WRONG_PASSWORDS:
                return show(kiosk, Home()), ()
            return show(kiosk, Exit(wrong=page.wrong + 1)), ()
        case _:
            assert_never(event)
