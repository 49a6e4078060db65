"""One request against a model: which rows hang in the room, what a shopper's past adds, what must not be shown."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from recommender.arrays import Floats
from recommender.model import LooksModel
from recommender.ranking import falling
from recommender.score import hear, scores

# How loud a consented past is beside the room; the room is what the shopper wants today.
PAST = 0.2
# Of a long past only the latest pieces count.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Shopper:
    """What a shopper consented to bring along, for this request only; nothing of it is in any model.

    `past`: item ids of earlier choices, oldest first; `owned`: not to be sold again; `disliked`: neither they nor
    their colours.
    """

    past: tuple[str, ...] = ()
    owned: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()


# Of new arrivals a list asks for one or a few.
_FEW = 16
_GUEST = Shopper()


@dataclass(slots=True)
class Query:
    """Scores of one request, and the rows it speaks of. `rows` is the room; an unknown id is passed over."""

    model: LooksModel
    rows: list[int]
    shopper: Shopper
    scores: Floats
    _fresh: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, model: LooksModel, room: Sequence[str], shopper: Shopper | None = None) -> "Query":
        """The query of a room, and perhaps of a shopper's past."""
        rows = model.shelf.rows(room)
        known = shopper or _GUEST
        past = [row for row in model.shelf.rows(known.past[-LATEST:]) if row not in rows]
        together, weights = rows + past, None
        if past and rows:
            parts = [(1 - PAST) / len(rows)] * len(rows) + [PAST / len(past)] * len(past)
            weights = np.array(parts, np.float32)
        return cls(model, rows, known, scores(model, together, weights))

    def left_out(self, exclude: Collection[str], *, colours: bool) -> set[int]:
        """Rows that must not be shown: the room (in every colour, if wanted), the excluded, the owned, the disliked."""
        shelf = self.model.shelf
        found = set(self.rows) | set(shelf.rows(exclude)) | set(shelf.rows(self.shopper.owned))
        every_colour = shelf.rows(self.shopper.disliked) + (self.rows if colours else [])
        for row in every_colour:
            found.update(shelf.variants(row).tolist())
        return found

    def arrivals(self) -> Iterator[int]:
        """Rows that were never sold, best first by their features alone."""
        known = self.model.arrivals
        if not len(known.rows):
            return
        found = known.bonus.copy()
        if self.rows:
            share = np.full(len(self.rows), 1 / len(self.rows), np.float32)
            found += known.target @ (share @ known.context[self.rows])
            hear(found, known.styles, self.model.shelf.styles[self.rows].tolist(), share, known.voice)
        for place in falling(found, _FEW):
            row = int(known.rows[place])
            self._fresh[row] = float(found[place])
            yield row

    def scores_of(self, rows: Sequence[int]) -> list[float]:
        """The scores rows were ranked by; those of new arrivals are on a scale of their own."""
        places = self.model.shelf.place[list(rows)]
        told = self.scores[places].tolist()
        return [self._fresh.get(row, score) for row, score in zip(rows, told, strict=True)]
