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
from recommender.sizes.serving.bodies import BODIES, KNOWN, known_of
from recommender.sizes.serving.fit_statistics import FELT, Shares, take
from recommender.sizes.serving.fit_table import FIT
from recommender.sizes.serving.vectors import FitVectors
from recommender.sizes.serving.vocabulary import Coded, FitWords

STATES = KNOWN
_FARTHEST = 6.0
_TRUSTED = 20.0
"""Answers about a product at which what is known of its shift counts half."""
STATED = 0.6
"""No size is stated alone below this chance, whatever was learned."""
NEVER = 2.0
"""A chance that is never reached."""


@dataclass(frozen=True)
class Past:
    """What is known of each case's shopper from other trials: the mean of what she wanted (standard deviations from
    what her body suggests), from how many answers, the rung she kept last on this ladder (NaN without), and `who`
    she is in the counts of kept sizes: `times` each shopper x size of `keys` (rising) was kept."""

    want: Doubles
    count: Doubles
    last: Doubles
    who: Longs
    keys: Longs
    times: Doubles

    def of(self, rows: Longs) -> "Past":
        """The past of some of the cases."""
        return Past(self.want[rows], self.count[rows], self.last[rows], self.who[rows], self.keys, self.times)

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


def wants(coded: Coded, shares: Shares) -> Doubles:
    """What size each answered trial wanted, the product's shift taken out."""
    found: Doubles = shares.gaps(coded) - take(shares.shift, coded.item) + FELT[coded.fit]
    return found


def past_of(cases: Coded, other: Coded, shares: Shares, words: FitWords) -> Past:
    """The past of each case in `other` trials (in order of time), found by shopper."""
    known, users = other.where(other.user >= 0), len(words.users)
    total = np.bincount(known.user, weights=wants(known, shares), minlength=users)
    count = np.bincount(known.user, minlength=users).astype(float)
    kept = known.where((known.fit == FIT) & ~np.isnan(known.place))
    ladders = int(max(cases.group.max(initial=0), kept.group.max(initial=0))) + 1
    last = np.full(users * ladders, np.nan)
    last[kept.user * ladders + kept.group] = kept.place
    at = np.where(cases.user >= 0, cases.user * ladders + cases.group, -1)
    mine = take(count, cases.user)
    rung = np.where(at >= 0, last[at], np.nan) if len(last) else np.full(len(cases), np.nan)
    worn = kept.where(kept.size >= 0)
    keys, times = np.unique(worn.user * len(words.sizes) + worn.size, return_counts=True)
    return Past(
        take(total, cases.user) / np.maximum(mine, 1.0), mine, rung, cases.user, keys, times.astype(float)
    )


def columns_of(
    sizes: Coded, case: Longs, past: Past, shares: Shares, vectors: FitVectors, words: FitWords
) -> Doubles:
    """What is told of each size on offer; `case` says whose it is (rising from 0), `past` has one entry per case."""
    shift = take(shares.shift, sizes.item)
    off = shares.gaps(sizes) - shift
    want, count = past.want[case], past.count[case]
    near, nearer = off - want, off - want * count / (count + 1.0)
    step = _steps(sizes.place, case, past.last)
    met = ~np.isnan(step)
    step = np.where(met, step, 0.0)
    fits, whole = take(shares.pairs[:, FIT], sizes.pair), take(shares.items[:, FIT], sizes.item)
    many = np.bincount(case)[case]
    often = np.log((fits + 0.5) / (whole + 0.5 * many))
    answers = take(shares.items, sizes.item).sum(axis=1)
    # A product that many have answered about is told apart more sharply than a new one.
    trust = answers / (answers + _TRUSTED)
    told = [
        *(off, np.abs(off), off**2),
        *(near, np.abs(near), near**2, np.abs(nearer), nearer**2),
        *(step, np.abs(step), met & (np.abs(step) < 0.5), met & (np.abs(step) > 1.5), step * shift),
        often,
        *(trust * np.abs(off), trust * off**2, trust * often),
        past.share_kept(sizes.size, case, len(words.sizes)),
    ]
    odds = shares.odds(sizes)[:, 2:6]
    columns = np.hstack([np.stack(told, axis=1).astype(float), odds, vectors.odds(sizes, words)])
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


def states_of(cases: Coded, past: Past) -> Longs:
    """The state of knowledge of each case, an index of `STATES`."""
    return known_of(cases.body, cases.shape) + len(BODIES) * (past.count > 0)


def choose(columns: Doubles, case: Longs, state: Longs, weights: Doubles) -> Doubles:
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
class Runs:
    """The sizes each product was seen in, for unrolling cases into sizes on offer."""

    start: Longs
    pair: Longs
    size: Longs
    place: Doubles
    shelf: Mapping[tuple[int, int], int]
    ladder: Mapping[tuple[int, int], int]

    @staticmethod
    def of(coded: Coded) -> "Runs":
        """From trials of known products and sizes, answered or not."""
        coded = coded.where((coded.item >= 0) & (coded.size >= 0))
        _, first = np.unique(np.stack([coded.item, coded.size]), axis=1, return_index=True)
        rows = coded.where(first)
        order = np.lexsort((rows.place, rows.item))
        shelf = dict(
            zip(
                zip(coded.category.tolist(), coded.size.tolist(), strict=True),
                coded.shelf.tolist(),
                strict=True,
            )
        )
        ladder = dict(
            zip(
                zip(coded.category.tolist(), coded.size.tolist(), strict=True),
                coded.group.tolist(),
                strict=True,
            )
        )
        start = np.searchsorted(rows.item[order], np.arange(int(coded.item.max()) + 2))
        return Runs(start, rows.pair[order], rows.size[order], rows.place[order], shelf, ladder)

    def unroll(self, cases: Coded) -> tuple[Coded, Longs, Longs]:
        """Sizes on offer, whose case each is, and which of them each case tried (-1 where it is not in the run)."""
        many = self.start[cases.item + 1] - self.start[cases.item]
        case = np.repeat(np.arange(len(cases)), many)
        at = np.arange(len(case)) - np.repeat(np.cumsum(many) - many, many) + self.start[cases.item][case]
        sizes = cases.where(case)
        keys = list(zip(sizes.category.tolist(), self.size[at].tolist(), strict=True))
        shelf = np.array([self.shelf.get(key, -1) for key in keys], np.int64)
        group = np.array(
            [self.ladder.get(key, g) for key, g in zip(keys, sizes.group.tolist(), strict=True)], np.int64
        )
        told: dict[str, Any] = {name: getattr(sizes, name) for name in Coded.__dataclass_fields__}
        told |= {
            "pair": self.pair[at],
            "size": self.size[at],
            "place": self.place[at],
            "shelf": shelf,
            "group": group,
        }
        tried = np.full(len(cases), -1, np.int64)
        hit = np.flatnonzero(self.size[at] == cases.size[case])
        tried[case[hit]] = hit
        return Coded(**told), case, tried
