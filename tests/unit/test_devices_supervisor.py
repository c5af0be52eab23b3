"""The thread that keeps a device at work: what is said, when, and how it ends."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from devices.backoff import Backoff
from devices.errors import DeviceError
from devices.health import Diagnosis, Health, State
from devices.supervisor import Supervisor

WELL = Diagnosis(firmware="1")
GONE = DeviceError("port.missing")


class Script:
    """A duty whose steps a test gives: a diagnosis to return or tell, an exception to raise."""

    def __init__(self, *connects: Diagnosis | Exception) -> None:
        self.connects: queue.Queue[Diagnosis | Exception] = queue.Queue()
        self.works: queue.Queue[Diagnosis | Exception] = queue.Queue()
        self.calls: queue.Queue[str] = queue.Queue()
        for connect in connects:
            self.connects.put(connect)

    def connect(self, supervisor: Supervisor) -> Diagnosis:
        self.calls.put("connect")
        return self._next(supervisor, self.connects)

    def work(self, supervisor: Supervisor) -> None:
        self.calls.put("work")
        while True:
            supervisor.tell(self._next(supervisor, self.works))

    def close(self) -> None:
        self.calls.put("close")

    def refused(self, error: DeviceError) -> None:
        self.calls.put(f"refused {error.code}")

    def _next(
        self, supervisor: Supervisor, steps: "queue.Queue[Diagnosis | Exception]"
    ) -> Diagnosis:
        while True:
            try:
                step = steps.get(timeout=0.02)
            except queue.Empty:
                supervisor.check()
                continue
            if isinstance(step, Exception):
                raise step
            return step


class Said:
    def __init__(self) -> None:
        self.queue: queue.Queue[Health] = queue.Queue()

    def next(self) -> Health:
        return self.queue.get(timeout=30)


@contextmanager
def supervised(duty: Script, first: float = 0.01) -> Iterator[tuple[Supervisor, Said]]:
    said = Said()
    supervisor = Supervisor(
        "device", duty, said.queue.put, backoff=Backoff(first, max(first, 0.02))
    )
    supervisor.start()
    try:
        yield supervisor, said
    finally:
        supervisor.stop()


def wait_for(duty: Script, call: str) -> None:
    while duty.calls.get(timeout=30) != call:
        pass


def test_gone_is_said_once_and_back_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    other = DeviceError("port.denied")
    duty = Script(WELL, GONE, other, GONE, WELL)
    duty.works.put(DeviceError("port.lost"))
    with supervised(duty) as (supervisor, said):
        assert said.next().state is State.OK
        gone = said.next()
        assert (gone.state, gone.code, gone.firmware) == (State.GONE, "port.lost", "1")
        back = said.next()
        assert (back.state, back.code, back.last_error) == (State.OK, None, "port.lost")
        assert back.last_error_at is not None
        assert back.since >= back.last_error_at
        assert supervisor.health == back
    assert said.queue.empty()
    told = [record.getMessage() for record in caplog.records]
    assert told == ["device gone: port.lost", "device is back"]


def test_only_a_refused_try_is_told_to_those_who_wait() -> None:
    duty = Script(WELL, GONE, WELL)
    duty.works.put(DeviceError("port.lost"))
    with supervised(duty) as (_, said):
        for _ in range(3):
            said.next()
    calls = [*duty.calls.queue]
    assert [call for call in calls if call.startswith("refused")] == ["refused port.missing"]
    assert calls.count("connect") == 3
    assert calls[-1] == "close"


def test_a_change_of_state_is_said_and_the_same_state_is_not() -> None:
    duty = Script(WELL)
    low = Diagnosis(code="printer.paper_near_end", is_warning=True, firmware="1")
    out = Diagnosis(code="printer.paper_out", firmware="1")
    for diagnosis in (WELL, low, low, out, WELL):
        duty.works.put(diagnosis)
    with supervised(duty) as (_, said):
        states = [said.next() for _ in range(4)]
    assert [health.state for health in states] == [
        State.OK, State.WARNING, State.FAILED, State.OK,
    ]  # fmt: skip
    assert states[-1].last_error == "printer.paper_out"
    assert said.queue.empty()


def test_new_facts_in_the_same_state_keep_its_beginning() -> None:
    duty = Script(WELL)
    duty.works.put(Diagnosis(firmware="2"))
    with supervised(duty) as (_, said):
        first, second = said.next(), said.next()
    assert (second.firmware, second.since) == ("2", first.since)


def test_a_poke_ends_the_wait_for_the_next_try() -> None:
    duty = Script(GONE, WELL)
    with supervised(duty, first=3600) as (supervisor, said):
        assert said.next().state is State.GONE
        wait_for(duty, "refused port.missing")
        supervisor.poke()
        assert said.next().state is State.OK


def test_a_poke_ends_the_dutys_own_pause() -> None:
    paused = threading.Event()

    class Pausing(Script):
        def work(self, supervisor: Supervisor) -> None:
            paused.set()
            supervisor.pause(3600)
            supervisor.tell(Diagnosis(firmware="poked"))
            super().work(supervisor)

    with supervised(Pausing(WELL)) as (supervisor, said):
        assert said.next().firmware == "1"
        assert paused.wait(30)
        supervisor.poke()
        assert said.next().firmware == "poked"


@pytest.mark.parametrize("first", [0.01, 3600.0])
@pytest.mark.parametrize("connects", [(WELL,), (), (GONE,)])
def test_it_stops_while_it_works_connects_or_waits(
    connects: tuple[Diagnosis | Exception, ...], first: float
) -> None:
    duty = Script(*connects)
    with supervised(duty, first) as (supervisor, said):
        wait_for(duty, "connect")
        if connects:
            said.next()
        stopper = threading.Thread(target=supervisor.stop, daemon=True)
        stopper.start()
        stopper.join(30)
        assert not stopper.is_alive()
        assert supervisor.is_stopping
    assert [*duty.calls.queue][-1] == "close"


def test_a_bug_in_the_duty_is_logged_and_the_device_opened_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    duty = Script(ZeroDivisionError("a bug"), WELL, WELL)
    duty.works.put(KeyError("another"))
    with supervised(duty) as (_, said):
        assert said.next().state is State.OK
        for call in ("close", "connect", "work", "close", "connect", "work"):
            wait_for(duty, call)
    assert caplog.text.count("thread failed") == 2
    assert "ZeroDivisionError" in caplog.text
    assert said.queue.empty(), "nobody is told: the device itself is well"


def test_a_device_that_answers_again_is_tried_quickly_the_next_time() -> None:
    delays: list[float] = []

    class Noting(Backoff):
        def next(self) -> float:
            delays.append(super().next())
            return 0.0

    duty = Script(GONE, GONE, WELL, GONE, WELL)
    duty.works.put(DeviceError("port.lost"))
    said = Said()
    supervisor = Supervisor("device", duty, said.queue.put, backoff=Noting(1.0, 3.0))
    supervisor.start()
    for _ in range(4):
        said.next()
    supervisor.stop()
    assert delays == [1.0, 2.0, 1.0, 2.0]


def test_stopped_before_it_was_started() -> None:
    duty = Script()
    stop: Callable[[], None] = Supervisor("device", duty, lambda health: None).stop
    stop()
    assert duty.calls.empty()
