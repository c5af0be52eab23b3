"""The fuzzer finds what is planted, and nothing in some thousands of inputs to the true parsers."""

import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devices.fuzz.targets import Place, find_targets, stands, targets_of

PLANTED = "tests.integration.planted"
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None
GUIDANCE = [
    pytest.param([], marks=pytest.mark.skipif(not HAS_ATHERIS, reason="atheris is not installed")),
    ["--random"],
]


def fuzz(*words: str, keep: Path) -> tuple[int, dict[str, dict[str, object]]]:
    done = subprocess.run(
        [sys.executable, "-m", "devices.fuzz", "--json", "--keep", str(keep), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, {one["name"]: one for one in json.loads(done.stdout)["targets"]}


@pytest.mark.parametrize("how", GUIDANCE)
def test_what_is_planted_is_found(how: list[str], tmp_path: Path) -> None:
    words = ["planted.bug", "planted.good", "planted.code", "--from", PLANTED, "--runs", "30000"]
    code, found = fuzz(*words, *how, keep=tmp_path)
    assert code == 1
    assert found["planted.good"]["ok"]
    assert found["planted.good"]["inputs"] == 30000
    bug = found["planted.bug"]
    assert not bug["ok"]
    assert "IndexError: planted" in str(bug["failure"])
    kept = Path(str(bug["input"])).read_bytes()
    assert kept[:1] == b"\xa5"
    assert len(kept) > 2
    assert "nowhere.known" in str(found["planted.code"]["failure"])


def test_memory_that_grows_is_a_failure(tmp_path: Path) -> None:
    words = ["planted.leak", "--from", PLANTED, "--runs", "40000", "--random"]
    code, found = fuzz(*words, keep=tmp_path)
    assert code == 1
    assert "memory grew" in str(found["planted.leak"]["failure"])


@pytest.mark.skipif(not HAS_ATHERIS, reason="atheris is not installed")
def test_some_thousand_inputs_led_by_coverage(tmp_path: Path) -> None:
    code, found = fuzz("port", "recording", "--runs", "3000", keep=tmp_path)
    assert code == 0, found
    assert {one["inputs"] for one in found.values()} == {3000}


@pytest.mark.parametrize("place", find_targets(), ids=lambda place: place.name)
def test_every_parser_stands_the_usual_suspects(place: Place) -> None:
    """Quick, in this process; `./hall fuzz` does the million."""
    target = targets_of(place.module)[place.name]
    for size in (0, 1, 2, 3, 7, 64, 300):
        for byte in (0x00, 0x0A, 0x30, 0x5A, 0xA5, 0xAA, 0xFF):
            stands(target, bytes((byte,)) * size)
        stands(target, bytes(range(256))[:size])
    for document in (b'{"port":"\xff"}', b'{"port":', b"port='\xff'", b"[" * 250):
        stands(target, document)


@pytest.mark.skipif(not HAS_ATHERIS, reason="atheris is not installed")
def test_a_run_that_is_stopped_tells_how_far_it_came(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [
            sys.executable, "-m", "devices.fuzz", "port", "--json", "--runs", "900000000",
            "--keep", str(tmp_path),
        ],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    threads = Path(f"/proc/{run.pid}/task")
    while not any((one / "children").read_text() for one in threads.iterdir()):
        time.sleep(0.05)
    run.terminate()
    told, _ = run.communicate(timeout=60)
    assert run.returncode == 130
    (one,) = json.loads(told)["targets"]
    assert not one["ok"]
    assert "stopped" in one["failure"]


def test_a_parser_is_chosen_by_name_or_kind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "devices.fuzz", "--list", "id_reader", "port.string"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = done.stdout.split()
    assert "port.string" in names
    assert "id_reader.frames" in names
    assert not any(name.startswith("printer") for name in names)
    done = subprocess.run(
        [sys.executable, "-m", "devices.fuzz", "teapot"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "teapot" in done.stderr
