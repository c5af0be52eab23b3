"""A real server process with a hall of any size, driven over REST and the push channel."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from queue_server.config import read_config
from queue_server.domain.values import AreaId, CounterId
from queue_server.protocol.views import ProgramRole
from queue_server.store.access import Access

ROOT = Path(__file__).parents[2]

SERVICES = (
    ("A", "户籍与身份证业务", "Household register and ID cards", "公安局", "Police"),
    ("B", "不动产登记", "Real estate registration", "自然资源局", "Natural resources"),
    ("C", "企业开办", "Starting a company", "市场监管局", "Market regulation"),
    ("D", "社会保险", "Social insurance", "人社局", "Human resources"),
    ("E", "医疗保险", "Medical insurance", "医保局", "Medical insurance office"),
    ("F", "办税服务", "Taxes", "税务局", "Tax office"),
    ("G", "住房公积金", "Housing fund", "公积金中心", "Housing fund centre"),
    ("H", "工程建设项目审批", "Approval of construction projects", "住建局", "Construction"),
    ("J", "出入境证件", "Passports and permits", "公安局", "Police"),
    ("K", "综合咨询", "General enquiries", "政务服务局", "Government services"),
)
NAMES = (
    "王芳",
    "李伟",
    "张敏",
    "刘洋",
    "陈静",
    "杨磊",
    "赵丽",
    "黄强",
    "周杰",
    "吴霞",
    "徐明",
    "孙燕",
)


def free_port() -> int:
    """A port nobody listens on just now, below those that the system hands out by itself: a
    program that is started again finds it free, whatever others opened meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def text(zh: str, en: str) -> str:
    """A `Text` as a TOML table."""
    return f'{{ zh = "{zh}", en = "{en}" }}'


class LiveHall:
    """The server process in `folder`; it keeps its ports when it is started again."""

    def __init__(self, folder: Path, *, services: int = 3, counters: int = 4) -> None:
        self.folder = folder
        self.push_port, self.http_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.http_port}"
        self._config = folder / "hall.toml"
        self._config.write_text(self._toml(services, counters), "utf-8")
        self._process: subprocess.Popen[str] | None = None
        self._log = (folder / "server.log").open("a")
        self.client = httpx.Client(base_url=self.address, timeout=20)
        self.token = ""

    def __enter__(self) -> Self:
        self.token = self.new_token("integration", "自动测试")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()
        self.client.close()
        self._log.close()

    def start(self) -> None:
        """Start the server and wait until it says it is ready."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "queue_server", "--config", str(self._config)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said.startswith("ready "), (self.folder / "server.log").read_text()

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the server process, if it runs."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            if process.stdout is not None:
                process.stdout.close()

    def new_token(self, role: str, name: str, *more: str) -> str:
        """Register a program, as `token create` does; works beside a running server."""
        place = dict(zip(more[::2], more[1::2], strict=True))
        counter, area = place.pop("--counter", None), place.pop("--area", None)
        assert not place
        access = Access(read_config(self._config).store.folder)
        try:
            return access.create(
                msgspec.convert(role, ProgramRole),
                name,
                counter=CounterId(counter) if counter else None,
                area=AreaId(area) if area else None,
            )[1]
        finally:
            access.close()

    def revoke(self, program: str) -> None:
        """Take a program's access away."""
        command = ["-m", "queue_server", "--config", str(self._config), "token", "revoke", program]
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True)

    def do(self, token: str = "", /, **do: Any) -> dict[str, Any]:
        """Do a command; returns its outcome. A refusal fails the test."""
        answer = self.client.post(
            "/api/v1/commands",
            json={"id": str(uuid.uuid4()), "do": do},
            headers={"Authorization": f"Bearer {token or self.token}"},
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json().get("done", {}))

    def busy(self, manager: str, counters: int, tickets: int, services: int) -> None:
        """A morning in full swing: all states of counters, calls, waiting tickets."""
        self.do(manager, type="open_day", day="2026-03-02")
        for n in range(1, counters):
            self.do(type="sign_in", counter=f"c{n}", staff=f"m{n}")
        for n in range(tickets):
            self.do(type="issue_ticket", service=f"s{1 + (n * n + n // 3) % services}")
        for n in range(1, counters):
            if n % 5 == 0:
                self.do(type="pause", counter=f"c{n}", reason="整理材料" if n % 2 else "用餐")
            elif n % 7 != 0:
                for _ in range(n % 3):
                    self.do(type="call_next", counter=f"c{n}")
                    self.do(type="end_service", counter=f"c{n}")
                self.do(type="call_next", counter=f"c{n}")

    def _toml(self, services: int, counters: int) -> str:
        lines = [
            "[doors]", f"push_port = {self.push_port}", f"http_port = {self.http_port}",
            "[limits]", "per_second = 1e6", "burst = 1000000",
            "[store]", f'folder = "{self.folder / "data"}"',
            "[catalogue.settings]",
            f"name = {text('滨江区政务服务中心', 'Binjiang Government Service Centre')}",
        ]  # fmt: skip
        if services:
            lines += ["[[catalogue.areas]]", 'id = "a1"', f"name = {text('一楼', 'First floor')}"]
        ids = []
        for n in range(1, services + 1):
            prefix, zh, en, of_zh, of_en = SERVICES[(n - 1) % len(SERVICES)]
            ids.append(f"s{n}")
            lines += [
                "[[catalogue.services]]", f'id = "s{n}"', f'prefix = "{prefix}"', 'area = "a1"',
                f"name = {text(zh, en)}", f"department = {text(of_zh, of_en)}",
            ]  # fmt: skip
        for n in range(1, counters + 1):
            mine = [s for k, s in enumerate(ids) if k % 3 == n % 3 or n % 4 == 0] or ids
            lines += [
                "[[catalogue.profiles]]", f'id = "p{n}"', f"name = {text('综合', 'General')}",
                f"services = {mine!r}",
                "[[catalogue.counters]]", f'id = "c{n}"', f"number = {n}", 'area = "a1"',
                f"name = {text('综合窗口', 'General counter')}", f'profile = "p{n}"',
                "[[catalogue.staff]]", f'id = "m{n}"', f'name = "{NAMES[n % len(NAMES)]}"',
            ]  # fmt: skip
        return "\n".join(lines) + "\n"
