"""`python -m queue_server.waits`: learn from days of facts, predict others, judge the result."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from .facts import AnyFact


class FactsError(Exception):
    """A file that holds no day of facts."""


def main(argv: Sequence[str]) -> int:
    """`serve`: answer a queue server; `cost`: how dear that is, in the hall that `make FOLDER`
    writes; else `judge`."""
    if argv[:1] == ["serve"]:
        from .serve import main as serve

        return serve(argv[1:])
    if argv[:1] == ["cost"]:
        from .cost import measure

        print(msgspec.json.encode(measure()).decode())
        return 0
    if argv[:1] == ["make"] and len(argv) == 2:
        from .cost import make

        print(msgspec.json.encode(make(Path(argv[1]))).decode())
        return 0
    return judge(argv)


def judge(argv: Sequence[str]) -> int:
    """Print `Figures` as JSON; 1 where the days teach too little, 2 where a file is wrong."""
    from .day import learn_day
    from .evaluate import figures, kinds_of, tell_day
    from .model import Model, TooLittle

    parser = argparse.ArgumentParser(prog="python -m queue_server.waits", description=__doc__)
    add = parser.add_argument
    add("--fit", type=Path, nargs="+", required=True, help="days to learn from, JSON lines")
    add("--test", type=Path, nargs="+", required=True, help="days to predict, in their order")
    add("--aside", nargs="*", default=[], help="services whose waits are not judged")
    given = parser.parse_args(argv)
    try:
        learned = [read_day(path) for path in given.fit]
        days = [read_day(path) for path in given.test]
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    aside = frozenset(given.aside)
    kinds = kinds_of(learned)
    try:
        model = Model([learn_day(day, kinds, aside) for day in learned])
    except TooLittle:
        print("学习的日子太少 · the days to learn from hold too few waits", file=sys.stderr)
        return 1
    told = [one for day in days for one in tell_day(model, day, kinds, aside)]
    if not told:
        print("测试的日子里没有人等候 · nobody waited on the days to predict", file=sys.stderr)
        return 1
    print(msgspec.json.encode(figures(told)).decode())
    return 0


def read_day(path: Path) -> list[AnyFact]:
    """A day's facts, checked to be in order of time."""
    try:
        return list(_facts(path))
    except OSError as error:
        raise FactsError(f"{path}: 无法读取 / cannot be read: {error.strerror}") from error


def _facts(path: Path) -> Iterator[AnyFact]:
    decoder: msgspec.json.Decoder[AnyFact] = msgspec.json.Decoder(AnyFact)
    before = float("-inf")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                fact = decoder.decode(line)
            except ValueError as error:  # of msgspec, or of text that is no UTF-8
                raise FactsError(f"{path}:{number}: {error}") from error
            if fact.at < before:
                raise FactsError(f"{path}:{number}: 时间倒退 / earlier than the line before")
            before = fact.at
            yield fact


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
