"""`hall devices` as a technician types it, against a simulator in another process."""

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.command_line import main
from devices.ports import Holder, find_ports
from devices.registry import Registry, find_drivers
from tests.unit.test_devices_registry import ECHO, NOTHING

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def registry() -> Registry:
    return find_drivers([ECHO, NOTHING])


@pytest.fixture
def shop(tmp_path: Path) -> dict[str, str]:
    """An environment in which the echo is registered, as a third party's package does."""
    info = tmp_path / "shop" / "shop-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[hall.devices]\n{ECHO.name} = {ECHO.value}\n")
    return {**os.environ, "PYTHONPATH": f"{ROOT}:{info.parent}"}


@pytest.fixture
def simulated(shop: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    words = ["simulate", "echo", "--port", "tcp", "--firmware", "7", "--until-eof"]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "devices", *words],
        env=shop,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: "subprocess.Popen[str]", said: str = "") -> str:
    assert process.stdin
    assert process.stdout
    if said:
        process.stdin.write(f"{said}\n")
        process.stdin.flush()
    return process.stdout.readline().strip()


def test_a_simulated_device_is_probed_tested_and_broken(
    simulated: "subprocess.Popen[str]", registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    said, port = line(simulated).split()
    assert said == "port"
    assert main(["test", "echo", "--port", port, "--text", "好", "--json"], registry) == 0
    out = capsys.readouterr().out
    assert out == '{"said":"好","firmware":"7","patience":1.0}\n'
    assert main(["test", "echo", "--port", port, "-o", "patience=0.5"], registry) == 0
    assert json.loads(capsys.readouterr().out)["patience"] == 0.5
    assert line(simulated, "jam") == "ok"
    assert line(simulated, "dance").startswith("error unknown 'dance'; known: ")
    assert main(["probe", "echo", "--driver", "plain", "--port", port, "--json"], registry) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    assert answer == {
        "port": port, "driver": "echo.plain", "answered": True, "state": "failed",
        "code": "printer.cutter",
        "detail": "", "firmware": "7", "facts": {},
    }  # fmt: skip
    assert main(["probe", "--port", port], registry) == 0
    rows = capsys.readouterr().out.splitlines()
    assert any("echo.plain" in row and "failed" in row for row in rows)
    assert any("echo.dumb" in row and "opened only" in row for row in rows)
    assert line(simulated, "fault silence") == "ok"
    assert main(["test", "echo", "--port", port, "--json"], registry) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"] == "printer.silent"
    assert "The printer does not answer" in told.err
    assert "打印机没有应答" in told.err
    assert line(simulated, "unplug") == "ok"
    assert main(["probe", "echo", "--driver", "plain", "--port", port], registry) == 1
    assert "port.refused" in capsys.readouterr().out
    simulated.stdin.close()  # type: ignore[union-attr]
    assert simulated.wait(30) == 0


def test_a_fault_can_hold_from_the_start(
    shop: dict[str, str], registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-P", "-m", "devices", "simulate", "echo", "--port", "tcp"]
    with subprocess.Popen(
        [*command, "--fault", "silence", "--until-eof"],
        env=shop,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        port = line(process).split()[1]
        assert main(["test", "echo", "--port", port, "-o", "patience=0.1"], registry) == 1
        assert line(process, "fault none") == "ok"
        assert main(["test", "echo", "--port", port], registry) == 0
        process.terminate()
        assert process.wait(30) == 0
    done = subprocess.run(
        [*command, "--fault", "fire"], env=shop, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "'fire'; known: none, silence" in done.stderr


def test_drivers_are_told_with_their_options(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drivers", "--json"], registry) == 0
    plain, dumb = json.loads(capsys.readouterr().out)
    assert plain["name"] == "echo.plain"
    assert plain["has_simulator"]
    assert not dumb["has_simulator"]
    assert plain["options"][1] == {
        "name": "patience", "type": "float", "default": 1.0,
        "description": "等待应答的秒数 wait, s",
    }  # fmt: skip
    assert main(["drivers", "echo"], registry) == 0
    assert "等待应答的秒数" in capsys.readouterr().out


def test_what_cannot_be_is_told(registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "echo", "--driver", "dumb"], registry) == 1
    assert "driver.no_simulator" in capsys.readouterr().err
    assert main(["test", "echo", "--port", "usbb:1"], registry) == 1
    assert "port.invalid" in capsys.readouterr().err
    assert main(["list"], Registry()) == 0
    assert "./hall setup" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["test", "echo", "-o", "patience"], registry)
    assert main(["test", "echo", "-o", "patience=soon"], registry) == 1
    assert "driver.options" in capsys.readouterr().err


def test_a_port_that_another_holds_is_left_alone(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("devices.probing.holders_of", lambda port: (Holder(77, "kiosk"),))
    assert main(["probe", "echo", "--port", "serial:/dev/null", "--json"], registry) == 1
    (answer,) = json.loads(capsys.readouterr().out)
    assert (answer["code"], answer["detail"]) == ("port.busy", "kiosk (77)")


def test_this_machines_ports_are_listed(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", "--json"], registry) == 0
    ports = json.loads(capsys.readouterr().out)
    assert [port["port"] for port in ports] == [port.port for port in find_ports()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["test", "echo"], "port.unnamed"),
        (["probe", "echo", "--driver", "plain", "--port", "bluetooth:1"], "port.invalid"),
        (["test", "echo", "--port", "tcp:127.0.0.1:99999"], "port.invalid"),
        (["test", "echo", "--port", f"serial:{__file__}"], "port.not_serial"),
        (["simulate", "echo", "--port", "tcp:99999"], "port.invalid"),
    ],
)
def test_a_port_that_cannot_be_is_named_as_such(
    words: list[str], told: str, registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, registry) == 1
    assert told in capsys.readouterr().err


def test_a_result_with_a_fault_is_printed_and_is_a_failure(
    registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    [echo] = [d for d in registry.of("echo") if d.is_default]
    fails = dataclasses.replace(
        echo, test=lambda *_: {"job": "failed", "code": "printer.paper_out"}
    )
    assert (
        main(["test", "echo", "--port", "tcp:h:1", "--json"], Registry({"echo.plain": fails})) == 1
    )
    told = capsys.readouterr()
    assert json.loads(told.out) == {"job": "failed", "code": "printer.paper_out"}
    assert told.err.startswith("printer.paper_out\n")
