"""Types of the lines of the feed files: styles, items, stock, people, looks. `values` and `kinds` check them.

The `repr` of a line about a person shows no personal field.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.ids import ArticleId, AssociateId, ItemId, ShopperId, StyleId
from kiosk.core.domain.money import Money
from kiosk.core.domain.shopper import CategorySize
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@dataclass(frozen=True, slots=True)
class StyleColour:
    """A style in one colour, named by both: the item that has them, whatever its id."""

    style_id: StyleId
    colour: str


ItemReference = ItemId | StyleColour
"""How a look or a purchase names an item: by its id, or by style and colour."""


@dataclass(frozen=True, slots=True)
class ColourLine:
    """A colour of a style; `pictures` are paths in the folder of pictures, the main picture first.

    `item` is the item's id: the feed's `item_id`, else style and colour joined by a hyphen.
    """

    code: str
    name: LocalizedText
    hex: str
    pictures: tuple[str, ...]
    item: ItemId

    @property
    def picture(self) -> str:
        """The main picture; empty where there is none."""
        return self.pictures[0] if self.pictures else ""


@dataclass(frozen=True, slots=True)
class StyleLine:
    """A style with its colours; `sizes` in display order, `since` the day (ISO 8601) from which it is sold.

    `price_before` is the price before a sale: higher than `price`, in the same currency. `line` is women, men,
    children ..., as the shop calls it.
    """

    style_id: StyleId
    name: LocalizedText
    category: str
    price: Money
    colours: tuple[ColourLine, ...]
    story: LocalizedText = NO_TEXT
    material: LocalizedText = NO_TEXT
    care: LocalizedText = NO_TEXT
    origin: LocalizedText = NO_TEXT
    size_system: str = ""
    sizes: tuple[str, ...] = ()
    since: str = ""
    price_before: Money | None = None
    season: str = ""
    line: str = ""
    tax_class: str = ""
    lowest_price: Money | None = None
    """Lowest price of the last 30 days, stated where the price is reduced."""


@dataclass(frozen=True, slots=True)
class SkuLine:
    """One article: a style in a colour and a size.

    `sku` is the shop's own SKU of an article that has a GTIN; stock may name the article by it. Without a GTIN the SKU
    is in `article`. `price` and `price_before` replace those of the style; `tax_class` too, where it is given.
    """

    article: ArticleId
    style_id: StyleId
    colour: str
    size: str
    sku: str = ""
    price: Money | None = None
    price_before: Money | None = None
    tax_class: str = ""
    lowest_price: Money | None = None


@dataclass(frozen=True, slots=True)
class StockLine:
    """Pieces of one article at one place: `floor`, `stockroom` or `other:NAME`.

    `article` may be the id of a SKU whose article has a GTIN (`SkuLine.sku`). `counted_us` is when the pieces were
    counted, in microseconds UTC; None: the time of the file. `reserved` pieces are among `count`, `incoming` are not.
    """

    article: ArticleId
    place: str
    count: int
    counted_us: int | None = None
    reserved: int = 0
    incoming: int = 0


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """A card, ring or wristband of the shop; `uid` is hashed before it is stored."""

    kind: str = field(repr=False)
    uid: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShopperLine:
    """A customer with the consents given. No value of it is logged; a mistake names only the field and the line."""

    shopper_id: ShopperId = field(repr=False)
    first_name: str = field(default="", repr=False)
    language: str = field(default="", repr=False)
    sizes: tuple[CategorySize, ...] = field(default=(), repr=False)
    member: bool = field(default=False, repr=False)
    consents: tuple[str, ...] = field(default=(), repr=False)
    stored_means: str = field(default="", repr=False)
    credentials: tuple[CredentialLine, ...] = field(default=(), repr=False)
    history: tuple[ItemReference, ...] = field(default=(), repr=False)
    """Items bought before; used only with the consent "history"."""
    level: str = field(default="", repr=False)
    """Her level in the shop's member programme."""


@dataclass(frozen=True, slots=True)
class AssociateLine:
    """An associate. `pin` is hashed before it is stored; a feed may give `pin_hash` (Argon2) instead."""

    associate_id: AssociateId = field(repr=False)
    name: str = field(repr=False)
    languages: tuple[str, ...] = field(default=(), repr=False)
    role: str = field(default="associate", repr=False)
    pin: str = field(default="", repr=False)
    pin_hash: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LookLine:
    """Items that a stylist combined as one look."""

    look_id: str = field(repr=False)
    items: tuple[ItemReference, ...] = field(repr=False)
    stylist: str = field(default="", repr=False)
