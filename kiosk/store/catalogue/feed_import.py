"""Imports a feed into the database: in one transaction, idempotent, and with a limit on how much it may delete.

A feed file replaces all known rows of its kind. If the file has mistakes, it deletes nothing. If it would delete more
than `MAX_LOSS_PERCENT`, the whole import is refused, because an incomplete export looks like that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from kiosk.connectors.feeds import (
    Feed,
    FeedMistake,
    ItemReference,
    ShopperLine,
    SkuLine,
    StyleColour,
    StyleLine,
)
from kiosk.core.domain.ids import ItemId, item_id
from kiosk.store.customers.card_import import import_cards
from kiosk.store.customers.fit_feedback import delete_unconsented
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json, localized_to_json
from kiosk.store.db.tables import COLOURWAY, LOOK, PURCHASE, SHOPPER, SKU, STOCK, STYLE
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import ImportRefusedError

MAX_LOSS_PERCENT = 20
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Number of imported rows by kind, and the lines that could not be read."""

    imported: Mapping[str, int]
    mistakes: tuple[FeedMistake, ...]


def import_feed(database: Database, feed: Feed, mac: Callable[[str], str], now_us: int) -> ImportResult:
    """Imports a feed; `mac` makes the keyed hash of a card's UID. Raises ImportRefusedError; then nothing changed."""
    with_mistakes = {m.file.rpartition(".")[0] for m in feed.mistakes}
    imported: dict[str, int] = {}
    with database.writing() as connection:
        if feed.styles is not None:
            imported["styles"] = _styles(connection, feed.styles, "styles" in with_mistakes)
        if feed.skus is not None:
            imported["items"] = _skus(connection, feed.skus, "items" in with_mistakes)
        if feed.stock is not None:
            rows = [
                {
                    "article": s.article,
                    "place": s.place,
                    "count": s.count,
                    "counted_us": now_us,
                    "counted": s.count,
                }
                for s in feed.stock
            ]
            imported["stock"] = _replace(
                connection, "stock", STOCK, rows, keep="stock" in with_mistakes, limited=False
            )
        if feed.shoppers is not None:
            imported["shoppers"] = _shoppers(connection, feed.shoppers, mac, "shoppers" in with_mistakes)
        if feed.looks is not None:
            looks = [
                {
                    "look_id": k.look_id,
                    "items": compact_json([_item(i) for i in k.items]),
                    "stylist": k.stylist,
                }
                for k in feed.looks
            ]
            imported["looks"] = _replace(connection, "looks", LOOK, looks, keep="looks" in with_mistakes)
    return ImportResult(imported, feed.mistakes)


def _replace(
    connection: Connection, name: str, table: Table, rows: Sequence[Mapping[str, Any]], *, keep: bool,
    limited: bool = True,
) -> int:  # fmt: skip
    """Makes the table hold these rows; returns their number.

    `keep`: other rows stay. `limited`: more than `MAX_LOSS_PERCENT` deleted rows raise ImportRefusedError.
    """
    keys = [column.name for column in table.primary_key]
    known = {tuple(row) for row in connection.execute(select(*(table.c[k] for k in keys)))}
    gone = known - {tuple(row[k] for k in keys) for row in rows}
    if not keep and gone:
        if limited and len(gone) * 100 > len(known) * MAX_LOSS_PERCENT:
            raise ImportRefusedError(name, len(known), len(known) - len(gone))
        _remove(connection, table, keys, gone)
    upsert(connection, table, rows)
    return len(rows)


def _remove(connection: Connection, table: Table, keys: list[str], gone: Iterable[tuple[Any, ...]]) -> None:
    for values in gone:
        same = [table.c[key] == value for key, value in zip(keys, values, strict=True)]
        connection.execute(delete(table).where(*same))


def _styles(connection: Connection, styles: Sequence[StyleLine], keep: bool) -> int:
    taken = _replace(connection, "styles", STYLE, [_style_row(s) for s in styles], keep=keep)
    colours: Rows = [
        {"style_id": s.style_id, "code": c.code, "ordinal": i, "name": localized_to_json(c.name), "hex": c.hex,
         "picture": c.picture, "pictures": compact_json(c.pictures),
         "item": c.item}
        for s in styles for i, c in enumerate(s.colours)
    ]  # fmt: skip
    _replace(connection, "colours", COLOURWAY, colours, keep=keep)
    return taken


def _style_row(style: StyleLine) -> dict[str, Any]:
    return {
        "style_id": style.style_id,
        "category": style.category,
        "name": localized_to_json(style.name),
        "story": localized_to_json(style.story),
        "material": localized_to_json(style.material),
        "care": localized_to_json(style.care),
        "origin": localized_to_json(style.origin),
        "price_minor": style.price.minor,
        "currency": style.price.currency,
        "size_system": style.size_system,
        "sizes": compact_json(style.sizes),
        "since": style.since,
    }


def _skus(connection: Connection, skus: Sequence[SkuLine], keep: bool) -> int:
    known = {row[0] for row in connection.execute(select(STYLE.c.style_id))}
    rows: Rows = [
        {"article": s.article, "style_id": s.style_id, "colour": s.colour, "size": s.size}
        for s in skus if s.style_id in known
    ]  # fmt: skip
    return _replace(connection, "items", SKU, rows, keep=keep)


def _shoppers(
    connection: Connection, shoppers: Sequence[ShopperLine], mac: Callable[[str], str], keep: bool
) -> int:
    taken = _replace(connection, "shoppers", SHOPPER, [_shopper_row(s) for s in shoppers], keep=keep)
    import_cards(
        connection, [(mac(c.uid), s.shopper_id, c.kind) for s in shoppers for c in s.credentials], keep
    )
    for shopper in shoppers:
        _history(connection, shopper)
    # Everything about a shopper who is no longer in the feed is deleted; no model contains data of a person.
    connection.execute(delete(PURCHASE).where(PURCHASE.c.shopper_id.not_in(select(SHOPPER.c.shopper_id))))
    delete_unconsented(connection)
    return taken


def _history(connection: Connection, shopper: ShopperLine) -> None:
    connection.execute(delete(PURCHASE).where(PURCHASE.c.shopper_id == shopper.shopper_id))
    rows = [{"shopper_id": shopper.shopper_id, "item": _item(item)} for item in shopper.history]
    if rows:
        connection.execute(PURCHASE.insert(), rows)


def _shopper_row(shopper: ShopperLine) -> dict[str, Any]:
    return {
        "shopper_id": shopper.shopper_id,
        "first_name": shopper.first_name,
        "language": shopper.language,
        "sizes": compact_json({worn.category: worn.size for worn in shopper.sizes}),
        "member": shopper.member,
        "consents": compact_json(shopper.consents),
        "stored_means": shopper.stored_means,
    }


def _item(reference: ItemReference) -> ItemId:
    if isinstance(reference, StyleColour):
        return item_id(reference.style_id, reference.colour)
    return reference
