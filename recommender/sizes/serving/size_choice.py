"""Which size of a product's run will fit: a choice among its sizes, one set of weights for each state of knowledge.

A size is told by how far it lies from what the body suggests, from what the shopper kept before, and by what others
said of it. The body may be unknown, told by height and weight, or measured as well; the past may be unknown: six
states, each with weights of its own. Numpy only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, body_level
from recommender.sizes.serving.fit_statistics import FELT_OFFSETS, FitStatistics, take_rows
from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.fit_vectors import FitVectors
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

_FARTHEST = 6.0
_TRUSTED = 20.0
"""Answers about a product at which what is known of its shift counts half."""
MIN_STATED_CONFIDENCE = 0.6
"""No size is stated alone below this chance, whatever was learned."""
NEVER_STATED = 2.0
"""A chance that is never reached."""


@dataclass(frozen=True)
class PastFits:
    """What is known of each case's shopper from other trials: the mean of what she wanted (standard deviations from
    what her body suggests), from how many answers, the rung she kept last on this ladder (NaN without), and `who`
    she is in the counts of kept sizes: `times` each shopper x size of `keys` (rising) was kept."""

    want: Doubles
    count: Doubles
    last: Doubles
    who: Longs
    keys: Longs
    times: Doubles

    def of(self, rows: Longs) -> "PastFits":
        """The past of some of the cases."""
        return PastFits(
            self.want[rows], self.count[rows], self.last[rows], self.who[rows], self.keys, self.times
        )

    def share_kept(self, sizes: Longs, case: Longs, many: int) -> Doubles:
        """Of what each case's shopper kept, the share in each of these sizes (out of `many`)."""
        if not len(self.keys):
            return np.zeros(len(sizes))
        key = np.where((self.who[case] >= 0) & (sizes >= 0), self.who[case] * many + sizes, -1)
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        own = np.where(self.keys[at] == key, self.times[at], 0.0)
        kept = np.bincount(self.keys // many, weights=self.times, minlength=int(self.who.max(initial=0)) + 1)
        whole = np.where(self.who[case] >= 0, kept[np.maximum(self.who[case], 0)], 0.0)
        found: Doubles = own / np.maximum(whole, 1.0)
        return found


def wanted_offsets(coded: EncodedTrials, statistics: FitStatistics) -> Doubles:
    """What size each answered trial wanted, the product's shift taken out."""
    found: Doubles = (
        statistics.gaps(coded) - take_rows(statistics.item_shift, coded.item) + FELT_OFFSETS[coded.fit]
    )
    return found


def past_of(
    cases: EncodedTrials, other: EncodedTrials, statistics: FitStatistics, vocabulary: Vocabulary
) -> PastFits:
    """The past of each case in `other` trials (in order of time), found by shopper."""
    known, users = other.where(other.user >= 0), len(vocabulary.users)
    total = np.bincount(known.user, weights=wanted_offsets(known, statistics), minlength=users)
    count = np.bincount(known.user, minlength=users).astype(float)
    kept = known.where((known.fit == FIT) & ~np.isnan(known.position))
    tables = int(max(cases.size_scale.max(initial=0), kept.size_scale.max(initial=0))) + 1
    last = np.full(users * tables, np.nan)
    last[kept.user * tables + kept.size_scale] = kept.position
    at = np.where(cases.user >= 0, cases.user * tables + cases.size_scale, -1)
    mine = take_rows(count, cases.user)
    rung = np.where(at >= 0, last[at], np.nan) if len(last) else np.full(len(cases), np.nan)
    worn = kept.where(kept.size >= 0)
    keys, times = np.unique(worn.user * len(vocabulary.sizes) + worn.size, return_counts=True)
    return PastFits(
        take_rows(total, cases.user) / np.maximum(mine, 1.0),
        mine,
        rung,
        cases.user,
        keys,
        times.astype(float),
    )


def choice_features(
    sizes: EncodedTrials,
    case: Longs,
    past: PastFits,
    statistics: FitStatistics,
    vectors: FitVectors,
    vocabulary: Vocabulary,
) -> Doubles:
    """What is told of each size on offer; `case` says whose it is (rising from 0), `past` has one entry per case."""
    item_shift = take_rows(statistics.item_shift, sizes.item)
    off = statistics.gaps(sizes) - item_shift
    want, count = past.want[case], past.count[case]
    near, nearer = off - want, off - want * count / (count + 1.0)
    step = _steps(sizes.position, case, past.last)
    met = ~np.isnan(step)
    step = np.where(met, step, 0.0)
    fits, whole = (
        take_rows(statistics.pairs[:, FIT], sizes.pair),
        take_rows(statistics.items[:, FIT], sizes.item),
    )
    many = np.bincount(case)[case]
    often = np.log((fits + 0.5) / (whole + 0.5 * many))
    answers = take_rows(statistics.items, sizes.item).sum(axis=1)
    # A product that many have answered about is told apart more sharply than a new one.
    trust = answers / (answers + _TRUSTED)
    told = [
        *(off, np.abs(off), off**2),
        *(near, np.abs(near), near**2, np.abs(nearer), nearer**2),
        *(step, np.abs(step), met & (np.abs(step) < 0.5), met & (np.abs(step) > 1.5), step * item_shift),
        often,
        *(trust * np.abs(off), trust * off**2, trust * often),
        past.share_kept(sizes.size, case, len(vocabulary.sizes)),
    ]
    odds = statistics.odds(sizes)[:, 2:6]
    columns = np.hstack([np.stack(told, axis=1).astype(float), odds, vectors.odds(sizes, vocabulary)])
    found: Doubles = np.clip(columns, -_FARTHEST, _FARTHEST)
    return found


def _steps(place: Doubles, case: Longs, last: Doubles) -> Doubles:
    """By how many of the run's own steps each size lies above the one kept last."""
    rung = np.where(np.isnan(place), 0.0, place)
    low, high = np.full(len(last), np.inf), np.full(len(last), -np.inf)
    np.minimum.at(low, case, rung)
    np.maximum.at(high, case, rung)
    gaps = np.maximum(np.bincount(case, minlength=len(last)) - 1, 1)
    width = np.maximum((high - low) / gaps, 1e-6)
    steps: Doubles = (place - last[case]) / width[case]
    return np.clip(steps, -_FARTHEST, _FARTHEST)


def states_of(cases: EncodedTrials, past: PastFits) -> Longs:
    """The state of knowledge of each case, an index of `STATES`."""
    return body_level(cases.body, cases.shape) + len(BODY_LEVELS) * (past.count > 0)


def size_chances(columns: Doubles, case: Longs, state: Longs, weights: Doubles) -> Doubles:
    """The chance of each size to be the one, adding up to one within a case. `weights` has a row per state."""
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
    """The sizes each product was seen in, for unrolling cases into sizes on offer."""

    start: Longs
    pair: Longs
    size: Longs
    position: Doubles
    category_size: Mapping[tuple[int, int], int]
    ladder: Mapping[tuple[int, int], int]

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
        ladder = dict(
            zip(
                zip(coded.category.tolist(), coded.size.tolist(), strict=True),
                coded.size_scale.tolist(),
                strict=True,
            )
        )
        start = np.searchsorted(rows.item[order], np.arange(int(coded.item.max()) + 2))
        return SizeRuns(
            start, rows.pair[order], rows.size[order], rows.position[order], category_size, ladder
        )

    def unroll(self, cases: EncodedTrials) -> tuple[EncodedTrials, Longs, Longs]:
        """Sizes on offer, whose case each is, and which of them each case tried (-1 where it is not in the run)."""
        many = self.start[cases.item + 1] - self.start[cases.item]
        case = np.repeat(np.arange(len(cases)), many)
        at = np.arange(len(case)) - np.repeat(np.cumsum(many) - many, many) + self.start[cases.item][case]
        sizes = cases.where(case)
        keys = list(zip(sizes.category.tolist(), self.size[at].tolist(), strict=True))
        category_size = np.array([self.category_size.get(key, -1) for key in keys], np.int64)
        size_scale = np.array(
            [self.ladder.get(key, g) for key, g in zip(keys, sizes.size_scale.tolist(), strict=True)],
            np.int64,
        )
        told: dict[str, Any] = {name: getattr(sizes, name) for name in EncodedTrials.__dataclass_fields__}
        told |= {
            "pair": self.pair[at],
            "size": self.size[at],
            "position": self.position[at],
            "category_size": category_size,
            "size_scale": size_scale,
        }
        tried = np.full(len(cases), -1, np.int64)
        hit = np.flatnonzero(self.size[at] == cases.size[case])
        tried[case[hit]] = hit
        return EncodedTrials(**told), case, tried
