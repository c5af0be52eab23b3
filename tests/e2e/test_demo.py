"""`hall demo` as somebody sees it who has just cloned the repository, with a display or without."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
SIZES = {
    "kiosk": (1080, 1920),
    "board": (1920, 1080),
    "caller-1": (400, 960),
    "screen-1": (1280, 640),
    "screen-2": (1280, 640),
    "pad-1": (800, 1280),
}
EVENTS = "SELECT seq, epoch, day, at, who, type, data FROM events ORDER BY seq"
ENDS_WITHIN = 240


def start(folder: Path, *more: str, display: str = "") -> "subprocess.Popen[str]":
    """The demo in a session of its own, as a terminal starts it."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment.pop("QT_QPA_PLATFORM", None)
    if display:
        environment["DISPLAY"] = display
    command = [sys.executable, "-P", "-m", "simulation", "demo", "--folder", str(folder)]
    return subprocess.Popen(
        [*command, "--seed", "7", "--every", "2", "--pace", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def read_until(demo: "subprocess.Popen[str]", *words: str) -> str:
    """What it says up to the line that holds the last of `words`, which come in this order."""
    assert demo.stdout is not None
    said = ""
    for word in words:
        while word not in said:
            line = demo.stdout.readline()
            assert line, f"ended before {word!r}:\n{said}"
            said += line
    return said


def rows(database: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(EVENTS).fetchall()
    finally:
        connection.close()


def left_of(folder: Path, within: float = 10) -> list[str]:
    """Processes that have to do with the demo in `folder`, once it ended; one that the system
    ends with its parent may take a moment."""
    deadline = time.monotonic() + within
    while (found := there(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return found


def last_words(folder: Path) -> dict[str, str]:
    """The end of each program's log."""
    return {log.name: log.read_text("utf-8")[-500:] for log in (folder / "logs").iterdir()}


def there(folder: Path) -> list[str]:
    """Processes that have to do with the demo in `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if str(folder) in words and process.name != str(os.getpid()):
            found.append(words.replace("\0", " "))
    return found


def complaints(folder: Path) -> list[str]:
    """What no log of an orderly end holds."""
    return [
        f"{log.name}: {line}"
        for log in sorted((folder / "logs").iterdir())
        for line in log.read_text("utf-8", "replace").splitlines()
        if line.startswith(("Traceback", "Fatal"))
    ]


def test_a_whole_hall_lives_for_a_while(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo = start(folder, "--for", "40")
    said, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 0, said
    assert "Traceback" not in said

    for name, size in SIZES.items():
        with Image.open(folder / "pictures" / f"{name}.png") as picture:
            assert picture.size == size, name
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20, f"{name} is blank"
    if shutil.which("chromium"):
        with Image.open(folder / "pictures" / "manager.png") as picture:
            assert picture.width == 1440
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20

    ours, theirs = rows(folder / "data" / "hall.db"), rows(folder / "backend" / "backend.sqlite3")
    assert ours == theirs
    issued = [json.loads(str(row[6])) for row in ours if row[5] == "ticket_issued"]
    called = [row for row in ours if row[5] == "ticket_called"]
    numbers = {event["number"] for event in issued}
    assert len(issued) > 2
    assert called
    # Touched at the kiosk, and on paper.
    slips = [json.loads(line) for line in (folder / "paper.jsonl").read_text().splitlines()]
    printed = {slip["number"] for slip in slips}
    told = set(re.findall(r"取号 ([A-Z]\d+) ", said))
    assert told
    assert told == printed == numbers
    assert re.search(r"请 \w+( \S+)? 到 [12] 号窗口", said)
    assert f"管理平台已收到全部 {len(ours)} 条" in said
    assert "无丢失无重号" in said
    # Counter 2 was worked by keys on the callers' line, and calls were spoken.
    at_two = [str(row[4]) for row in called if json.loads(str(row[6]))["counter"] == "2"]
    assert at_two
    assert all(who.startswith("station:") for who in at_two)
    if "wav:" in (folder / "station.toml").read_text("utf-8"):
        assert any((folder / "voice").glob("*.wav"))
    assert left_of(folder) == []
    assert complaints(folder) == []


@pytest.mark.slow
def test_devices_break_and_the_hall_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo = start(folder, "--for", "45", "--break-devices", "--pictures-every", "0")
    said, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 0, said
    broken = re.findall(r"^\S+  故障 (.+?)：", said, re.MULTILINE)
    mended = re.findall(r"^\S+  修复 (.+?) · mended", said, re.MULTILINE)
    assert len(broken) >= 3
    assert sorted(broken) == sorted(mended)
    assert f"设备故障演练 {len(broken)} 次" in said
    assert "全部设备已恢复" in said
    assert "秒后上报" in said
    issued = [row for row in rows(folder / "data" / "hall.db") if row[5] == "ticket_issued"]
    seen = re.search(r"市民看到 (\d+) 张，服务器记录 (\d+) 张，无丢失无重号", said)
    assert seen, said
    assert int(seen[2]) == len(issued) >= int(seen[1]) > 2
    assert rows(folder / "data" / "hall.db") == rows(folder / "backend" / "backend.sqlite3")
    assert left_of(folder) == []
    assert complaints(folder) == []


def test_ctrl_c_ends_everything(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo = start(folder)
    said = read_until(demo, "取号 ", "请 ")
    assert len(there(folder)) > 12
    os.killpg(demo.pid, signal.SIGINT)
    rest, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 0, said + rest
    assert "Traceback" not in rest
    assert "没有留下任何程序" in rest
    assert left_of(folder) == []
    assert complaints(folder) == []
    assert rows(folder / "data" / "hall.db") == rows(folder / "backend" / "backend.sqlite3")


def test_ctrl_c_while_it_starts_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo = start(folder)
    read_until(demo, "queue server")
    os.killpg(demo.pid, signal.SIGINT)
    rest, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 130
    assert "Traceback" not in rest
    assert left_of(folder) == []


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    demo = start(tmp_path)
    said, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 2
    assert str(tmp_path) in said
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A screen of 1920×1080 that nobody sees."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("NOT TESTED: the windows on a display; install xvfb and x11-utils")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(20)


def windows(display: str) -> dict[str, list[tuple[int, int, int, int]]]:
    """Every named window on the display: left, top, right, bottom."""
    tree = subprocess.run(
        ["xwininfo", "-display", display, "-root", "-tree"],
        capture_output=True, text=True, check=True, timeout=30,
    ).stdout  # fmt: skip
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    pattern = r'^\s+0x\w+ "([^"]+)": .*?(\d+)x(\d+)\+-?\d+\+-?\d+\s+\+(-?\d+)\+(-?\d+)$'
    for name, *numbers in re.findall(pattern, tree, re.MULTILINE):
        width, height, x, y = map(int, numbers)
        if width > 10:
            found.setdefault(name.partition(" ")[0], []).append((x, y, x + width, y + height))
    return found


def test_on_a_display_no_window_hides_another(tmp_path: Path, display: str) -> None:
    if shutil.which("xwininfo") is None:
        pytest.skip("NOT TESTED: the windows on a display; install x11-utils")
    folder = tmp_path / "demo"
    unseen = ("--pictures-every", "0", "--no-browser")
    demo = start(folder, "--for", "300", *unseen, display=display)
    read_until(demo, "取号 ")
    deadline = time.monotonic() + ENDS_WITHIN
    while sum(map(len, (shown := windows(display)).values())) < len(SIZES):
        assert time.monotonic() < deadline, (shown, last_words(folder))
        time.sleep(0.5)
    counts = {name: len(places) for name, places in shown.items()}
    assert counts == {"取号机": 1, "综合屏": 1, "叫号器": 1, "窗口屏": 2, "评价器": 1}
    places = [place for these in shown.values() for place in these]
    for left, top, right, bottom in places:
        assert left >= 0
        assert top >= 0
        assert right <= 1920
        assert bottom <= 1080
    for n, a in enumerate(places):
        for b in places[n + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, shown
    os.killpg(demo.pid, signal.SIGINT)
    rest, _ = demo.communicate(timeout=ENDS_WITHIN)
    assert demo.returncode == 0, rest
    assert (folder / "pictures" / "caller-1.png").exists()
    assert left_of(folder) == []
    assert complaints(folder) == []
