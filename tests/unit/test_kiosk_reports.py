"""What the server hears of a kiosk's devices."""

from datetime import UTC, datetime

from devices.health import Health, State
from kiosk.reports import report

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_report_tells_all_of_a_health_with_its_sentences() -> None:
    health = Health(
        state=State.FAILED, since=AT, code="printer.paper_out", firmware="1.08",
        facts=(("paper", "out"),), last_error="printer.paper_out", last_error_at=AT,
    )  # fmt: skip
    told = report("printer", "escpos", "usb:0483:070b", health)
    assert (told.kind, told.driver, told.port) == ("printer", "escpos", "usb:0483:070b")
    assert (told.state, told.code, told.firmware) == ("failed", "printer.paper_out", "1.08")
    assert told.zh
    assert told.en
    assert told.facts == {"paper": "out"}
    assert told.since == told.last_error_at == int(AT.timestamp() * 1000)


def test_a_device_that_is_well_again_keeps_its_last_error() -> None:
    health = Health(state=State.OK, since=AT, last_error="port.lost", last_error_at=AT)
    told = report("scanner", "serial", "serial:/dev/ttyUSB1@9600", health)
    assert (told.state, told.code, told.zh, told.last_error) == ("ok", "", "", "port.lost")
