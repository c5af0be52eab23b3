"""How hard the tests work: examples of each property, tests at a time.

`./hall test --hypothesis-profile deep` tries ten times as many examples: a night's work.
"""

import os
from pathlib import Path
from typing import Final

from hypothesis import settings

USUAL: Final = 100
DEEP: Final = 1000


def register() -> None:
    """Make both profiles known, and use the usual one. No profile has a deadline: speed is the
    bench's matter, and a busy machine fails no property."""
    settings.register_profile("hall", deadline=None, max_examples=USUAL)
    settings.register_profile("deep", deadline=None, max_examples=DEEP)
    settings.load_profile("hall")


def examples(usual: int) -> int:
    """So many, in a deep run ten times as many."""
    return usual * settings().max_examples // USUAL


def at_a_time() -> int:
    """One test more than the cores that are ours, as most tests wait; memory sets an end to it."""
    return min(_cores() + 1, 9)


def _cores() -> int:
    """What affinity and the control group leave us; a container's share counts as whole cores."""
    cores = len(os.sched_getaffinity(0))
    for file in ("cpu.max", "cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us"):
        try:
            text = " ".join(Path("/sys/fs/cgroup", one).read_text() for one in file.split())
            quota, period = map(int, text.split())
        except (OSError, ValueError):  # no such group, or none that is limited: "max"
            continue
        if quota > 0:
            cores = min(cores, max(1, round(quota / period)))
    return cores
