"""`hall rules`: which rules there are, whether a file of rules is right, and a day under others."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ..config import ConfigError, read_config
from ..domain.values import Text
from ..errors import HallError
from ..file_check import check_file
from .figures import Figures, figures
from .from_log import day_from_log
from .play import play, recorded
from .record import Leg, RecordedDay, RecordError, read_day
from .rules_file import CURRENT, SHIPPED_NAMES, RulesError, is_hall, rules_of
from .table import changes_told, table

EPILOG = """\
hall rules list                                           现成的规则 ready-made rules
hall rules check FILE.toml                                检查规则文件 is a file right
hall rules dry-run two-to-one --day 2026-03-02 --config hall.toml
hall rules dry-run strict two-to-one aging --trace DAY.csv …  docs/rules.md
"""
PLOTS = {".svg", ".html", ".htm"}
"""What is drawn here; `hall rules` makes a PNG of the SVG."""
BOTH = Text(zh="当日实际", en="as it was")


def main(argv: Sequence[str]) -> int:
    """0; 1 where the day or the rules cannot be used, 2 for wrong arguments."""
    given = _parser().parse_args(argv)
    try:
        match given.verb:
            case "list":
                return _list()
            case "check":
                return _check(given.file)
            case _:
                return _dry_run(given)
    except (RulesError, ConfigError) as error:
        print("规则有误 / the rules have mistakes:", file=sys.stderr)
        for mistake in error.mistakes:
            print(f"  {mistake}", file=sys.stderr)
    except RecordError as error:
        print(error, file=sys.stderr)
    except HallError as error:
        print(f"[{error.code}] {error.zh}\n{error.en}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall rules",
        description="叫号规则：查看、检查、试行 · calling rules: list, check, try out",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list | check | dry-run")
    verbs.add_parser("list", help="现成的规则 · ready-made rules")
    check = verbs.add_parser("check", help="检查规则文件 · whether a file is right")
    check.add_argument("file", type=Path, help="hall.toml 或规则文件 · hall.toml, or a rules file")
    dry = verbs.add_parser("dry-run", help="试行 · a day under other rules")
    add = dry.add_argument
    add(
        "rules",
        nargs="+",
        metavar="PROFILE",
        help=f"{', '.join(SHIPPED_NAMES)}, {CURRENT} 或 · or FILE.toml",
    )
    add("--day", help="本厅的一天 · a day of this hall, YYYY-MM-DD")
    add("--config", type=Path, help="服务器配置 · the server's configuration")
    add("--folder", type=Path, help="数据目录 · data folder")
    add(
        "--trace",
        metavar="CSV",
        nargs="+",
        help="记录的日子，可多个，合计 · recorded days, taken together",
    )
    add("--recorded", type=Path, nargs="+", default=[], help=argparse.SUPPRESS)
    add("--for", dest="only", metavar="ID", help="只改此策略 · change this work profile only")
    add(
        "--bound",
        type=int,
        default=20,
        metavar="MIN",
        help="多少分钟算久等 · minutes that count as long (%(default)s)",
    )
    add(
        "--load",
        type=int,
        default=100,
        metavar="PERCENT",
        help="每笔业务用时的百分比，如 120 · each service takes so much of its time (%(default)s)",
    )
    add("--json", type=Path, metavar="FILE", help="结果写入 JSON · write the figures")
    add("--plot", type=Path, metavar="FILE", help="画图 · a plot: .png .svg .html")
    return parser


def _list() -> int:
    for key, name in SHIPPED_NAMES.items():
        print(f"{key:12} {name.zh} · {name.en}")
    return 0


def _check(file: Path) -> int:
    """A hall's whole configuration, or a file of conditions as far as it goes without a hall."""
    if is_hall(file):
        check_file(file)
    else:
        rules_of(str(file)).alone()
    print(f"{file}: 无误 / in order")
    return 0


def _dry_run(given: argparse.Namespace) -> int:
    if bool(given.day) == bool(given.recorded):
        print("须有 --day 或 --trace · needs --day or --trace", file=sys.stderr)
        return 2
    if given.plot is not None and given.plot.suffix.lower() not in PLOTS:
        print(f"{given.plot}: 须为 .png、.svg、.html · must be one of these", file=sys.stderr)
        return 2
    for file in (given.json, given.plot):
        if file is not None and not file.parent.is_dir():
            print(f"{file}: 没有这个目录 · there is no such folder", file=sys.stderr)
            return 2
    wanted = [rules_of(word) for word in given.rules]
    days = [read_day(path) for path in given.recorded]
    if given.day:
        config = read_config(given.config)
        days = [day_from_log(given.folder or config.store.folder, given.day)]
    columns = [figures(BOTH, [(day, recorded(day)) for day in days], given.bound)]
    if given.day and not any(rules.source == "" for rules in wanted):
        wanted.insert(0, rules_of(CURRENT))
    played = [_longer(day, given.load) for day in days]
    tried = [
        [rules.put_into(day, given.only) for day in played] for rules in wanted
    ]  # every mistake before the first day is played
    for rules, under in zip(wanted, tried, strict=True):
        columns.append(figures(rules.name, [(day, play(day)) for day in under], given.bound))
    _write(given, days, columns)
    print(_head(days, given.load))
    for line in changes_told(days):
        print(line)
    print(table(columns, given.bound))
    return 0


def _longer(day: RecordedDay, percent: int) -> RecordedDay:
    """The day with services that take `percent` of their time."""
    if percent == 100:
        return day
    replace = msgspec.structs.replace

    def leg(one: Leg) -> Leg:
        return replace(one, took=one.took * percent // 100)

    visits = (replace(visit, legs=tuple(map(leg, visit.legs))) for visit in day.visits)
    return replace(day, visits=tuple(visits))


def _head(days: Sequence[RecordedDay], load: int) -> str:
    visits = sum(len(day.visits) for day in days)
    names = days[0].name if len(days) == 1 else f"{days[0].name} … {days[-1].name} ({len(days)})"
    longer = "" if load == 100 else f" · 每笔用时 each service {load} %"
    return f"{names} · {visits} 张号 tickets{longer}"


def _write(
    given: argparse.Namespace, days: Sequence[RecordedDay], columns: Sequence[Figures]
) -> None:
    if given.json is not None:
        found = {
            "days": [day.name for day in days],
            "visits": sum(len(day.visits) for day in days),
            "left_out": sum(day.left_out for day in days),
            "bound_minutes": given.bound,
            "load_percent": given.load,
            "changed": changes_told(days),
            "rules": [msgspec.structs.replace(one, waits=()) for one in columns],
        }
        encoded = msgspec.json.format(msgspec.json.encode(found), indent=2)
        given.json.write_bytes(encoded + b"\n")
    if given.plot is not None:
        from .plot import write_plot

        write_plot(given.plot, columns, _head(days, given.load), given.bound)


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` may have seen enough
    sys.exit(main(sys.argv[1:]))
