"""A shop of any size for the benches of the store: its rows are written straight into the database, its looks model is
random. A feed of that size would take longer to import than all that is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Table

from kiosk.core.domain.ids import ArticleId, ItemId, ShopperId, StyleId, check_digit, item_id
from kiosk.store.db import tables
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import (
    COLOURWAY,
    CREDENTIAL,
    ITEM_EVENT,
    LOOK,
    PURCHASE,
    SHOPPER,
    SKU,
    STOCK,
    STYLE,
)
from kiosk.store.staff.tokens import card_mac, store_key
from recommender.looks.serving import artefact
from recommender.looks.serving.model import Attribute, LooksModel
from tests.bench.random_looks_model import random_model
from tests.kiosk.store.sample_shop import CHEAP, MANAGER_PIN, PREFIX, START_US

RUNS = (
    ("dresses", "eu-women", tuple(map(str, range(34, 48, 2)))),
    ("knitwear", "alpha", ("XS", "S", "M", "L", "XL")),
    ("shoes", "eu-shoes", tuple(map(str, range(36, 43)))),
    ("trousers", "eu-women", tuple(map(str, range(34, 48, 2)))),
    ("shirts", "alpha", ("XS", "S", "M", "L", "XL")),
    ("coats", "eu-women", tuple(map(str, range(34, 48, 2)))),
    ("bags", "one", ("one",) * 5),
    ("skirts", "eu-women", tuple(map(str, range(34, 48, 2)))),
)
"""Category, size system and sizes of the styles in turn."""
CATEGORIES = 40
MEMBER, MEMBER_UID = ShopperId("member"), "04A1B2C3D4E5F6"
ASSOCIATE = "a-ines"
BATCH = 20_000


@dataclass(frozen=True)
class LargeShop:
    """So many styles, each in so many colours and sizes. `in_stock`: items that have stock; None: nearly all."""

    styles: int
    colours: int
    sizes: int
    in_stock: int | None = None

    @property
    def variants(self) -> int:
        return self.styles * self.colours * self.sizes

    @cached_property
    def row_of(self) -> dict[ItemId, int]:
        """The model's row of each item."""
        return {item: row for row, item in enumerate(self.items)}

    @cached_property
    def items(self) -> list[ItemId]:
        """The items in the order of the model's rows."""
        return [item_id(style_of(s), colour_of(c)) for s in range(self.styles) for c in range(self.colours)]

    def article(self, style: int, colour: int, size: int) -> ArticleId:
        body = f"0{PREFIX}"[:7] + f"{(style * self.colours + colour) * self.sizes + size:06d}"
        return ArticleId(body + str(check_digit(body)))

    def article_of(self, item: ItemId, size: int) -> ArticleId:
        """The article of an item in the size of that number."""
        return self.article(*divmod(self.row_of[item], self.colours), size)

    def category(self, style: int) -> str:
        return f"{RUNS[style % len(RUNS)][0]} {style % CATEGORIES // len(RUNS)}"

    def run(self, style: int) -> tuple[str, ...]:
        sizes = RUNS[style % len(RUNS)][2][: self.sizes]
        return sizes if len(set(sizes)) == self.sizes else tuple(f"{n}" for n in range(self.sizes))

    def write(self, state: Path) -> None:
        """Writes the database of a store's state folder: catalogue, stock, sales and one member with a card."""
        state.mkdir(mode=0o700, parents=True)
        database = Database(f"sqlite:///{state / 'store.db'}")
        self._insert(database, STYLE, self._styles())
        self._insert(database, COLOURWAY, self._colourways())
        self._insert(database, SKU, self._skus())
        self._insert(database, STOCK, self._stock())
        self._insert(database, ITEM_EVENT, self._sales())
        self._insert(database, LOOK, self._looks())
        uid_mac = card_mac(store_key(state), MEMBER_UID)
        card = {"uid_mac": uid_mac, "shopper_id": MEMBER, "kind": "card", "counter": 0}
        self._insert(database, CREDENTIAL, [card])
        self._insert(database, SHOPPER, [_member()])
        self._insert(
            database, PURCHASE, [{"shopper_id": MEMBER, "item": item} for item in self.items[5:400:40]]
        )
        associate = {
            "associate_id": ASSOCIATE, "name": "Inès", "role": "manager", "pin_hash": CHEAP.hash(MANAGER_PIN),
            "failures": 0, "locked_until_us": 0, "active": True,
        }  # fmt: skip
        self._insert(database, tables.ASSOCIATE, [associate])
        database.close()

    def model(self) -> LooksModel:
        """A random looks model of exactly these items; a twentieth of them were never sold."""
        found = random_model(self.styles * self.colours, colours=self.colours)
        categories = sorted({self.category(style) for style in range(self.styles)})
        of_style = np.array([categories.index(self.category(s)) for s in range(self.styles)], np.int32)
        category = Attribute(of_style[found.items.styles], tuple(categories))
        attributes = {**found.items.attributes, "category": category}
        return replace(found, items=replace(found.items, ids=tuple(self.items), attributes=attributes))

    def write_model(self, folder: Path) -> LooksModel:
        model = self.model()
        artefact.write(model, folder, {"golden": artefact.golden_answers(model, [[0], [1, 2, 3]])})
        return model

    @staticmethod
    def _insert(database: Database, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        left = iter(rows)
        with database.writing() as connection:
            while batch := list(islice(left, BATCH)):
                connection.execute(table.insert(), batch)

    def _styles(self) -> Iterator[dict[str, Any]]:
        for style in range(self.styles):
            yield {
                "style_id": style_of(style), "category": self.category(style),
                "name": compact_json({"en": f"Garment {style}", "de": f"Stück {style}"}),
                "story": compact_json({"en": "A story of some thirty words. " * 6}),
                "material": compact_json({"en": "wool"}), "care": "{}", "origin": "{}",
                "price_minor": 1990 + 100 * (style * 7919 % 400), "currency": "EUR",
                "size_system": RUNS[style % len(RUNS)][1], "sizes": compact_json(self.run(style)), "since": "",
            }  # fmt: skip

    def _colourways(self) -> Iterator[dict[str, Any]]:
        for style in range(self.styles):
            for colour in range(self.colours):
                row = {
                    "style_id": style_of(style), "code": colour_of(colour), "ordinal": colour,
                    "name": compact_json({"en": f"colour {colour}"}), "hex": "#112233",
                    "picture": f"{style}-{colour}.jpg",
                }  # fmt: skip
                if "item" in COLOURWAY.c:
                    row["item"] = item_id(style_of(style), colour_of(colour))
                yield row

    def _skus(self) -> Iterator[dict[str, Any]]:
        for style in range(self.styles):
            run = self.run(style)
            for colour in range(self.colours):
                for size in range(self.sizes):
                    yield {
                        "article": self.article(style, colour, size), "style_id": style_of(style),
                        "colour": colour_of(colour), "size": run[size],
                    }  # fmt: skip

    def _stock(self) -> Iterator[dict[str, Any]]:
        every = self.styles * self.colours
        chosen = set(range(0, every, every // self.in_stock)) if self.in_stock else None
        for style in range(self.styles):
            for colour in range(self.colours):
                for size in range(self.sizes):
                    number = style * self.colours + colour
                    here = number in chosen if chosen is not None else (number * 31 + size * 7) % 11 > 1
                    yield {
                        "article": self.article(style, colour, size), "place": "floor", "count": 3 if here else 0,
                        "counted_us": START_US,
                    }  # fmt: skip

    def _sales(self) -> Iterator[dict[str, Any]]:
        rng = np.random.default_rng(5)
        items = self.items
        for row in np.minimum(rng.zipf(1.3, min(40_000, 20 * len(items))) - 1, len(items) - 1).tolist():
            yield {"at_us": START_US, "kind": "bought", "item": items[row], "size": "", "basket": ""}

    def _looks(self) -> Iterator[dict[str, Any]]:
        items = self.items
        for look in range(min(400, len(items) // 8)):
            pieces = [items[(look * 37 + n * 101) % len(items)] for n in range(4)]
            yield {"look_id": f"l{look}", "items": compact_json(pieces), "stylist": "Mei"}


def style_of(style: int) -> StyleId:
    return StyleId(f"W{style:05d}")


def colour_of(colour: int) -> str:
    return f"C{colour}"


def _member() -> dict[str, Any]:
    sizes = {"eu-women": "38", "alpha": "M", "eu-shoes": "39"}
    return {
        "shopper_id": MEMBER, "first_name": "Clara", "language": "en", "sizes": compact_json(sizes), "member": True,
        "consents": compact_json(["sizes", "history"]),
    }  # fmt: skip


SMALL = LargeShop(20, 2, 5)
MIDDLE = LargeShop(1_000, 4, 5)
LARGE = LargeShop(3_000, 6, 3)
LARGEST = LargeShop(10_000, 5, 4)


def rooms(shop: LargeShop, garments: int, count: int, seed: int = 1) -> Sequence[tuple[ItemId, ...]]:
    """Random rooms of so many garments."""
    rng, items = np.random.default_rng(seed), shop.items
    return [tuple(items[n] for n in rng.choice(len(items), garments, replace=False)) for _ in range(count)]
