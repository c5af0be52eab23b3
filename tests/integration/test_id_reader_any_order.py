"""Cards, hands, cables and faults in any order: what the driver says keeps its grammar."""

import random
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.health import Health, State
from devices.id_reader.events import CardFailed, CardRead, CardRemoved, ReaderEvent
from devices.id_reader.simulator import IdReaderSimulator, card_of
from devices.id_reader.synthetic import invent
from tests.effort import examples
from tests.integration.id_reader_events import QUICK, reading

PEOPLE = [invent(random.Random(seed), date(2026, 1, 5)) for seed in range(3)]
CARDS = [card_of(who) for who in PEOPLE]
BRISK = msgspec.structs.replace(QUICK, poll=0.005, header=0.05, reply=0.1)
FAULTS = (
    "none", "lift-midway", "lift-midway-select", "bad-checksum", "truncated", "silence", "noise",
    "babble", "unauthorised", "sw3-31", "sw3-47",
)  # fmt: skip
STEPS = st.one_of(
    st.tuples(st.just("lay"), st.integers(0, 2)),
    st.tuples(st.just("lift"), st.just(0)),
    st.tuples(st.just("fault"), st.integers(0, len(FAULTS) - 1)),
    st.tuples(st.just("unplug"), st.just(0)),
    st.tuples(st.just("listen"), st.integers(0, 1)),
    st.tuples(st.just("wait"), st.integers(1, 8)),
)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(st.lists(STEPS, max_size=12))
def test_any_order(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        simulator = IdReaderSimulator(f"pty:{Path(folder)}/reader")
        simulator.start()
        with reading(simulator.port, timings=BRISK) as (reader, events):
            events.until(Health)
            for name, number in steps:
                match name:
                    case "lay":
                        simulator.lay(CARDS[number])
                    case "lift":
                        simulator.lift()
                    case "fault":
                        simulator.faults[FAULTS[number]]()
                    case "unplug":
                        simulator.stop()
                        simulator.start()
                    case "listen":
                        reader.listen(bool(number))
                    case _:
                        with suppress(TimeoutError):  # silent or unplugged just now
                            simulator.wait_for_requests(number, 0.2)
            simulator.faults["none"]()
            simulator.lift()
            reader.listen(True)
            simulator.wait_for_requests(12)  # whatever lay there is seen to be gone
            simulator.lay(CARDS[0])
            events.until(CardRead, lambda read: read.identity == PEOPLE[0])
        simulator.stop()
    keeps_its_grammar(events.all)


def keeps_its_grammar(events: list[ReaderEvent]) -> None:
    """States change when they are said to; a card is told once until it is lifted."""
    healths = [event for event in events if isinstance(event, Health)]
    for before, after in pairwise(healths):
        assert (before.state, before.code) != (after.state, after.code)
    assert healths[-1].state is State.OK
    is_told = False
    for event in events:
        if isinstance(event, CardRead | CardFailed):
            assert not is_told, events
            is_told = True
        elif isinstance(event, CardRemoved):
            is_told = False
