"""Which page is open, the way back from it, and the garment in focus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId

MAX_TRAIL: Final = 8
"""Pages that are remembered for the way back."""


@unique
class Page(Enum):
    """The pages of the mirror. REST shows nothing of a visit, STILL_THERE asks before a visit ends by time, AWAY is the
    good-bye."""

    REST = "rest"
    WARDROBE = "wardrobe"
    GARMENT = "garment"
    LOOK = "look"
    SIZES = "sizes"
    FIT = "fit"
    ASK = "ask"
    REQUEST = "request"
    BASKET = "basket"
    DELIVERY = "delivery"
    PAY = "pay"
    RECEIPT = "receipt"
    PREPARED = "prepared"
    STILL_THERE = "still-there"
    AWAY = "away"


UNATTENDED: Final = frozenset({Page.REST, Page.STILL_THERE, Page.AWAY})
"""Pages without anything of the shopper: a sign of her opens the wardrobe, and no way leads back to them."""


@dataclass(frozen=True, slots=True)
class Navigation:
    """The open page and the pages before it."""

    page: Page = Page.REST
    trail: tuple[Page, ...] = ()
    """Pages to go back to, the last one last."""
    dark: bool = False
    """The shopper wants a plain mirror: nothing is shown until the next touch."""

    def to(self, page: Page) -> Navigation:
        """That page opened; the page before it becomes the last of the trail."""
        if page is self.page:
            return self
        trail = (*self.trail, self.page) if self.page not in UNATTENDED else ()
        return Navigation(page, trail[-MAX_TRAIL:])

    def back(self) -> Navigation:
        """The page before; the wardrobe where there is none."""
        if not self.trail:
            return replace(self, page=Page.WARDROBE)
        return replace(self, page=self.trail[-1], trail=self.trail[:-1])


HOME = Navigation(Page.WARDROBE)


@dataclass(frozen=True, slots=True)
class Focus:
    """The garment that is looked at, with the colour and size chosen. `piece` is None for a suggestion, which does not
    hang in the room."""

    garment: Garment
    piece: PieceId | None
    colour: str
    size: str

    @property
    def article(self) -> ArticleId | None:
        """The article of colour and size chosen; None where that size does not exist in that colour."""
        sizes = {o.size: o.article for o in self.garment.in_colour(self.colour).sizes}
        return sizes.get(self.size)
