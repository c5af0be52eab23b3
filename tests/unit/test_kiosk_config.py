"""The kiosk's configuration, its exit password and what its paper says."""

from pathlib import Path

import pytest

from devices.printer.layout import Line
from devices.printer.typeset import Typesetter
from kiosk.config import KioskOptions
from kiosk.effects import Print
from kiosk.password import hashed, matches
from kiosk.scene_hall import USUAL, hall
from kiosk.slip import slip
from kiosk.view import Place
from queue_server.domain.values import Ms, TicketId
from ui.options import Mistakes, read

GOOD = {"HALL_TOKEN": "t"}


def test_a_file_is_read_and_arguments_win(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('printer = "tcp:10.0.0.9:9100"\npaper = "58"\nservices = "a, b"\n', "utf-8")
    arguments = ["--config", str(file), "--reader", "serial:/dev/ttyUSB0", "--paper", "80"]
    options = read(KioskOptions, "kiosk", arguments, GOOD)
    assert (options.printer, options.paper) == ("tcp:10.0.0.9:9100", "80")
    assert options.limits().services == ("a", "b")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        'server = "http://x"\nprinter = "lpt1"\npaper = "90"\npage_seconds = 1\n'
        'link = "ftp://x"\nexit_hash = "1234"\ncolour = "red"\n',
        "utf-8",
    )
    with pytest.raises(Mistakes) as caught:
        read(KioskOptions, "kiosk", ["--config", str(file)], {})
    named = {line.partition(":")[0] for line in caught.value.lines}
    wanted = {"server", "printer", "paper", "page_seconds", "link", "exit_hash", "token"}
    assert wanted <= named
    assert any(line.startswith("colour") for line in caught.value.lines)


def test_the_exit_password_is_kept_as_a_salted_hash() -> None:
    one, two = hashed("2468"), hashed("2468")
    assert one != two
    assert matches("2468", one)
    assert not matches("2469", one)
    assert not matches("2468", "scrypt:broken")


def test_the_slip_says_what_the_ticket_is_and_marks_a_reprint() -> None:
    order = Print(
        job_id="t:2", ticket=TicketId("t"), number="A007", service=USUAL[0], ahead=3,
        issued_at=Ms(1_700_000_000_000), priority_reason="elderly", reprint=True,
    )  # fmt: skip
    paper = slip(order, hall(USUAL), Place(link="https://hall.example/t"))
    assert (paper.number, paper.ahead, paper.reprint) == ("A007", 3, True)
    assert paper.area.zh == "一楼东区"
    assert paper.qr == "https://hall.example/t/t"
    assert paper.priority is not None
    assert "60" in paper.priority.zh
    assert paper.name is None


def test_devices_have_tables_of_their_own_and_every_mistake_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        'printer = "usb:0483:070b"\nscanner = "keyboard"\ncamera = "video:/dev/video0"\n'
        'reader = "serial:/dev/ttyUSB0"\nface_check = "required"\nface_models = "/srv/models"\n'
        'photo_decoder = "/opt/vendor/libwlt.so"\nphoto_order = "rgb"\n'
        '[printer_settings]\ntemplate = "/etc/hall/ticket.toml"\njournal = "/var/lib/hall/jobs"\n'
        '[codes]\nappointment = "[0-9]{16}"\n[camera_settings.face]\npass_at = 0.5\n',
        "utf-8",
    )
    options = read(KioskOptions, "kiosk", ["--config", str(file)], GOOD)
    cabinet = options.cabinet()
    assert (cabinet.printer.port, cabinet.printer.paper) == ("usb:0483:070b", 80)
    assert cabinet.printer.journal == "/var/lib/hall/jobs"
    assert cabinet.patterns.appointment == "[0-9]{16}"
    assert (cabinet.camera.port, cabinet.camera.models) == ("video:/dev/video0", "/srv/models")
    assert cabinet.camera.face.pass_at == 0.5
    assert cabinet.decode is not None
    assert options.limits().face_check

    file.write_text(
        'scanner = "com3"\ncamera = "webcam"\nface_check = "required"\nphoto_decoder = "x.so"\n'
        'face_seconds = 1\n[printer_settings]\nink = "red"\n[scanner_settings]\nport = "pty"\n'
        '[codes]\nnumber = "("\n',
        "utf-8",
    )
    with pytest.raises(Mistakes) as caught:
        read(KioskOptions, "kiosk", ["--config", str(file)], GOOD)
    named = {line.partition(":")[0] for line in caught.value.lines}
    wanted = {
        "scanner", "camera", "reader", "photo_decoder", "face_seconds", "printer_settings",
        "scanner_settings.port", "codes",
    }  # fmt: skip
    assert wanted <= named, caught.value.lines


def test_a_restart_finds_the_print_jobs_in_the_services_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/hall-kiosk")
    cabinet = KioskOptions(token="t", printer="tcp:h:9100").cabinet()
    assert cabinet.printer.journal == "/var/lib/hall-kiosk/print-jobs.jsonl"
    monkeypatch.delenv("STATE_DIRECTORY")
    assert KioskOptions(token="t").cabinet().printer.journal == ""


def test_words_below_a_code_that_no_telephone_follows_send_nobody_to_a_telephone() -> None:
    order = Print(
        job_id="t:1", ticket=TicketId("t"), number="A007", service=USUAL[0], ahead=3,
        issued_at=Ms(1_700_000_000_000), priority_reason="", reprint=False,
    )  # fmt: skip
    with_link = slip(order, hall(USUAL), Place(link="https://hall.example/t"))
    without = slip(order, hall(USUAL), Place())
    said = Typesetter().compose(without).elements
    lines = [element.text for element in said if isinstance(element, Line)]
    assert any("取号机" in line for line in lines)
    assert not any("评价" in line for line in lines)
    usual = Typesetter().compose(with_link).elements
    assert any(isinstance(e, Line) and "扫码查看" in e.text for e in usual)


def test_the_example_is_a_configuration() -> None:
    file = Path(__file__).parents[2] / "docs" / "examples" / "kiosk.toml"
    options = read(KioskOptions, "kiosk", ["--config", str(file), "--token", "t"], {})
    cabinet = options.cabinet()
    assert all((cabinet.printer.port, cabinet.reader, cabinet.scanner.port, cabinet.camera.port))
    assert options.limits().face_check
