"""One request against a model: which rows hang in the room, what a shopper's past adds, what must not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recommender.looks.serving.score import add_co_purchase_scores, mean_context, scores
from recommender.looks.serving.top_k import descending

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from recommender.arrays import Floats
    from recommender.looks.serving.model import LooksModel

# How loud a consented past is beside the room; the room is what the shopper wants today.
PAST_WEIGHT = 0.2
# Of a long past only the latest pieces count.
MAX_PAST_ITEMS = 20


class ShopperProfile(NamedTuple):
    """What a shopper consented to bring along, for this request only; nothing of it is in any model.

    `past`: item ids of earlier choices, oldest first; `owned`: not to be sold again; `disliked`: neither they nor
    their colours. (A named tuple, as all values of the serving part: a dataclass costs it more than numpy's arrays.)
    """

    past: tuple[str, ...] = ()
    owned: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()


# Of new arrivals a list asks for one or a few.
_FEW = 16
_GUEST = ShopperProfile()


class RoomQuery:
    """Scores of one request, and the rows it speaks of. `rows` is the room; an unknown id is passed over."""

    __slots__ = ("_fresh", "model", "rows", "scores", "shopper")

    def __init__(self, model: LooksModel, rows: list[int], shopper: ShopperProfile, scores: Floats) -> None:
        self.model = model
        self.rows = rows
        self.shopper = shopper
        self.scores = scores
        self._fresh: dict[int, float] = {}

    @classmethod
    def of(cls, model: LooksModel, room: Sequence[str], shopper: ShopperProfile | None = None) -> RoomQuery:
        """The query of a room, and perhaps of a shopper's past."""
        rows = model.items.rows_of(room)
        known = shopper or _GUEST
        past = [row for row in model.items.rows_of(known.past[-MAX_PAST_ITEMS:]) if row not in rows]
        weights = None
        if past and rows:
            parts = [(1 - PAST_WEIGHT) / len(rows)] * len(rows) + [PAST_WEIGHT / len(past)] * len(past)
            weights = np.array(parts, np.float32)
        return cls(model, rows, known, scores(model, rows + past, weights))

    def left_out(self, exclude: Collection[str], *, colours: bool) -> set[int]:
        """Rows that must not be shown: the room (in every colour, if wanted), the excluded, the owned, the disliked."""
        shelf = self.model.items
        found = {*self.rows, *shelf.rows_of(exclude), *shelf.rows_of(self.shopper.owned)}
        every_colour = shelf.rows_of(self.shopper.disliked) + (self.rows if colours else [])
        for row in every_colour:
            found.update(shelf.same_style_rows(row).tolist())
        return found

    def arrivals(self) -> Iterator[int]:
        """Rows that were never sold, best first by their features alone."""
        known = self.model.arrivals
        if not len(known.rows):
            return
        if self.rows:
            found: Floats = np.dot(known.target, mean_context(known.context, self.rows, None))
            found += known.bonus
            styles = self.model.items.styles[self.rows].tolist()
            add_co_purchase_scores(found, known.styles, styles, None, known.weights)
        else:
            found = known.bonus
        # most lists want one: the best alone is found without sorting
        first = int(found.argmax())
        yield self._arrival(first, found)
        for place in descending(found, _FEW):
            if place != first:
                yield self._arrival(place, found)

    def _arrival(self, place: int, found: Floats) -> int:
        row = self.model.arrivals.rows.item(place)
        self._fresh[row] = found.item(place)
        return row

    def scores_of(self, rows: Sequence[int]) -> list[float]:
        """The scores rows were ranked by; those of new arrivals are on a scale of their own."""
        fresh, place, found = self._fresh, self.model.items.sold_position, self.scores
        return [fresh[row] if row in fresh else found.item(place.item(row)) for row in rows]
