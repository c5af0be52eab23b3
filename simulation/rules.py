"""`hall rules`: other calling rules tried on a day that was. Recorded traces become such days here,
and drawings PNGs; the rehearsal itself is a program of the queue server's.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from simulation.availability import Span, presences
from simulation.picture import PictureError, png_of
from simulation.replay.staffing import Shift, catalogue, trace_shifts
from simulation.replay.trace import Arrival, Trace, TraceError, read_trace

Json = dict[str, object]


def main(argv: Sequence[str]) -> int:
    """The rehearsal's exit code; 1 where no PNG can be made, 2 where a trace is wrong."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--trace", type=Path, nargs="+", default=[])
    parser.add_argument("--plot", type=Path)
    given, others = parser.parse_known_args(argv)
    if given.plot is not None and not given.plot.parent.is_dir():
        print(f"{given.plot}: 没有这个目录 · there is no such folder", file=sys.stderr)
        return 2
    command = [sys.executable, "-P", "-m", "queue_server.rehearsal", *others]
    with tempfile.TemporaryDirectory(prefix="hall-rules-") as name:
        try:
            days = [_write(Path(name), number, path) for number, path in enumerate(given.trace)]
        except TraceError as error:
            print(error, file=sys.stderr)
            return 2
        if days:
            command += ["--recorded", *map(str, days)]
        drawing = given.plot
        if drawing is not None and drawing.suffix.lower() == ".png":
            drawing = Path(name) / "plot.svg"
        if drawing is not None:
            command += ["--plot", str(drawing)]
        done = subprocess.run(command, check=False).returncode
        if done == 0 and drawing != given.plot:
            try:
                png_of(drawing.read_text("utf-8"), given.plot)
            except PictureError as error:
                print(error, file=sys.stderr)
                return 1
        return done


def _write(folder: Path, number: int, path: Path) -> Path:
    target = folder / f"{number}.json"
    target.write_bytes(msgspec.json.encode(day_of(path.stem, read_trace(path))))
    return target


def day_of(name: str, trace: Trace) -> Json:
    """A trace as the rehearsal reads a day. Left out is who gave up without queueing,
    and whom the record has as served by nobody."""
    shifts = trace_shifts(trace)
    visits = [visit for visit in map(_visit, trace.arrivals) if visit]
    return {
        "name": name,
        "catalogue": catalogue(trace, shifts),
        "visits": visits,
        "presences": [_presence(*one) for one in presences(trace, shifts)],
        "left_out": len(trace.arrivals) - len(visits),
    }


def _presence(shift: Shift, span: Span) -> Json:
    begin, end = (second * 1000 for second in span)
    return {"counter": shift.counter, "staff": shift.staff, "begin": begin, "end": end}


def _visit(arrival: Arrival) -> Json | None:
    if arrival.agent is None if arrival.served else not arrival.queued:
        return None
    visit: Json = {
        "ticket": f"{arrival.line:032x}",
        "number": str(arrival.line),
        "service": arrival.service,
        "at": arrival.at * 1000,
        "priority": arrival.priority,
    }
    if arrival.served:
        called = arrival.at + arrival.queued_s
        visit["legs"] = [{"took": arrival.service_s * 1000, "at": called * 1000}]
    else:
        visit["left_after"] = arrival.queued_s * 1000
    return visit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
