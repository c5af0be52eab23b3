"""Recordings made through a tap, and those in tests/data played against the drivers of today."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.command_line import main
from devices.playback import PlaybackSimulator
from devices.registry import Registry, find_drivers
from devices.tap import Tap
from devices.transport import parse_port
from devices.transport.record import Header, Recorder, Verbatim, read_recording
from tests.integration.device_contract import Healths
from tests.integration.echo_kind import EchoSimulator, supervised
from tests.unit.test_devices_recordings import HEADER
from tests.unit.test_devices_registry import ECHO, NOTHING

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / "tests" / "data" / "recordings"
OURS = [
    ("id-reader", [], {"kind": "citizen", "issuer": "演示市公安局"}),
    ("printer", [], {"job": "printed"}),
    ("scanner", [], {"characters": 14}),
    ("led", ["--text", "你好A012"], {"acknowledged": True}),
    ("call-line", ["--address", "1", "--seconds", "0.1"], {"acknowledged": True}),
]


@pytest.fixture
def registry() -> Registry:
    return find_drivers([ECHO, NOTHING])


@pytest.fixture
def simulator() -> Iterator[EchoSimulator]:
    simulator = EchoSimulator("tcp")
    simulator.start()
    yield simulator
    simulator.stop()


def test_a_test_is_recorded_and_replayed(
    simulator: EchoSimulator,
    registry: Registry,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "echo.jsonl"
    words = ["record", "echo", "--port", simulator.port, "--out", str(file), "--text", "x"]
    assert main([*words, "--json"], registry) == 0
    first = capsys.readouterr().out
    recording = read_recording(file.read_bytes())
    assert (recording.header.kind, recording.header.driver) == ("echo", "plain")
    assert [entry.direction for entry in recording.entries] == ["opened", "out", "in"]
    simulator.stop()
    assert main(["replay", str(file), "--json", "--", "--text", "x"], registry) == 0
    assert capsys.readouterr().out == first


def test_what_nobody_made_safe_is_not_recorded(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "record",
        "echo",
        "--driver",
        "dumb",
        "--port",
        "tcp:h:1",
        "--out",
        str(tmp_path / "f"),
    ]
    assert main(words, registry) == 1
    assert "driver.no_redactor" in capsys.readouterr().err
    assert not (tmp_path / "f").exists()


def test_a_file_that_is_no_recording_is_told(
    registry: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(tmp_path / "nothing")], registry) == 2
    (tmp_path / "text").write_text("hello")
    assert main(["replay", str(tmp_path / "text")], registry) == 1
    assert "recording.invalid" in capsys.readouterr().err


@pytest.mark.parametrize("spec", ["pty", "tcp"])
def test_a_tap_stands_an_unplug(spec: str, simulator: EchoSimulator, tmp_path: Path) -> None:
    with (tmp_path / "r").open("wb") as file:
        recorder = Recorder(file, HEADER, Verbatim())
        tap = Tap(
            f"{spec}:{tmp_path}/tap" if spec == "pty" else spec,
            parse_port(simulator.port),
            recorder,
        )
        tap.start()
        healths = Healths()
        driver = supervised(tap.port, healths)
        driver.start()
        try:
            healths.until(lambda states: "ok" in states)
            simulator.stop()
            healths.until(lambda states: states[-1] == "gone")
            simulator.start()
            healths.until(lambda states: states[-1] == "ok")
        finally:
            driver.stop()
            tap.stop()
            recorder.close()
    directions = [
        entry.direction for entry in read_recording((tmp_path / "r").read_bytes()).entries
    ]
    assert "lost" in directions
    assert directions.count("opened") == 2


def test_another_program_is_recorded_and_played_to(
    simulator: EchoSimulator, tmp_path: Path
) -> None:
    """As a kiosk would be: the driver runs here, the tap and the playback in other processes."""
    file = tmp_path / "echo.jsonl"
    with bench(tmp_path, "record", "echo", "--port", simulator.port, "--out", str(file),
               "--serve", f"pty:{tmp_path}/tap", "--until-eof") as tap:  # fmt: skip
        watch(port_of(tap))
        assert tap.stdin
        tap.stdin.close()
        assert tap.wait(30) == 0
    simulator.stop()
    with bench(tmp_path, "replay", str(file), "--port", "tcp", "--until-eof") as player:
        watch(port_of(player))
        player.terminate()


def bench(folder: Path, *words: str) -> "subprocess.Popen[str]":
    """`hall devices` in an environment that has the echo."""
    info = folder / "shop" / "shop-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[hall.devices]\n{ECHO.name} = {ECHO.value}\n")
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "devices", *words],
        env={"PYTHONPATH": f"{ROOT}:{info.parent}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def port_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().split()[1]


def watch(port: str) -> None:
    healths = Healths()
    driver = supervised(port, healths)
    driver.start()
    try:
        healths.until(lambda states: "ok" in states)
        assert healths.all[-1].firmware == "1.2"
    finally:
        driver.stop()


@pytest.mark.parametrize(("kind", "words", "told"), OURS)
def test_a_recording_of_ours_still_plays(
    kind: str, words: list[str], told: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    registry = find_drivers()
    if kind not in registry.kinds:
        pytest.skip("./hall setup was not run here")
    file = str(RECORDINGS / f"{kind}.jsonl")
    assert main(["replay", file, "--speed", "50", "--json", "--", *words], registry) == 0
    found = json.loads(capsys.readouterr().out)
    assert {name: found[name] for name in told} == told


@pytest.mark.parametrize("kind", [kind for kind, _, _ in OURS])
def test_a_recording_of_ours_tells_no_machine(kind: str) -> None:
    header = read_recording((RECORDINGS / f"{kind}.jsonl").read_bytes()).header
    assert isinstance(header, Header)
    assert header.kind == kind
    assert header.port.startswith("tcp:127.0.0.1:")


def test_a_playback_has_a_simulators_shape() -> None:
    recording = read_recording((RECORDINGS / "led.jsonl").read_bytes())
    simulator = PlaybackSimulator("tcp", recording)
    assert simulator.commands == simulator.faults == {}
