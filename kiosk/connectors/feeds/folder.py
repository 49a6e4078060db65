"""Reads a whole feed folder at once, and checks that its lines refer to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.connectors.feeds.feed_file import FeedFile, FeedMistake
from kiosk.connectors.feeds.feed_folder import open_folder
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)


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


def read_folder(folder: Path) -> Feed:
    """Reads all files of a feed (see `open_folder`). Raises OSError if the folder cannot be listed.

    Items without their style, or stock without its item, are mistakes where the folder has both files.
    """
    opened = open_folder(folder)
    styles, skus, stock = opened.read("styles", {}), opened.read("items", {}), opened.read("stock", {})
    mistakes: list[FeedMistake] = []
    others = (opened.read("shoppers", {}), opened.read("associates", {}), opened.read("looks", {}))
    for file in (styles, skus, stock, *others):
        mistakes.extend(file.mistakes if file is not None else ())
    sku_lines = _values(skus)
    if styles is not None and skus is not None and sku_lines:
        sku_lines = _with_style(skus, styles.changed, mistakes)
    stock_lines = _values(stock)
    if stock is not None and stock_lines and sku_lines:
        known = {line.article for line in sku_lines}
        stock_lines = _existing(
            stock, {k for k, line in stock.changed.items() if line.article in known}, mistakes
        )
    shoppers, associates, looks = others
    return Feed(
        styles=_values(styles),
        skus=sku_lines,
        stock=stock_lines,
        shoppers=_values(shoppers),
        associates=_values(associates),
        looks=_values(looks),
        mistakes=tuple(mistakes),
    )


def _values(file: FeedFile[Any] | None) -> tuple[Any, ...] | None:
    return None if file is None or file.failed else tuple(file.changed.values())


def _with_style(
    skus: FeedFile[SkuLine], styles: Mapping[str, StyleLine], mistakes: list[FeedMistake]
) -> tuple[SkuLine, ...]:
    found = []
    for key, line in skus.changed.items():
        style = styles.get(line.style_id)
        if style is None:
            mistakes.append(skus.mistake(key, f"there is no style {line.style_id}"))
        elif line.colour not in {colour.code for colour in style.colours}:
            mistakes.append(skus.mistake(key, f"style {line.style_id} has no colour {line.colour}"))
        else:
            found.append(line)
    return tuple(found)


def _existing(
    stock: FeedFile[StockLine], known: set[str], mistakes: list[FeedMistake]
) -> tuple[StockLine, ...]:
    mistakes.extend(
        stock.mistake(key, f"there is no item {line.article}")
        for key, line in stock.changed.items()
        if key not in known
    )
    return tuple(line for key, line in stock.changed.items() if key in known)
