"""How the fields of a record become a line of each kind, and what is the key of a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from kiosk.connectors.feeds import columns as c
from kiosk.connectors.feeds.columns import FeedKind
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    ColourLine,
    CredentialLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)
from kiosk.connectors.feeds.promotion_columns import PROMOTION_ID
from kiosk.connectors.feeds.promotion_lines import promotion
from kiosk.connectors.feeds.values.articles import article_of
from kiosk.core.domain.ids import ArticleId, AssociateId, ItemId, ShopperId, StyleId, item_id
from kiosk.core.domain.money import Money
from kiosk.core.domain.shopper import CategorySize
from kiosk.core.domain.size_order import plain_size

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of lines. `key` is the key of a line, `read_key` that of a record; empty if it cannot be read."""

    build: Callable[[FieldReader], T]
    key: Callable[[T], str]
    read_key: Callable[[FieldReader], str]
    items: Callable[[T], tuple[ItemId, ...]] = lambda _: ()
    """Item ids that the line defines; each may be defined once in a feed."""


def stock_key(article: ArticleId, place: str) -> str:
    """The key of pieces at a place; empty if a part is."""
    return f"{article} {place}" if article and place else ""


def _style(f: FieldReader) -> StyleLine:
    style_id = StyleId(f.read(c.STYLE_ID))
    price, before = _prices(f, required=True)
    style = StyleLine(
        style_id=style_id,
        name=f.read(c.NAME),
        category=f.read(c.CATEGORY),
        price=price or Money(0, ""),
        colours=f.each(c.COLOURS, lambda inner: _colour(style_id, inner)),
        story=f.read(c.STORY),
        material=f.read(c.MATERIAL),
        care=f.read(c.CARE),
        origin=f.read(c.ORIGIN),
        size_system=f.read(c.SIZE_SYSTEM),
        sizes=f.read(c.SIZES),
        since=f.read(c.SINCE),
        price_before=before,
        season=f.read(c.SEASON),
        line=f.read(c.LINE),
        tax_class=f.read(c.TAX_CLASS),
        lowest_price=_lowest(f),
    )
    for what, given in (
        ("a code is used twice", [colour.code for colour in style.colours]),
        ("an item_id is used twice", [colour.item for colour in style.colours]),
    ):
        if len(set(given)) != len(given):
            f.mistakes.append(f"colours: {what}")
    return style


def _colour(style_id: StyleId, f: FieldReader) -> ColourLine:
    code = f.read(c.CODE)
    pictures = dict.fromkeys((*f.read(c.PICTURE), *f.read(c.PICTURE_LIST)))
    item = ItemId(f.read(c.COLOUR_ITEM)) or item_id(style_id, code)
    return ColourLine(code, f.read(c.COLOUR_NAME), f.read(c.HEX), tuple(pictures), item)


def _prices(f: FieldReader, *, required: bool = False) -> tuple[Money | None, Money | None]:
    """Price and price before a sale. An equal price before is none: nothing is reduced."""
    if not required and not f.has(*c.PRICES):
        return None, None
    currency = f.read(c.CURRENCY)
    mistakes = len(f.mistakes)
    price = f.money(c.PRICE, c.PRICE_MINOR, currency)
    before = f.money(c.PRICE_BEFORE, c.PRICE_BEFORE_MINOR, currency)
    if price is None:
        if required and len(f.mistakes) == mistakes:
            f.mistakes.append("price is missing")
        return None, before
    if price.minor == 0:
        f.reading.notes.append("price is 0: it is shown without a price and not sold at mirrors")
    if before is None or before == price:
        return price, None
    if before.currency != price.currency:
        f.mistakes.append("price_before: is in another currency than price")
    elif before < price:
        f.mistakes.append("price_before: is lower than price; leave it empty where nothing is reduced")
    return price, before


def _lowest(f: FieldReader) -> Money | None:
    """The lowest price of the last 30 days."""
    if not f.has(c.LOWEST_PRICE, c.LOWEST_PRICE_MINOR):
        return None
    return f.money(c.LOWEST_PRICE, c.LOWEST_PRICE_MINOR, f.read(c.CURRENCY))


def _article(f: FieldReader) -> tuple[ArticleId, str]:
    """The article of a record, and the SKU that is given beside a GTIN."""
    gtin, sku = f.read(c.GTIN), f.read(c.SKU)
    if f.has(c.GTIN):
        return article_of(gtin, ""), sku
    if not f.has(c.SKU):
        f.mistakes.append("gtin is missing (or sku, where the article has none)")
    return article_of(gtin, sku), ""


def _item(f: FieldReader) -> SkuLine:
    article, sku = _article(f)
    price, before = _prices(f)
    return SkuLine(
        article=article,
        style_id=StyleId(f.read(c.STYLE_ID)),
        colour=f.read(c.COLOUR),
        size=f.read(c.SIZE),
        sku=sku,
        price=price,
        price_before=before,
        tax_class=f.read(c.TAX_CLASS),
        lowest_price=_lowest(f),
    )


def _stock(f: FieldReader) -> StockLine:
    return StockLine(
        article=_article(f)[0],
        place=f.read(c.PLACE),
        count=f.read(c.COUNT),
        counted_us=f.read(c.COUNTED_AT),
        reserved=f.read(c.RESERVED),
        incoming=f.read(c.INCOMING),
    )


def _shopper(f: FieldReader) -> ShopperLine:
    return ShopperLine(
        shopper_id=ShopperId(f.read(c.SHOPPER_ID)),
        first_name=f.read(c.FIRST_NAME),
        language=f.read(c.LANGUAGE),
        sizes=tuple(CategorySize(category, plain_size(size)) for category, size in f.read(c.USUAL_SIZES)),
        member=f.read(c.MEMBER),
        consents=f.read(c.CONSENTS),
        stored_means=f.read(c.STORED_MEANS),
        credentials=f.each(c.CREDENTIALS, _credential),
        history=f.read(c.HISTORY),
        level=f.read(c.LEVEL),
    )


def _credential(f: FieldReader) -> CredentialLine:
    f.read(c.CREDENTIAL_ID)
    return CredentialLine(f.read(c.CREDENTIAL_KIND), f.read(c.CREDENTIAL_UID))


def _associate(f: FieldReader) -> AssociateLine:
    return AssociateLine(
        associate_id=AssociateId(f.read(c.ASSOCIATE_ID)),
        name=f.read(c.ASSOCIATE_NAME),
        languages=f.read(c.SPOKEN),
        role=f.read(c.ROLE) or "associate",
        pin=f.read(c.PIN),
        pin_hash=f.read(c.PIN_HASH),
    )


def _look(f: FieldReader) -> LookLine:
    return LookLine(f.read(c.LOOK_ID), f.read(c.LOOK_ITEMS), f.read(c.STYLIST))


KINDS: Final[Mapping[FeedKind, Kind[Any]]] = MappingProxyType(
    {
        "styles": Kind(
            _style,
            lambda line: line.style_id,
            lambda f: f.read(c.STYLE_ID),
            lambda line: tuple(colour.item for colour in line.colours),
        ),
        "items": Kind(_item, lambda line: line.article, lambda f: _article(f)[0]),
        "stock": Kind(
            _stock,
            lambda line: stock_key(line.article, line.place),
            lambda f: stock_key(_article(f)[0], f.read(c.PLACE)),
        ),
        "shoppers": Kind(_shopper, lambda line: line.shopper_id, lambda f: f.read(c.SHOPPER_ID)),
        "associates": Kind(_associate, lambda line: line.associate_id, lambda f: f.read(c.ASSOCIATE_ID)),
        "looks": Kind(_look, lambda line: line.look_id, lambda f: f.read(c.LOOK_ID)),
        "promotions": Kind(promotion, lambda rule: rule.rule_id, lambda f: f.read(PROMOTION_ID)),
    }
)
