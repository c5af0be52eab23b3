"""The launcher and the lists it installs from."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements", "requirements-dev")
VERBS = {
    "demo",
    "bench",
    "replay",
    "server",
    "kiosk",
    "caller",
    "screen",
    "board",
    "pad",
    "station",
    "voice",
    "backend",
    "devices",
    "doctor",
    "ticket",
    "why",
    "rules",
    "fuzz",
    "test",
    "check",
    "setup",
}


def hall(
    *arguments: str, program: Path = ROOT / "hall", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *arguments],
        env={**os.environ, **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def pins(lock: str) -> dict[str, str]:
    """Each pinned package of a lock, with what follows it up to the next one."""
    text = (ROOT / "packaging" / f"{lock}.txt").read_text()
    parts = re.split(r"^([\w.-]+)==", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout in a path with spaces and Chinese, with an environment that only echoes."""
    root = tmp_path / "政务 大厅"
    python = root / "env" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$PYTHONPATH" "$@"\n')
    python.chmod(0o755)
    shutil.copy(ROOT / "hall", root / "hall")
    return root


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)])
def test_usage_lists_every_verb(arguments: tuple[str, ...]) -> None:
    done = hall(*arguments)
    assert done.returncode == 0
    assert set(re.findall(r"^  (\w+) ", done.stdout, re.MULTILINE)) == VERBS


def test_an_unknown_verb_is_a_usage_error() -> None:
    done = hall("dance")
    assert done.returncode == 2
    assert "dance" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(
    ("verb", "module"),
    [
        ("server", ["queue_server"]),
        ("kiosk", ["kiosk"]),
        ("caller", ["ui", "caller"]),
        ("screen", ["ui", "screen"]),
        ("board", ["ui", "board"]),
        ("pad", ["ui", "pad"]),
        ("station", ["devices.station"]),
        ("demo", ["simulation", "demo"]),
        ("replay", ["simulation", "replay"]),
        ("bench", ["simulation", "bench"]),
        ("backend", ["simulation", "backend"]),
        ("rules", ["simulation", "rules"]),
        ("why", ["queue_server.why"]),
        ("devices", ["devices"]),
        ("doctor", ["devices.doctor"]),
        ("ticket", ["devices.printer.ticket"]),
        ("voice", ["devices.voice"]),
        ("fuzz", ["devices.fuzz"]),
    ],
)
def test_a_verb_hands_over_to_its_program(copy: Path, verb: str, module: list[str]) -> None:
    done = hall(
        verb, "--name", "a b", program=copy / "hall", HALL_VENV=str(copy / "env"), PYTHONPATH=""
    )
    assert done.stdout.splitlines() == ["/", str(copy), "-P", "-m", *module, "--name", "a b"]


def test_a_test_path_is_found_from_where_the_caller_stands(copy: Path) -> None:
    (copy / "tests").mkdir()
    test = copy / "tests" / "test_one.py"
    test.touch()
    done = subprocess.run(
        [copy / "hall", "test", "-x", "test_one.py::test_a", "-k", "one"],
        env={**os.environ, "HALL_VENV": str(copy / "env"), "PYTHONPATH": ""},
        cwd=test.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    expected = [str(copy), str(copy), "-P", "-m", "pytest", "-x", f"{test}::test_a", "-k", "one"]
    assert done.stdout.splitlines() == expected


@pytest.mark.parametrize(
    ("arguments", "shared"),
    [
        ([], True),
        (["--last-failed"], True),
        (["tests", "-x"], True),
        (["tests/test_one.py"], False),
        (["tests/test_one.py::test_a"], False),
    ],
)
def test_all_cores_share_the_tests_but_not_a_single_file_s(
    copy: Path, arguments: list[str], shared: bool
) -> None:
    (copy / "tests").mkdir()
    (copy / "tests" / "test_one.py").touch()
    for place in (copy, Path("/")):
        there = [str(copy / a) if a.startswith("tests") and place != copy else a for a in arguments]
        done = subprocess.run(
            [copy / "hall", "test", *there],
            env={**os.environ, "HALL_VENV": str(copy / "env"), "PYTHONPATH": ""},
            cwd=place,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        workers = ["-n", "auto", "--dist", "worksteal"] if shared else []
        given = [str(copy / a) if a.startswith("tests") else a for a in arguments]
        assert done.stdout.splitlines()[4:] == ["pytest", *workers, *given]


def test_a_missing_environment_is_named(tmp_path: Path) -> None:
    done = hall("server", HALL_VENV=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert str(tmp_path / "nowhere") in done.stderr


@pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="no system Python here")
def test_the_checks_find_their_tools_from_any_python(tmp_path: Path) -> None:
    environment = {**os.environ, "HALL_VENV": sys.prefix}
    environment.pop("PYTHONPATH", None)
    command = ["/usr/bin/python3", str(ROOT / "packaging" / "check"), "arrows", "shell"]
    done = subprocess.run(
        command, env=environment, cwd="/", capture_output=True, text=True, timeout=120, check=False
    )
    assert "shell" in done.stdout, done.stderr
    assert "No module named" not in done.stdout + done.stderr
    bare = {**environment, "HALL_VENV": str(tmp_path)}
    done = subprocess.run(
        command, env=bare, cwd="/", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "./hall setup" in done.stderr


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    assert all("--hash=sha256:" in rest for rest in pins(lock).values())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_wanted_package_is_locked(lock: str) -> None:
    wanted = re.findall(
        r"^[A-Za-z][\w.-]*", (ROOT / "packaging" / f"{lock}.in").read_text(), re.MULTILINE
    )
    assert wanted
    assert {name.lower() for name in wanted} <= set(pins(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / "packaging" / f"{lock}.txt").read_text()
    assert "://" not in text
    assert "index-url" not in text


def test_both_locks_agree() -> None:
    runtime, dev = ({name: rest.split()[0] for name, rest in pins(lock).items()} for lock in LOCKS)
    assert all(dev[name] == runtime[name] for name in dev.keys() & runtime.keys())


def test_the_sqlite_with_the_wal_reset_bug_is_not_wanted() -> None:
    assert "pysqlite3-binary" not in pins("requirements")


def test_the_notice_names_every_package_that_runs() -> None:
    packages = (ROOT / "NOTICE").read_text().partition("Python packages")[2].partition("Qt and")[0]
    named = re.findall(r"^  (\S+)  ", packages, re.MULTILINE)
    assert {name.lower() for name in named} == set(pins("requirements"))


def test_a_system_package_is_one_word_a_line() -> None:
    lines = (ROOT / "packaging" / "apt.txt").read_text().splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert names
    assert [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name)] == []
    assert len(names) == len(set(names))


PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("packaging/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_local_link_and_picture_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^()\s]+)\)", text)
    local = [t.partition("#")[0] for t in targets if not re.match(r"[a-z]+:", t)]
    assert [t for t in local if t and not (page.parent / t).exists()] == []


def test_the_pictures_are_small_and_all_made_by_one_command() -> None:
    made = set(
        re.findall(r'^    "([\w-]+)": \("', (ROOT / "packaging/pictures").read_text(), re.MULTILINE)
    )
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    assert {picture.name for picture in pictures} == {f"{name}.png" for name in made}
    assert [picture.name for picture in pictures if picture.stat().st_size > 120_000] == []
