"""One try of a device under its supervisor: its first state, or the first thing it says.

What `probe` and `test` of a driver are, for kinds whose driver is a supervisor's duty.
"""

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, State
from devices.supervisor import Duty, Supervisor

Event = TypeVar("Event")
Answer = TypeVar("Answer")


def first_state(kind: str, duty: Duty, port: str) -> Diagnosis:
    """Connect once; the DeviceError of why not, or `KIND.silent`."""
    said: SimpleQueue[Health] = SimpleQueue()
    supervisor = Supervisor(kind, duty, said.put)
    supervisor.start()
    try:
        health = said.get()
    finally:
        supervisor.stop()
    if health.state is State.GONE:
        raise DeviceError(health.code or f"{kind}.silent", port)
    return Diagnosis(firmware=health.firmware, facts=health.facts)


def first_answer(
    kind: str,
    make: Callable[[Callable[[Event], None]], Duty],
    port: str,
    *,
    answer: Callable[[Event], Answer | None],
    seconds: float,
) -> Answer | None:
    """What `answer` makes of the first event that is one; None where none came in time.

    `make` is given where the duty tells its events. DeviceError where the device is gone.
    """
    seen: SimpleQueue[Event | Health] = SimpleQueue()
    supervisor = Supervisor(kind, make(seen.put), seen.put, backoff=Backoff(0.1, 1.0))
    supervisor.start()
    deadline = time.monotonic() + seconds
    try:
        while (left := deadline - time.monotonic()) > 0:
            try:
                event = seen.get(timeout=left)
            except Empty:
                break
            if not isinstance(event, Health):
                found = answer(event)
                if found is not None:
                    return found
            elif event.state is State.GONE:
                raise DeviceError(event.code or f"{kind}.silent", port)
    finally:
        supervisor.stop()
    return None
