"""A catalogue of any size for benches, written straight into the tables: styles of two colours and five sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert

from kiosk.core.domain.ids import ArticleId, PieceId, check_digit, piece_id
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, SKU, SOLD, STOCK, STYLE

PREFIX = "952123"
SIZES, COLOURS = ("XS", "S", "M", "L", "XL"), ("light-blue", "navy")
PER_STYLE = len(SIZES) * len(COLOURS)
_TEXTS = '{"en":"A text of some length, as stories are","de":"Ein Text, so lang wie Geschichten es sind"}'
_AT_ONCE = 20_000


def article(number: int) -> ArticleId:
    body = f"0{PREFIX}{number:06d}"
    return ArticleId(body + str(check_digit(body)))


def sold_piece(number: int, variants: int) -> PieceId:
    return piece_id(article(number % variants), str(number))


def fill(database: Database, variants: int, sold: int) -> None:
    """Writes `variants` articles with stock on two places, and `sold` sold pieces."""
    styles = [f"W-{n}" for n in range(variants // PER_STYLE)]
    _write(database, STYLE, (_style(style) for style in styles))
    _write(database, COLOURWAY, (_colour(style, at) for style in styles for at in range(len(COLOURS))))
    _write(database, SKU, (_article(number) for number in range(variants)))
    places = ("floor", "stockroom")
    _write(database, STOCK, (_stock(number, place) for number in range(variants) for place in places))
    _write(database, SOLD, (_sold(number, variants) for number in range(sold)))


def _style(style: str) -> dict[str, Any]:
    texts = dict.fromkeys(("name", "story", "material", "care", "origin"), _TEXTS)
    sizes = '["XS","S","M","L","XL"]'
    return {
        "style_id": style,
        "category": "shirts",
        "price_minor": 10_000,
        "currency": "EUR",
        "sizes": sizes,
        **texts,
    }


def _colour(style: str, at: int) -> dict[str, Any]:
    code = COLOURS[at]
    picture = f"{style}/{code}.webp"
    return {"style_id": style, "code": code, "ordinal": at, "name": _TEXTS, "hex": "#123456", "picture": picture,
            "pictures": f'["{picture}"]', "item": f"{style}/{code}"}  # fmt: skip


def _article(number: int) -> dict[str, Any]:
    style, within = divmod(number, PER_STYLE)
    colour, size = divmod(within, len(SIZES))
    return {
        "article": article(number),
        "style_id": f"W-{style}",
        "colour": COLOURS[colour],
        "size": SIZES[size],
    }


def _stock(number: int, place: str) -> dict[str, Any]:
    count = number % 3
    return {"article": article(number), "place": place, "count": count, "counted": count, "counted_us": 1}


def _sold(number: int, variants: int) -> dict[str, Any]:
    piece = sold_piece(number, variants)
    return {"piece": piece, "article": article(number % variants), "ordered_as": piece, "order_id": f"o{number // 2}",
            "at_us": number}  # fmt: skip


def _write(database: Database, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    for some in _slices(rows):
        with database.writing() as connection:
            connection.execute(insert(table), some)


def _slices(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some
