"""The part of the flow that compares a face with its card: asked first, never a block.

Whatever keeps the camera from comparing, the ticket goes on and is marked for the clerk, who
compares in person. Only a face that clearly is not the card's gets no ticket with this card.
"""

from typing import assert_never

import msgspec

from kiosk import inputs as i
from kiosk.pages import show, with_session
from kiosk.states import Confirm, FaceAsk, FaceLook, Kiosk, Refused, Who, can_issue
from queue_server.domain.values import FaceCheck

FAILED = "face_failed"
"""Code of the refusal after a face that is not the card's."""


def due(kiosk: Kiosk, confirm: Confirm) -> bool:
    """Whether this hall wants a face compared for this ticket."""
    needs = confirm.service.identity == "required" and confirm.holder is not None
    return kiosk.limits.face_check and needs


def asked(kiosk: Kiosk, confirm: Confirm, *, photo: bool) -> Kiosk:
    """After whose ticket it will be is known: the question, or straight on to the confirmation."""
    if not due(kiosk, confirm):
        return show(kiosk, confirm)
    if code := _hindrance(kiosk, confirm, photo=photo):
        return show(kiosk, _marked(confirm, "ask_staff", code))
    return show(kiosk, FaceAsk(confirm=confirm))


def _hindrance(kiosk: Kiosk, confirm: Confirm, *, photo: bool) -> str:
    """Why this face cannot be compared here; empty where it can."""
    if confirm.helper:
        return "face_helper"
    if not confirm.by_card:
        return "face_typed"
    if not photo:
        return "face_no_photo"
    if not kiosk.world.camera.works:
        return "face_no_camera"
    return "face_not_ready" if kiosk.world.face_code else ""


def answered(kiosk: Kiosk, event: i.AnswerFace) -> Kiosk:
    """The citizen agreed, or would rather have the staff compare; also while the camera looks."""
    page = kiosk.session.page
    if not isinstance(page, FaceAsk | FaceLook):
        return kiosk
    if not event.agree:
        return show(kiosk, _marked(page.confirm, "declined", "face_declined"))
    if isinstance(page, FaceLook):
        return kiosk
    if code := _hindrance(kiosk, page.confirm, photo=True):
        return show(kiosk, _marked(page.confirm, "ask_staff", code))
    return show(kiosk, FaceLook(confirm=page.confirm))


def looked(kiosk: Kiosk, event: i.FaceGuided | i.FaceEnded) -> Kiosk:
    """What the camera says while the citizen looks into it."""
    page = kiosk.session.page
    if not isinstance(page, FaceLook):
        return kiosk
    if isinstance(event, i.FaceGuided):
        guided = msgspec.structs.replace(page, guidance=event.code)
        return with_session(kiosk, page=guided)
    match event.outcome:
        case "pass":
            return show(kiosk, _marked(page.confirm, "passed", ""))
        case "ask_staff":
            return show(kiosk, _marked(page.confirm, "ask_staff", event.code or "face_unsure"))
        case "fail":
            confirm = page.confirm
            refused = Refused(
                code=FAILED, zh="", en="", service=confirm.service, chosen_in=confirm.chosen_in
            )
            return show(kiosk, refused)
        case _:
            assert_never(event.outcome)


def for_someone_else(kiosk: Kiosk, event: i.AnyInput) -> Kiosk:
    """After a refusal for another's face: the helper's way, whose ticket the staff check."""
    page = kiosk.session.page
    if not isinstance(page, Refused) or page.code != FAILED or page.service is None:
        return kiosk
    if event != i.ForSomeoneElse(True) or not can_issue(kiosk):
        return kiosk
    return show(kiosk, Who(service=page.service, chosen_in=page.chosen_in, helper=True))


def hindered(kiosk: Kiosk, code: str = "face_no_camera") -> Kiosk:
    """The camera went, or the time: on to the confirmation, the staff will compare."""
    page = kiosk.session.page
    if not isinstance(page, FaceAsk | FaceLook):
        return kiosk
    return show(kiosk, _marked(page.confirm, "ask_staff", code))


def _marked(confirm: Confirm, face: FaceCheck, code: str) -> Confirm:
    return msgspec.structs.replace(confirm, face=face, face_code=code)
