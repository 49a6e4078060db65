"""The rules of suggestions written plainly, item by item over the whole shop: slow, and easy to check by reading.

`kiosk.store.advice` must give the same lists by arrays. Nothing of its selection, ranking, sizes or bands is used here,
but the display list, a shopper's wanted sizes of one run, and the model's own candidates.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, ItemId
from kiosk.store.advice.display_rules import DisplayedGarment, DisplayList
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.suggestions import completing_first
from kiosk.store.advice.wanted_sizes import WantedSizes, WornSize
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer
from kiosk.store.db.database import Database
from kiosk.store.db.tables import ITEM_EVENT, PURCHASE, SKU
from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.serving.looks import LooksRecommender, ReasonKind, ShopperProfile

PLACES, PER_PLACE, NEW = 6, 20, 1
TABLES = SizeTables.shipped()


@dataclass(frozen=True)
class Pick:
    item: ItemId
    reason: str


class Reference:
    """Suggestions of a shop. `model` is None if there is none."""

    def __init__(
        self, database: Database, looks: Sequence[StylistLook], model: LooksRecommender | None
    ) -> None:
        self._catalogue, self._looks, self._model = Catalogue(database), looks, model
        self._stock: dict[ItemId, dict[str, ArticleId]] = {}
        self._style: dict[ItemId, str] = {}
        self._prices: dict[str, list[int]] = {"": []}
        with database.reading() as connection:
            articles = [ArticleId(article) for article in connection.scalars(select(SKU.c.article))]
            sold = [*connection.scalars(select(PURCHASE.c.item))]
            sold += connection.scalars(select(ITEM_EVENT.c.item).where(ITEM_EVENT.c.kind == "bought"))
        self._sales = Counter(map(ItemId, sold))
        for article in articles:
            self._read(article)

    def _read(self, article: ArticleId) -> None:
        garment = self._catalogue.garment(article)
        assert garment is not None
        if garment.item not in self._style:
            for name in ("", garment.category):
                self._prices.setdefault(name, []).append(garment.price.minor)
        self._style[garment.item] = garment.style_id
        offer = next(o for o in garment.colourway.sizes if o.article == article)
        if offer.here:
            self._stock.setdefault(garment.item, {})[garment.size] = article

    def suggest(
        self, room: Sequence[ItemId], without: Sequence[ItemId], customer: Customer | None, pieces: Sequence[Garment]
    ) -> list[tuple[ArticleId, LookReason]]:  # fmt: skip
        """The article and (without a model) the reason of each suggestion, in order."""
        garments = [g for g in map(self._catalogue.garment_of_item, room) if g is not None]
        display = DisplayList[Suggestion](garments, PLACES, self._band, self._has_own_bands)
        past = customer.history if customer else ()
        spare: list[Suggestion] = []
        arrivals = 0
        for may in self._rounds(room, garments, customer, pieces):
            for pick in self._picks(room, without, past, may):
                if not display.places_left:
                    break
                brought = self._size(pick.item, customer, pieces)
                assert brought is not None
                suggestion = Suggestion(brought[0], self._reason(pick, room))
                if pick.reason == "new-arrival" and arrivals >= NEW:
                    spare.append(suggestion)
                    continue
                left = display.places_left
                display.offer(suggestion)
                arrivals += pick.reason == "new-arrival" and display.places_left < left
        for suggestion in spare:
            display.offer(suggestion)
        display.fill()
        return [(s.garment.article, s.reason) for s in completing_first(display.shown, garments)]

    def _rounds(
        self, room: Sequence[ItemId], garments: Sequence[Garment], customer: Customer | None, pieces: Sequence[Garment]
    ) -> list[Callable[[ItemId], bool]]:  # fmt: skip
        here, beside = {g.category for g in garments}, set(self._beside(room))

        def may(item: ItemId, fits: bool, completes: bool | None) -> bool:
            brought = self._size(item, customer, pieces)
            if brought is None or brought[1] != fits:
                return False
            return completes is None or completes == (brought[0].category not in here or item in beside)

        return [
            lambda item: may(item, True, True),
            lambda item: may(item, True, False),
            lambda item: may(item, False, None),
        ]

    def _picks(
        self, room: Sequence[ItemId], without: Sequence[ItemId], past: Sequence[ItemId], may: Callable[[ItemId], bool]
    ) -> Iterator[Pick]:  # fmt: skip
        seen = list(without)
        if self._model is not None:
            of_room = {self._style.get(item) for item in room}
            shopper = ShopperProfile(past=tuple(past), owned=frozenset(past), disliked=frozenset(without))

            def here(item: str) -> bool:
                return self._style.get(ItemId(item)) not in of_room and may(ItemId(item))

            found = self._model.candidates(room, PLACES, in_stock=here, exclude=without, shopper=shopper)
            for one in islice(found, PLACES * PER_PLACE):
                seen.append(ItemId(one.item_id))
                kind = one.reason.kind
                yield Pick(ItemId(one.item_id), "new-arrival" if kind is ReasonKind.NEW_ARRIVAL else "model")
        taken = {self._style.get(item) for item in (*room, *seen, *past)}
        for item, reason in self._fallback(room):
            if item in self._stock and self._style[item] not in taken and may(item):
                taken.add(self._style[item])
                yield Pick(item, reason)

    def _fallback(self, room: Sequence[ItemId]) -> Iterator[tuple[ItemId, str]]:
        for item in self._beside(room):
            yield item, "stylist"
        counts = sorted(self._sales.values(), reverse=True)
        popular = max(counts[(len(counts) - 1) // 10] if counts else 0, 2)
        for item in sorted(self._stock, key=lambda i: (-self._sales[i], i)):
            yield item, "popular" if self._sales[item] >= popular else "goes-with"

    def _reason(self, pick: Pick, room: Sequence[ItemId]) -> LookReason:
        """Exact for named stylists and for the fallback ranking; otherwise GOES_WITH."""
        styles = {self._style.get(item) for item in room} - {None}
        for look in self._looks:
            if (
                look.by
                and pick.item in look.pieces
                and styles & {self._style.get(ItemId(p)) for p in look.pieces}
            ):
                return LookReason.STYLIST
        return LookReason.POPULAR if pick.reason == "popular" else LookReason.GOES_WITH

    def _beside(self, room: Sequence[ItemId]) -> list[ItemId]:
        styles = {self._style.get(item) for item in room} - {None}
        return [
            ItemId(piece)
            for look in self._looks
            if styles & {self._style.get(ItemId(p)) for p in look.pieces}
            for piece in look.pieces
            if self._style.get(ItemId(piece)) not in styles
        ]

    def _size(
        self, item: ItemId, customer: Customer | None, pieces: Sequence[Garment]
    ) -> tuple[Garment, bool] | None:
        sizes = self._stock.get(item, {})
        if not sizes:
            return None
        garment = self._catalogue.garment(next(iter(sizes.values())))
        assert garment is not None
        run = [offer.size for offer in garment.colourway.sizes]
        worn = [WornSize(self._catalogue.size_system(p.style_id), p.category, p.size) for p in pieces]
        system = self._catalogue.size_system(garment.style_id)
        wanted = WantedSizes(TABLES, worn, customer).of(garment.category, (system, run))
        left = [size for size in run if size in sizes]
        here = next((one for one in wanted if one.size in sizes and not one.far), None)
        if here is None and wanted and wanted[0].stored:
            return None
        size, fits = (here.size, here.fits) if here else (left[len(left) // 2], not wanted)
        found = self._catalogue.garment(sizes[size])
        return None if found is None else (found, fits)

    def _has_own_bands(self, garment: DisplayedGarment) -> bool:
        return len(self._prices.get(garment.category, [])) >= 25

    def _band(self, garment: DisplayedGarment) -> int:
        prices = self._prices.get(garment.category, [])
        prices = prices if len(prices) >= 25 else self._prices[""]
        edges = statistics.quantiles(prices, n=5, method="inclusive") if len(prices) > 1 else []
        return bisect_left(edges, garment.price.minor)


def only_stylists(found: Sequence[tuple[ArticleId, LookReason]]) -> list[tuple[ArticleId, bool]]:
    """The articles, and whether the reason is a stylist's look: what a reference with a model knows of reasons."""
    return [(article, reason is LookReason.STYLIST) for article, reason in found]
