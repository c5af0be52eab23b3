"""`restart`: from exec to ready with a day of 50,000 events, after kill -9."""

from statistics import median

from simulation.bench.day import Day
from simulation.bench.figures import Restart


def run_restart(day: Day, *, quick: bool) -> Restart:
    """Several starts, each after a kill: the log is checked and replayed each time."""
    ground, seconds, cpu = day.ground, [], []
    for _ in range(1 if quick else 5):
        seconds.append(round(ground.start(), 3))
        cpu.append(ground.cpu_seconds())
        ground.server.program.kill()
    return Restart(
        worst_s=max(seconds),
        all_s=tuple(seconds),
        cpu_s=round(median(cpu), 2),
        events=day.events,
        database_mb=round(ground.database.stat().st_size / 1e6, 1),
    )
