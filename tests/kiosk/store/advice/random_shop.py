"""Small random shops (seeded): categories, sizes, prices, stock, sales, looks and a looks model, and rooms in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from kiosk.core.domain.ids import ArticleId, ItemId, ShopperId, StyleId, article_of_sku
from kiosk.core.domain.shopper import CategorySize
from kiosk.store.customers.customers import Customer
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, LOOK, SKU, STOCK, STYLE
from recommender.inputs.stylist_looks import StylistLook
from recommender.looks.serving.model import LooksModel
from tests.bench.random_looks_model import plain_model

RUNS = {
    "eu-women": ("36", "38", "40"),
    "alpha": ("S", "M", "L", "XL"),
    "one": ("one",),
    "eu-shoes": ("37", "38", "39", "40"),
}


class RandomShop:
    """The content of one shop; `density` is the share of articles in stock."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.styles, self.colours = int(self.rng.integers(8, 40)), int(self.rng.integers(1, 4))
        self.density = float(self.rng.choice([0.03, 0.2, 0.8]))
        kinds = int(self.rng.integers(1, 7))
        self.category = [f"category {self.rng.integers(kinds)}" for _ in range(self.styles)]
        self.system = [str(self.rng.choice(list(RUNS))) for _ in range(self.styles)]
        self.price = self.rng.integers(1, 60, self.styles).tolist()
        self.items = [ItemId(f"S{s}-{c}") for s in range(self.styles) for c in range(self.colours)]
        self.looks = [
            StylistLook(f"l{n}", str(self.rng.choice(["Mei", "Jo", ""])), tuple(self.some(3)))
            for n in range(int(self.rng.integers(0, 5)))
        ]

    def some(self, most: int) -> list[ItemId]:
        """Up to so many items."""
        count = int(self.rng.integers(0, most + 1))
        chosen = self.rng.choice(len(self.items), min(count, len(self.items)), replace=False)
        return [self.items[n] for n in chosen.tolist()]

    def run(self, style: int) -> tuple[str, ...]:
        return RUNS[self.system[style]]

    @staticmethod
    def article(style: int, colour: int, size: str) -> ArticleId:
        return article_of_sku(f"{style}-{colour}-{size}")

    def customer(self) -> Customer | None:
        if self.rng.random() < 0.5:
            return None
        worn = [("eu-women", "38"), ("alpha", "M"), ("category 0", "S"), ("alpha", "XXL")]
        sizes = tuple(
            CategorySize(*worn[n]) for n in self.rng.permutation(4)[: self.rng.integers(3)].tolist()
        )
        return Customer(ShopperId("s"), "", "en", sizes, tuple(self.some(3)), "")

    def model(self) -> LooksModel:
        """A model of all but the last style, with items that the shop does not have; some have no sales."""
        found = plain_model(
            len(self.items), dimensions=8, seed=int(self.rng.integers(99)), colours=self.colours
        )
        ids = [*self.items[: -self.colours], *(f"old-{n}" for n in range(self.colours))]
        sold = np.arange(len(ids) - len(ids) // 20, dtype=np.int32)
        assert len(sold) == len(found.items.sold)
        return replace(found, items=replace(found.items, ids=tuple(ids)))

    def write(self, database: Database) -> None:
        with database.writing() as connection:
            for style in range(self.styles):
                row = {
                    "style_id": StyleId(f"S{style}"), "category": self.category[style], "name": "{}",
                    "price_minor": 100 * self.price[style], "currency": "EUR", "since": "",
                    "size_system": self.system[style], "sizes": compact_json(self.run(style)),
                }  # fmt: skip
                connection.execute(STYLE.insert(), [row])
                for colour in range(self.colours):
                    shade = {"style_id": f"S{style}", "code": f"c{colour}", "ordinal": colour, "name": "{}"}
                    item = self.items[style * self.colours + colour]
                    connection.execute(COLOURWAY.insert(), [{**shade, "item": item}])
                    for size in self.run(style):
                        article = self.article(style, colour, size)
                        sku = {
                            "article": article,
                            "style_id": f"S{style}",
                            "colour": f"c{colour}",
                            "size": size,
                        }
                        connection.execute(SKU.insert(), [sku])
                        here = int(self.rng.random() < self.density)
                        stock = {"article": article, "place": "floor", "count": here, "counted_us": 1}
                        connection.execute(STOCK.insert(), [stock])
            events = [
                {"at_us": 0, "kind": "bought", "item": item, "size": "", "basket": ""}
                for item in self.some(20)
                for _ in range(int(self.rng.integers(1, 5)))
            ]
            if events:
                connection.execute(ITEM_EVENT.insert(), events)
            looks = [
                {"look_id": k.name, "items": compact_json(k.pieces), "stylist": k.by} for k in self.looks
            ]
            if looks:
                connection.execute(LOOK.insert(), looks)


@contextmanager
def shop_database(shop: RandomShop, folder: Path) -> Iterator[Database]:
    """A database with this shop."""
    database = Database(f"sqlite:///{folder / 'shop.db'}")
    try:
        shop.write(database)
        yield database
    finally:
        database.close()
