"""`hall why TICKET`: each call of a ticket in a sentence, from the log alone, days ago too."""

import argparse
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from .config import ConfigError, read_config
from .domain.apply import apply
from .domain.events import JointBegun, TicketCalled
from .domain.hall import Hall
from .domain.values import TransactionId, Why
from .errors import HallError
from .reasons import reasons_of
from .store.history import day_events, last_day


def main(argv: Sequence[str]) -> int:
    """0; 1 where there is no such ticket or no log, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(
        prog="hall why",
        description="某号每次被叫的理由 · why a ticket was called, each time",
    )
    add = parser.add_argument
    add("ticket", metavar="TICKET", help="号码或编号 · its number, such as A012, or its id")
    add("--day", help="办公日，默认最近一天 · business day YYYY-MM-DD (default: the latest)")
    add("--config", type=Path, help="服务器配置 · the server's configuration")
    add("--folder", type=Path, help="数据目录 · data folder (store.folder)")
    given = parser.parse_args(argv)
    try:
        folder = given.folder or read_config(given.config).store.folder
        day = given.day or last_day(folder)
        hall, whys = Hall(), {}
        for seq, at, event in day_events(folder, day) if day else ():
            apply(hall, event, seq, at)
            if isinstance(event, TicketCalled | JointBegun):
                whys[event.transaction] = event.why
    except ConfigError as error:
        print("\n".join(error.mistakes), file=sys.stderr)
        return 1
    except HallError as error:
        print(f"[{error.code}] {error.zh}\n{error.en}", file=sys.stderr)
        return 1
    return tell(hall, given.ticket, day or "", whys)


def tell(hall: Hall, wanted: str, day: str, whys: Mapping[TransactionId, Why]) -> int:
    """Print what is on record of a ticket; 1 where the day has none of that name."""
    found = reasons_of(hall, wanted, whys)
    if found is None:
        print(f"{day} 没有号 {wanted} · no ticket {wanted} on {day}", file=sys.stderr)
        return 1
    zone = ZoneInfo(hall.settings.timezone)
    print(f"{found.number} · {found.day}")
    if not found.calls:
        print("还没有被叫过 · not called yet")
    has_steps = any(call.step > 1 or call.joint for call in found.calls)
    for call in found.calls:
        at = dt.datetime.fromtimestamp(call.at / 1000, zone).strftime("%H:%M:%S")
        number = call.counter_number
        place = f"{number} 号窗口 counter {number}" if number else f"窗口 counter {call.counter}"
        step = f"第 {call.step} 步 step {call.step} · " if has_steps else ""
        print(f"\n{at} · {step}{place}\n  {call.zh}\n  {call.en}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
