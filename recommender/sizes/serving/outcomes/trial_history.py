"""What a shopper's earlier answers say of a trial: how trials like it turned out, and which sizes were small or large.

A trial's place is its offset from the size that her body and the product suggest, in standard deviations. Earlier
answers count by their nearness in place, in time and in category. Needs numpy only.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Ints, Longs
from recommender.sizes.serving.fit_statistics import FitStatistics, take_rows
from recommender.sizes.serving.fit_table import FIT, FIT_CLASSES, LARGE, SMALL
from recommender.sizes.serving.vocabulary import EncodedTrials

MAX_TRIALS = 100
"""Of one shopper, the latest answers; it bounds the work of one prediction."""
_WIDTH = 0.5
"""Standard deviations over which places count as near."""
_DAYS = 30.0
"""Days after which an answer counts e times less."""
_SHRINK = 3.0
COLUMNS = 5 * 3 + 4


@dataclass(frozen=True)
class TrialHistory:
    """Answers sorted by shopper and time; those of shopper u are `start[u]` to `start[u + 1]`."""

    start: Longs
    offset: Doubles
    position: Doubles
    day: Doubles
    scale: Longs
    category: Longs
    fit: Ints

    @staticmethod
    def of(coded: EncodedTrials, statistics: FitStatistics) -> "TrialHistory":
        """From answered trials, in the order of time."""
        known = coded.where(coded.user >= 0)
        known = known.where(np.argsort(known.user, kind="stable"))
        users = len(statistics.users)
        ends = np.searchsorted(known.user, np.arange(users), side="right")
        known = known.where(ends[known.user] - np.arange(len(known)) <= MAX_TRIALS)
        return TrialHistory(
            np.searchsorted(known.user, np.arange(users + 1)).astype(np.int64),
            _offsets(known, statistics),
            np.where(np.isnan(known.position), -1.0, known.position),
            np.where(np.isnan(known.day), -1.0, known.day),
            known.size_scale,
            known.category,
            known.fit,
        )

    def features(self, coded: EncodedTrials, statistics: FitStatistics) -> Doubles:
        """`COLUMNS` features of each trial; NaN where a shopper has no such answer."""
        trial, other = self._pairs(coded)
        offset = _offsets(coded, statistics)
        distance = offset[trial] - self.offset[other]
        position = np.where(np.isnan(coded.position), -1.0, coded.position)
        day = np.where(np.isnan(coded.day), -1.0, coded.day)
        dated = (day[trial] >= 0) & (self.day[other] >= 0)
        days = np.abs(day[trial] - self.day[other])
        near, lately = np.exp(-((distance / _WIDTH) ** 2)), np.where(dated, np.exp(-days / _DAYS), 0.0)
        alike = (coded.category[trial] == self.category[other]) & (coded.category[trial] >= 0)
        weights = (near, lately, alike.astype(float), near * lately, (dated & (days < 1)).astype(float))
        prior, fit = statistics.user_rates(coded), self.fit[other]
        outcomes = [_outcomes(trial, fit, weight, prior) for weight in weights]
        same = (fit == FIT) & (coded.size_scale[trial] == self.scale[other]) & (self.position[other] >= 0)
        bounds = (
            _least(trial[fit == SMALL], distance[fit == SMALL], len(coded)),
            -_least(trial[fit == LARGE], -distance[fit == LARGE], len(coded)),
            _mean(trial[fit == FIT], distance[fit == FIT], len(coded)),
            _mean(trial[same], position[trial[same]] - self.position[other[same]], len(coded)),
        )
        return np.hstack([*outcomes, np.stack(bounds, axis=1)])

    def _pairs(self, coded: EncodedTrials) -> tuple[Longs, Longs]:
        """Each trial with each earlier answer of its shopper."""
        user = np.maximum(coded.user, 0)
        if len(self.start) < 2:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        count = np.where(coded.user >= 0, self.start[user + 1] - self.start[user], 0)
        trial = np.repeat(np.arange(len(coded)), count)
        before = np.repeat(np.cumsum(count) - count, count)
        return trial, np.arange(len(trial)) - before + self.start[user][trial]


def _offsets(coded: EncodedTrials, statistics: FitStatistics) -> Doubles:
    found: Doubles = statistics.gaps(coded) - take_rows(statistics.item_shift, coded.item)
    return found


def _outcomes(trial: Longs, fit: Any, weight: Doubles, prior: Doubles) -> Doubles:
    """Log odds of small and large, shrunk towards the shopper's own, and log(1 + sum of weights)."""
    sums = np.bincount(
        trial * len(FIT_CLASSES) + fit, weights=weight, minlength=len(prior) * len(FIT_CLASSES)
    ).reshape(-1, len(FIT_CLASSES))
    total = sums.sum(axis=1, keepdims=True)
    rate = np.log((sums + _SHRINK * prior) / (total + _SHRINK))
    return np.hstack([rate[:, [SMALL, LARGE]] - rate[:, [FIT]], np.log1p(total)])


def _least(trial: Longs, value: Doubles, length: int) -> Doubles:
    found = np.full(length, np.inf)
    np.minimum.at(found, trial, value)
    return np.where(np.isinf(found), np.nan, found)


def _mean(trial: Longs, value: Doubles, length: int) -> Doubles:
    count = np.bincount(trial, minlength=length)
    total = np.bincount(trial, weights=value, minlength=length)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
