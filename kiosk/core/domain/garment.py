"""A garment with its colours, sizes and stock, and a piece of it in a room."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, StyleId
from kiosk.core.domain.money import Money, Price
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

ONE_SIZE = "one"
"""The feed's size of a garment that comes in one size; never shown."""


def displayed_size(size: str) -> str:
    """A size as the mirror shows it: empty where there is only one."""
    return "" if size == ONE_SIZE else size


@dataclass(frozen=True, slots=True)
class ElsewhereStock:
    """Pieces of one size in another shop."""

    place: str
    count: int


@dataclass(frozen=True, slots=True)
class SizeStock:
    """One size of a style in one colour, with its stock in this shop and elsewhere.

    The stock is what can be sold: pieces reserved for somebody are not in it.
    """

    size: str
    article: ArticleId
    floor: int = 0
    stockroom: int = 0
    elsewhere: tuple[ElsewhereStock, ...] = ()
    incoming: int = 0
    """Pieces on their way to this shop."""
    counted_us: int = 0
    """When this stock was counted, in microseconds UTC; where several places were, the earliest. 0: not known."""
    price: Price | None = None
    """None where all articles of the style have the garment's price."""

    @property
    def here(self) -> int:
        """Pieces in this shop that an associate can bring."""
        return self.floor + self.stockroom


@dataclass(frozen=True, slots=True)
class Colourway:
    """One colour of a style, with its sizes."""

    code: str
    name: LocalizedText
    hex: str
    picture: str
    """Path below the store's `/api/v1/pictures/`."""
    sizes: tuple[SizeStock, ...]
    item: ItemId
    """The style in this colour. An item's id is opaque: the retailer may choose it."""
    pictures: tuple[str, ...] = ()
    """All pictures, `picture` first; empty where there is only that one."""


@dataclass(frozen=True, slots=True)
class Garment:
    """A style in one colour and one size, with everything that a mirror shows of it."""

    article: ArticleId
    style_id: StyleId
    name: LocalizedText
    category: str
    price: Money
    colour: str
    size: str
    colours: tuple[Colourway, ...]
    story: LocalizedText = NO_TEXT
    material: LocalizedText = NO_TEXT
    care: LocalizedText = NO_TEXT
    origin: LocalizedText = NO_TEXT
    stock_at_us: int = 0
    """When the stock of this article was counted, in microseconds UTC; 0 where that is not known."""
    price_before: Money | None = None
    """The price before a sale, as the retailer gives it; higher than `price`."""
    lowest_price: Money | None = None
    """The lowest price of the last 30 days, stated where the price is reduced."""
    tax_class: str = ""
    """The feed's tax class, which the store's configuration gives a rate; empty for the shop's default."""

    @property
    def item(self) -> ItemId:
        """The style in its colour."""
        return self.colourway.item

    @property
    def colourway(self) -> Colourway:
        """The garment's own colour."""
        return self.in_colour(self.colour)

    def in_colour(self, code: str) -> Colourway:
        """The colour of that code, or the garment's own where there is no such colour."""
        by_code = {c.code: c for c in self.colours}
        return by_code.get(code) or by_code[self.colour]

    def price_of(self, article: ArticleId) -> Price:
        """The price of an article of this style."""
        found = self.stock_of(article)
        own = found[1].price if found else None
        return own or Price(self.price, self.price_before, self.lowest_price)

    def stock_of(self, article: ArticleId) -> tuple[Colourway, SizeStock] | None:
        """Colour and size of an article of this style; None for another style's."""
        for colour in self.colours:
            for size in colour.sizes:
                if size.article == article:
                    return colour, size
        return None


@dataclass(frozen=True, slots=True)
class Piece:
    """A garment in the room. `garment` is None if its article is not in the catalogue."""

    piece_id: PieceId
    garment: Garment | None
    sure: bool
    """Whether the readers are certain that it is in this room."""
    since_us: int
    confirmed: bool | None = None
    """The shopper's answer where the readers are not certain; None as long as there is none."""
    sold: bool = False
    """It is paid for, here or elsewhere."""

    @property
    def visible(self) -> bool:
        """Whether the mirror shows it: not where the shopper said that it is not hers."""
        return self.confirmed is not False

    @property
    def certain(self) -> bool:
        """Whether it may be bought and advised on: known, and in the room by the readers or by the shopper's word."""
        return self.garment is not None and self.visible and (self.sure or self.confirmed is True)
