"""What is kept of a holder's consent: which words were shown, and when; and the clerk's word of a
card that has expired."""

import hashlib
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import pytest

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.model import Model
from kiosk.states import Arrive, Limits
from kiosk.view import Place
from kiosk.words import NOTICE
from queue_server.domain.commands import CheckIn, IssueTicket
from queue_server.domain.values import Consent, Ms
from tests.unit.test_kiosk_arriving import booked, booking, found
from tests.unit.test_kiosk_flow import HALL, HOLDER, NUMBER, Machine, take

ROOT = Path(__file__).resolve().parents[2]
TOLD = {"1": "c22c605dde15"}
"""Digest of all words of a version: a changed word needs another version."""
PAGES = ("WhoPage", "ArrivePage", "HelperCardPage", "FaceAskPage")


def shown() -> list[str]:
    """Every sentence on the screens that speaks of consent, in both languages."""
    english = {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in ET.parse(ROOT / "ui" / "i18n" / "en.ts").iter("message")
    }
    found = []
    for page in PAGES:
        source = (ROOT / "kiosk" / "qml" / f"{page}.qml").read_text("utf-8")
        for text in re.findall(r'qsTr\("([^"]*)"\)', source):
            if "同意" in text or (page == "FaceAskPage" and len(text) > 14):
                found += [text, english[text]]
    return found


def test_the_notices_document_has_the_words_of_the_screens() -> None:
    page = (ROOT / "docs" / "notices.md").read_text("utf-8")
    section = page.partition(f"## Version {NOTICE}\n")[2].partition("\n## ")[0]
    words = shown()
    assert len(words) > 12
    assert [text for text in words if text not in section] == []


def test_changed_words_have_a_new_version() -> None:
    digest = hashlib.sha256("\n".join(shown()).encode()).hexdigest()[:12]
    assert TOLD[NOTICE] == digest, "changed words? raise NOTICE, and add to docs/notices.md"


def command(effects: list[fx.AnyEffect]) -> IssueTicket | CheckIn:
    """What the server is asked."""
    (asked,) = [each for each in effects if isinstance(each, fx.Issue)]
    return asked.do


def test_consent_by_card_and_by_number_is_sent_with_its_time() -> None:
    for ways in (
        (i.PickWay("card"), i.CardRead(HOLDER, at=Ms(77))),
        (i.PickWay("number"), *(i.Key(c) for c in NUMBER), i.Submit(at=Ms(77))),
    ):
        machine = Machine()
        take(machine, "a1")
        machine.do(*ways)
        asked = command(machine.do(i.ConfirmTicket()))
        assert isinstance(asked, IssueTicket)
        assert asked.consent == Consent(notice=NOTICE, at=Ms(77))
        assert HOLDER.name not in repr(asked.consent)


def test_who_gives_no_identity_agrees_to_nothing() -> None:
    machine = Machine()
    take(machine, "a1")
    machine.do(i.PickWay("without"))
    asked = command(machine.do(i.ConfirmTicket()))
    assert isinstance(asked, IssueTicket)
    assert asked.consent is None


@pytest.mark.parametrize(
    ("valid_to", "expired"), [("2026-11-21", True), ("2026-11-22", False), ("", False)]
)
def test_the_clerk_is_told_of_a_card_out_of_force(valid_to: str, *, expired: bool) -> None:
    machine = Machine()
    take(machine, "a1")
    machine.do(i.PickWay("card"), i.CardRead(HOLDER, valid_to=valid_to))
    asked = command(machine.do(i.ConfirmTicket()))
    assert isinstance(asked, IssueTicket)
    assert asked.card_expired is expired
    machine = booking()
    machine.do(i.BeginArriving(), i.PickWay("card"), i.CardRead(HOLDER, valid_to=valid_to))
    machine.on(Arrive)
    checked = command(found(machine, booked("s1", "a1")))
    assert isinstance(checked, CheckIn)
    assert checked.card_expired is expired


def test_the_model_puts_the_halls_clock_in() -> None:
    class Hands:
        def perform(self, effect: fx.AnyEffect) -> None:
            """Nothing is done."""

    model = Model(Limits(), Place(), Hands())
    for event in (
        i.LineUp(),
        i.HallSeen(msgspec.structs.replace(HALL, appointments=True)),
        i.ReaderSeen(True),
        i.BeginArriving(),
        i.PickWay("card"),
        i.CardRead(HOLDER),
    ):
        model.feed(event)
    page = model.kiosk.session.page
    assert isinstance(page, Arrive)
    assert page.consent is not None
    assert page.consent.at > Ms(1_700_000_000_000)
