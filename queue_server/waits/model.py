"""What earlier days teach: the expected wait, and a range that holds the truth as often as it says.

Gradient-boosted trees (LightGBM) over `features.NAMES`: a few for the mean, learned from the waits'
square roots so that single long ones do not lead them, and one each for the 10th and 90th
percentile. The percentiles' errors on days they have not seen widen the range until
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

from .features import NAMES

COVERAGE: Final = 0.8
"""How often the truth is to lie within a range."""
ABOVE: Final = 0.095
"""How often it may lie above: people forgive a shorter wait, not a longer one."""
FEWEST: Final = 200
"""Fewer waits than this teach nothing."""
_NARROWEST_S: Final = 20.0
_LEARNING: Final = 0.03
_PACE_PRIOR_S: Final = 2000.0
_PACE_FADES: Final = 1 - 1 / 15
_FOLDS: Final = 5
_SEEDS: Final = (1, 2)
_UNSEEN: Final = 1.1
"""Trees come this much closer to the waits they learned from, squared, than to others."""
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


class Learned(msgspec.Struct, frozen=True):
    """Rows of `features.NAMES`, and the seconds each of them then waited."""

    rows: Numbers
    waits: Numbers


class LearnedDay(msgspec.Struct, frozen=True):
    """What one day teaches: of those who joined, and of those who were waiting already."""

    joining: Learned
    waiting: Learned


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


class Range(msgspec.Struct, frozen=True):
    """Holds the truth in `COVERAGE` of all cases, s."""

    low_s: float
    high_s: float


class Margin(msgspec.Struct):
    """How far a range's ends are moved, in its own widths; learns from every wait that ends."""

    low: float
    high: float

    def learn(self, told: "Range | Estimate", wait_s: float) -> None:
        """The truth about a range of today."""
        below, above = wait_s < told.low_s, wait_s > told.high_s
        self.low += _LEARNING * (below - (1 - COVERAGE - ABOVE))
        self.high += _LEARNING * (above - ABOVE)


class Overdue(msgspec.Struct, frozen=True):
    """Sums over those who have waited longer than was expected of them, s."""

    waited_s: float = 0.0
    learned_s: float = 0.0


NOT_OVERDUE: Final = Overdue()


class Today(msgspec.Struct):
    """How this day differs from those that were learned.

    `waited_s` and `learned_s` are sums that fade: their quotient is the day's pace.
    """

    joining: Margin
    waiting: Margin
    waited_s: float = 0.0
    learned_s: float = 0.0

    def pace(self, overdue: Overdue = NOT_OVERDUE) -> float:
        """Waits of today ÷ what was expected of them, drawn towards 1 while little is known.

        Who waits longer than expected by now counts as if called now: the rest is unknown.
        """
        waited_s = self.waited_s + overdue.waited_s + _PACE_PRIOR_S
        return waited_s / (self.learned_s + overdue.learned_s + _PACE_PRIOR_S)

    def learn(self, estimate: Estimate, wait_s: float) -> None:
        """The truth about an estimate of today, made for one who joined."""
        self.joining.learn(estimate, wait_s)
        self.waited_s = self.waited_s * _PACE_FADES + wait_s
        self.learned_s = self.learned_s * _PACE_FADES + estimate.learned_s


class Model:
    """What was learned; `today()` is where a day starts from."""

    def __init__(self, days: Sequence[LearnedDay]) -> None:
        """Learn from whole days. Raises TooLittle."""
        joining = [day.joining for day in days]
        if sum(len(one.waits) for one in joining) < FEWEST:
            raise TooLittle
        self.mean_wait_s = float(np.concatenate([one.waits for one in joining]).mean())
        column = NAMES.index("waiting")
        self.most_waiting = max(float(one.rows[:, column].max(initial=0)) for one in joining)
        """The longest queue it learned from: trees know nothing beyond."""
        self._mean = _Mean(_joined(joining))
        self._joining = _Ends(joining)
        waiting = [day.waiting for day in days]
        enough = sum(len(one.waits) for one in waiting) >= FEWEST
        self._waiting = _Ends(waiting if enough else joining)

    def today(self) -> Today:
        """What a new day starts from."""
        return Today(self._joining.margin(), self._waiting.margin())

    def estimate(
        self, rows: Numbers, today: Today, overdue: Overdue = NOT_OVERDUE
    ) -> list[Estimate]:
        """One estimate a row, for those who join."""
        if not len(rows):
            return []
        learned, pace = self._mean.told(rows), today.pace(overdue)
        lows, highs = self._joining.told(rows, today.joining)
        return [
            Estimate(float(mean * pace), float(low), float(high), float(mean))
            for mean, low, high in zip(learned, lows, highs, strict=True)
        ]

    def ranges(self, rows: Numbers, today: Today) -> list[Range]:
        """What is left to wait, one range a row, for those who wait already."""
        if not len(rows):
            return []
        lows, highs = self._waiting.told(rows, today.waiting)
        return [Range(*both) for both in zip(lows.tolist(), highs.tolist(), strict=True)]


class _Mean:
    """The expected wait: boosted trees, and such that split by chance, over square roots."""

    def __init__(self, learned: Learned) -> None:
        roots = Learned(learned.rows, np.sqrt(learned.waits))
        models = [_train(roots, "regression", 250, seed) for seed in _SEEDS]
        models += [_train(roots, "regression", 350, seed, {"extra_trees": True}) for seed in _SEEDS]
        errors = [np.mean((roots.waits - _predict(one, roots.rows)) ** 2) for one in models]
        self._models = [
            (model, _UNSEEN * float(error)) for model, error in zip(models, errors, strict=True)
        ]

    def told(self, rows: Numbers) -> Numbers:
        """For each row, s. The mean of a square is the mean's square and the variance."""
        told: Numbers = np.mean(
            [_predict(model, rows) ** 2 + variance for model, variance in self._models], axis=0
        )
        return told


class _Ends:
    """The two ends of a range, and how far they must be moved to hold what they promise."""

    def __init__(self, parts: Sequence[Learned]) -> None:
        parts = [part for part in parts if len(part.waits)]
        if len(parts) < 2:
            parts = _halves(_joined(parts))
        self._low, self._high = _fit(parts)
        self._margins = _margins(parts)

    def margin(self) -> Margin:
        """What a new day starts from."""
        return Margin(*self._margins)

    def told(self, rows: Numbers, margin: Margin) -> tuple[Numbers, Numbers]:
        """Both ends for each row, s."""
        low, high = _ends(self._low, self._high, rows)
        width = np.maximum(high - low, _NARROWEST_S)
        lows = np.maximum(low - margin.low * width, 0.0)
        return lows, np.maximum(high + margin.high * width, lows)


def _joined(parts: Sequence[Learned]) -> Learned:
    return Learned(
        np.vstack([part.rows for part in parts]), np.concatenate([part.waits for part in parts])
    )


def _train(
    learned: Learned,
    objective: str,
    rounds: int,
    seed: int,
    more: Mapping[str, object] = {},
) -> lightgbm.Booster:
    parameters = {**_COMMON, "objective": objective, "seed": seed, **more}
    return lightgbm.train(parameters, lightgbm.Dataset(learned.rows, learned.waits), rounds)


def _fit(parts: Sequence[Learned]) -> tuple[lightgbm.Booster, lightgbm.Booster]:
    learned = _joined(parts)
    return (
        _train(learned, "quantile", 200, 1, {"alpha": 0.1}),
        _train(learned, "quantile", 200, 1, {"alpha": 0.9}),
    )


def _predict(model: lightgbm.Booster, table: Numbers) -> Numbers:
    return np.asarray(model.predict(table, num_threads=1))


def _ends(low: lightgbm.Booster, high: lightgbm.Booster, table: Numbers) -> tuple[Numbers, Numbers]:
    ends = np.sort([_predict(low, table), _predict(high, table)], axis=0)
    return ends[0], ends[1]


def _margins(parts: Sequence[Learned]) -> tuple[float, float]:
    """Leave days out in turn; how far did the truth fall outside, in widths?"""
    folds = min(_FOLDS, len(parts))
    below, above = [], []
    for fold in range(folds):
        seen = [part for number, part in enumerate(parts) if number % folds != fold]
        low, high = _fit(seen)
        for part in parts[fold::folds]:
            lows, highs = _ends(low, high, part.rows)
            width = np.maximum(highs - lows, _NARROWEST_S)
            below.append((lows - part.waits) / width)
            above.append((part.waits - highs) / width)
    return (
        float(np.quantile(np.concatenate(below), COVERAGE + ABOVE)),
        float(np.quantile(np.concatenate(above), 1 - ABOVE)),
    )


def _halves(part: Learned) -> list[Learned]:
    middle = len(part.waits) // 2
    return [
        Learned(part.rows[:middle], part.waits[:middle]),
        Learned(part.rows[middle:], part.waits[middle:]),
    ]
