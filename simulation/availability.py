"""When the staff of a recorded day were there to be given somebody, breaks and other work left out.

The record holds services, not breaks. But who sat there free was given somebody who waited: so a
member of staff who served nobody while somebody they could serve waited was not there, from then
until their next service.
"""

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from simulation.replay.staffing import Shift
from simulation.replay.trace import Trace

AT_ONCE_S = 5
"""Somebody who waited no longer than this was on the way to the counter."""
Span = tuple[int, int]
"""Seconds from midnight, from and to."""


def presences(trace: Trace, shifts: Iterable[Shift]) -> Iterator[tuple[Shift, Span]]:
    """Each shift in the parts its member of staff was there for."""
    served: dict[str, list[Span]] = defaultdict(list)
    for one in trace.arrivals:
        if one.agent is not None and one.service_start is not None:
            served[one.agent].append((one.service_start, one.service_start + one.service_s))
    waits: dict[str, list[Span]] = defaultdict(list)
    for one in trace.arrivals:
        if one.queued and one.queued_s > AT_ONCE_S:
            waits[one.service].append((one.at, one.at + one.queued_s))
    for shift in shifts:
        queue = _merged(span for service in shift.services for span in waits[service])
        begin = shift.begin
        spans = sorted(served[shift.staff])
        for (_, free), (busy, _) in itertools.pairwise(spans):
            gone = _first_wait(queue, free, busy)
            if gone is not None and busy - gone > AT_ONCE_S:
                yield shift, (begin, gone)
                begin = busy
        yield shift, (begin, shift.end or begin)


def _first_wait(queue: list[Span], free: int, busy: int) -> int | None:
    """When between two services somebody waited first; None where nobody did."""
    at = bisect_right(queue, (free, free))
    if at and queue[at - 1][1] > free:
        return free
    return queue[at][0] if at < len(queue) and queue[at][0] < busy else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found
