"""Product programs as real processes: started, waited for, talked to, stopped in order.

Used by demo, bench, replay and the tests. A program writes its output into files of one folder;
the folder's files are what to read when something went wrong.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from queue_server.domain.values import AreaId, CounterId
from queue_server.protocol.views import ProgramRole

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: where the packages of all programs are."""
READY_WITHIN = 60.0
"""Seconds a program may take until it says that it is ready, on a busy machine."""
_POLL = 0.02
_DIES_WITH_US = shutil.which("setpriv")
"""util-linux: ends a child when its parent is gone, even where that was killed."""


class StartError(Exception):
    """A program could not be started; the message ends with its last words."""


class Program:
    """One running process. `out` and `log` are its standard output and error."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", out: Path, log: Path) -> None:
        self.name = name
        self.out = out
        self.log = log
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How it ended; negative for a signal; None while it runs."""
        return self._process.poll()

    def wait_line(self, prefix: str, within: float = READY_WITHIN) -> str:
        """The first line of its output that begins with `prefix`. Raises `StartError`."""
        deadline = time.monotonic() + within
        while True:
            ended = not self.running  # asked before reading: nothing is written afterwards
            for line in self.out.read_text("utf-8", "replace").splitlines(keepends=True):
                if line.startswith(prefix) and line.endswith("\n"):
                    return line.rstrip("\n")
            if ended:
                raise StartError(
                    f"{self.name}: 启动即退出 / ended at once (exit {self.exit_code})\n"
                    f"{self.last_words()}"
                )
            if time.monotonic() > deadline:
                raise StartError(
                    f"{self.name}: {within:.0f} 秒内未就绪 / not ready within {within:.0f} s\n"
                    f"{self.last_words()}"
                )
            time.sleep(_POLL)

    def wait(self, within: float) -> int:
        """Its exit code, once it has ended by itself. Raises `TimeoutError`."""
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{self.name} still runs after {within:.0f} s") from None

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        text = self.log.read_text("utf-8", "replace") + self.out.read_text("utf-8", "replace")
        return "\n".join(text.splitlines()[-lines:])

    def say(self, line: str) -> None:
        """Write one line to its standard input (a simulator's control panel)."""
        assert self._process.stdin is not None, f"{self.name} was started without stdin"
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def memory(self) -> tuple[float, float]:
        """Resident memory now, and the most it ever was, in MB of 10⁶ bytes; zeros once ended."""
        found = {"VmRSS": 0.0, "VmHWM": 0.0}
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
                key, _, value = line.partition(":")
                if key in found:
                    found[key] = int(value.split()[0]) * 1024 / 1e6
        return found["VmRSS"], found["VmHWM"]

    def kill(self) -> None:
        """SIGKILL, as a power cut does it; returns once it is gone."""
        self._process.kill()
        self._end()

    def stop(self, within: float = 10.0) -> int:
        """SIGTERM, and SIGKILL where that is not heard within so many seconds; its exit code."""
        if self.running:
            self._process.terminate()
            try:
                self._process.wait(within)
            except subprocess.TimeoutExpired:
                self._process.kill()
        return self._end()

    def _end(self) -> int:
        code = self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        return code


class Programs:
    """Everything started together; leaving the `with` block stops it, last started first.

    Start from a thread that lives as long as the programs do (the main thread): the system ends
    them with the thread that started them, so that nothing outlives us, however we end.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.running: list[Program] = []
        self._counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self,
        name: str,
        module: str,
        *arguments: str | Path,
        panel: bool = False,
        env: Mapping[str, str] | None = None,
    ) -> Program:
        """`python -m MODULE ARGUMENTS…` as a process; `panel` keeps its standard input open."""
        count = self._counts[name] = self._counts.get(name, 0) + 1
        label = name if count == 1 else f"{name}-{count}"
        out, log = self.folder / f"{label}.out", self.folder / f"{label}.log"
        with out.open("wb") as out_file, log.open("wb") as log_file:
            process = _spawn([module, *map(str, arguments)], out_file, log_file, panel, env)
        program = Program(label, process, out, log)
        self.running.append(program)
        return program

    def stop(self) -> None:
        """Stop what still runs, last started first. Ctrl-C meanwhile does not leave any behind."""
        while self.running:
            try:
                self.running[-1].stop()
            except BaseException:
                for program in self.running:
                    with contextlib.suppress(ProcessLookupError):
                        program.kill()
                raise
            self.running.pop()


def _spawn(
    arguments: Sequence[str],
    out: IO[bytes],
    log: IO[bytes],
    panel: bool,
    env: Mapping[str, str] | None,
) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", *arguments]
    if _DIES_WITH_US:
        command = [_DIES_WITH_US, "--pdeathsig", "KILL", *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE if panel else subprocess.DEVNULL,
        stdout=out,
        stderr=log,
        env=environment() | dict(env or {}),
        start_new_session=True,  # a terminal's Ctrl-C is ours; we stop them in order
    )


def environment() -> dict[str, str]:
    """The environment in which this checkout's programs run."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


class Server(msgspec.Struct, frozen=True):
    """A queue server that is ready: `push` is `ws://HOST:PORT`, `http` is `http://HOST:PORT`."""

    program: Program
    push: str
    http: str


def start_server(
    programs: Programs, config: Path, *, clock: Path | None = None, name: str = "server"
) -> Server:
    """Start a queue server and wait until both doors are open. Raises `StartError`."""
    driven = ["--clock", str(clock)] if clock else []
    program = programs.start(name, "queue_server", "--config", config, *driven)
    words = program.wait_line("ready push ").split()
    return Server(program, words[2], words[4])


class Place(msgspec.Struct, frozen=True):
    """A program that may connect: its role, its name for managers, where it stands."""

    role: ProgramRole
    name: str
    counter: CounterId | None = None
    area: AreaId | None = None


def make_tokens(config: Path, places: Sequence[Place], *, at_once: int = 4) -> list[str]:
    """Register programs by `hall server token create`; their tokens, in order.

    Works beside a running server. Raises `StartError`.
    """
    tokens: list[str] = []
    for first in range(0, len(places), at_once):
        makers = [_start_token(config, place) for place in places[first : first + at_once]]
        for maker in makers:
            out, log = maker.communicate()
            if maker.returncode:
                raise StartError(f"token create: {log.decode('utf-8', 'replace').strip()}")
            tokens.append(out.decode().strip())
    return tokens


def make_token(config: Path, place: Place) -> str:
    """Register one program. Raises `StartError`."""
    return make_tokens(config, [place])[0]


def _start_token(config: Path, place: Place) -> "subprocess.Popen[bytes]":
    arguments = ["--config", str(config), "token", "create"]
    arguments += ["--role", place.role, "--name", place.name]
    if place.counter is not None:
        arguments += ["--counter", place.counter]
    if place.area is not None:
        arguments += ["--area", place.area]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "queue_server", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )


class Simulator(msgspec.Struct, frozen=True):
    """A simulated device: `port` is the PORT string its driver opens."""

    program: Program
    port: str


def start_printer(
    programs: Programs, paper: Path, *, port: str = "tcp", name: str = "printer"
) -> Simulator:
    """A simulated ticket printer that appends each slip to `paper` as a JSON line.

    Its faults are lines for `program.say`, such as `paper out`. Raises `StartError`.
    """
    program = programs.start(
        name, "devices", "simulate", "printer", "--port", port, "--paper", paper, panel=True
    )
    return Simulator(program, program.wait_line("port ").removeprefix("port "))


def begin_device(
    programs: Programs,
    name: str,
    kind: str,
    *arguments: str | Path,
    port: str = "pty",
    env: Mapping[str, str] | None = None,
) -> Program:
    """Start `hall devices simulate KIND`; `device_port` waits until it is plugged in.

    Its commands and faults are lines for `say`: `unplug`, `plug`, `fault NAME`, `fault none`, ….
    """
    words = ("simulate", kind, "--port", port, *arguments)
    return programs.start(name, "devices", *words, panel=True, env=env)


def device_port(program: Program) -> str:
    """The PORT string that a driver of this simulated device opens. Raises `StartError`."""
    return program.wait_line("port ").removeprefix("port ")


class Backend(msgspec.Struct, frozen=True):
    """The reference receiver: `address` (https), the token that lets a hall in, what to trust."""

    program: Program
    address: str
    token: Path
    ca: Path


def start_backend(
    programs: Programs, folder: Path, *, port: int = 0, name: str = "backend"
) -> Backend:
    """Start the management backend's reference receiver on `folder`. Raises `StartError`."""
    ca = folder / "ca.pem"
    program = programs.start(
        name,
        "simulation",
        "backend",
        "--folder",
        folder,
        "--port",
        str(port),
        "--tls-self-signed",
        "--ca-out",
        ca,
        "--quiet",
    )
    address = program.wait_line("backend ").removeprefix("backend ")
    return Backend(program, address, folder / "token", ca)


def ask_to_stop() -> None:
    """Make SIGTERM and SIGHUP end this process through its `finally` blocks, as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
