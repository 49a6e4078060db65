"""What goes with what hangs in the room: `Looks.open(path).suggest(room, k)`; needs numpy and nothing heavier.

Order of service: the blend's ranking of sold items, one place in ten for a new arrival; left out are the room's own
styles in any colour, what is excluded, disliked, owned or not in stock; at most two of a category, one of a style.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from recommender.arrays import Bools, Floats
from recommender.looks.serving.display_rules import DisplayList
from recommender.looks.serving.interleave import (
    MAX_STYLIST_SHARE,
    new_arrival_slots,
    stylist_matches,
    with_new_arrivals,
    with_stylist_picks,
)
from recommender.looks.serving.price_bands import PriceBandLimits, PriceBands
from recommender.looks.serving.query import RoomQuery, ShopperProfile
from recommender.looks.serving.reasons import Reason, ReasonKind, reasons_for
from recommender.looks.serving.top_k import descending_batches

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import LooksModel

__all__ = [
    "LooksRecommender",
    "PriceBandLimits",
    "Reason",
    "ReasonKind",
    "ScoredItem",
    "ShopperProfile",
    "StockFilter",
]

# One place in so many is kept for a new arrival.
NEW_ARRIVAL_INTERVAL = 10
# So many candidates (and two for each place of the list) are sorted first: stock and the rules of display refuse some.
_EXTRA_CANDIDATES = 48
# So many of them are turned into rows of the catalogue at once.
_CHUNK = 40
StockFilter = Callable[[str], bool] | Collection[str] | Bools | None


class ScoredItem(NamedTuple):
    """One garment to show. `score` orders suggestions of one request only."""

    item_id: str
    score: float
    reason: Reason


class LooksRecommender:
    """A loaded looks model; safe to use from several threads, since nothing in it changes."""

    def __init__(self, model: LooksModel, stylist: Sequence[StylistLook] = ()) -> None:
        self.model = model
        self._stylist = tuple(stylist)
        self._prices = PriceBands(model.items)
        # plain lists: reading one cell of an array costs more than the rest of a rule
        self._category = model.items.categories
        self._styles: list[int] = model.items.styles.tolist()
        # touched once here, so that the first shopper does not wait for them
        _ = (
            model.items.index,
            model.items.sold_position,
            model.items.by_style,
            model.popularity,
            model.best_sellers,
        )

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        key: bytes | None = None,
        catalogue: str | None = None,
        stylist: Sequence[StylistLook] = (),
    ) -> LooksRecommender:
        """The model in folder `path` (or the served one of a root of versions), with the stylist's looks mixed in.

        Raises a `ModelError` where it must not be served.
        """
        # what reads a model is imported with the first one: importing the serving part must cost little beyond numpy
        from pathlib import Path

        from recommender.artefacts.versions import resolve_model
        from recommender.looks.serving import artefact

        return cls(artefact.read(resolve_model(Path(path)), key=key, catalogue=catalogue), stylist)

    def has_item(self, item: str) -> bool:
        """Whether the item was in the catalogue the model was made for."""
        return item in self.model.items.index

    def stock_mask(self, ids: Collection[str]) -> Bools:
        """A prepared stock list for `in_stock`, worth making once per change of stock rather than per request."""
        return self._row_mask(ids)

    def suggest(
        self,
        room: Sequence[str],
        k: int = 6,
        *,
        in_stock: StockFilter = None,
        exclude: Collection[str] = (),
        shopper: ShopperProfile | None = None,
        per_category: int | None = 2,
        price_band: PriceBandLimits | None = PriceBandLimits(),  # noqa: B008 - a frozen value
    ) -> tuple[ScoredItem, ...]:
        """At most `k` garments to show beside the room, best first; fewer only when nothing else may be shown.

        Ids that the model does not know are passed over; an empty room is answered by popularity (or by the shopper's
        past). Where the price band would leave places empty, they are filled from outside of it.
        """
        query = RoomQuery.of(self.model, room, shopper)
        left_out = query.left_out(exclude, colours=True)
        allowed = None if price_band is None else self._prices.allowed(query.rows, price_band, k)
        choice = DisplayList(k, per_category, self._category, self._styles, allowed)
        main, fresh = self._candidates(query, left_out, in_stock, _EXTRA_CANDIDATES + 2 * k)
        worn = stylist_matches(self._stylist, self.model.items, query.rows) if self._stylist else {}
        stocked = _stock_test(self, in_stock)
        picks = [row for row in worn if row not in left_out and (stocked is None or stocked(row))]
        ranked = with_stylist_picks(main, picks, int(k * MAX_STYLIST_SHARE)) if picks else main
        kept = new_arrival_slots(room, k, NEW_ARRIVAL_INTERVAL)
        choice.fill(ranked, k - len(kept), always=worn)
        before = len(choice.rows)
        choice.fill(fresh, before + len(kept))
        new = choice.rows[before:]
        choice.fill(ranked, k, always=worn)
        choice.fill_up()
        rows = [row for row in choice.rows if row not in new]
        for at, row in zip(kept, new, strict=False):
            rows.insert(at, row)
        return self._with_reasons(rows, query, worn)

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
        """The bare ranking, without the rules of display: for measuring, and for lists made ahead.

        `colours` leaves out every colour of the room's styles, else only the room's own items;
        `slot=0` keeps no place for new arrivals.
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
        main, fresh = self._candidates(query, left_out, in_stock, k + len(left_out))
        # a bare ranking of ten is the head of one of fifty: no place of the first ten is a new arrival's
        return list(islice(with_new_arrivals(main, fresh, slot) if slot else main, k))

    def _candidates(
        self, query: RoomQuery, left_out: set[int], in_stock: StockFilter, first: int
    ) -> tuple[Iterator[int], Iterator[int]]:
        """Rows that may be shown and are in stock, best first: those with sales, and the new arrivals.

        `first` is how many will be looked at, by a guess.
        """
        stocked = _stock_test(self, in_stock)
        fresh: Iterator[int] = (row for row in query.arrivals() if row not in left_out)
        if isinstance(in_stock, np.ndarray):
            return self._sold_rows(query.scores, left_out, first, in_stock), filter(stocked, fresh)
        main = self._sold_rows(query.scores, left_out, first)
        return (main, fresh) if stocked is None else (filter(stocked, main), filter(stocked, fresh))

    def _sold_rows(
        self, scores: Floats, left_out: set[int], first: int, stock: Bools | None = None
    ) -> Iterator[int]:
        """Rows of the main ranking; a prepared stock list is applied to whole helpings."""
        sold = self.model.items.sold
        for places in descending_batches(scores, first):
            for start in range(0, len(places), _CHUNK):
                rows = sold[places[start : start + _CHUNK]]
                for row in (rows if stock is None else rows[stock[rows]]).tolist():
                    if row not in left_out:
                        yield row

    def _with_reasons(
        self, rows: Sequence[int], query: RoomQuery, worn: Mapping[int, int] | None = None
    ) -> tuple[ScoredItem, ...]:
        ids, about = self.model.items.ids, worn or {}
        reasons = reasons_for(self.model, rows, query.rows, about)
        return tuple(
            ScoredItem(ids[row], score, reason)
            for row, score, reason in zip(rows, query.scores_of(rows), reasons, strict=True)
        )

    def _row_mask(self, ids: Collection[str]) -> Bools:
        marked = np.zeros(len(self.model.items), np.bool_)
        marked[self.model.items.rows_of(ids)] = True
        return marked


def _stock_test(looks: LooksRecommender, in_stock: StockFilter) -> Callable[[int], bool] | None:
    """A test of one row; None where everything is in stock."""
    ids = looks.model.items.ids
    if in_stock is None:
        return None
    if isinstance(in_stock, np.ndarray):
        return lambda row: bool(in_stock[row])
    if callable(in_stock):
        return lambda row: in_stock(ids[row])
    listed = in_stock if isinstance(in_stock, (set, frozenset, dict)) else frozenset(map(str, in_stock))
    return lambda row: ids[row] in listed
