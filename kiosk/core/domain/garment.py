"""A garment as the catalogue and the stock know it, and a piece as it hangs in a room."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import Epc, Gtin, ItemId, StyleId, item_id
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import NO_TEXT, LocalizedText

ONE_SIZE = "one"
"""The size of what comes in one size only; a word of the feed, never shown."""


def displayed_size(size: str) -> str:
    """A size as it is said on the glass: nothing where there is only one."""
    return "" if size == ONE_SIZE else size


@dataclass(frozen=True, slots=True)
class ElsewhereStock:
    """Pieces of one size in another house."""

    place: str
    count: int


@dataclass(frozen=True, slots=True)
class SizeStock:
    """One size of a style in one colour, and where it lies now."""

    size: str
    gtin: Gtin
    floor: int = 0
    stockroom: int = 0
    elsewhere: tuple[ElsewhereStock, ...] = ()

    @property
    def here(self) -> int:
        """Pieces in this shop that an associate can bring."""
        return self.floor + self.stockroom


@dataclass(frozen=True, slots=True)
class Colourway:
    """One colour of a style, with the sizes it comes in."""

    code: str
    name: LocalizedText
    hex: str
    picture: str
    """Path of the picture below the store's address."""
    sizes: tuple[SizeStock, ...]


@dataclass(frozen=True, slots=True)
class Garment:
    """A style in one colour and one size, with everything a mirror shows of it."""

    gtin: Gtin
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
    """When the stock was counted."""

    @property
    def item(self) -> ItemId:
        return item_id(self.style_id, self.colour)

    @property
    def colourway(self) -> Colourway:
        return self.in_colour(self.colour)

    def in_colour(self, code: str) -> Colourway:
        """The colour of that code, or the garment's own where there is no such colour."""
        by_code = {c.code: c for c in self.colours}
        return by_code.get(code) or by_code[self.colour]

    def offer(self, gtin: Gtin) -> tuple[Colourway, SizeStock] | None:
        """Colour and size that a GTIN stands for within this style."""
        for colour in self.colours:
            for size in colour.sizes:
                if size.gtin == gtin:
                    return colour, size
        return None


@dataclass(frozen=True, slots=True)
class Piece:
    """A tagged garment in the room. `garment` is None where the catalogue does not know the tag."""

    epc: Epc
    garment: Garment | None
    sure: bool
    since_us: int
    mine: bool | None = None
    """What the shopper said of a doubtful piece; None as long as nothing was said."""

    @property
    def shown(self) -> bool:
        return self.mine is not False

    @property
    def counts(self) -> bool:
        """Whether it may be bought and advised on: known, and sure by radio or by the shopper's word."""
        return self.garment is not None and self.shown and (self.sure or self.mine is True)
