"""All ranking signals of an item for a room, as one matrix: the input of the blend-weight fit.

The signal names are stored in the metadata of models.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.arrays import AnyInts, Floats, Ints, SparseRows
from recommender.looks.signals.attribute_affinity import AttributeAffinity
from recommender.looks.signals.co_purchase import PairSignals
from recommender.looks.signals.vector_pair import VectorPair

_PAIR_VALUE_NAMES = ("pair steep", "pair soft", "pair plain", "pair most")
_PAIR_NAMES = ("pair count", "pair lift", "pair log lift", "pair cosine", "pair ease")
_STYLE_NAMES = ("style steep", "style soft")
_DENSE_NAMES = ("learned", "popular", "recent")
FACTORS, REPEATED = "item factors", "category repeated"
# Matching items (see `serving.matching`): of any category, and of a category that is not in the room.
MATCHED, MATCHED_OTHER = "matched", "matched other category"
# The co-purchase value of styles, of the items that have the colour and pattern of the room's item only.
STYLE_MATCHED = "style matched"
# Rooms of more items are scored as rooms of this size.
LARGEST_ROOM = 12


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one part of a history. Vectors as in `LightFMVectors`; `target` and `bias` of sold items
    only.

    `sold_position` is each item's position in `sold`; `popular` and `recent` are log(1 + sales) of all days
    and of the last day. `factors` are the fold-in vectors of the item factors (targets of sold items only), `category`
    the category code of every item, -1 if unknown; `match` and `shade` the codes of `serving.matching`. Without
    one of them, there is no such signal.
    """

    sold: Ints
    sold_position: Ints
    style_of: Ints
    context: Floats
    target: Floats
    bias: Floats
    popular: Floats
    recent: Floats
    pairs: PairSignals
    styles: SparseRows
    affinities: tuple[AttributeAffinity, ...]
    factors: VectorPair | None = None
    category: Ints | None = None
    match: Ints | None = None
    shade: Ints | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns of `columns`."""
        return (
            *_DENSE_NAMES,
            *_PAIR_VALUE_NAMES,
            *_PAIR_NAMES,
            *_STYLE_NAMES,
            *((FACTORS,) if self.factors is not None else ()),
            *((REPEATED,) if self.category is not None else ()),
            *((MATCHED,) if self.match is not None else ()),
            *((MATCHED_OTHER,) if self.match is not None and self.category is not None else ()),
            *((STYLE_MATCHED,) if self.shade is not None else ()),
            *(f"habit {affinity.name}" for affinity in self.affinities),
        )

    def learned(self, room: AnyInts) -> Floats:
        """LightFM score of every sold item for the room."""
        return np.asarray(self.target @ self.context[room].mean(axis=0) + self.bias, np.float32)

    def factor_scores(self, room: AnyInts) -> Floats:
        """Fold-in score of every sold item for the room; 0 without item factors."""
        if self.factors is None:
            return np.zeros(len(self.sold), np.float32)
        root = np.float32(min(len(room), LARGEST_ROOM) ** 0.5)
        return np.asarray(self.factors.target @ (self.factors.context[room].mean(axis=0) * root), np.float32)

    def _optional(self, room: AnyInts, places: AnyInts) -> list[Floats]:
        found = [] if self.factors is None else [self.factor_scores(room)[places]]
        rows = self.sold[places]
        if self.category is not None:
            found.append(_log_equal(self.category, room, rows))
        if self.match is not None:
            found.append(_log_equal(self.match, room, rows))
        if self.match is not None and self.category is not None:
            found.append(np.where(found[-2] == 0, found[-1], np.float32(0)))
        if self.shade is not None:
            found.append(np.log1p(1000 * self._style_matched(self.shade, room)[places]))
        return found

    def _style_matched(self, shade: Ints, room: AnyInts) -> Floats:
        """Summed style value of every sold item, of the room's items with its colour and pattern only."""
        found, sold_shades = np.zeros(len(self.sold), np.float32), shade[self.sold]
        for row in room:
            style = self.style_of[row]
            columns, values = self.styles.columns_of(style), self.styles.values_of(style)
            found[columns] += values * ((sold_shades[columns] == shade[row]) & (shade[row] >= 0))
        return found / np.float32(max(len(room), 1) ** 0.5)

    def co_purchase(self, room: AnyInts) -> Floats:
        """Summed co-purchase value of every sold item for the room."""
        return sum_rows(self.pairs.rows, room, self.pairs.rows.values, len(self.sold))

    def columns(self, room: AnyInts, places: AnyInts) -> Floats:
        """Signal matrix: one row per sold position in `places`, one column per name."""
        rows, width = self.pairs.rows, len(self.sold)
        p = self.co_purchase(room)[places]
        maximum = np.zeros(width, np.float32)
        for row in room:
            column = rows.columns_of(row)
            maximum[column] = np.maximum(maximum[column], rows.values_of(row))
        style = sum_rows(self.styles, self.style_of[room], self.styles.values, width)[places]
        pair_signals = [sum_rows(rows, room, values, width)[places] for values in self._pair_signals()]
        dense = (self.learned(room)[places], self.popular[places], self.recent[places])
        pair_values = (np.log1p(1000 * p), np.log1p(50 * p), p, maximum[places], *pair_signals)
        styles = (np.log1p(1000 * style), np.log1p(50 * style))
        affinities = [affinity.of(room, self.sold[places]) for affinity in self.affinities]
        return np.column_stack(
            [*dense, *pair_values, *styles, *self._optional(room, places), *affinities]
        ).astype(np.float32)

    def _pair_signals(self) -> tuple[Floats, ...]:
        pairs = self.pairs
        return pairs.log_count, pairs.lift, pairs.log_lift, pairs.cosine, pairs.ease

    def pair_scores(self, weights: Mapping[str, float]) -> Floats:
        """Weighted sum of the pair signals beside the co-purchase value, for each pair."""
        zero = np.zeros(len(self.pairs.rows.values), np.float32)
        weighted = (
            weights.get(name, 0.0) * each
            for name, each in zip(_PAIR_NAMES, self._pair_signals(), strict=True)
        )
        return np.asarray(sum(weighted, zero), np.float32)


def _log_equal(codes: Ints, room: AnyInts, rows: AnyInts) -> Floats:
    """log(1 + number of the room's items with the same known code) for each of `rows`."""
    held = codes[room][:, None]
    same = ((held == codes[rows]) & (held >= 0)).sum(axis=0)
    return np.asarray(np.log1p(same.astype(np.float32)), np.float32)


def sum_rows(rows: SparseRows, room: Sequence[int] | AnyInts, values: Floats, width: int) -> Floats:
    """Dense sum of the room's sparse rows, divided by the square root of their number (see
    `looks.serving.score`)."""
    found = np.zeros(width, np.float32)
    for row in room:
        span = slice(int(rows.start[row]), int(rows.start[row + 1]))
        found[rows.columns[span]] += values[span]
    return found / np.float32(max(len(room), 1) ** 0.5)
