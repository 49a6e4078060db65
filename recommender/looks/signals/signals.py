"""Everything that speaks for a garment beside a room, as columns of numbers: what the blend's weights are fitted on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.arrays import AnyInts, Floats, Ints, SparseRows
from recommender.looks.signals.attribute_affinity import AttributeAffinity
from recommender.looks.signals.co_purchase import PairSignals

_MEETING = ("pair steep", "pair soft", "pair plain", "pair most")
_BESIDE = ("pair count", "pair lift", "pair log lift", "pair cosine", "pair ease")
_STYLES = ("style steep", "style soft")
_DENSE = ("learned", "popular", "recent")


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one slice of history. Vectors as in `train.Learned`, `target` and `bias` of sold items only.

    `place` is each item's place among `sold`; `popular` and `recent` are log(1 + sales), of all days and of the last.
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

    @property
    def names(self) -> tuple[str, ...]:
        """What each column of `columns` is."""
        return (*_DENSE, *_MEETING, *_BESIDE, *_STYLES, *(f"habit {habit.name}" for habit in self.affinities))

    def learned(self, room: AnyInts) -> Floats:
        """LightFM's score of every sold item."""
        return np.asarray(self.target @ self.context[room].mean(axis=0) + self.bias, np.float32)

    def co_purchase(self, room: AnyInts) -> Floats:
        """What the room's garments together say of every sold item by co-purchase."""
        return sum_rows(self.pairs.rows, room, self.pairs.rows.values, len(self.sold))

    def columns(self, room: AnyInts, places: AnyInts) -> Floats:
        """One row per place, one column per name."""
        rows, width = self.pairs.rows, len(self.sold)
        met = self.co_purchase(room)[places]
        most = np.zeros(width, np.float32)
        for row in room:
            column = rows.columns_of(row)
            most[column] = np.maximum(most[column], rows.values_of(row))
        style = sum_rows(self.styles, self.style_of[room], self.styles.values, width)[places]
        beside = [sum_rows(rows, room, values, width)[places] for values in self._beside()]
        dense = (self.learned(room)[places], self.popular[places], self.recent[places])
        sparse = (np.log1p(1000 * met), np.log1p(50 * met), met, most[places], *beside)
        styles = (np.log1p(1000 * style), np.log1p(50 * style))
        affinities = [habit.of(room, self.sold[places]) for habit in self.affinities]
        return np.column_stack([*dense, *sparse, *styles, *affinities]).astype(np.float32)

    def _beside(self) -> tuple[Floats, ...]:
        pairs = self.pairs
        return pairs.log_count, pairs.lift, pairs.log_lift, pairs.cosine, pairs.ease

    def pair_scores(self, loud: Mapping[str, float]) -> Floats:
        """What speaks for each pair beside its value, under weights by name."""
        zero = np.zeros(len(self.pairs.rows.values), np.float32)
        said = (loud.get(name, 0.0) * each for name, each in zip(_BESIDE, self._beside(), strict=True))
        return np.asarray(sum(said, zero), np.float32)


def sum_rows(rows: SparseRows, room: Sequence[int] | AnyInts, values: Floats, width: int) -> Floats:
    """Dense sum of the room's sparse rows, divided by the root of their number (see `looks.serving.score`)."""
    found = np.zeros(width, np.float32)
    for row in room:
        span = slice(int(rows.start[row]), int(rows.start[row + 1]))
        found[rows.columns[span]] += values[span]
    return found / np.float32(max(len(room), 1) ** 0.5)
