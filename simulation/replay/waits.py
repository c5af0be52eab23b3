"""What the hall says of its own waiting times after a day, asked as an operator asks it."""

import subprocess
import sys
from pathlib import Path

import msgspec

from simulation.processes import StartError, environment


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """Told ranges against the truth, as `hall server waits report` has it; None: nobody told.

    `left` are waits that never ended in a call: how long they would have been is unknown, so they
    are in no share and no mean.
    """

    told: int
    n: int
    open: int
    left: int
    coverage: float | None = None
    above: float | None = None
    width_s: float | None = None
    bias_s: float | None = None
    rmse_s: float | None = None
    day_mean_rmse_s: float | None = None
    last_ten_rmse_s: float | None = None


def waits_of(config: Path, day: str) -> Waits:
    """Of a day in the database that `config` names. Raises `StartError`."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "queue_server", "--config", str(config), "waits", "report",
         "--day", day, "--json"],
        capture_output=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip
    if done.returncode:
        raise StartError(f"waits report: {done.stderr.decode('utf-8', 'replace').strip()}")
    return msgspec.json.decode(done.stdout, type=Waits)
