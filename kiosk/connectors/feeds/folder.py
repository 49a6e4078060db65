"""A folder of feed files (JSONL or CSV) as one Feed; a file that is absent says nothing about what it would hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.lines import FeedProblem, records
from kiosk.connectors.feeds.values import (
    AssociateLine,
    ColourLine,
    CredentialLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)
from kiosk.core.domain.ids import AssociateId, ItemId, ShopperId, StyleId
from kiosk.core.domain.shopper import CategorySize

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Feed:
    """The good lines of each file, None where there is no such file, and the mistakes of the rest."""

    styles: tuple[StyleLine, ...] | None = None
    skus: tuple[SkuLine, ...] | None = None
    stock: tuple[StockLine, ...] | None = None
    shoppers: tuple[ShopperLine, ...] | None = None
    associates: tuple[AssociateLine, ...] | None = None
    looks: tuple[LookLine, ...] | None = None
    mistakes: tuple[FeedProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read(Generic[T]):
    """The good lines of one file by key, and where each stood."""

    file: str
    good: dict[object, T]
    lines: dict[object, int]


def read_folder(folder: Path) -> Feed:
    """Reads styles, items, stock, shoppers, associates and looks, each `.jsonl`, `.json` or `.csv`."""
    wrong: list[FeedProblem] = []
    styles = _file(folder, "styles", _style, lambda s: s.style_id, wrong)
    skus = _file(folder, "items", _sku, lambda s: s.gtin, wrong)
    stock = _file(folder, "stock", _stock, lambda s: (s.gtin, s.place), wrong)
    if styles and skus:
        _drop_orphans(skus, lambda s: _orphan(s, styles.good), wrong)
    if skus and stock:
        _drop_orphans(stock, lambda s: "" if s.gtin in skus.good else f"no item has GTIN {s.gtin}", wrong)
    return Feed(
        styles=_values(styles),
        skus=_values(skus),
        stock=_values(stock),
        shoppers=_values(_file(folder, "shoppers", _shopper, lambda s: s.shopper_id, wrong)),
        associates=_values(_file(folder, "associates", _associate, lambda a: a.associate_id, wrong)),
        looks=_values(_file(folder, "looks", _look, lambda look: look.look_id, wrong)),
        mistakes=tuple(wrong),
    )


def _values(read: _Read[T] | None) -> tuple[T, ...] | None:
    return None if read is None else tuple(read.good.values())


def _file(
    folder: Path,
    stem: str,
    read: Callable[[FieldReader], T],
    key: Callable[[T], object],
    wrong: list[FeedProblem],
) -> _Read[T] | None:
    path = next((p for s in (".jsonl", ".json", ".csv") if (p := folder / (stem + s)).exists()), None)
    if path is None:
        return None
    found: _Read[T] = _Read(path.name, {}, {})
    for record in records(path):
        if isinstance(record, FeedProblem):
            wrong.append(record)
            continue
        fields = FieldReader(record.fields)
        value = read(fields)
        name = key(value)
        if not fields.wrong and name in found.good:
            fields.wrong.append(f"repeats line {found.lines[name]}")
        if fields.wrong:
            wrong.extend(FeedProblem(path.name, record.line, what) for what in fields.wrong)
        else:
            found.good[name], found.lines[name] = value, record.line
    return found


def _drop_orphans(read: _Read[T], why: Callable[[T], str], wrong: list[FeedProblem]) -> None:
    for name, value in list(read.good.items()):
        if what := why(value):
            wrong.append(FeedProblem(read.file, read.lines[name], what))
            del read.good[name]


def _orphan(sku: SkuLine, styles: Mapping[object, StyleLine]) -> str:
    style = styles.get(sku.style_id)
    if style is None:
        return f"no style is called {sku.style_id}"
    known = {c.code for c in style.colours}
    return "" if sku.colour in known else f"style {sku.style_id} has no colour {sku.colour}"


def _style(f: FieldReader) -> StyleLine:
    style = StyleLine(
        style_id=StyleId(f.name("style_id")),
        name=f.words("name", needed=True),
        category=f.name("category"),
        price=f.money("price"),
        colours=f.each("colours", _colour),
        story=f.words("story"),
        material=f.words("material"),
        care=f.words("care"),
        origin=f.words("origin"),
        size_system=f.text("size_system"),
        sizes=f.texts("sizes"),
        since=f.text("since"),
    )
    codes = [c.code for c in style.colours]
    if not codes:
        f.wrong.append("colours: at least one is needed")
    if len(set(codes)) != len(codes):
        f.wrong.append("colours: a code stands twice")
    return style


def _colour(f: FieldReader) -> ColourLine:
    return ColourLine(f.name("code"), f.words("name", needed=True), f.text("hex"), f.text("picture"))


def _sku(f: FieldReader) -> SkuLine:
    return SkuLine(f.gtin(), StyleId(f.name("style_id")), f.name("colour"), f.text("size", needed=True))


def _stock(f: FieldReader) -> StockLine:
    line = StockLine(f.gtin(), f.text("place", needed=True), f.count("count"))
    if line.place and line.place not in ("floor", "stockroom") and not line.place.startswith("other:"):
        f.wrong.append(f"place: {line.place!r} is none of floor, stockroom, other:NAME")
    return line


def _shopper(f: FieldReader) -> ShopperLine:
    return ShopperLine(
        shopper_id=ShopperId(f.name("shopper_id")),
        first_name=f.text("first_name"),
        language=f.text("language"),
        sizes=tuple(CategorySize(category, size) for category, size in f.pairs("sizes")),
        member=f.yes("member"),
        consents=f.texts("consents"),
        stored_means=f.text("stored_means"),
        credentials=f.each(
            "credentials", lambda c: CredentialLine(c.text("kind"), c.text("uid", needed=True))
        ),
        history=tuple(ItemId(item) for item in f.texts("history")),
    )


def _associate(f: FieldReader) -> AssociateLine:
    return AssociateLine(
        associate_id=AssociateId(f.name("associate_id")),
        name=f.text("name", needed=True),
        languages=f.texts("languages"),
        role=f.text("role") or "associate",
        pin=f.text("pin"),
        pin_hash=f.text("pin_hash"),
    )


def _look(f: FieldReader) -> LookLine:
    return LookLine(f.name("look_id"), tuple(ItemId(i) for i in f.texts("items")), f.text("by"))
