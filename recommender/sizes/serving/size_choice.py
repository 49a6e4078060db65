"""Chooses among the sizes of a product: a conditional logit with weights for each state of knowledge. Needs
numpy only.

Features of a size are its distance from the size that the body suggests, its distance from sizes kept before,
and the answers of others. The body may be unknown, stated (height and weight) or measured; the past may be
known or not: six states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, body_level
from recommender.sizes.serving.fit_statistics import FELT_OFFSETS, FitStatistics, take_rows
from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.trial_columns import TrialColumns
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

CHOICE_COLUMNS = 24
"""Columns of `choice_features`."""
_MAX_VALUE = 6.0
_TRUST_ANSWERS = 20.0
"""Number of answers about a product at which `trust` is one half."""
MIN_STATED_CONFIDENCE = 0.6
"""No size is stated alone below this confidence, even if the model's own threshold is lower."""
NEVER_STATED = 2.0
"""A confidence that is never reached."""


@dataclass(frozen=True)
class PastFits:
    """Other trials of each case's shopper: the mean wanted offset (standard deviations), the number of
    answers, the position of the size kept last on this scale (NaN without), and her row `shopper` in the
    counts of kept sizes: `times` each shopper x size of `keys` (ascending) was kept."""

    wanted: Doubles
    count: Doubles
    last: Doubles
    shopper: Longs
    keys: Longs
    times: Doubles

    def of(self, rows: Longs) -> "PastFits":
        """The past of some of the cases."""
        return PastFits(
            self.wanted[rows], self.count[rows], self.last[rows], self.shopper[rows], self.keys, self.times
        )

    def share_kept(self, sizes: Longs, case: Longs, length: int) -> Doubles:
        """Of the sizes that each case's shopper kept, the share of each of these sizes."""
        if not len(self.keys):
            return np.zeros(len(sizes))
        key = np.where((self.shopper[case] >= 0) & (sizes >= 0), self.shopper[case] * length + sizes, -1)
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        own = np.where(self.keys[at] == key, self.times[at], 0.0)
        kept = np.bincount(
            self.keys // length, weights=self.times, minlength=int(self.shopper.max(initial=0)) + 1
        )
        whole = np.where(self.shopper[case] >= 0, kept[np.maximum(self.shopper[case], 0)], 0.0)
        found: Doubles = own / np.maximum(whole, 1.0)
        return found


def wanted_offsets(coded: EncodedTrials, statistics: FitStatistics) -> Doubles:
    """The wanted offset of each answered trial, without the product's offset."""
    found: Doubles = (
        statistics.gaps(coded) - take_rows(statistics.item_shift, coded.item) + FELT_OFFSETS[coded.fit]
    )
    return found


def past_of(
    cases: EncodedTrials, other: EncodedTrials, statistics: FitStatistics, vocabulary: Vocabulary
) -> PastFits:
    """The past of each case in the `other` trials (sorted by time), found by shopper."""
    known, users = other.where(other.user >= 0), len(vocabulary.users)
    total = np.bincount(known.user, weights=wanted_offsets(known, statistics), minlength=users)
    count = np.bincount(known.user, minlength=users).astype(float)
    kept = known.where((known.fit == FIT) & ~np.isnan(known.position))
    scales = int(max(cases.size_scale.max(initial=0), kept.size_scale.max(initial=0))) + 1
    last = np.full(users * scales, np.nan)
    last[kept.user * scales + kept.size_scale] = kept.position
    at = np.where(cases.user >= 0, cases.user * scales + cases.size_scale, -1)
    own_count = take_rows(count, cases.user)
    position = np.where(at >= 0, last[at], np.nan) if len(last) else np.full(len(cases), np.nan)
    kept_sizes = kept.where(kept.size >= 0)
    keys, times = np.unique(kept_sizes.user * len(vocabulary.sizes) + kept_sizes.size, return_counts=True)
    return PastFits(
        take_rows(total, cases.user) / np.maximum(own_count, 1.0),
        own_count,
        position,
        cases.user,
        keys,
        times.astype(float),
    )


def choice_features(
    sizes: EncodedTrials,
    known: TrialColumns,
    case: Longs,
    past: PastFits,
    statistics: FitStatistics,
    vocabulary: Vocabulary,
) -> Doubles:
    """Features of each size on offer; `known` belongs to `sizes`; `case` is the case of each row (ascending from 0),
    `past` has one entry per case."""
    item_shift = known.item_shift
    off = known.gap - item_shift
    wanted, count = past.wanted[case], past.count[case]
    offset_to_wanted, shrunk_offset = off - wanted, off - wanted * count / (count + 1.0)
    step = _steps(sizes.position, case, past.last)
    has_last = ~np.isnan(step)
    step = np.where(has_last, step, 0.0)
    fits, whole = (
        take_rows(statistics.pairs[:, FIT], sizes.pair),
        take_rows(statistics.items[:, FIT], sizes.item),
    )
    length = np.bincount(case)[case]
    log_share = np.log((fits + 0.5) / (whole + 0.5 * length))
    answers = take_rows(statistics.items, sizes.item).sum(axis=1)
    # products with many answers are separated more sharply than new ones
    trust = answers / (answers + _TRUST_ANSWERS)
    features = [
        *(off, np.abs(off), off**2),
        *(
            offset_to_wanted,
            np.abs(offset_to_wanted),
            offset_to_wanted**2,
            np.abs(shrunk_offset),
            shrunk_offset**2,
        ),
        *(
            step,
            np.abs(step),
            has_last & (np.abs(step) < 0.5),
            has_last & (np.abs(step) > 1.5),
            step * item_shift,
        ),
        log_share,
        *(trust * np.abs(off), trust * off**2, trust * log_share),
        past.share_kept(sizes.size, case, len(vocabulary.sizes)),
    ]
    columns = np.hstack([np.stack(features, axis=1).astype(float), known.odds[:, 2:6], known.vector_odds])
    found: Doubles = np.clip(columns, -_MAX_VALUE, _MAX_VALUE)
    return found


def _steps(place: Doubles, case: Longs, last: Doubles) -> Doubles:
    """By how many steps of the run each size is above the size kept last."""
    position = np.where(np.isnan(place), 0.0, place)
    low, high = np.full(len(last), np.inf), np.full(len(last), -np.inf)
    np.minimum.at(low, case, position)
    np.maximum.at(high, case, position)
    gaps = np.maximum(np.bincount(case, minlength=len(last)) - 1, 1)
    width = np.maximum((high - low) / gaps, 1e-6)
    steps: Doubles = (place - last[case]) / width[case]
    return np.clip(steps, -_MAX_VALUE, _MAX_VALUE)


def states_of(cases: EncodedTrials, past: PastFits) -> Longs:
    """The state of knowledge of each case, an index into `KNOWLEDGE_STATES`."""
    return body_level(cases.body, cases.shape) + len(BODY_LEVELS) * (past.count > 0)


def size_chances(columns: Doubles, case: Longs, state: Longs, weights: Doubles) -> Doubles:
    """The chance of each size to fit, summing to 1 within a case. `weights` has a row per state."""
    score = (columns * weights[state[case]]).sum(axis=1)
    return shares_within(score, case, len(state))


def shares_within(score: Doubles, case: Longs, cases: int) -> Doubles:
    """Softmax within each case."""
    top = np.full(cases, -np.inf)
    np.maximum.at(top, case, score)
    e = np.exp(score - top[case])
    found: Doubles = e / np.bincount(case, weights=e, minlength=cases)[case]
    return found


@dataclass(frozen=True)
class SizeRuns:
    """The sizes in which each product was seen, to expand cases into the sizes on offer."""

    start: Longs
    pair: Longs
    size: Longs
    position: Doubles
    category_size: Mapping[tuple[int, int], int]
    size_scales: Mapping[tuple[int, int], int]

    @staticmethod
    def of(coded: EncodedTrials) -> "SizeRuns":
        """From trials of known products and sizes, answered or not."""
        coded = coded.where((coded.item >= 0) & (coded.size >= 0))
        _, first = np.unique(np.stack([coded.item, coded.size]), axis=1, return_index=True)
        rows = coded.where(first)
        order = np.lexsort((rows.position, rows.item))
        category_size = dict(
            zip(
                zip(coded.category.tolist(), coded.size.tolist(), strict=True),
                coded.category_size.tolist(),
                strict=True,
            )
        )
        size_scales = dict(
            zip(
                zip(coded.category.tolist(), coded.size.tolist(), strict=True),
                coded.size_scale.tolist(),
                strict=True,
            )
        )
        start = np.searchsorted(rows.item[order], np.arange(int(coded.item.max()) + 2))
        return SizeRuns(
            start, rows.pair[order], rows.size[order], rows.position[order], category_size, size_scales
        )

    def unroll(self, cases: EncodedTrials) -> tuple[EncodedTrials, Longs, Longs]:
        """The sizes on offer, the case of each, and the row of the size that each case tried (-1 if it is not
        in the run)."""
        length = self.start[cases.item + 1] - self.start[cases.item]
        case = np.repeat(np.arange(len(cases)), length)
        at = (
            np.arange(len(case))
            - np.repeat(np.cumsum(length) - length, length)
            + self.start[cases.item][case]
        )
        sizes = cases.where(case)
        keys = list(zip(sizes.category.tolist(), self.size[at].tolist(), strict=True))
        category_size = np.array([self.category_size.get(key, -1) for key in keys], np.int64)
        size_scale = np.array(
            [self.size_scales.get(key, g) for key, g in zip(keys, sizes.size_scale.tolist(), strict=True)],
            np.int64,
        )
        features: dict[str, Any] = {name: getattr(sizes, name) for name in EncodedTrials.__dataclass_fields__}
        features |= {
            "pair": self.pair[at],
            "size": self.size[at],
            "position": self.position[at],
            "category_size": category_size,
            "size_scale": size_scale,
        }
        tried = np.full(len(cases), -1, np.int64)
        hit = np.flatnonzero(self.size[at] == cases.size[case])
        tried[case[hit]] = hit
        return EncodedTrials(**features), case, tried
