"""What docs/devices.md says: its configurations load, its commands run, its faults exist."""

import re
import shlex
import subprocess
import sys
import threading
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest

from devices.arguments import parser_for
from devices.driver import TakesText
from devices.face import models
from devices.fuzz.targets import find_targets
from devices.led.text import Colour, Line
from devices.printer import ticket
from devices.printer.template import parse_template
from devices.registry import AnyDriver, Registry, find_drivers
from devices.station.options import StationOptions, read
from devices.template.template import load_template
from kiosk.config import KioskOptions
from simulation.processes import environment
from ui.options import read as read_kiosk

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "devices.md").read_text("utf-8")
TOML = re.findall(r"^```toml\n# (\S+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line
]
WITHOUT_HARDWARE = re.findall(r"(\./hall devices simulate .*)\n(\./hall devices test .*)", PAGE)
TOKEN = {"HALL_TOKEN": "t"}
EVERYWHERE = {"none", "unplug"}
"""Faults every simulator has, said once for all."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    found = find_drivers()
    if not found.drivers:
        pytest.skip("./hall setup was not run here")
    return found


def blocks(name: str) -> list[str]:
    found = [text for title, text in TOML if title == name]
    assert found, name
    return found


def test_every_configuration_is_of_a_known_file() -> None:
    assert PAGE.count("```toml") == len(TOML)
    assert {name for name, _ in TOML} == {
        "kiosk.toml", "station.toml", "led-template.toml", "ticket.toml",
    }  # fmt: skip


@pytest.mark.parametrize("text", blocks("kiosk.toml"))
def test_a_kiosks_file_is_read_whole(text: str, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("t\n")
    file = tmp_path / "kiosk.toml"
    file.write_text(text.replace("/etc/hall/kiosk.token", str(token)), "utf-8")
    options = read_kiosk(KioskOptions, "kiosk", ["--config", str(file)], TOKEN)
    cabinet = options.cabinet()
    tables = tomllib.loads(text)
    assert (options.reader, cabinet.camera.port) == (tables["reader"], tables["camera"])
    assert (cabinet.decode is not None) == ("face_check" in tables)


@pytest.mark.parametrize("text", blocks("station.toml"))
def test_a_stations_file_is_read_whole(text: str, registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "led-template.toml"
    file.write_text(blocks("led-template.toml")[0], "utf-8")
    tables: dict[str, Any] = tomllib.loads(text.replace("/etc/hall/led-template.toml", str(file)))
    tables.pop("token_file", None)
    options: StationOptions = read(tables, registry, TOKEN)
    assert len(options.lines) == len(tables.get("call_line", []))
    assert len(options.leds) == len(tables.get("led", []))
    assert len(options.voices) == len(tables.get("voice", []))


@pytest.mark.parametrize("text", blocks("led-template.toml"))
def test_a_template_says_its_frame(text: str) -> None:
    said = load_template(text).text(3, (Line("A0", Colour.RED),)).data
    assert said == bytes.fromhex("AA 55 05 03 1B 31 41 30 58 0D")


@pytest.mark.parametrize("text", blocks("ticket.toml"))
def test_a_slips_template_is_right(text: str, tmp_path: Path) -> None:
    assert parse_template(text.encode(), tmp_path).blocks


def arguments_of(line: str) -> list[str]:
    return shlex.split(line, comments=True)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_one(line: str, registry: Registry) -> None:
    hall, verb, *words = arguments_of(line)
    assert hall == "./hall"
    if verb == "devices" and words[0] != "models":
        words = words[: words.index("--")] if "--" in words else words
        assert parser_for(registry, words).parse_args(words).verb == words[0]
    elif verb == "ticket":
        ticket._parser().parse_args(words)
    elif verb == "fuzz" and "--list" not in words:
        assert words[0] in {place.name for place in find_targets()}
    else:
        assert verb in {"devices", "doctor", "station", "voice", "fuzz", "bench"}
        help_of = [word for word in words[:1] if not word.startswith("-") and verb != "fuzz"]
        module = {
            "devices": "devices", "doctor": "devices.doctor", "station": "devices.station",
            "voice": "devices.voice", "fuzz": "devices.fuzz", "bench": "simulation",
        }[verb]  # fmt: skip
        asked = [*(["bench"] if verb == "bench" else []), *help_of, "--help"]
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *asked],
            capture_output=True, text=True, timeout=120, env=environment(), check=True,
        )  # fmt: skip
        for option in (word for word in words if word.startswith("--")):
            assert option in done.stdout or verb == "devices", option


def test_the_page_can_be_read_anew() -> None:
    """`models` has verbs of its own; each is in the page."""
    with pytest.raises(SystemExit):
        models.main(["--help"])
    assert len(WITHOUT_HARDWARE) == 8
    assert {line.split()[3] for line, _ in WITHOUT_HARDWARE} == {
        "id-reader", "printer", "scanner", "camera", "led", "call-line", "voice",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("simulate", "test"), WITHOUT_HARDWARE)
def test_each_kind_is_tried_without_hardware(simulate: str, test: str, tmp_path: Path) -> None:
    typed = simulate.partition("# then type: ")[2].strip()
    words = arguments_of(simulate)[2:]
    at = words.index("--port") + 1
    if words[at].startswith("tcp"):
        words[at] = "tcp"
    else:
        words[at] = words[at].replace("/tmp", str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "devices", *words, "--until-eof"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment(),
    )  # fmt: skip
    done = threading.Event()

    def type_it() -> None:
        assert process.stdin
        while typed and not done.wait(0.7):
            process.stdin.write(f"{typed}\n")
            process.stdin.flush()

    assert process.stdout
    typist = threading.Thread(target=type_it)
    try:
        port = process.stdout.readline().split()[1]
        typist.start()
        asked = arguments_of(test)[2:]
        asked[asked.index("--port") + 1] = port
        found = subprocess.run(
            [sys.executable, "-P", "-m", "devices", *asked],
            capture_output=True, text=True, timeout=120, cwd=tmp_path, env=environment(),
            check=False,
        )  # fmt: skip
        assert found.returncode == 0, found.stderr
        assert found.stdout.startswith("{")
    finally:
        done.set()
        if typist.ident:
            typist.join()
        process.terminate()
        process.communicate(timeout=60)


def simulated(driver: AnyDriver) -> Any:
    parser = ArgumentParser()
    driver.simulate_arguments(parser)
    assert driver.simulate
    given: Namespace = parser.parse_args([])
    return driver.simulate("exec" if driver.kind == "voice" else "tcp", given)


def test_every_fault_of_the_page_exists_and_every_fault_is_on_it(registry: Registry) -> None:
    section = PAGE.split("## Faults of the simulators")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([\w-]+)`(?: \((.*?)\))? \| (.*?) \| (.*?) \|$", section, re.MULTILINE)
    seen = set()
    for kind, names, lines, faults in rows:
        for driver in registry.of(kind):
            if names and driver.name not in re.findall(r"`(\w+)`", names):
                continue
            seen.add((kind, driver.name))
            device = simulated(driver)
            told = set(re.findall(r"`([^`]+)`", faults))
            has = set(device.faults) - EVERYWHERE
            by_number = {name for name in has if re.search(r"sw3-|silent \d", name)}
            for name in told:
                assert name.replace(" N", " 1") in has, f"{kind} {driver.name}: {name}"
            left = {name for name in has - by_number if name not in told}
            if kind == "id-reader":  # its status words are told as one
                left = {name for name in left if name not in SAM_WORDS}
            assert not left, f"{kind} {driver.name}: not on the page: {left}"
            takes = set(device.texts) if isinstance(device, TakesText) else set()
            for line in re.findall(r"`([^`]+)`", lines):
                known = {*device.commands, *takes}
                written = line.replace(" N", " 1")
                assert written in known or written.split()[0] in takes, f"{kind}: {line}"
    assert seen >= {(d.kind, d.name) for d in registry.drivers.values()}


def _status_words() -> set[str]:
    from devices.id_reader.simulator import STATUS_FAULTS

    return set(STATUS_FAULTS)


SAM_WORDS = _status_words()


def test_what_the_page_points_at_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
    for path in re.findall(r"`((?:devices|docs|packaging|tests)/(?!KIND)[\w./-]+)`", PAGE):
        assert (ROOT / path).exists(), path
