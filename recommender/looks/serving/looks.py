"""Recommends items for a room: `LooksRecommender.open(path).suggest(room, k)`. Needs numpy only.

Sold items are ranked by the blended score; some positions are reserved for new arrivals. Excluded are the room's
styles in any colour, and items that are excluded, disliked, owned or not in stock. A list holds one item of a style.
Rules that need the shop's prices and categories (price band, items of a category) are applied by the store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recommender.arrays import Bools
from recommender.looks.serving.interleave import StylistMatches, new_arrival_positions, with_new_arrivals
from recommender.looks.serving.query import RoomQuery, ShopperProfile
from recommender.looks.serving.reasons import Reason, ReasonKind, reasons_for
from recommender.looks.serving.room_ranking import NEW_ARRIVAL_INTERVAL, RoomRanking, in_batches

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import LooksModel
    from recommender.looks.serving.room_ranking import RowFilter

__all__ = ["LooksRecommender", "Reason", "ReasonKind", "ScoredItem", "ShopperProfile", "StockFilter"]

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
        self._stylist = StylistMatches(stylist, model.items)
        # a plain list: reading single cells of an array is slow
        self._styles: list[int] = model.items.styles.tolist()
        # computes the cached properties now, so that the first request is not slower
        _ = model.items.index, model.items.sold_position, model.items.by_style
        _ = model.items.categories, model.items.sold_by_category, model.popularity, model.best_sellers
        _ = model.items.matches, model.items.sold_by_match, model.items.sold_categories
        _ = model.items.shades, model.items.sold_shades
        model.outfits.prepare()

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
        stock = _row_filter(self, in_stock)
        allowed = stock if isinstance(stock, np.ndarray) else None
        ranking = self.ranking(room, exclude=exclude, shopper=shopper, allowed=allowed)
        for rows in in_batches(ranking.rows(k, stock), k):
            yield from self.with_reasons(rows, ranking.query, ranking.matches)

    def ranking(
        self,
        room: Sequence[str],
        *,
        exclude: Collection[str] = (),
        shopper: ShopperProfile | None = None,
        allowed: Bools | None = None,
    ) -> RoomRanking:
        """The ranking of `candidates` as rows: scored once, for several filters of stock and without reasons.

        With `allowed` (by row), every later filter is a part of it.
        """
        query = RoomQuery.of(self.model, room, shopper, allowed)
        matches = self._stylist.beside(query.rows)
        return RoomRanking(query, room, query.left_out(exclude, colours=True), matches, self._styles)

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
        return self.with_reasons(self._ranked_rows(query, k, in_stock, colours, slot), query)

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
        ranking = RoomRanking(query, (), left_out, {}, self._styles)
        main, arrivals = ranking.candidates(_row_filter(self, in_stock), k + len(left_out))
        if not slot:
            return list(islice(main, k))
        # the ranking of ten must be the head of the ranking of fifty, so the first ten hold no new arrival
        positions = new_arrival_positions((), max(k, slot + 1), slot)
        return list(islice(with_new_arrivals(main, arrivals, positions), k))

    def with_reasons(
        self, rows: Sequence[int], query: RoomQuery, stylist_pairs: Mapping[int, int] | None = None
    ) -> tuple[ScoredItem, ...]:
        """Rows of a ranking as items with their scores and reasons."""
        ids = self.model.items.ids
        reasons = reasons_for(self.model, rows, query.rows, stylist_pairs or {})
        return tuple(
            ScoredItem(ids[row], score, reason)
            for row, score, reason in zip(rows, query.scores_of(rows), reasons, strict=True)
        )


def _row_filter(looks: LooksRecommender, in_stock: StockFilter) -> RowFilter:
    """A mask or a predicate on rows; None if everything is in stock."""
    ids = looks.model.items.ids
    if in_stock is None or isinstance(in_stock, np.ndarray):
        return in_stock
    if callable(in_stock):
        return lambda row: in_stock(ids[row])
    return looks.stock_mask(in_stock)
