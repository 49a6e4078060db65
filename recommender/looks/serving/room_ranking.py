"""The ranking beside one room: scored once, then read for one set of items in stock or for several.

Only what is in stock is sorted, so the time for a shop where little is left does not depend on what it once had.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from recommender.looks.serving.interleave import (
    MAX_STYLIST_SHARE,
    new_arrival_positions,
    one_of_each_style,
    with_new_arrivals,
    with_stylist_picks,
)
from recommender.looks.serving.top_k import descending_batches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from recommender.arrays import Bools, Floats, Longs
    from recommender.looks.serving.query import RoomQuery

    RowFilter = Callable[[int], bool] | Bools | None

# One position in so many is reserved for a new arrival, and half as many behind the first two.
NEW_ARRIVAL_INTERVAL = 10
# Candidates sorted first, besides two for each position of the list: stock and styles exclude some.
_EXTRA_CANDIDATES = 48
# Candidates converted to catalogue rows at once.
_CHUNK = 40
# New arrivals offered behind a list that holds one, in every second position.
_SPARE_ARRIVALS = 5


class RoomRanking:
    """Candidates for one room. `room`: its item ids; `left_out`: rows that are never shown; `matches`: rows that a
    stylist combined with the room, with the room's rows; `styles`: style of every row."""

    def __init__(
        self,
        query: RoomQuery,
        room: Sequence[str],
        left_out: Collection[int],
        matches: Mapping[int, int],
        styles: Sequence[int],
    ) -> None:
        self.query, self.left_out, self.matches = query, frozenset(left_out), matches
        self._room, self._styles = room, styles

    def rows(self, k: int, stock: RowFilter = None) -> Iterator[int]:
        """Rows in stock, one of each style, best first, computed as they are consumed.

        The first `k` make a list. If it holds new arrivals, others follow soon after it, for a shop that must not show
        the first. `stock` is a mask or a predicate on rows; None: everything is in stock.
        """
        main, arrivals = self.candidates(stock, _EXTRA_CANDIDATES + 2 * k)
        if self.matches:
            main = with_stylist_picks(main, self._stylist_picks(stock), int(k * MAX_STYLIST_SHARE))
        positions = new_arrival_positions(self._room, k, NEW_ARRIVAL_INTERVAL)
        if positions:
            positions += range(k + 1, k + 1 + 2 * _SPARE_ARRIVALS, 2)
        seen: set[int] = set()
        main = one_of_each_style(main, self._styles, seen)
        return with_new_arrivals(main, one_of_each_style(arrivals, self._styles, seen), positions)

    def candidates(self, stock: RowFilter, first: int) -> tuple[Iterator[int], Iterator[int]]:
        """Rows that may be shown and are in stock, best first: items with sales, and new arrivals.

        `first` is an estimate of how many will be consumed.
        """
        query, left_out = self.query, self.left_out
        if isinstance(stock, np.ndarray):
            allowed = stock.copy()
            allowed[list(left_out)] = False
            return self._allowed_rows(allowed, first), query.arrivals(allowed)
        arrivals: Iterator[int] = (row for row in query.arrivals() if row not in left_out)
        main = (row for row in self._sold_rows(query.scores, None, first) if row not in left_out)
        return (main, arrivals) if stock is None else (filter(stock, main), filter(stock, arrivals))

    def _allowed_rows(self, allowed: Bools, first: int) -> Iterator[int]:
        places = allowed[self.query.model.items.sold].nonzero()[0]
        yield from self._sold_rows(self.query.scores[places], places, first)

    def _sold_rows(self, scores: Floats, places: Longs | None, first: int) -> Iterator[int]:
        """Rows in descending order of score. `places`: where in `sold` each score belongs; None: one for each."""
        sold = self.query.model.items.sold
        for batch in descending_batches(scores, first):
            for start in range(0, len(batch), _CHUNK):
                chunk = batch[start : start + _CHUNK]
                yield from sold[chunk if places is None else places[chunk]].tolist()

    def _stylist_picks(self, stock: RowFilter) -> list[int]:
        picks = [row for row in self.matches if row not in self.left_out]
        if stock is None:
            return picks
        test = stock.item if isinstance(stock, np.ndarray) else stock
        return [row for row in picks if test(row)]


def in_batches(rows: Iterator[int], size: int) -> Iterator[list[int]]:
    """The rows in lists of at most `size`."""
    while batch := list(islice(rows, max(size, 1))):
        yield batch
