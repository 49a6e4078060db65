"""Which size of a suggested item to bring: the shopper's usual size, else the size that she took herself, else the one
next to it. Where no size of hers is known, or none near it is in stock, a size in the middle of the stock stands for
the item and is not named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, ItemId
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.wanted_sizes import WantedSizes, WornSize
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer

Stock = Mapping[ItemId, Mapping[str, ArticleId]]


@dataclass(frozen=True, slots=True)
class SizedGarment:
    """A garment in the size to bring. `fits`: no piece in the room contradicts that size. `named`: the size is the
    shopper's as far as is known, or near to it; else she must choose one, and none is named."""

    garment: Garment
    fits: bool
    named: bool = True


class SizesInStock:
    """Chooses sizes for one room. `stock`: sizes in stock by item; `pieces`: the pieces in the room."""

    def __init__(
        self, catalogue: Catalogue, stock: Stock, pieces: Sequence[Garment], customer: Customer | None,
        tables: SizeTables,
    ) -> None:  # fmt: skip
        self._catalogue, self.stock = catalogue, stock
        worn = [WornSize(catalogue.size_system(g.style_id), g.category, g.size) for g in pieces]
        self._wanted = WantedSizes(tables, worn, customer)
        self._chosen: dict[ItemId, SizedGarment | None] = {}

    def choose(self, item: ItemId) -> SizedGarment | None:
        """The garment to bring of an item; None if none is in stock, or not in the size stored for the shopper."""
        if item not in self._chosen:
            self._chosen[item] = self._look(item)
        return self._chosen[item]

    def _look(self, item: ItemId) -> SizedGarment | None:
        sizes = self.stock.get(item)
        garment = self._catalogue.garment(next(iter(sizes.values()))) if sizes else None
        if garment is None or not sizes:
            return None
        run = [offer.size for offer in garment.colourway.sizes]
        wanted = self._wanted.of(garment.category, (self._catalogue.size_system(garment.style_id), run))
        here = next((one for one in wanted if one.size in sizes), None)
        if here is not None:
            return self._sized(sizes[here.size], fits=here.fits, named=True)
        left = [size for size in run if size in sizes]
        if not left or (wanted and wanted[0].stored):
            return None
        # no size of hers is known, or no size near it is in stock
        return self._sized(sizes[left[len(left) // 2]], fits=not wanted, named=False)

    def _sized(self, article: ArticleId, *, fits: bool, named: bool) -> SizedGarment | None:
        garment = self._catalogue.garment(article)
        return None if garment is None else SizedGarment(garment, fits, named)


class EligibleItems(Collection[ItemId]):
    """The items in stock that one round may suggest; `may` decides by the garment in its size."""

    def __init__(self, sizes: SizesInStock, may: Callable[[SizedGarment], bool]) -> None:
        self._sizes, self._may = sizes, may

    def __contains__(self, item: object) -> bool:
        brought = self._sizes.choose(ItemId(item)) if isinstance(item, str) else None
        return brought is not None and self._may(brought)

    def __iter__(self) -> Iterator[ItemId]:
        return (item for item in self._sizes.stock if item in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
