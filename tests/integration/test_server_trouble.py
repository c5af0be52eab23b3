"""When things break: wrong configuration, taken ports, foreign or newer databases, a full disk."""

import asyncio
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from queue_server.config import ConfigError, parse_config
from queue_server.store.errors import StoreError
from queue_server.store.log import Log
from queue_server.store.sqlite import check_version, open_writer
from tests.integration.server_hall import ServerHall, open_day


def run_server(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """A server that should end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "queue_server", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_five_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    config = tmp_path / "hall.toml"
    config.write_text(
        """
        [hall]
        name = "unknown option"
        [doors]
        push_port = "8700"
        [limits]
        frame_bytes = -1.5
        [tls]
        certificate = "a.pem"
        [[catalogue.services]]
        id = "tax"
        prefix = "A"
        name = { zh = "税" }
        department = { zh = "税", en = "Tax" }
        area = "A"
        """
    )
    ended = run_server("--config", config)
    assert ended.returncode == 1
    named = ("hall.name", "doors.push_port", "limits.frame_bytes", "tls.key")
    for mistake in (*named, "catalogue.services[0].name.en"):
        assert mistake in ended.stderr, mistake
    assert "Traceback" not in ended.stderr


def test_values_of_the_right_type_are_checked_too() -> None:
    with pytest.raises(ConfigError) as error:
        parse_config(
            {
                "doors": {"push_port": 70000, "http_port": -1},
                "limits": {"burst": 0},
                "store": {"keep_personal_days": -1},
                "hall": {"id": "a b"},
            }
        )
    assert len(error.value.mistakes) == 5


def test_missing_and_broken_files_are_told(tmp_path: Path) -> None:
    assert "nowhere.toml" in run_server("--config", tmp_path / "nowhere.toml").stderr
    broken = tmp_path / "broken.toml"
    broken.write_text("[hall\n")
    ended = run_server("--config", broken)
    assert ended.returncode == 1
    assert "TOML" in ended.stderr


def test_a_catalogue_the_rules_refuse(tmp_path: Path) -> None:
    config = tmp_path / "hall.toml"
    config.write_text(
        """
        [doors]
        push_port = 0
        http_port = 0
        [[catalogue.areas]]
        id = "A"
        name = { zh = "一层", en = "Ground" }
        [[catalogue.services]]
        id = "tax"
        prefix = "lower"
        name = { zh = "税", en = "Tax" }
        department = { zh = "税", en = "Tax" }
        area = "B"
        """
    )
    ended = run_server("--config", config)
    assert ended.returncode == 1
    assert "bad_catalogue" in ended.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for name in ("push_port", "http_port"):
            config = tmp_path / "hall.toml"
            other = {"push_port": "http_port", "http_port": "push_port"}[name]
            config.write_text(f"[doors]\n{name} = {port}\n{other} = 0\n")
            ended = run_server("--config", config)
            assert ended.returncode == 1
            assert "port_unavailable" in ended.stderr
            assert str(port) in ended.stderr
            assert "Traceback" not in ended.stderr


def test_a_certificate_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("no certificate")
    config = tmp_path / "hall.toml"
    config.write_text(
        '[doors]\npush_port = 0\nhttp_port = 0\n[tls]\ncertificate = "bad.pem"\nkey = "bad.pem"\n'
    )
    ended = run_server("--config", config)
    assert ended.returncode == 1
    assert "bad_certificate" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_second_server_on_the_same_folder(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path)
    with hall.programs:
        hall.start()
        ended = run_server("--config", hall.config)
        assert ended.returncode == 1
        assert "folder_in_use" in ended.stderr


def code_of(folder: Path, hall: str = "test") -> str:
    with pytest.raises(StoreError) as error:
        Log(folder, hall)
    return error.value.code


def test_databases_that_must_not_be_used(tmp_path: Path) -> None:
    Log(tmp_path, "test").close()
    assert code_of(tmp_path, "other") == "other_hall"
    connection = open_writer(tmp_path / "hall.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = (tmp_path / "hall.db").read_bytes()
    assert code_of(tmp_path) == "database_newer"
    assert (tmp_path / "hall.db").read_bytes() == before
    (tmp_path / "hall.db").write_bytes(b"this is no database" * 1000)
    assert code_of(tmp_path) == "database_unreadable"


def test_a_log_with_a_gap_is_not_believed(tmp_path: Path) -> None:
    asyncio.run(_some_events(tmp_path))
    connection = open_writer(tmp_path / "data" / "hall.db")
    connection.execute("DELETE FROM events WHERE seq = (SELECT max(seq) - 1 FROM events)")
    connection.close()
    log = Log(tmp_path / "data", "test")
    with pytest.raises(StoreError) as error:
        list(log.today())
    log.close()
    assert error.value.code == "log_broken"


async def _some_events(folder: Path) -> None:
    hall = ServerHall(folder)
    with hall.programs:
        hall.start()
        await open_day(hall)


async def test_a_lost_or_foreign_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    hall = ServerHall(tmp_path)
    key = tmp_path / "data" / "personal.key"
    with hall.programs:
        hall.start().program.stop()
        true_key = key.read_bytes()
        key.unlink()
        ended = run_server("--config", hall.config)
        assert (ended.returncode, "key_missing" in ended.stderr) == (1, True)
        assert not key.exists()
        key.write_bytes(bytes(32))
        key.chmod(0o600)
        ended = run_server("--config", hall.config)
        assert (ended.returncode, "wrong_key" in ended.stderr) == (1, True)
        key.write_bytes(true_key)
        hall.start().program.stop()


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.51.1", "3.51.2"])
def test_a_sqlite_with_the_wal_reset_bug_is_refused(version: str) -> None:
    with pytest.raises(StoreError) as error:
        check_version(version)
    assert error.value.code == "sqlite_unsafe"


def test_a_sqlite_without_it_is_taken() -> None:
    check_version("3.51.3")
    check_version("3.53.4")


async def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    """Refused loudly while it lasts, nothing lost, and the hall goes on when there is room."""
    hall = ServerHall(tmp_path)
    with hall.programs:
        server = hall.start()
        await open_day(hall)
        async with hall.line("kiosk") as kiosk:
            before = [await kiosk.done("issue_ticket", service="tax") for _ in range(3)]
            _limit_files_of(server.program.pid, 4096)  # wherever in its files it writes
            ask = {"type": "issue_ticket", "service": "tax"}
            refused = [await kiosk.do(ask, f"full-{n}") for n in range(5)]
            for answer in refused:
                assert answer["rejected"]["code"] == "store_unavailable"
                assert answer["rejected"]["kind"] == "operator"
            progress = await kiosk.read({"type": "ticket", "ticket": before[0]["ticket"]})
            assert progress["answer"]["state"] == "waiting"
            ill = httpx.get(f"{server.http}/healthz", timeout=30)
            assert (ill.status_code, ill.json()["ok"]) == (503, False)
            _limit_files_of(server.program.pid, resource.RLIM_INFINITY)
            while True:
                again = await kiosk.do(ask, "full-0")
                if "done" in again:
                    break
                await asyncio.sleep(0.1)
            assert again["done"]["number"] == "A004"
        server.program.kill()
        hall.start()
        async with hall.line("kiosk") as kiosk:
            assert (await kiosk.done("issue_ticket", service="tax"))["number"] == "A005"
            found = await kiosk.read({"type": "ticket", "ticket": "A004"})
            assert found["answer"]["ticket"] == again["done"]["ticket"]


def _limit_files_of(pid: int, size: int) -> None:
    """The kernel refuses writes beyond `size`, as a full disk would."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def test_a_really_full_file_system(tmp_path: Path) -> None:
    """The same on a small file system of its own, filled to the brim."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)],
            capture_output=True,
            check=False,
        ).returncode
    )
    if not mounted:
        pytest.skip("NOT TESTED: no right to mount a small file system here")
    try:
        hall = ServerHall(tmp_path / "hall", store={"folder": str(small)})
        with hall.programs:
            hall.start()
            await open_day(hall)
            filler = small / "filler"
            with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
                while True:
                    file.write(b"\0" * 65536)
            async with hall.line("kiosk") as kiosk:
                codes = set()
                numbers = []
                for _ in range(200):
                    answer = await kiosk.do({"type": "issue_ticket", "service": "tax"})
                    if "done" in answer:
                        numbers.append(answer["done"]["number"])
                    else:
                        codes.add(answer["rejected"]["code"])
                        break
                assert codes == {"store_unavailable"}
                filler.unlink()
                while "done" not in (
                    answer := await kiosk.do({"type": "issue_ticket", "service": "tax"})
                ):
                    await asyncio.sleep(0.1)
                numbers.append(answer["done"]["number"])
            assert numbers == [f"A{n:03d}" for n in range(1, len(numbers) + 1)]
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)
