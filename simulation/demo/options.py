"""The demo's arguments."""

import argparse
from pathlib import Path

PICTURES_EVERY = 30.0
"""Seconds between two rounds of pictures where there is no display."""


def parser() -> argparse.ArgumentParser:
    """Of `hall demo`."""
    made = argparse.ArgumentParser(
        prog="hall demo",
        description="在本机开一个完整的演示大厅 / a whole hall here. Ctrl-C 结束 ends it.",
    )
    made.add_argument(
        "--folder",
        type=Path,
        default=Path("hall-demo"),
        help="数据、日志与画面，每次清空 / data, logs, pictures; emptied at each start [hall-demo]",
    )
    made.add_argument(
        "--for",
        dest="seconds",
        type=float,
        default=0,
        help="运行多少秒后自行结束 / end by itself after so many seconds [until Ctrl-C]",
    )
    made.add_argument(
        "--every", type=float, default=6, help="平均几秒来一位市民 / between citizens"
    )
    made.add_argument("--pace", type=float, default=9, help="平均办理几秒 / mean service time, s")
    made.add_argument("--seed", type=int, default=None, help="随机种子 / seed of all chance")
    made.add_argument("--language", choices=("zh", "en"), default="zh", help="界面语言 / language")
    made.add_argument(
        "--pictures-every",
        type=float,
        default=None,
        metavar="SECONDS",
        help="每隔几秒存一次画面，0 为仅结束时 / seconds between pictures, 0: only at the end"
        f" [{PICTURES_EVERY:.0f} without a display, else none at all]",
    )
    made.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="不打开管理员页面 / do not open the managers' page in a browser",
    )
    made.add_argument(
        "--break-devices",
        action="store_true",
        help="随机弄坏设备再修好（随种子而定），结束时核对 / break devices at random and mend them"
        " (by the seed); at the end tells what came back, and that no ticket was lost",
    )
    return made
