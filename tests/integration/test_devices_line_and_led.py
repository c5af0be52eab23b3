"""`hall devices test led` and `test call-line`, as a technician runs them; the line's bench."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.call_line.bench import measure
from devices.call_line.events import HOLD, Key
from devices.call_line.simulator import CallLineSimulator, Unit
from devices.call_line.spec import RS485
from devices.command_line import main
from devices.driver import Driver
from devices.led.simulator import ListenerSimulator, OnbonSimulator, decode_eq, decode_strip
from devices.led.spec import EQ, ONBON, STRIP
from devices.led.text import Colour, Line
from devices.registry import Registry
from devices.template.spec import CALL_LINE, LED

DRIVERS = Registry({f"{d.kind}.{d.name}": d for d in (ONBON, EQ, STRIP, LED, RS485, CALL_LINE)})  # type: ignore[misc]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = main([*words, "--json"], DRIVERS)
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CallLineSimulator]:
    units = CallLineSimulator(f"pty:{tmp_path}/line")
    units.start()
    yield units
    units.stop()


def test_an_onbon_says_what_it_acknowledged(capsys: pytest.CaptureFixture[str]) -> None:
    screen = OnbonSimulator()
    screen.start()
    try:
        words = ["--text", "请A012", "--text", "𠮷", "--colour", "green"]
        code, told = run(capsys, "test", "led", "--port", screen.port, *words)
        assert (code, told["acknowledged"], told["replaced"]) == (0, True, ["𠮷"])
        assert screen.screen.shown == (Line("请A012", Colour.GREEN), Line("□", Colour.GREEN))
        screen.set_fault("nak")
        code, told = run(capsys, "test", "led", "--port", screen.port, *words)
        assert (code, told["error"]) == (1, "led.rejected")
    finally:
        screen.stop()


@pytest.mark.parametrize(
    ("words", "decode"),
    [
        (["--driver", "eq"], decode_eq),
        (["--driver", "strip"], decode_strip),
        (["--driver", "template", "-o", "template=eq"], decode_eq),
        (["--driver", "template", "-o", "template=strip"], decode_strip),
    ],
)
def test_a_screen_that_cannot_answer_is_not_said_to_have(
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    decode: object,
) -> None:
    screen = ListenerSimulator("tcp", decode=decode)  # type: ignore[arg-type]
    screen.start()
    try:
        code, told = run(capsys, "test", "led", *words, "--port", screen.port, "--text", "A1")
        assert (code, told["acknowledged"]) == (0, "unknowable")
        screen.screen.wait_for(lambda s: s.text == ("A1",))
    finally:
        screen.stop()


def test_a_template_that_is_wrong_is_told_in_both_languages(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "board.toml"
    file.write_text('kind = "led"\nbaud = 1\n[frames]\ntext = "02 {txt}"\n', "utf-8")
    words = ["--driver", "template", "-o", f"template={file}", "--port", "tcp:127.0.0.1:9"]
    code, told = run(capsys, "test", "led", *words)
    assert (code, told["error"]) == (1, "template.invalid")
    for part in ("baud", "波特率", "no serial speed", "frames.text", "未知字段"):
        assert part in str(told["detail"])


@pytest.mark.parametrize("driver", ["rs485", "template"])
def test_the_line_waits_for_a_key(
    capsys: pytest.CaptureFixture[str], line: CallLineSimulator, driver: str
) -> None:
    def press() -> None:
        line.wait_for(lambda units: units.units[3].ticket == "008" and units.units[3].beeps == 1)
        line.key(3, Key.CONFIRM, HOLD)

    clerk = threading.Thread(target=press)
    clerk.start()
    words = ["--driver", driver, "--address", "3", "--port", line.port]
    code, told = run(capsys, "test", "call-line", *words)
    clerk.join()
    assert (code, told["acknowledged"]) == (0, True)
    assert told["press"] == {"key": "confirm", "number": 0}
    line.wait_for(lambda units: units.units[3].acknowledged == 1)


def test_no_device_at_the_address(
    capsys: pytest.CaptureFixture[str], line: CallLineSimulator
) -> None:
    words = ["--address", "77", "--seconds", "0.2", "--port", line.port]
    code, told = run(capsys, "test", "call-line", *words)
    assert (code, told["error"]) == (1, "call_line.address_silent")


def test_what_a_technician_can_do_to_simulated_units(line: CallLineSimulator) -> None:
    for order in ("key 3 call", "key 3 confirm 0 hold", "key 3 call-back", "rate 3 5", "power 3"):
        line.commands[order]()
    for fault in ("noise", "bad-sum", "lost-ack", "collision", "silent", "silent 3", "none"):
        line.faults[fault]()
    assert line.units[3] == Unit(3)


def test_a_round_of_the_bench() -> None:
    result = measure(rounds=1, addresses=4)
    assert result.wire_ms == pytest.approx(4 * 2 * 15 * 10 / 9600 * 1000, abs=0.1)
    assert result.round_ms >= result.wire_ms
    assert result.unacknowledged == 0


def test_every_driver_says_what_it_is() -> None:
    for driver in DRIVERS.drivers.values():
        assert isinstance(driver, Driver)
        assert driver.zh
        assert driver.en
        assert driver.options().port == ""
