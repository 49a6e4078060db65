"""Recommends items for a room: `LooksRecommender.open(path).suggest(room, k)`. Needs numpy only.

Sold items are ranked by the blended score; one position in ten is reserved for a new arrival. Excluded are the room's
styles in any colour, and items that are excluded, disliked, owned or not in stock. A list holds one item of a style.
Rules that need the shop's prices and categories (price band, items of a category) are applied by the store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recommender.arrays import Bools, Floats
from recommender.looks.serving.interleave import (
    MAX_STYLIST_SHARE,
    new_arrival_positions,
    one_of_each_style,
    stylist_matches,
    with_new_arrivals,
    with_stylist_picks,
)
from recommender.looks.serving.query import RoomQuery, ShopperProfile
from recommender.looks.serving.reasons import Reason, ReasonKind, reasons_for
from recommender.looks.serving.top_k import descending_batches

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import LooksModel

__all__ = ["LooksRecommender", "Reason", "ReasonKind", "ScoredItem", "ShopperProfile", "StockFilter"]

# One position in so many is reserved for a new arrival.
NEW_ARRIVAL_INTERVAL = 10
# Candidates sorted first, besides two for each position of the list: stock and styles exclude some.
_EXTRA_CANDIDATES = 48
# Candidates converted to catalogue rows at once.
_CHUNK = 40
# New arrivals offered behind a list that holds one, in every second position.
_SPARE_ARRIVALS = 5
# The items in stock: a predicate on ids, a collection of ids, or a mask made by `stock_mask`; None: all items.
StockFilter = Callable[[str], bool] | Collection[str] | Bools | None


class ScoredItem(NamedTuple):
    """One recommended item. Scores are comparable within one request only."""

    item_id: str
    score: float
    reason: Reason


class LooksRecommender:
    """A loaded looks model; immutable, and safe for use by several threads."""

    def __init__(self, model: LooksModel, stylist: Sequence[StylistLook] = ()) -> None:
        self.model = model
        self._stylist = tuple(stylist)
        # a plain list: reading single cells of an array is slow
        self._styles: list[int] = model.items.styles.tolist()
        # computes the cached properties now, so that the first request is not slower
        _ = model.items.index, model.items.sold_position, model.items.by_style
        _ = model.items.categories, model.popularity, model.best_sellers

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        key: bytes | None = None,
        catalogue: str | None = None,
        stylist: Sequence[StylistLook] = (),
    ) -> LooksRecommender:
        """The model in folder `path`, or the served version if `path` is a root of versions.

        `stylist` are looks whose items are mixed into the ranking. Raises a `ModelError` if the model must not be
        served; with `key`, if it is not sealed with this key; with `catalogue`, if it was trained for another one.
        """
        # imported here: importing the serving part must cost little more than importing numpy
        from pathlib import Path

        from recommender.artefacts.versions import resolve_model
        from recommender.looks.serving import artefact

        return cls(artefact.read(resolve_model(Path(path)), key=key, catalogue=catalogue), stylist)

    def has_item(self, item: str) -> bool:
        """Whether the item is in the catalogue of the model."""
        return item in self.model.items.index

    def stock_mask(self, ids: Collection[str]) -> Bools:
        """A reusable mask for `in_stock`; worth computing once per change of the stock."""
        marked = np.zeros(len(self.model.items), np.bool_)
        marked[self.model.items.rows_of(ids)] = True
        return marked

    def suggest(
        self,
        room: Sequence[str],
        k: int = 6,
        *,
        in_stock: StockFilter = None,
        exclude: Collection[str] = (),
        shopper: ShopperProfile | None = None,
    ) -> tuple[ScoredItem, ...]:
        """At most `k` items for the room, best first; fewer only if no other item may be shown.

        Unknown ids are ignored. An empty room is answered by popularity, or by the shopper's past.
        """
        found = self.candidates(room, k, in_stock=in_stock, exclude=exclude, shopper=shopper)
        return tuple(islice(found, k))

    def candidates(
        self,
        room: Sequence[str],
        k: int,
        *,
        in_stock: StockFilter = None,
        exclude: Collection[str] = (),
        shopper: ShopperProfile | None = None,
    ) -> Iterator[ScoredItem]:
        """The items of `suggest(room, k)`, then all others in order of rank, computed as they are consumed.

        If the list of `k` holds new arrivals, others follow soon after it, for a shop that must not show the first.
        """
        query = RoomQuery.of(self.model, room, shopper)
        left_out = query.left_out(exclude, colours=True)
        main, arrivals = self._candidate_rows(query, left_out, in_stock, _EXTRA_CANDIDATES + 2 * k)
        pairs = stylist_matches(self._stylist, self.model.items, query.rows) if self._stylist else {}
        if pairs:
            stocked = _stock_test(self, in_stock)
            picks = [row for row in pairs if row not in left_out and (stocked is None or stocked(row))]
            main = with_stylist_picks(main, picks, int(k * MAX_STYLIST_SHARE))
        positions = new_arrival_positions(room, k, NEW_ARRIVAL_INTERVAL)
        if positions:
            positions += range(k + 1, k + 1 + 2 * _SPARE_ARRIVALS, 2)
        seen: set[int] = set()
        main = one_of_each_style(main, self._styles, seen)
        rows = with_new_arrivals(main, one_of_each_style(arrivals, self._styles, seen), positions)
        while batch := list(islice(rows, max(k, 1))):
            yield from self._with_reasons(batch, query, pairs)

    def rank(
        self,
        room: Sequence[str],
        k: int,
        *,
        in_stock: StockFilter = None,
        shopper: ShopperProfile | None = None,
        colours: bool = True,
        slot: int = NEW_ARRIVAL_INTERVAL,
    ) -> tuple[ScoredItem, ...]:
        """The ranking without stylists' picks and with several items of a style: for evaluation and batch output.

        `colours` excludes every colour of the room's styles, otherwise only the room's own items. `slot` is the
        interval of new arrivals; 0 ranks none.
        """
        query = RoomQuery.of(self.model, room, shopper)
        return self._with_reasons(self._ranked_rows(query, k, in_stock, colours, slot), query)

    def order(
        self, room: Sequence[str], k: int, *, colours: bool = True, slot: int = NEW_ARRIVAL_INTERVAL
    ) -> tuple[str, ...]:
        """Only the ids of `rank`."""
        query = RoomQuery.of(self.model, room)
        return tuple(self.model.items.ids[row] for row in self._ranked_rows(query, k, None, colours, slot))

    def _ranked_rows(
        self, query: RoomQuery, k: int, in_stock: StockFilter, colours: bool, slot: int
    ) -> list[int]:
        left_out = query.left_out((), colours=colours)
        main, arrivals = self._candidate_rows(query, left_out, in_stock, k + len(left_out))
        if not slot:
            return list(islice(main, k))
        # the ranking of ten must be the head of the ranking of fifty, so the first ten hold no new arrival
        positions = new_arrival_positions((), max(k, slot + 1), slot)
        return list(islice(with_new_arrivals(main, arrivals, positions), k))

    def _candidate_rows(
        self, query: RoomQuery, left_out: set[int], in_stock: StockFilter, first: int
    ) -> tuple[Iterator[int], Iterator[int]]:
        """Rows that may be shown and are in stock, best first: items with sales, and new arrivals.

        `first` is an estimate of how many will be consumed.
        """
        stocked = _stock_test(self, in_stock)
        arrivals: Iterator[int] = (row for row in query.arrivals() if row not in left_out)
        if isinstance(in_stock, np.ndarray):
            return self._sold_rows(query.scores, left_out, first, in_stock), filter(stocked, arrivals)
        main = self._sold_rows(query.scores, left_out, first)
        return (main, arrivals) if stocked is None else (filter(stocked, main), filter(stocked, arrivals))

    def _sold_rows(
        self, scores: Floats, left_out: set[int], first: int, stock: Bools | None = None
    ) -> Iterator[int]:
        """Rows of the main ranking; a stock mask is applied to whole batches."""
        sold = self.model.items.sold
        for places in descending_batches(scores, first):
            for start in range(0, len(places), _CHUNK):
                rows = sold[places[start : start + _CHUNK]]
                for row in (rows if stock is None else rows[stock[rows]]).tolist():
                    if row not in left_out:
                        yield row

    def _with_reasons(
        self, rows: Sequence[int], query: RoomQuery, stylist_pairs: Mapping[int, int] | None = None
    ) -> tuple[ScoredItem, ...]:
        ids = self.model.items.ids
        reasons = reasons_for(self.model, rows, query.rows, stylist_pairs or {})
        return tuple(
            ScoredItem(ids[row], score, reason)
            for row, score, reason in zip(rows, query.scores_of(rows), reasons, strict=True)
        )


def _stock_test(looks: LooksRecommender, in_stock: StockFilter) -> Callable[[int], bool] | None:
    """A predicate on rows; None if everything is in stock."""
    ids = looks.model.items.ids
    if in_stock is None:
        return None
    if isinstance(in_stock, np.ndarray):
        return lambda row: bool(in_stock[row])
    if callable(in_stock):
        return lambda row: in_stock(ids[row])
    listed = in_stock if isinstance(in_stock, (set, frozenset, dict)) else frozenset(map(str, in_stock))
    return lambda row: ids[row] in listed
