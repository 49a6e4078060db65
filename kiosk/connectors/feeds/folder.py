"""Reads a folder of feed files (JSONL, JSON or CSV) as one `Feed`; checks that its lines refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.connectors.feeds.feed_file import FeedMistake
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
from kiosk.connectors.feeds.records import records
from kiosk.core.domain.ids import AssociateId, ItemId, ShopperId, StyleId, article_of_gtin, item_id
from kiosk.core.domain.shopper import CategorySize

T = TypeVar("T")
FEED_STEMS = ("styles", "items", "stock", "shoppers", "associates", "looks")
FEED_SUFFIXES = (".jsonl", ".json", ".csv")
"""Names of the files of a feed: any stem with any suffix; the first suffix that is there is read."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The valid lines of each file and the mistakes of the others.

    None means that there is no such file: the store's lines of that kind stay. An empty tuple means no lines.
    """

    styles: tuple[StyleLine, ...] | None = None
    skus: tuple[SkuLine, ...] | None = None
    stock: tuple[StockLine, ...] | None = None
    shoppers: tuple[ShopperLine, ...] | None = None
    associates: tuple[AssociateLine, ...] | None = None
    looks: tuple[LookLine, ...] | None = None
    mistakes: tuple[FeedMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class _FileContent(Generic[T]):
    """The valid lines of one file by key, with their line numbers."""

    file: str
    valid: dict[object, T]
    lines: dict[object, int]


def read_folder(folder: Path) -> Feed:
    """Reads `styles`, `items`, `stock`, `shoppers`, `associates`, `looks` (`.jsonl`, `.json` or `.csv`).

    Items without their style, or stock without its item, are mistakes where the folder has both files.
    """
    mistakes: list[FeedMistake] = []
    styles = _file(folder, "styles", _style, lambda s: s.style_id, mistakes)
    skus = _file(folder, "items", _sku, lambda s: s.article, mistakes)
    stock = _file(folder, "stock", _stock, lambda s: (s.article, s.place), mistakes)
    if styles and skus:
        _drop_orphans(skus, lambda s: _orphan(s, styles.valid), mistakes)
    if skus and stock:
        _drop_orphans(
            stock,
            lambda s: "" if s.article in skus.valid else f"there is no item with GTIN {s.article}",
            mistakes,
        )
    return Feed(
        styles=_values(styles),
        skus=_values(skus),
        stock=_values(stock),
        shoppers=_values(
            _file(folder, "shoppers", _shopper, lambda s: s.shopper_id, mistakes, personal=True)
        ),
        associates=_values(
            _file(folder, "associates", _associate, lambda a: a.associate_id, mistakes, personal=True)
        ),
        looks=_values(_file(folder, "looks", _look, lambda look: look.look_id, mistakes, personal=True)),
        mistakes=tuple(mistakes),
    )


def _values(content: _FileContent[T] | None) -> tuple[T, ...] | None:
    return None if content is None else tuple(content.valid.values())


def _file(
    folder: Path,
    stem: str,
    read: Callable[[FieldReader], T],
    key: Callable[[T], object],
    mistakes: list[FeedMistake],
    *,
    personal: bool = False,
) -> _FileContent[T] | None:
    """`personal`: the records are about persons, so no mistake contains a value."""
    path = next((p for s in FEED_SUFFIXES if (p := folder / (stem + s)).exists()), None)
    if path is None:
        return None
    found: _FileContent[T] = _FileContent(path.name, {}, {})
    for record in records(path):
        if isinstance(record, FeedMistake):
            mistakes.append(record)
            continue
        fields = FieldReader(record.fields, personal=personal)
        value = read(fields)
        name = key(value)
        if not fields.mistakes and name in found.valid:
            fields.mistakes.append(f"repeats line {found.lines[name]}")
        if fields.mistakes:
            mistakes.extend(FeedMistake(path.name, record.line, what) for what in fields.mistakes)
        else:
            found.valid[name], found.lines[name] = value, record.line
    return found


def _drop_orphans(content: _FileContent[T], why: Callable[[T], str], mistakes: list[FeedMistake]) -> None:
    for name, value in list(content.valid.items()):
        if what := why(value):
            mistakes.append(FeedMistake(content.file, content.lines[name], what))
            del content.valid[name]


def _orphan(sku: SkuLine, styles: Mapping[object, StyleLine]) -> str:
    style = styles.get(sku.style_id)
    if style is None:
        return f"there is no style {sku.style_id}"
    known = {c.code for c in style.colours}
    return "" if sku.colour in known else f"style {sku.style_id} has no colour {sku.colour}"


def _style(f: FieldReader) -> StyleLine:
    style_id = StyleId(f.identifier("style_id"))
    style = StyleLine(
        style_id=style_id,
        name=f.localized("name", required=True),
        category=f.identifier("category"),
        price=f.money("price"),
        colours=f.each("colours", lambda c: _colour(style_id, c)),
        story=f.localized("story"),
        material=f.localized("material"),
        care=f.localized("care"),
        origin=f.localized("origin"),
        size_system=f.text("size_system"),
        sizes=f.texts("sizes"),
        since=f.text("since"),
    )
    codes = [c.code for c in style.colours]
    if not codes:
        f.mistakes.append("colours: at least one is required")
    if len(set(codes)) != len(codes):
        f.mistakes.append("colours: a code is used twice")
    return style


def _colour(style_id: StyleId, f: FieldReader) -> ColourLine:
    code, picture = f.identifier("code"), f.text("picture")
    return ColourLine(
        code,
        f.localized("name", required=True),
        f.text("hex"),
        (picture,) if picture else (),
        item_id(style_id, code),
    )


def _sku(f: FieldReader) -> SkuLine:
    return SkuLine(
        article_of_gtin(f.gtin()),
        StyleId(f.identifier("style_id")),
        f.identifier("colour"),
        f.text("size", required=True),
    )


def _stock(f: FieldReader) -> StockLine:
    line = StockLine(article_of_gtin(f.gtin()), f.text("place", required=True), f.count("count"))
    if line.place and line.place not in ("floor", "stockroom") and not line.place.startswith("other:"):
        f.mistakes.append(f"place: {line.place!r} is not floor, stockroom or other:NAME")
    return line


def _shopper(f: FieldReader) -> ShopperLine:
    return ShopperLine(
        shopper_id=ShopperId(f.identifier("shopper_id")),
        first_name=f.text("first_name"),
        language=f.text("language"),
        sizes=tuple(CategorySize(category, size) for category, size in f.pairs("sizes")),
        member=f.flag("member"),
        consents=f.texts("consents"),
        stored_means=f.text("stored_means"),
        credentials=f.each(
            "credentials", lambda c: CredentialLine(c.text("kind"), c.text("uid", required=True))
        ),
        history=tuple(ItemId(item) for item in f.texts("history")),
    )


def _associate(f: FieldReader) -> AssociateLine:
    return AssociateLine(
        associate_id=AssociateId(f.identifier("associate_id")),
        name=f.text("name", required=True),
        languages=f.texts("languages"),
        role=f.text("role") or "associate",
        pin=f.text("pin"),
        pin_hash=f.text("pin_hash"),
    )


def _look(f: FieldReader) -> LookLine:
    return LookLine(f.identifier("look_id"), tuple(ItemId(i) for i in f.texts("items")), f.text("by"))
