"""What the launcher does to a machine, with real environments and a lock of nothing."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNINSTALLABLE = f"./nowhere-1-py3-none-any.whl --hash=sha256:{'0' * 64}\n"
LIST_DRIVERS = """
from importlib.metadata import entry_points
for point in entry_points(group="hall.devices"):
    print(point.name, point.value)
"""

Launch = Callable[..., "subprocess.Popen[str]"]


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "hall of the people"
    (root / "packaging").mkdir(parents=True)
    shutil.copy(ROOT / "hall", root)
    (root / "packaging" / "apt.txt").write_text("# none\nlibwanted1\n")
    for lock in ("requirements", "requirements-dev"):
        (root / "packaging" / f"{lock}.txt").write_text("# nothing\n")
    for name in ("pyproject.toml", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the lock would have installed for registering drivers."""
    folder = tmp_path_factory.mktemp("tools")
    setuptools = importlib.util.find_spec("setuptools")
    assert setuptools
    assert setuptools.origin
    (folder / "setuptools").symlink_to(Path(setuptools.origin).parent)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Programs that stand before the machine's own: a Debian that has every package."""
    folder = tmp_path / "machine"
    folder.mkdir()
    program(folder / "dpkg-query", "printf installed")
    program(folder / "apt-get", f'echo "$@" >>"{folder}/apt.log"')
    program(folder / "id", "echo 0")
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty one, made once because making takes seconds."""
    folder = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


@pytest.fixture
def made(checkout: Path, environment: Path) -> Path:
    """The checkout's environment, so far without anything installed."""
    return shutil.copytree(environment, checkout / ".venv", symlinks=True)


@pytest.fixture
def launch(checkout: Path, machine: Path, tools: Path) -> Launch:
    def start(*arguments: str) -> "subprocess.Popen[str]":
        variables = {
            **os.environ,
            "PATH": f"{machine}:{os.environ['PATH']}",
            "PYTHONPATH": str(tools),
        }
        variables.pop("HALL_VENV", None)
        return subprocess.Popen(
            [checkout / "hall", *(arguments or ["setup"])],
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    return start


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    output, _ = process.communicate(timeout=120)
    return process.returncode, output


def test_the_second_run_touches_nothing(launch: Launch, checkout: Path, machine: Path) -> None:
    code, output = finish(launch())
    assert code == 0, output
    assert (checkout / ".venv" / "bin" / "python").exists()
    program(machine / "dpkg-query", "exit 70")
    (checkout / ".hall-setup.log").unlink()
    code, output = finish(launch())
    assert code == 0, output
    assert not (checkout / ".hall-setup.log").exists()
    assert not (machine / "apt.log").exists()


@pytest.mark.usefixtures("made")
def test_a_changed_lock_is_installed(launch: Launch, checkout: Path) -> None:
    assert finish(launch())[0] == 0
    (checkout / "packaging" / "requirements.txt").write_text(UNINSTALLABLE)
    code, output = finish(launch())
    assert code == 1
    assert "nowhere-1" in output, "the end of the log is shown"
    (checkout / "packaging" / "requirements.txt").write_text("# nothing again\n")
    assert finish(launch())[0] == 0


@pytest.mark.usefixtures("made")
def test_a_new_driver_is_registered_without_network(launch: Launch, checkout: Path) -> None:
    assert finish(launch())[0] == 0
    project = checkout / "pyproject.toml"
    group = '[project.entry-points."hall.devices"]\n'
    text = project.read_text()
    assert group in text
    project.write_text(text.replace(group, f'{group}"scale.sample" = "shop.scale:SAMPLE"\n'))
    code, output = finish(launch())
    assert code == 0, output
    assert "First set-up" not in output
    listed = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", LIST_DRIVERS],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "scale.sample shop.scale:SAMPLE" in listed.stdout
    assert {p.name for p in checkout.iterdir()} == {
        ".hall-setup.log", ".venv", ".venv.lock", "LICENSE", "NOTICE", "hall", "packaging",
        "pyproject.toml",
    }, "nothing is built in the tree"  # fmt: skip


def test_an_interrupted_environment_is_made_anew(launch: Launch, made: Path) -> None:
    left = made / "half a package"
    left.touch()
    (made / "hall-unfinished").touch()
    assert finish(launch())[0] == 0
    assert not left.exists()


def test_of_two_first_runs_one_works_and_one_waits(launch: Launch) -> None:
    outputs = [finish(process) for process in [launch(), launch()]]
    assert [code for code, _ in outputs] == [0, 0], outputs
    assert sum("First set-up" in output for _, output in outputs) == 1


@pytest.mark.usefixtures("made")
def test_interrupting_stops_the_step_and_frees_the_lock(
    launch: Launch, checkout: Path, machine: Path
) -> None:
    program(machine / "dpkg-query", "exit 1")
    program(machine / "apt-get", f'echo $$ >"{machine}/pid"; exec sleep 600')
    process = launch()
    pid = machine / "pid"
    while not (pid.exists() and pid.read_text()):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    code, output = finish(process)
    assert code == 130, output
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    program(machine / "dpkg-query", "printf installed")
    assert finish(launch())[0] == 0
    assert (checkout / ".venv" / "hall-ready").exists()


@pytest.mark.usefixtures("made")
def test_missing_packages_are_installed_by_root(launch: Launch, machine: Path) -> None:
    program(machine / "dpkg-query", "exit 1")
    assert finish(launch())[0] == 0
    calls = (machine / "apt.log").read_text().splitlines()
    assert calls[-1].split()[0] == "install"
    assert calls[-1].split()[-1] == "libwanted1"


@pytest.mark.usefixtures("made")
def test_without_rights_the_command_is_told_and_the_rest_goes_on(
    launch: Launch, machine: Path
) -> None:
    program(machine / "dpkg-query", "exit 1")
    program(machine / "id", "echo 1000")
    program(machine / "sudo", "exit 1")
    code, output = finish(launch())
    assert code == 0, output
    assert "apt-get install --no-install-recommends libwanted1" in output
    assert not (machine / "apt.log").exists()
    assert "libwanted1" in finish(launch())[1], "said again while it is true"
    program(machine / "dpkg-query", "printf installed")
    assert "libwanted1" not in finish(launch())[1]


def test_a_folder_that_cannot_be_written_is_named(launch: Launch, checkout: Path) -> None:
    (checkout / ".venv.lock").mkdir()
    code, output = finish(launch())
    assert code == 1
    assert str(checkout) in output
