"""The kiosk's configuration, its exit password and what its paper says."""

from pathlib import Path

import pytest

from kiosk.config import KioskOptions
from kiosk.inputs import Print
from kiosk.password import hashed, matches
from kiosk.scenes import USUAL, hall
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
