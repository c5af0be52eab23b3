"""The truth about the estimates: learn from some days, tell ranges on others, compare.

Every estimate is made from the facts up to its moment, and judged when its wait has ended.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np

from .day import LearnedToday, Told
from .facts import AnyFact, Joined
from .model import Model


class Rmse(msgspec.Struct, frozen=True):
    """Root mean squared errors of the two plain estimates, s."""

    day_mean: float
    last_ten: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How good the estimates were over `n` waits that ended at a counter."""

    n: int
    rmse_s: float
    baseline_rmse_s: Rmse
    below_best_baseline: float
    """1 − rmse ÷ the better baseline's."""
    coverage_80: float
    above_range: float
    below_range: float
    mean_width_s: float
    bias_s: float
    """Mean of estimate − truth."""


def kinds_of(days: Iterable[Sequence[AnyFact]]) -> dict[str, int]:
    """Numbers for the services of these days."""
    services = {fact.service for day in days for fact in day if isinstance(fact, Joined)}
    return {service: number for number, service in enumerate(sorted(services))}


def tell_day(
    model: Model, facts: Iterable[AnyFact], kinds: Mapping[str, int], aside: frozenset[str]
) -> list[Told]:
    """Live through a day: an estimate at each joining, the truth at each call."""
    day = LearnedToday(model, kinds, aside)
    for fact in facts:
        day.take(fact)
    return day.told


def figures(told: Sequence[Told]) -> Figures:
    """Sum up; at least one wait is needed."""
    truth = np.array([one.wait_s for one in told])
    mean = np.array([one.estimate.mean_s for one in told])
    low = np.array([one.estimate.low_s for one in told])
    high = np.array([one.estimate.high_s for one in told])

    def rmse(estimate: Iterable[float]) -> float:
        return float(np.sqrt(np.mean((np.asarray(list(estimate)) - truth) ** 2)))

    baseline = Rmse(rmse(one.day_mean_s for one in told), rmse(one.last_ten_s for one in told))
    own = rmse(mean)
    return Figures(
        n=len(told),
        rmse_s=own,
        baseline_rmse_s=baseline,
        below_best_baseline=1 - own / min(baseline.day_mean, baseline.last_ten),
        coverage_80=float(np.mean((truth >= low) & (truth <= high))),
        above_range=float(np.mean(truth > high)),
        below_range=float(np.mean(truth < low)),
        mean_width_s=float(np.mean(high - low)),
        bias_s=float(np.mean(mean - truth)),
    )
