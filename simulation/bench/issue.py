"""`issue`: from a kiosk's command to its durable answer."""

from pathlib import Path

import msgspec

from simulation.bench.figures import Floor, Issue, Issues, milliseconds
from simulation.bench.floor import floor_figures, start_bare
from simulation.bench.ground import Ground
from simulation.bench.issue_load import Measured, Order
from simulation.bench.progress import Progress
from simulation.processes import Place, Programs

CLIENTS = (1, 16, 64)


def run_issue(
    programs: Programs, folder: Path, progress: Progress, *, quick: bool
) -> tuple[Issues, Floor]:
    """The figures for each number of clients, and the floors measured between one's requests."""
    ground = Ground(programs, folder / "issue", places=[Place("kiosk", "bench")])
    bare = start_bare(programs, folder)
    found: dict[str, Issue] = {}
    floor: Floor | None = None
    ratio = 0.0
    for clients in CLIENTS:
        progress.say(f"{clients} 个取号端 / clients")
        order = Order(
            address=ground.server.push,
            token=ground.tokens[0],
            clients=clients,
            seconds=2.0 if quick else 8.0,
            warm_up=0.5 if quick else 2.0,
            bare=bare if clients == 1 else "",
            folder=str(folder),
        )
        measured, cpu = _load(programs, ground, order)
        found[str(clients)] = issue = Issue(
            rate=round(len(measured.latencies) / (measured.ended - measured.began), 1),
            p50_ms=milliseconds(measured.latencies, 50),
            p99_ms=milliseconds(measured.latencies, 99),
            tickets=len(measured.latencies),
            server_cpu_us=round(cpu / len(measured.latencies) * 1e6, 1),
        )
        if clients == 1:
            floor = floor_figures(measured.syncs, measured.echoes)
            ratio = round(issue.p50_ms / (floor.echo_p50_ms + floor.fdatasync_p50_ms), 2)
    ground.server.program.stop()
    assert floor is not None
    return Issues(clients=found, ratio_p50=ratio), floor


def _load(programs: Programs, ground: Ground, order: Order) -> tuple[Measured, float]:
    """One run of the load, and the server's CPU seconds during all of it (warm-up scaled out)."""
    before = ground.cpu_seconds()
    load = programs.start(
        "issue-load", "simulation.bench.issue_load", msgspec.json.encode(order).decode()
    )
    line = load.wait_line("measured ", within=order.seconds + order.warm_up + 60)
    cpu = ground.cpu_seconds() - before
    measured = msgspec.json.decode(line.removeprefix("measured "), type=Measured)
    return measured, cpu * order.seconds / (order.seconds + order.warm_up)
