"""`hall server waits report`: how good the told waiting times were."""

import json

import msgspec

from .config import Config
from .store.sqlite import open_reader
from .store.waits import WaitReport, wait_report

NAMES = {
    "day": "营业日 business day",
    "told": "告知 told",
    "n": "已叫号 called",
    "open": "仍在等候 still waiting",
    "left": "未叫到即离开 left uncalled",
    "coverage": "落在范围内 within the range",
    "above": "比范围更久 longer",
    "coverage_minutes": "落在所示分钟内 within the minutes shown",
    "width_s": "范围宽度 width, s",
    "bias_s": "偏差 bias, s",
    "rmse_s": "均方根误差 RMSE, s",
    "day_mean_rmse_s": "  当日平均 the day's mean",
    "last_ten_rmse_s": "  最近十位 the last ten",
}


def print_report(config: Config, day: str, *, as_json: bool) -> int:
    """0. Raises `StoreError` where the log cannot be read."""
    database = open_reader(config.store.folder / "hall.db")
    try:
        report = wait_report(database, day)
    finally:
        database.close()
    if as_json:
        print(msgspec.json.encode(report).decode())
        return 0
    for name, value in _rows(report):
        print(f"{NAMES[name]:<40} {value}")
    if report.left or report.open:
        print("\n未叫到者本会等多久不得而知，不计入各项比例与均值")
        print(
            "how long those uncalled would have waited is not known: they are in no share or mean"
        )
    return 0


def _rows(report: WaitReport) -> list[tuple[str, str]]:
    shown = []
    for name, value in json.loads(msgspec.json.encode(report)).items():
        if value is None or name == "day":
            text = value or "—"
        elif name in ("coverage", "above", "coverage_minutes"):
            text = f"{value:.1%}"
        else:
            text = f"{value:.1f}" if isinstance(value, float) else str(value)
        shown.append((name, text))
    return shown
