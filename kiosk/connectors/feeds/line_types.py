"""Types of the lines of the feed files: styles, items, stock, people, looks. `fields` and `folder` check the values.

The `repr` of a line about a person shows no personal field.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.ids import AssociateId, Gtin, ItemId, ShopperId, StyleId
from kiosk.core.domain.money import Money
from kiosk.core.domain.shopper import CategorySize
from kiosk.core.domain.texts import NO_TEXT, LocalizedText


@dataclass(frozen=True, slots=True)
class ColourLine:
    """A colour of a style; `picture` is a path in the folder of pictures."""

    code: str
    name: LocalizedText
    hex: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class StyleLine:
    """A style with its colours; `sizes` in display order, `since` the day (ISO 8601) from which it is sold."""

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


@dataclass(frozen=True, slots=True)
class SkuLine:
    """One GTIN: a style in a colour and a size."""

    gtin: Gtin
    style_id: StyleId
    colour: str
    size: str


@dataclass(frozen=True, slots=True)
class StockLine:
    """Pieces of one GTIN at one place: `floor`, `stockroom` or `other:NAME`."""

    gtin: Gtin
    place: str
    count: int


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
    history: tuple[ItemId, ...] = field(default=(), repr=False)
    """Items bought before; used only with the consent "history"."""


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
    items: tuple[ItemId, ...] = field(repr=False)
    stylist: str = field(default="", repr=False)
