"""The columns of each kind of feed line, declared once: reader, JSON schema and unknown columns follow this table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.connectors.feeds import limits
from kiosk.connectors.feeds.column_types import AnyColumn as AnyColumn
from kiosk.connectors.feeds.column_types import Column as Column
from kiosk.connectors.feeds.column_types import FeedKind as FeedKind
from kiosk.connectors.feeds.column_types import ListColumn as ListColumn
from kiosk.connectors.feeds.promotion_columns import OF_PROMOTIONS
from kiosk.connectors.feeds.values.articles import GtinType, SkuType
from kiosk.connectors.feeds.values.care import CareType
from kiosk.connectors.feeds.values.catalogue_types import (
    ItemsType,
    PicturesType,
    PictureType,
    PlaceType,
    SizesType,
    SizeType,
)
from kiosk.connectors.feeds.values.money import CurrencyType, MinorType, PriceType
from kiosk.connectors.feeds.values.person_types import (
    CodeType,
    ConsentsType,
    LanguagesType,
    LanguageType,
    RoleType,
    UidType,
)
from kiosk.connectors.feeds.values.text_types import (
    IdType,
    LocalizedType,
    NameType,
    PairsType,
    TextType,
)
from kiosk.connectors.feeds.values.times import DayType, MomentType
from kiosk.connectors.feeds.values.value_types import CountType, FlagType

PRICE: Final = Column(
    "price",
    PriceType(),
    "Price: {currency, minor}, or a number such as 149.00 or 149.00 EUR; with tax, unless the shop adds it.",
)
PRICE_MINOR: Final = Column("price_minor", MinorType(), "Price in minor units (cents), instead of price.")
PRICE_BEFORE: Final = Column(
    "price_before", PriceType(), "Price before a sale, in the form of price; higher than the price."
)
PRICE_BEFORE_MINOR: Final = Column("price_before_minor", MinorType(), "Price before a sale in minor units.")
LOWEST_PRICE: Final = Column(
    "lowest_price",
    PriceType(),
    "Lowest price of the last 30 days before a reduction, in the form of price; the mirror states it where the price is"
    " reduced.",
)
LOWEST_PRICE_MINOR: Final = Column(
    "lowest_price_minor", MinorType(), "Lowest price of the last 30 days in minor units."
)
CURRENCY: Final = Column(
    "currency",
    CurrencyType(),
    "ISO 4217 code of the line's prices; without it, the shop's currency.",
    repeats=True,
)
PRICES: Final = (
    PRICE, PRICE_MINOR, PRICE_BEFORE, PRICE_BEFORE_MINOR, LOWEST_PRICE, LOWEST_PRICE_MINOR, CURRENCY,
)  # fmt: skip
TAX_CLASS: Final = Column(
    "tax_class",
    TextType(limits.TAX_CLASS),
    "Tax class, to which the store's configuration gives a rate; without it, the rate of the category or the shop.",
    repeats=True,
)
DELETED: Final = Column(
    "deleted", FlagType(), "true: the line no longer exists. Only the columns of its key are needed then."
)
REFUSED: Final = "refused"
"""A field that `cheval import --mapping` writes into a line in place of a row that it refuses: the reason. The line is
a mistake with this text, and what is known of its key stays."""
STYLE_ID: Final = Column(
    "style_id",
    NameType(limits.STYLE_ID),
    "Id of the style in the shop's system.",
    required=True,
    repeats=True,
)
GTIN: Final = Column("gtin", GtinType(), "GTIN (EAN, UPC) of the article.")
SKU: Final = Column(
    "sku", SkuType(limits.SKU), "The shop's own number of the article; required where there is no gtin."
)

CODE: Final = Column(
    "code", NameType(limits.COLOUR_CODE), "Code of the colour within its style.", required=True
)
COLOUR_NAME: Final = Column(
    "name", LocalizedType(limits.NAME), "Name: a text, or an object of texts by language.", required=True
)
HEX: Final = Column("hex", TextType(limits.COLOUR_HEX), "Colour as #RRGGBB.")
PICTURE: Final = Column("picture", PictureType(), "File of the main picture, below the folder of pictures.")
PICTURE_LIST: Final = Column("pictures", PicturesType(), "Files of several pictures, the main picture first.")
COLOUR_ITEM: Final = Column(
    "item_id", TextType(limits.ITEM_ID), "Id of the item (style in this colour); without it STYLE_ID-CODE."
)

NAME: Final = COLOUR_NAME
CATEGORY: Final = Column(
    "category", NameType(limits.CATEGORY), "Category, for example coats.", required=True, repeats=True
)
COLOURS: Final = ListColumn(
    "colours",
    (CODE, COLOUR_NAME, HEX, PICTURE, PICTURE_LIST, COLOUR_ITEM),
    limits.COLOURS,
    "Colours of the style, in display order.",
    required=True,
)
STORY: Final = Column("story", LocalizedType(limits.STORY), "Text about the garment.")
MATERIAL: Final = Column("material", LocalizedType(limits.STORY), "Composition.")
CARE: Final = Column(
    "care",
    CareType(limits.STORY),
    "Care; its text x-iso has codes of symbols (ISO 3758): wash-30 no-bleach iron-110.",
)
ORIGIN: Final = Column("origin", LocalizedType(limits.STORY), "Where it was made.")
SIZE_SYSTEM: Final = Column("size_system", TextType(limits.SIZE_SYSTEM), "Size system, for example eu-women.")
SIZES: Final = Column("sizes", SizesType(), "Sizes in display order; without it by letters and numbers.")
SINCE: Final = Column("since", DayType(), "Day from which the style is sold.")
SEASON: Final = Column("season", TextType(limits.SEASON), "Season, for example FW26.")
LINE: Final = Column("line", TextType(limits.LINE), "women, men, children ..., as the shop calls it.")

COLOUR: Final = Column(
    "colour", NameType(limits.COLOUR_CODE), "Code of a colour of the style.", required=True, repeats=True
)
SIZE: Final = Column(
    "size", SizeType(), "Size as on the label; one: comes in one size.", required=True, repeats=True
)

PLACE: Final = Column(
    "place",
    PlaceType(),
    "floor, stockroom, or other: and the name of another shop.",
    required=True,
    repeats=True,
)
COUNT: Final = Column("count", CountType(), "Pieces at that place.", required=True, repeats=True)
COUNTED_AT: Final = Column(
    "counted_at", MomentType(), "When they were counted; without it, the time of the file.", repeats=True
)
RESERVED: Final = Column("reserved", CountType(), "Pieces among them that are reserved for others.")
INCOMING: Final = Column("incoming", CountType(), "Pieces that are expected.")

SHOPPER_ID: Final = Column("shopper_id", IdType(limits.SHOPPER_ID), "Id of the customer.", required=True)
FIRST_NAME: Final = Column("first_name", TextType(limits.FIRST_NAME), "First name.")
LANGUAGE: Final = Column("language", LanguageType(), "Language, for example de.")
USUAL_SIZES: Final = Column(
    "sizes",
    PairsType(limits.CATEGORY, limits.SIZE),
    "Usual size by category; in CSV sizes.coats, sizes.shirts ...",
)
MEMBER: Final = Column("member", FlagType(), "Whether the customer is a member.")
CONSENTS: Final = Column(
    "consents",
    ConsentsType(),
    "Consents given: sizes, history, tap (a tap at a stand buys), clues (associates see clues), web, reviews (used "
    "for clues).",
)
STORED_MEANS: Final = Column(
    "stored_means", TextType(limits.STORED_MEANS), "Description of the stored means of payment."
)
LEVEL: Final = Column(
    "level", TextType(limits.LEVEL), "Level of the member programme, for example gold.", repeats=True
)
CREDENTIAL_KIND: Final = Column("kind", TextType(limits.CREDENTIAL_KIND), "card, ring or wristband.")
CREDENTIAL_UID: Final = Column("uid", UidType(limits.CREDENTIAL_UID), "UID of the chip.", required=True)
CREDENTIAL_ID: Final = Column(
    "credential_id",
    TextType(limits.CREDENTIAL_UID),
    "Name of the credential in the shop's system; not stored.",
)
CREDENTIALS: Final = ListColumn(
    "credentials",
    (CREDENTIAL_KIND, CREDENTIAL_UID, CREDENTIAL_ID),
    limits.CREDENTIALS,
    "Cards, rings and wristbands.",
)
HISTORY: Final = Column(
    "history", ItemsType(limits.HISTORY), "Items bought before; used with the consent history."
)

ASSOCIATE_ID: Final = Column(
    "associate_id", IdType(limits.ASSOCIATE_ID), "Id of the associate.", required=True
)
ASSOCIATE_NAME: Final = Column("name", TextType(limits.ASSOCIATE_NAME), "Name.", required=True)
SPOKEN: Final = Column("languages", LanguagesType(), "Languages, for example de, fr.")
ROLE: Final = Column(
    "role",
    RoleType(),
    "associate (default), back-of-house, manager or analyst; in any case, with a blank or `_` for `-`. "
    "Another one is taken as associate, with a note.",
)
PIN: Final = Column(
    "pin",
    CodeType(limits.PIN),
    "PIN for signing in; stored as a hash. A manager whose PIN has less than six digits, one digit only, or digits in a"
    " row chooses another one at the next sign-in.",
)
PIN_HASH: Final = Column("pin_hash", TextType(limits.PIN_HASH), "Argon2id hash of the PIN, instead of pin.")

LOOK_ID: Final = Column("look_id", IdType(limits.LOOK_ID), "Id of the look.", required=True)
LOOK_ITEMS: Final = Column("items", ItemsType(limits.LOOK_ITEMS), "Items of the look.")
STYLIST: Final = Column("by", TextType(limits.STYLIST), "Name of the stylist.")

COLUMNS: Final[Mapping[FeedKind, tuple[AnyColumn, ...]]] = MappingProxyType(
    {
        "styles": (
            STYLE_ID, NAME, CATEGORY, *PRICES, COLOURS, STORY, MATERIAL, CARE, ORIGIN, SIZE_SYSTEM, SIZES, SINCE,
            SEASON, LINE, TAX_CLASS, DELETED,
        ),
        "items": (GTIN, SKU, STYLE_ID, COLOUR, SIZE, *PRICES, TAX_CLASS, DELETED),
        "stock": (GTIN, SKU, PLACE, COUNT, COUNTED_AT, RESERVED, INCOMING, DELETED),
        "shoppers": (
            SHOPPER_ID, FIRST_NAME, LANGUAGE, USUAL_SIZES, MEMBER, CONSENTS, STORED_MEANS, CREDENTIALS, HISTORY,
            LEVEL,            DELETED,
        ),
        "associates": (ASSOCIATE_ID, ASSOCIATE_NAME, SPOKEN, ROLE, PIN, PIN_HASH, DELETED),
        "looks": (LOOK_ID, LOOK_ITEMS, STYLIST, DELETED),
        "promotions": (*OF_PROMOTIONS, DELETED),
    }
)  # fmt: skip
"""All columns by kind."""
EITHER: Final[Mapping[FeedKind, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "styles": (("price", "price_minor"),), "items": (("gtin", "sku"),), "stock": (("gtin", "sku"),),
        "shoppers": (), "associates": (), "looks": (), "promotions": (),
    }
)  # fmt: skip
"""Groups of columns of which a line needs at least one."""
KEYS: Final[Mapping[FeedKind, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "styles": (("style_id",),), "items": (("gtin", "sku"),), "stock": (("gtin", "sku"), ("place",)),
        "shoppers": (("shopper_id",),), "associates": (("associate_id",),), "looks": (("look_id",),),
        "promotions": (("promotion_id",),),
    }
)  # fmt: skip
"""The columns that identify a line; of each group one is needed."""
PERSONAL: Final = frozenset({"shoppers", "associates", "looks"})
"""Kinds with lines about persons: no message contains a value of them."""
