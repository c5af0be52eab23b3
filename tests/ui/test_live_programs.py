"""The programs as people start them, joined to a real server process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

import ui.board.app
import ui.caller.app
import ui.pad.app
from tests.e2e.live_hall import LiveHall
from tests.ui.windows import Screen
from ui.board.view import board_view
from ui.caller.desk import Keys
from ui.feed import Feed
from ui.gateway import Gateway
from ui.pad.app import Touches
from ui.pad.flow import Times
from ui.shown import shown

ROOT = Path(__file__).parents[2]
PATIENCE = 20_000


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as hall:
        hall.start()
        manager = hall.new_token("manager", "管理员")
        hall.do(manager, type="open_day", day=time.strftime("%Y-%m-%d"))
        yield hall


class Line:
    """A feed joined to the hall through a gateway of its own."""

    def __init__(self, hall: LiveHall, role: str, *place: str) -> None:
        token = hall.new_token(role, role, *place)
        self.feed = Feed()
        self.gateway = Gateway(f"ws://127.0.0.1:{hall.push_port}", token, f"{role} test")
        self.gateway.happened.connect(self.feed.take)
        self.gateway.start()


def test_from_sign_in_to_a_rating_with_a_server_killed_in_between(
    hall: LiveHall, qtbot: QtBot
) -> None:
    lines = {
        "caller": Line(hall, "caller", "--counter", "c4"),
        "pad": Line(hall, "pad", "--counter", "c4"),
        "board": Line(hall, "board", "--area", "a1"),
    }
    keys = Keys(lines["caller"].feed, lines["caller"].gateway)
    touches = Touches(lines["pad"].feed, lines["pad"].gateway, Times())
    feed = lines["board"].feed
    board = shown(board_view(feed.inputs, ui.board.app.NOTICE))
    feed.changed.connect(lambda: board.show(board_view(feed.inputs, ui.board.app.NOTICE)))
    window = Screen(ui.caller.app.QML, {"view": keys.view, "keys": keys})
    pad = Screen(ui.pad.app.QML, {"view": touches.view, "touches": touches})
    screen = Screen(ui.board.app.QML, {"view": board})

    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=PATIENCE)

    try:
        until(lambda: keys.view.now.stage == "signed_out")
        window.settle()
        window.type("m4")
        window.press(Qt.Key.Key_Return)
        until(lambda: keys.view.now.stage == "free")
        window.press(Qt.Key.Key_F12)
        until(lambda: bool(keys.view.now.message))
        assert window.find("message").property("text") == "没有等候的号票"
        number = hall.do(type="issue_ticket", service="s1")["number"]
        until(lambda: keys.view.now.total == 1)
        window.press(Qt.Key.Key_F12)
        until(lambda: keys.view.now.stage == "serving" and board.now.newest is not None)
        assert keys.view.now.ticket.number == number
        screen.settle()
        assert screen.find("newestNumber").property("text") == number

        hall.kill()
        until(lambda: bool(keys.view.now.line.as_of and board.now.line.as_of))
        window.press(Qt.Key.Key_F10)
        assert keys.view.now.ticket.number == number
        hall.start()
        until(lambda: keys.view.now.keys["end"].on and not board.now.line.as_of)

        window.press(Qt.Key.Key_F10)
        until(lambda: touches.view.now.page == "asked")
        pad.settle()
        pad.click("face5")
        pad.click("reason510")
        pad.click("submit")
        until(lambda: touches.view.now.page == "thanks")
        until(lambda: keys.view.now.served == 1)
    finally:
        for one in (window, pad, screen):
            one.close()
        for line in lines.values():
            line.gateway.stop()


MATTER = {"zh": "一件事", "en": "One matter"}
ROUTE = {
    "id": "matter",
    "name": MATTER,
    "steps": [
        {
            "service": "s1",
            "joint": 2,
            "must_choose": True,
            "branches": [
                {"id": "more", "name": MATTER, "steps": [{"service": "s2"}]},
                {"id": "stop", "name": MATTER, "instead": True},
            ],
        },
        {"service": "s3"},
    ],
}


def test_a_visit_of_several_steps_goes_by_keys_over_a_server_killed_in_joint_work(
    hall: LiveHall, qtbot: QtBot
) -> None:
    hall.do(hall.new_token("manager", "路线"), type="define_route", route=ROUTE)
    number = hall.do(type="issue_ticket", service="s1")["number"]
    lines = [Line(hall, "caller", "--counter", counter) for counter in ("c4", "c3")]
    lines.append(Line(hall, "board", "--area", "a1"))
    one, two = (Keys(line.feed, line.gateway) for line in lines[:2])
    feed = lines[2].feed
    board = shown(board_view(feed.inputs, ui.board.app.NOTICE))
    feed.changed.connect(lambda: board.show(board_view(feed.inputs, ui.board.app.NOTICE)))
    first = Screen(ui.caller.app.QML, {"view": one.view, "keys": one})
    second = Screen(ui.caller.app.QML, {"view": two.view, "keys": two})

    def until(true: Callable[[], bool]) -> None:
        qtbot.waitUntil(true, timeout=PATIENCE)

    def wait_for(keys: Keys, stage: str) -> None:
        until(lambda: keys.view.now.stage == stage)

    try:
        for window, keys, staff in ((first, one, "m4"), (second, two, "m3")):
            wait_for(keys, "signed_out")
            window.settle()
            window.type(staff)
            window.press(Qt.Key.Key_Return)
            wait_for(keys, "free")
        first.press(Qt.Key.Key_F12)
        until(lambda: one.view.now.ticket.step == "1/2")
        second.press(Qt.Key.Key_F12, shift=True)
        until(lambda: len(two.view.now.joinable) == 1)
        second.settle()
        second.press(Qt.Key.Key_Return)
        until(lambda: one.view.now.ticket.joint == "3" and two.view.now.ticket.joint == "4")

        hall.kill()
        until(lambda: bool(two.view.now.line.as_of))
        hall.start()
        until(lambda: two.view.now.keys["end"].on and one.view.now.keys["end"].on)
        second.press(Qt.Key.Key_F10)
        until(lambda: two.view.now.stage == "free" and not one.view.now.ticket.joint)
        first.press(Qt.Key.Key_F10)
        until(lambda: bool(one.view.now.message))
        first.press(Qt.Key.Key_1, Qt.Key.Key_F10)
        until(lambda: one.view.now.stage == "free")
        until(lambda: [moved.number for moved in board.now.moved] == [number])
        assert board.now.moved[0].what.first != ""
        for step in ("2/3", "3/3"):
            first.press(Qt.Key.Key_F12)
            wait_for(one, "serving")
            assert one.view.now.ticket.step == step
            assert one.view.now.ticket.number == number
            first.press(Qt.Key.Key_F10)
            wait_for(one, "free")
        until(lambda: board.now.moved == ())
        assert one.view.now.served == 3
        assert two.view.now.served == 1
    finally:
        for window in (first, second):
            window.close()
        for line in lines:
            line.gateway.stop()


@pytest.mark.parametrize(
    ("program", "role", "place"),
    [
        ("board", "board", ("--area", "a1")),
        ("screen", "screen", ("--counter", "c1")),
        ("caller", "caller", ("--counter", "c1")),
        ("pad", "pad", ("--counter", "c1")),
    ],
)
def test_a_program_starts_paints_and_ends_cleanly(
    hall: LiveHall, tmp_path: Path, program: str, role: str, place: tuple[str, ...]
) -> None:
    token = tmp_path / "token"
    token.write_text(hall.new_token(role, program, *place))
    picture = tmp_path / f"{program}.png"
    arguments = [program, "--server", f"ws://127.0.0.1:{hall.push_port}"]
    arguments += ["--token-file", str(token), "--screenshot", str(picture)]
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", *arguments, "--after", "0.5", "--geometry", "640x900"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not picture.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert QImage(str(picture)).width() == 640
        picture.unlink()
        process.send_signal(signal.SIGUSR1)
        while not picture.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert picture.exists()
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said == ""


def test_a_wrong_configuration_is_told_whole_and_help_names_every_option() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "HALL_TOKEN"}
        command = [sys.executable, "-m", "ui", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    wrong = run("board", "--language", "fr", "--server", "nowhere")
    assert wrong.returncode == 2
    for name in ("language", "server", "token"):
        assert f"  {name}:" in wrong.stderr
    helped = run("pad", "--help")
    assert helped.returncode == 0
    for option in ("--server", "--token-file", "--language", "--geometry", "--seconds"):
        assert option in helped.stdout
