"""The two tables of the rules: every command has its rule, every event its change, by its name."""

import re
from typing import get_args

from queue_server.domain.apply import _CHANGES
from queue_server.domain.commands import Command
from queue_server.domain.decide import _RULES
from queue_server.domain.events import Event


def in_words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def test_every_command_has_a_rule_and_every_event_a_change() -> None:
    assert set(_RULES) == set(get_args(Command))
    assert set(_CHANGES) == set(get_args(Event))


def test_what_an_event_does_is_found_by_its_name() -> None:
    named = {event.__name__: change.__name__ for event, change in _CHANGES.items()}
    assert named == {name: in_words(name) for name in named}
    files = {change.__module__.rpartition(".")[0] for change in _CHANGES.values()}
    assert files == {"queue_server.domain.changes"}
