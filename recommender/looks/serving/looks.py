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
from recommender.looks.serving.display_rules import Choice
from recommender.looks.serving.interleave import STYLIST_SHARE, interleaved, mixed, turns, worn_with
from recommender.looks.serving.price_bands import PriceBand, Prices
from recommender.looks.serving.query import Query, Shopper
from recommender.looks.serving.reasons import Reason, ReasonKind, reasons_for
from recommender.looks.serving.top_k import helpings

if TYPE_CHECKING:
    from pathlib import Path

    from recommender.inputs.stylist_looks import StylistLook
    from recommender.looks.serving.model import LooksModel

__all__ = ["InStock", "Looks", "PriceBand", "Reason", "ReasonKind", "Shopper", "Suggestion"]

# One place in so many is kept for a new arrival.
SLOT = 10
# So many candidates (and two for each place of the list) are sorted first: stock and the rules of display refuse some.
_GLANCE = 48
# So many of them are turned into rows of the catalogue at once.
_FORK = 40
InStock = Callable[[str], bool] | Collection[str] | Bools | None


class Suggestion(NamedTuple):
    """One garment to show. `score` orders suggestions of one request only."""

    item_id: str
    score: float
    reason: Reason


class Looks:
    """A loaded looks model; safe to use from several threads, since nothing in it changes."""

    def __init__(self, model: LooksModel, stylist: Sequence[StylistLook] = ()) -> None:
        self.model = model
        self._stylist = tuple(stylist)
        self._prices = Prices(model.shelf)
        # plain lists: reading one cell of an array costs more than the rest of a rule
        self._category = model.shelf.categories
        self._styles: list[int] = model.shelf.styles.tolist()
        # touched once here, so that the first shopper does not wait for them
        _ = model.shelf.index, model.shelf.place, model.shelf.by_style, model.popularity, model.best_sellers

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        key: bytes | None = None,
        catalogue: str | None = None,
        stylist: Sequence[StylistLook] = (),
    ) -> Looks:
        """The model in folder `path` (or the served one of a root of versions), with the stylist's looks mixed in.

        Raises a `ModelError` where it must not be served.
        """
        # what reads a model is imported with the first one: importing the serving part must cost little beyond numpy
        from pathlib import Path

        from recommender.artefacts.versions import model_at
        from recommender.looks.serving import artefact

        return cls(artefact.read(model_at(Path(path)), key=key, catalogue=catalogue), stylist)

    def knows(self, item: str) -> bool:
        """Whether the item was in the catalogue the model was made for."""
        return item in self.model.shelf.index

    def stock(self, ids: Collection[str]) -> Bools:
        """A prepared stock list for `in_stock`, worth making once per change of stock rather than per request."""
        return self._marked(ids)

    def suggest(
        self,
        room: Sequence[str],
        k: int = 6,
        *,
        in_stock: InStock = None,
        exclude: Collection[str] = (),
        shopper: Shopper | None = None,
        per_category: int | None = 2,
        price_band: PriceBand | None = PriceBand(),  # noqa: B008 - a frozen value
    ) -> tuple[Suggestion, ...]:
        """At most `k` garments to show beside the room, best first; fewer only when nothing else may be shown.

        Ids that the model does not know are passed over; an empty room is answered by popularity (or by the shopper's
        past). Where the price band would leave places empty, they are filled from outside of it.
        """
        query = Query.of(self.model, room, shopper)
        left_out = query.left_out(exclude, colours=True)
        allowed = None if price_band is None else self._prices.allowed(query.rows, price_band, k)
        choice = Choice(k, per_category, self._category, self._styles, allowed)
        main, fresh = self._streams(query, left_out, in_stock, _GLANCE + 2 * k)
        worn = worn_with(self._stylist, self.model.shelf, query.rows) if self._stylist else {}
        stocked = _stock_test(self, in_stock)
        picks = [row for row in worn if row not in left_out and (stocked is None or stocked(row))]
        ranked = interleaved(main, picks, int(k * STYLIST_SHARE)) if picks else main
        kept = turns(room, k, SLOT)
        choice.fill(ranked, k - len(kept), always=worn)
        before = len(choice.rows)
        choice.fill(fresh, before + len(kept))
        new = choice.rows[before:]
        choice.fill(ranked, k, always=worn)
        choice.fill_up()
        rows = [row for row in choice.rows if row not in new]
        for at, row in zip(kept, new, strict=False):
            rows.insert(at, row)
        return self._told(rows, query, worn)

    def rank(
        self,
        room: Sequence[str],
        k: int,
        *,
        in_stock: InStock = None,
        shopper: Shopper | None = None,
        colours: bool = True,
        slot: int = SLOT,
    ) -> tuple[Suggestion, ...]:
        """The bare ranking, without the rules of display: for measuring, and for lists made ahead.

        `colours` leaves out every colour of the room's styles, else only the room's own items;
        `slot=0` keeps no place for new arrivals.
        """
        query = Query.of(self.model, room, shopper)
        return self._told(self._listed(query, k, in_stock, colours, slot), query)

    def order(
        self, room: Sequence[str], k: int, *, colours: bool = True, slot: int = SLOT
    ) -> tuple[str, ...]:
        """Only the ids of `rank`."""
        query = Query.of(self.model, room)
        return tuple(self.model.shelf.ids[row] for row in self._listed(query, k, None, colours, slot))

    def _listed(self, query: Query, k: int, in_stock: InStock, colours: bool, slot: int) -> list[int]:
        left_out = query.left_out((), colours=colours)
        main, fresh = self._streams(query, left_out, in_stock, k + len(left_out))
        # a bare ranking of ten is the head of one of fifty: no place of the first ten is a new arrival's
        return list(islice(mixed(main, fresh, slot) if slot else main, k))

    def _streams(
        self, query: Query, left_out: set[int], in_stock: InStock, first: int
    ) -> tuple[Iterator[int], Iterator[int]]:
        """Rows that may be shown and are in stock, best first: those with sales, and the new arrivals.

        `first` is how many will be looked at, by a guess.
        """
        stocked = _stock_test(self, in_stock)
        fresh: Iterator[int] = (row for row in query.arrivals() if row not in left_out)
        if isinstance(in_stock, np.ndarray):
            return self._sold(query.scores, left_out, first, in_stock), filter(stocked, fresh)
        main = self._sold(query.scores, left_out, first)
        return (main, fresh) if stocked is None else (filter(stocked, main), filter(stocked, fresh))

    def _sold(
        self, scores: Floats, left_out: set[int], first: int, stock: Bools | None = None
    ) -> Iterator[int]:
        """Rows of the main ranking; a prepared stock list is applied to whole helpings."""
        sold = self.model.shelf.sold
        for places in helpings(scores, first):
            for start in range(0, len(places), _FORK):
                rows = sold[places[start : start + _FORK]]
                for row in (rows if stock is None else rows[stock[rows]]).tolist():
                    if row not in left_out:
                        yield row

    def _told(
        self, rows: Sequence[int], query: Query, worn: Mapping[int, int] | None = None
    ) -> tuple[Suggestion, ...]:
        ids, about = self.model.shelf.ids, worn or {}
        reasons = reasons_for(self.model, rows, query.rows, about)
        return tuple(
            Suggestion(ids[row], score, reason)
            for row, score, reason in zip(rows, query.scores_of(rows), reasons, strict=True)
        )

    def _marked(self, ids: Collection[str]) -> Bools:
        marked = np.zeros(len(self.model.shelf), np.bool_)
        marked[self.model.shelf.rows(ids)] = True
        return marked


def _stock_test(looks: Looks, in_stock: InStock) -> Callable[[int], bool] | None:
    """A test of one row; None where everything is in stock."""
    ids = looks.model.shelf.ids
    if in_stock is None:
        return None
    if isinstance(in_stock, np.ndarray):
        return lambda row: bool(in_stock[row])
    if callable(in_stock):
        return lambda row: in_stock(ids[row])
    listed = in_stock if isinstance(in_stock, (set, frozenset, dict)) else frozenset(map(str, in_stock))
    return lambda row: ids[row] in listed
