"""One request to a model: the rows of the room, the scores, and the rows that must be excluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recommender.looks.serving.score import add_co_purchase_scores, mean_context, scores
from recommender.looks.serving.top_k import descending

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from recommender.arrays import Bools, Floats, Ints, Longs
    from recommender.looks.serving.model import LooksModel

# Weight of the shopper's past choices; the rest is the weight of the room.
PAST_WEIGHT = 0.2
# Only the latest items of a long past are used.
MAX_PAST_ITEMS = 20


class ShopperProfile(NamedTuple):
    """What a shopper consented to share, used for this request only and stored in no model.

    `past`: item ids of earlier choices, oldest first; `owned`: excluded; `disliked`: excluded in every
    colour. It is a named tuple, since importing dataclasses is slower than importing numpy's arrays.
    """

    past: tuple[str, ...] = ()
    owned: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()


# A list shows one or a few new arrivals.
_FEW = 16
_GUEST = ShopperProfile()
# Single rows are read only if they are at most one in so many: reading all in their order is faster otherwise.
_FEW_ROWS_ONE_IN = 16


class RoomQuery:
    """Scores of one request. `rows` are the room's items; unknown ids are ignored."""

    __slots__ = ("_arrival_scores", "_arrival_values", "model", "rows", "scores", "shopper")

    def __init__(self, model: LooksModel, rows: list[int], shopper: ShopperProfile, scores: Floats) -> None:
        self.model = model
        self.rows = rows
        self.shopper = shopper
        self.scores = scores
        self._arrival_scores: dict[int, float] = {}
        self._arrival_values: Floats | None = None

    @classmethod
    def of(
        cls,
        model: LooksModel,
        room: Sequence[str],
        shopper: ShopperProfile | None = None,
        allowed: Bools | None = None,
    ) -> RoomQuery:
        """The query for a room and optionally a shopper's past. With `allowed` (by row), only rows that it marks have
        valid scores."""
        rows = model.items.rows_of(room)
        known = shopper or _GUEST
        past = [row for row in model.items.rows_of(known.past[-MAX_PAST_ITEMS:]) if row not in rows]
        weights = None
        if past and rows:
            parts = [(1 - PAST_WEIGHT) / len(rows)] * len(rows) + [PAST_WEIGHT / len(past)] * len(past)
            weights = np.array(parts, np.float32)
        return cls(model, rows, known, scores(model, rows + past, weights, _few_places(model, allowed)))

    def left_out(self, exclude: Collection[str], *, colours: bool) -> set[int]:
        """Rows that must not be shown: the room's items (in every colour if `colours`), excluded, owned,
        disliked."""
        items = self.model.items
        found = {*self.rows, *items.rows_of(exclude), *items.rows_of(self.shopper.owned)}
        every_colour = items.rows_of(self.shopper.disliked) + (self.rows if colours else [])
        for row in every_colour:
            found.update(items.same_style_rows(row).tolist())
        return found

    def arrivals(self, allowed: Bools | None = None) -> Iterator[int]:
        """Rows without sales, best first by their features; with `allowed` (by row), only those it marks."""
        rows, found = self.model.arrivals.rows, self._scores_of_arrivals()
        if allowed is not None:
            marked = allowed[rows]
            rows, found = rows[marked], found[marked]
        if not len(rows):
            return
        # most lists need one: the best alone is found without sorting
        first = int(found.argmax())
        yield self._arrival(rows, first, found)
        for place in descending(found, _FEW):
            if place != first:
                yield self._arrival(rows, place, found)

    def _scores_of_arrivals(self) -> Floats:
        """Scores of `model.arrivals.rows`, computed at their first use."""
        if self._arrival_values is None:
            known = self.model.arrivals
            found = known.bonus
            if self.rows and len(known.rows):
                found = np.vecdot(known.target, mean_context(known.context, self.rows, None))
                found += known.bonus
                styles = self.model.items.styles[self.rows].tolist()
                add_co_purchase_scores(found, known.styles, styles, None, known.weights)
            self._arrival_values = found
        return self._arrival_values

    def _arrival(self, rows: Ints, place: int, found: Floats) -> int:
        row: int = rows.item(place)
        self._arrival_scores[row] = found.item(place)
        return row

    def scores_of(self, rows: Sequence[int]) -> list[float]:
        """The scores by which rows were ranked; those of new arrivals are on a scale of their own."""
        arrival_scores, place, found = self._arrival_scores, self.model.items.sold_position, self.scores
        return [arrival_scores[row] if row in arrival_scores else found.item(place.item(row)) for row in rows]


def _few_places(model: LooksModel, allowed: Bools | None) -> Longs | None:
    """The positions of the allowed rows among the sold ones; None if they are not few, or if all are allowed."""
    if allowed is None:
        return None
    places = allowed[model.items.sold].nonzero()[0]
    return places if len(places) * _FEW_ROWS_ONE_IN < len(model.items.sold) else None
