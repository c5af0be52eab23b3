"""`issue`: from a kiosk's command to its durable answer."""

import statistics
from pathlib import Path

import msgspec

from simulation.bench.figures import Floor, Issue, Issues, milliseconds
from simulation.bench.floor import floor_figures, start_bare
from simulation.bench.ground import Ground
from simulation.bench.issue_load import Measured, Order
from simulation.bench.progress import Progress
from simulation.processes import Place, Programs

CLIENTS = (1, 16, 64)
ROUNDS = 5
"""Rounds of many clients; the median keeps a neighbour's burst of work out of the figure."""


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
        alone = clients == 1
        order = Order(
            address=ground.server.push,
            token=ground.tokens[0],
            clients=clients,
            seconds=2.0 if quick else 8.0 if alone else 3.0,
            warm_up=0.5 if quick else 2.0 if alone else 1.0,
            bare=bare if alone else "",
            folder=str(folder),
        )
        loads = [_load(programs, ground, order) for _ in range(1 if alone or quick else ROUNDS)]
        found[str(clients)] = _median([_issue(measured, cpu) for measured, cpu in loads])
        if alone:
            measured, _ = loads[0]
            floor = floor_figures(measured.syncs, measured.echoes)
            below = floor.echo_p50_ms + floor.fdatasync_p50_ms
            ratio = round(found["1"].p50_ms / below, 2)
    ground.server.program.stop()
    assert floor is not None
    return Issues(clients=found, ratio_p50=ratio), floor


def _issue(measured: Measured, cpu: float) -> Issue:
    tickets = len(measured.latencies)
    return Issue(
        rate=round(tickets / (measured.ended - measured.began), 1),
        p50_ms=milliseconds(measured.latencies, 50),
        p99_ms=milliseconds(measured.latencies, 99),
        tickets=tickets,
        server_cpu_us=round(cpu / tickets * 1e6, 1),
    )


def _median(rounds: list[Issue]) -> Issue:
    """Each figure's median over the rounds, which stay beside it."""

    def of(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in rounds))

    return Issue(
        rate=of("rate"),
        p50_ms=of("p50_ms"),
        p99_ms=of("p99_ms"),
        tickets=sum(one.tickets for one in rounds),
        server_cpu_us=of("server_cpu_us"),
        rounds=[(one.rate, one.p99_ms) for one in rounds],
    )


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
