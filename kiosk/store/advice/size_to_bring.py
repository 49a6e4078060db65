"""Which size of a suggested item to bring: the shopper's usual size, else the size that she took herself, else the
middle of the sizes in stock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, ItemId
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.customers import Customer

Stock = Mapping[ItemId, Mapping[str, ArticleId]]


@dataclass(frozen=True, slots=True)
class SizedGarment:
    """A garment in the size to bring. `fits`: no piece in the room contradicts that size."""

    garment: Garment
    fits: bool


class SizesInStock:
    """Chooses sizes for one room. `stock`: sizes in stock by item; `pieces`: the pieces in the room."""

    def __init__(
        self, catalogue: Catalogue, stock: Stock, pieces: Sequence[Garment], customer: Customer | None
    ) -> None:
        self._catalogue, self.stock, self._customer = catalogue, stock, customer
        self._worn = [(catalogue.size_system(g.style_id), g.size) for g in pieces]
        self._chosen: dict[ItemId, SizedGarment | None] = {}

    def choose(self, item: ItemId) -> SizedGarment | None:
        """The garment to bring of an item; None if none is in stock, or not in the shopper's usual size."""
        if item not in self._chosen:
            self._chosen[item] = self._look(item)
        return self._chosen[item]

    def _look(self, item: ItemId) -> SizedGarment | None:
        sizes = self.stock.get(item)
        garment = self._catalogue.garment(next(iter(sizes.values()))) if sizes else None
        if garment is None or not sizes:
            return None
        size, fits = self._size(garment, sizes)
        wanted = self._catalogue.garment(sizes[size]) if size else None
        return None if wanted is None else SizedGarment(wanted, fits)

    def _size(self, garment: Garment, sizes: Mapping[str, ArticleId]) -> tuple[str, bool]:
        system = self._catalogue.size_system(garment.style_id)
        usual = self._customer.usual(garment.category, system) if self._customer else ""
        run = [offer.size for offer in garment.colourway.sizes]
        if usual and usual in run:
            return (usual, True) if usual in sizes else ("", False)
        worn = [size for its, size in self._worn if its == system and size in run]
        here = next((size for size in worn if size in sizes), "")
        if here:
            return here, True
        # If no size is known in this system, any may be shown; if one is known, it is not in stock.
        left = [size for size in run if size in sizes]
        return (left[len(left) // 2], not worn) if left else ("", False)


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
