"""What earlier days teach: the expected wait, and a range that holds the truth as often as it says.

Gradient-boosted trees (LightGBM) over `features.NAMES`: one model of the mean, and one each of the
10th and 90th percentile. The percentiles' errors on days they have not seen widen the range until
it holds what it promises (conformalised quantile regression, Romano, Patterson and Candès, 2019);
`Today` goes on learning from each wait of the day that ends (adaptive conformal inference, Gibbs
and Candès, 2021), so that a day unlike the earlier ones is noticed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import lightgbm
import msgspec
import numpy as np
from numpy.typing import NDArray

COVERAGE: Final = 0.8
"""How often the truth is to lie within a range."""
ABOVE: Final = 0.095
"""How often it may lie above: people forgive a shorter wait, not a longer one."""
FEWEST: Final = 200
"""Fewer waits than this teach nothing."""
_NARROWEST_S: Final = 20.0
_LEARNING: Final = 0.03
_PACE_PRIOR_S: Final = 2000.0
_PACE_FADES: Final = 1 - 1 / 30
_FOLDS: Final = 5
_SEEDS: Final = (1, 2, 3)
_COMMON: Final[Mapping[str, Any]] = {
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 30,
    "lambda_l2": 5.0,
    "feature_fraction_bynode": 0.25,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}

Numbers = NDArray[np.float64]


class LearnedDay(msgspec.Struct, frozen=True):
    """One day's rows of `features.NAMES`, and the seconds each of them then waited."""

    rows: Numbers
    waits: Numbers


class TooLittle(Exception):  # noqa: N818 - not an error: a new hall
    """The days hold fewer than `FEWEST` waits."""


class Estimate(msgspec.Struct, frozen=True):
    """The expected wait and the range that holds the truth in `COVERAGE` of all cases, s.

    `learned_s` is what earlier days alone would say of the mean.
    """

    mean_s: float
    low_s: float
    high_s: float
    learned_s: float


class Today(msgspec.Struct):
    """How this day differs from those that were learned; learns from every wait that ends.

    `low` and `high` move a range's ends, in its own widths. `waited_s` and `learned_s` are sums
    that fade: their quotient is the day's pace.
    """

    low: float
    high: float
    waited_s: float = 0.0
    learned_s: float = 0.0

    @property
    def pace(self) -> float:
        """Waits of today ÷ what was expected of them, drawn towards 1 while little is known."""
        return (self.waited_s + _PACE_PRIOR_S) / (self.learned_s + _PACE_PRIOR_S)

    def learn(self, estimate: Estimate, wait_s: float) -> None:
        """The truth about an estimate of today."""
        below, above = wait_s < estimate.low_s, wait_s > estimate.high_s
        self.low += _LEARNING * (below - (1 - COVERAGE - ABOVE))
        self.high += _LEARNING * (above - ABOVE)
        self.waited_s = self.waited_s * _PACE_FADES + wait_s
        self.learned_s = self.learned_s * _PACE_FADES + estimate.learned_s


class Model:
    """What was learned; `today()` is where a day starts from."""

    def __init__(self, days: Sequence[LearnedDay]) -> None:
        """Learn from whole days. Raises TooLittle."""
        if sum(len(day.waits) for day in days) < FEWEST:
            raise TooLittle
        parts = list(days) if len(days) > 1 else _halves(days[0])
        self._mean, self._low, self._high = _fit(parts, _SEEDS)
        self.mean_wait_s = float(np.concatenate([day.waits for day in days]).mean())
        self._margins = _margins(parts)

    def today(self) -> Today:
        """What a new day starts from."""
        return Today(*self._margins)

    def estimate(self, rows: Sequence[Sequence[float]], today: Today) -> list[Estimate]:
        """One estimate a row."""
        if not rows:
            return []
        table = np.asarray(rows, dtype=np.float64)
        learned = np.maximum(_mean(self._mean, table), 0.0)
        low, high = _ends(self._low, self._high, table)
        width = np.maximum(high - low, _NARROWEST_S)
        lows = np.maximum(low - today.low * width, 0.0)
        highs = np.maximum(high + today.high * width, lows)
        return [
            Estimate(float(mean * today.pace), float(low), float(high), float(mean))
            for mean, low, high in zip(learned, lows, highs, strict=True)
        ]


def _fit(
    days: Sequence[LearnedDay], seeds: Sequence[int]
) -> tuple[list[lightgbm.Booster], lightgbm.Booster, lightgbm.Booster]:
    rows = np.vstack([day.rows for day in days])
    waits = np.concatenate([day.waits for day in days])

    def train(objective: str, rounds: int, seed: int, alpha: float = 0.5) -> lightgbm.Booster:
        parameters = {**_COMMON, "objective": objective, "alpha": alpha, "seed": seed}
        return lightgbm.train(parameters, lightgbm.Dataset(rows, waits), rounds)

    return (
        [train("regression", 250, seed) for seed in seeds],
        train("quantile", 200, 1, 0.1),
        train("quantile", 200, 1, 0.9),
    )


def _mean(models: Sequence[lightgbm.Booster], table: Numbers) -> Numbers:
    told: Numbers = np.mean([model.predict(table, num_threads=1) for model in models], axis=0)
    return told


def _ends(low: lightgbm.Booster, high: lightgbm.Booster, table: Numbers) -> tuple[Numbers, Numbers]:
    ends = np.sort(
        [
            np.asarray(low.predict(table, num_threads=1)),
            np.asarray(high.predict(table, num_threads=1)),
        ],
        axis=0,
    )
    return ends[0], ends[1]


def _margins(days: Sequence[LearnedDay]) -> tuple[float, float]:
    """Leave days out in turn; how far did the truth fall outside, in widths?"""
    folds = min(_FOLDS, len(days))
    below, above = [], []
    for fold in range(folds):
        unseen = days[fold::folds]
        seen = [day for number, day in enumerate(days) if number % folds != fold]
        _, low, high = _fit(seen, ())
        for day in unseen:
            lows, highs = _ends(low, high, day.rows)
            width = np.maximum(highs - lows, _NARROWEST_S)
            below.append((lows - day.waits) / width)
            above.append((day.waits - highs) / width)
    return (
        float(np.quantile(np.concatenate(below), COVERAGE + ABOVE)),
        float(np.quantile(np.concatenate(above), 1 - ABOVE)),
    )


def _halves(day: LearnedDay) -> list[LearnedDay]:
    middle = len(day.waits) // 2
    return [
        LearnedDay(day.rows[:middle], day.waits[:middle]),
        LearnedDay(day.rows[middle:], day.waits[middle:]),
    ]
