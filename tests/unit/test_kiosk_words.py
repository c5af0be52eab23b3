"""What a citizen is told of a machine's trouble: what it means for them, never cables and codes."""

import pytest

from devices.errors import FAULTS
from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.fold import kiosk_view
from kiosk.states import Camera, Confirm, Printer, Scanner
from kiosk.view import KioskView, Place
from queue_server.domain.values import Ms
from tests.unit.test_kiosk_flow import HOLDER, Machine, take

TECHNICAL = ("连线", "端口", "电源", "配置", "供应商", "开发", "报修", "接线", "模块")
TECHNICAL_EN = ("cable", "port", "power", "check", "supplier", "command", "module", "driver")


def seen(machine: Machine) -> KioskView:
    return kiosk_view(machine.kiosk, Place(), Ms(0), machine.now)


def plain(text: str) -> bool:
    return bool(text) and not any(word in text.lower() for word in (*TECHNICAL, *TECHNICAL_EN))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", [c for c in FAULTS if c.startswith(("port.", "id_reader.sile"))])
def test_a_reader_or_scanner_away_is_told_without_its_cable(code: str, language: str) -> None:
    machine = Machine()
    machine.do(i.SetLanguage(language))  # type: ignore[arg-type]
    machine.do(i.ScannerSeen(Scanner(True, False, code)), i.CameraSeen(Camera(True, False, code)))
    machine.do(i.ReaderSeen(False, code))
    take(machine, "a1")
    assert plain(seen(machine).who.readerProblem)
    assert plain(seen(machine).scanProblem)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", [c for c in FAULTS if c.startswith(("port.", "printer."))])
def test_a_printer_that_cannot_is_told_without_its_cable(code: str, language: str) -> None:
    machine = Machine()
    machine.do(i.SetLanguage(language))  # type: ignore[arg-type]
    machine.do(i.PrinterSeen(Printer(True, False, code)))
    assert plain(seen(machine).noPaper)


CARD = [c for c in FAULTS if c.startswith(("port.", "id_reader.")) and "photo" not in c]


@pytest.mark.parametrize("code", CARD)
def test_a_card_not_read_says_to_lay_it_again_or_where_to_go(code: str) -> None:
    machine = Machine()
    machine.do(i.ReaderSeen(True))
    take(machine, "a1")
    machine.do(i.PickWay("card"), i.CardFailed(code))
    assert plain(seen(machine).who.problem)


@pytest.mark.parametrize(
    ("valid_to", "is_told"),
    [("2026-11-21", True), ("2026-11-22", False), ("2046-11-22", False), ("", False)],
)
def test_a_card_no_longer_in_force_is_told_and_takes_a_ticket_all_the_same(
    valid_to: str, *, is_told: bool
) -> None:
    machine = Machine()
    take(machine, "a1")
    machine.do(i.PickWay("card"), i.CardRead(HOLDER, valid_to=valid_to))
    machine.on(Confirm)
    shown = seen(machine).confirm
    assert ("有效期" in shown.expired, "过期" in shown.expiredBrief) == (is_told, is_told)
    assert any(isinstance(effect, fx.Issue) for effect in machine.do(i.ConfirmTicket()))
