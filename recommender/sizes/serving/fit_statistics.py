"""Statistics of fit answers: rates per product, size and shopper, and size offsets of products and shoppers.

Each trial gives a wanted size: the tried one, larger if it felt small, smaller if it felt large, in standard
deviations from the size that the body suggests (or the average, without a body). The model is wanted =
product's offset + shopper's offset + noise. Both offsets are shrunk towards 0 and estimated by backfitting
(three rounds).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.body_knowledge import BODY_LEVELS, body_level, mask_body
from recommender.sizes.serving.fit_table import FIT, FIT_CLASSES, LARGE, SMALL
from recommender.sizes.serving.vocabulary import EncodedTrials, Vocabulary

# Number of answers at which own counts weigh as much as the prior.
_SHRINK = {"items": 12.0, "pairs": 6.0, "category_sizes": 30.0, "users": 4.0}
ITEM_SHIFT_SHRINK = 5.0
USER_SHIFT_SHRINK = 1.0
FELT_OFFSETS = np.array([0.8, 0.0, -0.8])
"""Assumed offset (standard deviations) of a size that felt small, right, large."""
_ROUNDS = 3
_RIDGE = 5.0
_MAX_OFFSET = 4.0


@dataclass(frozen=True)
class FitStatistics:
    """Counts (rows x small, fit, large), and regressions from body to size: for each of `BODY_LEVELS` a row
    per size scale."""

    prior: Doubles
    items: Doubles
    pairs: Doubles
    category_sizes: Doubles
    users: Doubles
    scale: Doubles
    lines: Doubles
    spread: Doubles
    item_shift: Doubles
    user_shift: Doubles
    user_count: Doubles

    @staticmethod
    def learn(coded: EncodedTrials, vocabulary: Vocabulary) -> "FitStatistics":
        """Computes the statistics of answered trials."""
        scale = _scale(coded.body)
        lines, spread = _lines(coded, len(vocabulary.size_scales), scale, len(vocabulary.shapes))
        wanted = size_gaps(coded, scale, lines, spread) + FELT_OFFSETS[coded.fit]
        item_shift, user_shift, count = _backfit(wanted, coded, len(vocabulary.items), len(vocabulary.users))
        prior = np.bincount(coded.fit, minlength=len(FIT_CLASSES)) + 1.0
        return FitStatistics(
            prior / prior.sum(),
            _counts(coded.item, coded, len(vocabulary.items)),
            _counts(coded.pair, coded, len(vocabulary.pairs)),
            _counts(coded.category_size, coded, len(vocabulary.category_sizes)),
            _counts(coded.user, coded, len(vocabulary.users)),
            scale,
            lines,
            spread,
            item_shift,
            user_shift,
            count,
        )

    def gaps(self, coded: EncodedTrials) -> Doubles:
        """By how many standard deviations each size is above the size that the body suggests."""
        return size_gaps(coded, self.scale, self.lines, self.spread)

    def odds(self, coded: EncodedTrials) -> Doubles:
        """Log odds (small and large against fit) of product, product x size, category x size, shopper: 8
        columns."""
        item = self._rate(self.items, "items", coded.item, self.prior)
        pair = self._rate(self.pairs, "pairs", coded.pair, item)
        category_size = self._rate(self.category_sizes, "category_sizes", coded.category_size, self.prior)
        user = self._rate(self.users, "users", coded.user, self.prior)
        return np.hstack([_log_odds(rate) for rate in (item, pair, category_size, user)])

    def answers(self, coded: EncodedTrials) -> Doubles:
        """log(1 + number of answers) of product, product x size, shopper: 3 columns."""
        seen = ((self.items, coded.item), (self.pairs, coded.pair), (self.users, coded.user))
        return np.stack([np.log1p(take_rows(counts, rows).sum(axis=1)) for counts, rows in seen], axis=1)

    def user_rates(self, coded: EncodedTrials) -> Doubles:
        """Shares of small, fit and large among each shopper's answers, shrunk."""
        return self._rate(self.users, "users", coded.user, self.prior)

    def _rate(self, counts: Doubles, name: str, rows: Longs, prior: Doubles) -> Doubles:
        own, shrink = take_rows(counts, rows), _SHRINK[name]
        rate: Doubles = (own + shrink * prior) / (own.sum(axis=1, keepdims=True) + shrink)
        return rate


def take_rows(values: Any, rows: Longs) -> Doubles:
    """Rows of a table; zero for unknown rows (-1)."""
    if not len(values):
        return np.zeros((len(rows), *values.shape[1:]))
    known = (rows >= 0).reshape(-1, *(1,) * (values.ndim - 1))
    return np.where(known, values[rows], 0.0)


def body_features(body: Doubles, shape: Longs, scale: Doubles, shapes: int) -> Doubles:
    """Body features: 1, standardised measures, their squares, missing flags, products with weight, shape."""
    raw = (body - scale[0]) / scale[1]
    missing = np.isnan(raw)
    z = np.where(missing, 0.0, np.clip(raw, -_MAX_OFFSET, _MAX_OFFSET))
    kind = (shape[:, None] == np.arange(shapes)).astype(float)
    return np.hstack([np.ones((len(z), 1)), z, z**2, missing, z[:, :1] * z[:, 1:], kind])


def size_gaps(coded: EncodedTrials, scale: Doubles, lines: Doubles, spread: Doubles) -> Doubles:
    """See `FitStatistics.gaps`; 0 for a size without a position on a scale."""
    width = 4 * coded.body.shape[1]
    columns = body_features(coded.body, coded.shape, scale, lines.shape[1] - width)
    line = body_level(coded.body, coded.shape) * (len(lines) // len(BODY_LEVELS)) + coded.size_scale
    gap = (coded.position - (columns * lines[line]).sum(axis=1)) / spread[line]
    return np.where(np.isnan(gap), 0.0, np.clip(gap, -_MAX_OFFSET, _MAX_OFFSET))


def _counts(rows: Longs, coded: EncodedTrials, length: int) -> Doubles:
    known = rows >= 0
    flat = np.bincount(rows[known] * len(FIT_CLASSES) + coded.fit[known], minlength=length * len(FIT_CLASSES))
    return flat.reshape(length, len(FIT_CLASSES)).astype(float)


def _log_odds(rate: Doubles) -> Doubles:
    found: Doubles = np.log(rate[:, [SMALL, LARGE]]) - np.log(rate[:, [FIT]])
    return found


def _scale(body: Doubles) -> Doubles:
    known = ~np.isnan(body)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, body, 0.0).sum(axis=0) / count
    deviation = np.sqrt(np.where(known, (body - mean) ** 2, 0.0).sum(axis=0) / count)
    return np.stack([mean, np.maximum(deviation, 1e-6)])


def _lines(coded: EncodedTrials, size_scales: int, scale: Doubles, shapes: int) -> tuple[Doubles, Doubles]:
    """Ridge regression of the fitting size on the known part of the body, for each size scale."""
    usable = (coded.fit == FIT) & ~np.isnan(coded.position)
    lines, spread = [], []
    for known in range(len(BODY_LEVELS)):
        # trials with more knowledge are also used, masked, for the lower levels
        columns = body_features(*mask_body(known, coded.body, coded.shape), scale, shapes)
        enough = usable & (body_level(coded.body, coded.shape) >= known)
        for size_scale in range(size_scales):
            rows = enough & (coded.size_scale == size_scale)
            line, residual = _line(columns[rows], coded.position[rows])
            lines.append(line)
            spread.append(residual)
    return np.array(lines), np.array(spread)


def _line(x: Doubles, positions: Doubles) -> tuple[Doubles, float]:
    """The regression, and the standard deviation of its residuals."""
    if not len(x):
        return np.zeros(x.shape[1]), 1.0
    mean = positions.mean()
    line = np.linalg.solve(x.T @ x + _RIDGE * np.eye(x.shape[1]), x.T @ (positions - mean))
    line[0] += mean
    return line, max(float((positions - x @ line).std()), 0.25)


def _backfit(
    wanted: Doubles, coded: EncodedTrials, items: int, users: int
) -> tuple[Doubles, Doubles, Doubles]:
    item_shift, user_shift, count = np.zeros(items), np.zeros(users), np.zeros(users)
    for _ in range(_ROUNDS):
        item_shift, _ = _shrunk_means(
            wanted - take_rows(user_shift, coded.user), coded.item, items, ITEM_SHIFT_SHRINK
        )
        user_shift, count = _shrunk_means(
            wanted - take_rows(item_shift, coded.item), coded.user, users, USER_SHIFT_SHRINK
        )
    return item_shift, user_shift, count


def _shrunk_means(values: Doubles, rows: Longs, length: int, shrink: float) -> tuple[Doubles, Doubles]:
    known = rows >= 0
    total = np.bincount(rows[known], weights=values[known], minlength=length)
    count = np.bincount(rows[known], minlength=length).astype(float)
    return total / (count + shrink), count
