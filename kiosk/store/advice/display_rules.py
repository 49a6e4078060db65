"""Display rules: which of the ranked suggestions a shopper sees, and in which order. They hold for every ranking.

- One colour of a style, and at most `MAX_PER_CATEGORY` garments of a category.
- The room's price band is the median band of its garments. A dearer garment is at most `MAX_BANDS_ABOVE` above it, and
  at most one of `DEARER_ONE_IN` is dearer while there is anything else. No list has dearer garments only.
- A garment that is more than `MAX_TIMES_DEARER` times as dear as the room's median garment counts as more than one band
  above it, if its band is above the room's or if the bands are those of the whole shop, whose highest one has no limit.
- A garment more than `MAX_BANDS_BELOW` below it is shown only if nothing nearer is left.
- A stylist's suggestion may have any price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import StyleId
from kiosk.core.domain.money import Money

MAX_PER_CATEGORY = 2
"""Garments of one category in a list."""
MAX_BANDS_ABOVE, MAX_BANDS_BELOW = 1, 2
"""Distance of a suggestion's price band from the room's median band."""
MAX_TIMES_DEARER = 2.0
"""Price of a dearer suggestion, as a multiple of the room's median price. A band is a fifth of the prices; a price in
the middle of one is seldom more than twice that of the band below, but the highest band has no limit."""
DEARER_ONE_IN = 3
"""One of so many suggestions may be dearer than the room."""


class DisplayedGarment(Protocol):
    """What the rules read of a garment."""

    @property
    def style_id(self) -> StyleId: ...
    @property
    def category(self) -> str: ...
    @property
    def price(self) -> Money: ...


class Displayed(Protocol):
    """What the rules read of a suggestion."""

    @property
    def garment(self) -> DisplayedGarment: ...
    @property
    def reason(self) -> LookReason: ...


Band = Callable[[DisplayedGarment], int]
HasOwnBands = Callable[[DisplayedGarment], bool]


def _own_bands(garment: DisplayedGarment) -> bool:
    del garment
    return True


def median_price(room: Sequence[DisplayedGarment]) -> int | None:
    """The median price of the room's garments in minor units; None for an empty room."""
    prices = sorted(garment.price.minor for garment in room)
    return prices[len(prices) // 2] if prices else None


S = TypeVar("S", bound=Displayed)


class DisplayList(Generic[S]):
    """The list of at most `wanted` suggestions while it is filled.

    `band` gives the price band of a garment, `own_bands` whether it is one of its category, not of the whole shop.
    """

    def __init__(
        self,
        room: Sequence[DisplayedGarment],
        wanted: int,
        band: Band,
        own_bands: HasOwnBands = _own_bands,
    ) -> None:
        self.shown: list[S] = []
        self._wanted, self._band, self._own_bands = wanted, band, own_bands
        self._room_price = median_price(room)
        bands = sorted(band(garment) for garment in room)
        self._room_band = bands[len(bands) // 2] if bands else None
        self._dearer_left = wanted // DEARER_ONE_IN
        self._dearer_first: list[S] = []
        """Dearer suggestions before the first that is not dearer; shown only after one of those."""
        self._postponed: list[S] = []
        """Suggestions that are shown only if places stay empty."""

    @property
    def places_left(self) -> int:
        return self._wanted - len(self.shown)

    def offer(self, suggestion: S) -> bool:
        """Adds a suggestion to the list, postpones it because of its price, or drops it; False if it is dropped."""
        if not self._allowed(suggestion):
            return False
        above = self._bands_above(suggestion)
        if suggestion.reason is LookReason.STYLIST or self._room_band is None:
            self.shown.append(suggestion)
        elif above > MAX_BANDS_ABOVE or above < -MAX_BANDS_BELOW:
            self._postponed.append(suggestion)
        elif above <= 0:
            self._add_affordable(suggestion)
        elif not self._has_affordable:
            self._dearer_first.append(suggestion)
        elif self._dearer_left:
            self._dearer_left -= 1
            self.shown.append(suggestion)
        else:
            self._postponed.append(suggestion)
        return True

    def is_full(self, category: str) -> bool:
        """Whether no further garment of this category is shown."""
        return sum(shown.garment.category == category for shown in self.shown) >= MAX_PER_CATEGORY

    def fill(self) -> None:
        """Fills the empty places with postponed suggestions.

        First the cheaper ones, then dearer ones at most `MAX_BANDS_ABOVE` above, as long as they are a minority.
        """
        for suggestion in self._postponed:
            if self._bands_above(suggestion) < 0 and self._allowed(suggestion):
                self._add_affordable(suggestion)
        for suggestion in self._postponed:
            within = (
                0 < self._bands_above(suggestion) <= MAX_BANDS_ABOVE
                and self._dearer_count() < len(self.shown) - self._dearer_count()
            )
            if within and self._allowed(suggestion):
                self.shown.append(suggestion)
        if not self._has_affordable:
            # The room is cheaper than everything in stock: the nearest prices are shown instead of an empty list.
            for suggestion in sorted([*self._dearer_first, *self._postponed], key=self._bands_above):
                if self._allowed(suggestion):
                    self.shown.append(suggestion)

    def _add_affordable(self, suggestion: S) -> None:
        """Adds a suggestion that is not dearer than the room, and then the dearer ones that came before it."""
        at = len(self.shown)
        self.shown.append(suggestion)
        earlier, self._dearer_first = self._dearer_first, []
        for dearer in earlier:
            if self._dearer_left and self._allowed(dearer):
                self._dearer_left -= 1
                self.shown.insert(at, dearer)
                at += 1
            else:
                self._postponed.append(dearer)

    @property
    def _has_affordable(self) -> bool:
        return any(self._bands_above(shown) <= 0 for shown in self.shown)

    def _bands_above(self, suggestion: S) -> int:
        """Distance from the room's band; that of a garment that is too dear is beyond `MAX_BANDS_ABOVE`."""
        if self._room_band is None or self._room_price is None:
            return 0
        garment = suggestion.garment
        above = self._band(garment) - self._room_band
        capped = above > 0 or not self._own_bands(garment)
        if capped and garment.price.minor > MAX_TIMES_DEARER * self._room_price:
            return max(above, MAX_BANDS_ABOVE + 1)
        return above

    def _dearer_count(self) -> int:
        return sum(self._bands_above(s) > 0 and s.reason is not LookReason.STYLIST for s in self.shown)

    def _allowed(self, suggestion: S) -> bool:
        garment = suggestion.garment
        style = any(shown.garment.style_id == garment.style_id for shown in self.shown)
        return bool(self.places_left) and not self.is_full(garment.category) and not style
