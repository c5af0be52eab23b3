"""A day under other rules, as a child process of the server: asked once, JSON, a line each answer.

Apart from the server so that it takes neither its loop nor its memory: it runs at the lowest
priority, and the system ends it where it takes more time or memory than it may.
"""

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import msgspec

from ..domain.values import Day, Profile, Text
from ..errors import HallError
from .figures import Figures, figures
from .from_log import day_from_log
from .play import play, recorded
from .record import RecordError
from .rules_file import CURRENT, Rules, RulesError, rules_of
from .table import changes_told

CPU_SECONDS = 300
MEMORY_BYTES = 2 * 1024**3
STEPS = 4
"""Reading the day, the day as it was, under its own rules, under the new ones."""
AS_IT_WAS = Text(zh="当日实际", en="as it was")
CHANGED = Text(zh="新规则", en="new rules")


class TryAsk(msgspec.Struct, frozen=True):
    """What to try: `profile` in place of the one of its id, on one day of the log in `folder`."""

    folder: str
    day: Day
    profile: Profile
    bound_minutes: int


class TryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is; at the end `columns`, or in `zh` and `en` why there are none."""

    step: int = 0
    visits: int | None = None
    columns: tuple[Figures, ...] = ()
    notes: tuple[Text, ...] = ()
    """What must be known to read them: rules changed during the day."""
    zh: str = ""
    en: str = ""


def answers(ask: TryAsk) -> Iterator[TryAnswer]:
    """The day, one column after the other."""
    try:
        day = day_from_log(Path(ask.folder), ask.day)
        rules = Rules(CHANGED, profiles=(ask.profile,), source=str(ask.profile.id))
        new = rules.put_into(day)
    except RecordError as error:
        zh, _, en = str(error).partition(" / ")
        yield TryAnswer(zh=zh, en=en)
        return
    except RulesError as error:
        told = [mistake.partition(" / ") for mistake in error.mistakes[:4]]
        yield TryAnswer(
            zh="；".join(zh for zh, _, _ in told), en="; ".join(en for _, _, en in told)
        )
        return
    except HallError as error:
        yield TryAnswer(zh=error.zh, en=error.en)
        return
    yield TryAnswer(step=1, visits=len(day.visits))
    bound = ask.bound_minutes
    columns = [figures(AS_IT_WAS, [(day, recorded(day))], bound)]
    yield TryAnswer(step=2, visits=len(day.visits))
    own = rules_of(CURRENT)
    columns.append(figures(own.name, [(day, play(day))], bound))
    yield TryAnswer(step=3, visits=len(day.visits))
    columns.append(figures(CHANGED, [(new, play(new))], bound))
    plain = tuple(msgspec.structs.replace(one, waits=()) for one in columns)
    notes = (one.partition(" · ") for one in changes_told([day]))
    yield TryAnswer(
        step=STEPS,
        visits=len(day.visits),
        columns=plain,
        notes=tuple(Text(zh=zh, en=en) for zh, _, en in notes),
    )


def main(asked: TextIO, told: TextIO) -> int:
    """0; the answers say what became of it."""
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    ask = msgspec.json.decode(asked.readline(), type=TryAsk)
    for answer in answers(ask):
        print(msgspec.json.encode(answer).decode(), file=told, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
