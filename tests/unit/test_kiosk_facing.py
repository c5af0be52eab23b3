"""Faces at the kiosk: asked first, marked for the clerk where unsure, never a block."""

import msgspec
import pytest

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.fold import kiosk_view
from kiosk.states import Camera, Confirm, FaceAsk, FaceLook, Home, Issued, Limits, Refused, Who
from kiosk.view import Place
from queue_server.domain.values import FaceCheck, Ms
from tests.unit.test_kiosk_flow import HALL, HOLDER, NUMBER, Machine, take


def before_the_question(*, photo: bool = True, camera: bool = True) -> Machine:
    machine = Machine(Limits(face_check=True))
    if camera:
        machine.do(i.CameraSeen(Camera(True, True)))
    take(machine, "b1")
    machine.do(i.PickWay("card"), i.CardRead(HOLDER, photo))
    return machine


def issued_as(machine: Machine) -> FaceCheck:
    machine.on(Confirm)
    (issue,) = (e for e in machine.do(i.ConfirmTicket()) if isinstance(e, fx.Issue))
    return issue.do.face


def test_consent_comes_before_the_camera_and_a_pass_goes_on() -> None:
    machine = before_the_question()
    machine.on(FaceAsk)
    assert not [e for e in machine.effects if isinstance(e, fx.UseCamera)]
    assert machine.do(i.AnswerFace(True)) == [fx.UseCamera("face")]
    machine.do(i.FaceGuided("face.near"))
    assert machine.on(FaceLook).guidance == "face.near"
    assert machine.do(i.FaceEnded("pass")) == [fx.ForgetPhoto(), fx.UseCamera("off")]
    assert issued_as(machine) == "passed"


def test_who_would_rather_be_checked_at_the_counter_is_never_looked_at() -> None:
    machine = before_the_question()
    assert machine.do(i.AnswerFace(False)) == [fx.ForgetPhoto()]
    assert issued_as(machine) == "declined"
    again = before_the_question()
    again.do(i.AnswerFace(True))
    again.do(i.AnswerFace(False))
    assert issued_as(again) == "declined"


def test_a_machine_in_doubt_asks_the_staff() -> None:
    machine = before_the_question()
    machine.do(i.AnswerFace(True), i.FaceEnded("ask_staff", "face_unsure"))
    assert issued_as(machine) == "ask_staff"


@pytest.mark.parametrize("gone", [i.CameraSeen(Camera(True, False, "camera.silent")), i.Tick()])
def test_a_camera_that_goes_and_a_time_that_ends_ask_the_staff(gone: i.AnyInput) -> None:
    machine = before_the_question()
    machine.do(i.AnswerFace(True))
    machine.now += 21
    effects = machine.do(gone)
    assert fx.ForgetPhoto() in effects
    assert machine.on(Confirm).face_code in ("face_no_camera", "face_late")
    assert machine.kiosk.session.deadline is not None
    assert issued_as(machine) == "ask_staff"


def test_without_photo_camera_or_models_and_with_a_typed_number_the_staff_look() -> None:
    assert issued_as(before_the_question(photo=False)) == "ask_staff"
    assert issued_as(before_the_question(camera=False)) == "ask_staff"
    without_models = Machine(Limits(face_check=True))
    without_models.do(i.CameraSeen(Camera(True, True)), i.FaceCodeSeen("face.models"))
    take(without_models, "b1")
    without_models.do(i.PickWay("card"), i.CardRead(HOLDER, True))
    assert issued_as(without_models) == "ask_staff"
    typed = Machine(Limits(face_check=True))
    take(typed, "b1")
    typed.do(i.PickWay("number"), *[i.Key(c) for c in NUMBER], i.Submit())
    assert issued_as(typed) == "ask_staff"


def test_services_and_halls_that_want_no_face_are_not_asked() -> None:
    machine = Machine()
    machine.do(i.CameraSeen(Camera(True, True)))
    take(machine, "b1")
    machine.do(i.PickWay("card"), i.CardRead(HOLDER, True))
    assert issued_as(machine) == ""
    optional = Machine(Limits(face_check=True))
    optional.do(i.CameraSeen(Camera(True, True)))
    take(optional, "a1")
    optional.do(i.PickWay("card"), i.CardRead(HOLDER, True))
    assert issued_as(optional) == ""


def test_another_face_gets_no_ticket_but_a_way_on() -> None:
    machine = before_the_question()
    effects = machine.do(i.AnswerFace(True), i.FaceEnded("fail"))
    assert fx.ForgetPhoto() in effects
    refused = machine.on(Refused)
    assert (refused.code, refused.confirm_again) == ("face_failed", None)
    assert NUMBER not in msgspec.json.encode(machine.kiosk).decode()
    machine.do(i.ConfirmTicket())
    machine.on(Refused)
    machine.do(i.ForSomeoneElse(True))
    assert machine.on(Who).helper
    machine.do(i.PickWay("card"), i.CardRead(HOLDER, True))
    assert issued_as(machine) == "ask_staff"


def test_walking_away_from_the_camera_leads_home() -> None:
    machine = before_the_question()
    machine.do(i.AnswerFace(True))
    machine.wait(21)
    machine.wait(61)
    machine.on(Home)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_is_said_in_words(language: str) -> None:
    codes = (
        "face_helper", "face_typed", "face_no_photo", "face_no_camera", "face_not_ready",
        "face_declined", "face_late", "face_unsure",
    )  # fmt: skip
    machine = before_the_question()
    machine.do(i.SetLanguage("en" if language == "en" else "zh"))
    machine.do(i.AnswerFace(True), i.FaceEnded("ask_staff"))
    confirm = machine.on(Confirm)
    for code in codes:
        page = msgspec.structs.replace(confirm, face_code=code)
        session = msgspec.structs.replace(machine.kiosk.session, page=page)
        kiosk = msgspec.structs.replace(machine.kiosk, session=session)
        said = kiosk_view(kiosk, Place(), Ms(0), machine.now).confirm.face
        assert said
        assert said != code
    assert HALL.name.zh
    assert not isinstance(machine.page, Issued)


def test_a_second_card_read_meanwhile_is_not_compared_with_the_firsts_holder() -> None:
    machine = before_the_question()
    machine.on(FaceAsk)
    assert machine.do(i.CardRead(HOLDER, True)) == [fx.ForgetPhoto()]
    assert machine.on(FaceAsk).confirm.holder == HOLDER
