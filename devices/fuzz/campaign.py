"""One target's run, seen from outside: seeds in, a child process, its report judged."""

import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from devices.errors import DeviceError
from devices.fuzz.child import Order, Report
from devices.fuzz.progress import Progress
from devices.fuzz.targets import Place
from devices.transport.record import read_recording

GROWTH_LIMIT: Final = 96 << 20
"""Bytes of memory that the fuzzer's own corpus and coverage tables may come to take."""
_RECORDINGS: Final = Path(__file__).resolve().parents[2] / "tests" / "data" / "recordings"
STOPPED: Final = "已中断 stopped"
_TAIL: Final = 12
_LOOK_EVERY: Final = 1.0


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How one target fared. Bytes, seconds, inputs a second."""

    name: str
    ok: bool
    inputs: int
    seconds: float
    rate: float
    memory: int
    growth: int
    failure: str = ""
    input: str = ""


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every target."""

    runs: int
    seconds: float
    keep: Path
    is_guided: bool
    seed: int

    def run(self, place: Place, progress: Progress, stop: threading.Event) -> Result:
        """Run one target in a child process until `stop`; the input that it failed on is kept."""
        with tempfile.TemporaryDirectory(prefix="hall-fuzz-") as name:
            folder = Path(name)
            _write_seeds(place, folder / "seeds")
            order = Order(
                name=place.name,
                module=place.module,
                runs=self.runs,
                seconds=self.seconds,
                report=str(folder / "report.json"),
                keep=name,
                longest=place.longest,
                guided=self.is_guided,
                seed=self.seed,
            )
            with (folder / "stderr").open("wb") as errors:
                child = subprocess.Popen(
                    [sys.executable, "-m", "devices.fuzz.child", msgspec.json.encode(order)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                )
            try:
                while child.poll() is None and not stop.is_set():
                    with suppress(subprocess.TimeoutExpired):
                        child.wait(_LOOK_EVERY)
                    progress.seen(place.name, _report(folder))
            finally:
                child.kill()
                child.wait()
                progress.finished(place.name)
            return self._judge(place, child.returncode, folder, is_stopped=stop.is_set())

    def _judge(self, place: Place, code: int, folder: Path, *, is_stopped: bool) -> Result:
        report = _report(folder)
        growth = report.last - report.warm
        failure = report.exception
        if not failure and is_stopped:
            failure = STOPPED
        elif not failure and code:
            errors = (folder / "stderr").read_text("utf-8", "replace").splitlines()
            failure = "\n".join(errors[-_TAIL:]) or f"exit {code}"
        if not failure and growth > GROWTH_LIMIT:
            failure = f"memory grew by {growth} bytes"
        return Result(
            name=place.name,
            ok=not failure,
            inputs=report.inputs,
            seconds=report.seconds,
            rate=round(report.inputs / report.seconds, 1) if report.seconds else 0.0,
            memory=report.last,
            growth=growth,
            failure=failure,
            input=self._keep(place, folder) if failure else "",
        )

    def _keep(self, place: Place, folder: Path) -> str:
        found = next(
            (p for kind in ("crash", "timeout", "oom") for p in folder.glob(f"{kind}-*")), None
        )
        if found is None:
            return ""
        self.keep.mkdir(parents=True, exist_ok=True)
        kept = self.keep / f"{place.name}-{found.name}"
        shutil.copy(found, kept)
        return str(kept)


def _report(folder: Path) -> Report:
    """What the child wrote last; nothing yet is nothing done."""
    try:
        return msgspec.json.decode((folder / "report.json").read_bytes(), type=Report)
    except OSError:
        return Report()


def _write_seeds(place: Place, folder: Path) -> None:
    """What the kind's device said in its recording, where there is one."""
    folder.mkdir()
    kind = place.module.split(".")[1].replace("_", "-")
    path = _RECORDINGS / f"{kind}.jsonl"
    try:
        entries = read_recording(path.read_bytes()).entries
    except (OSError, DeviceError):
        return
    for number, entry in enumerate(entries):
        if entry.direction in ("in", "out"):
            (folder / f"{number:04d}").write_bytes(entry.data[: place.longest])
