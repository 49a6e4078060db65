"""A shop of sixty styles in three colours that a looks model can be trained on, for tests of suggestions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.advice import Suggestion
from kiosk.core.domain.ids import ArticleId, ItemId, PieceId, RoomId, ShopperId, Ticket, check_digit, piece_id
from kiosk.core.visit.effects import FindLooks, ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import PREFIX, START_US, settings_in
from tests.recommender import toy_shop

ROOM, TICKET = RoomId("1"), Ticket("t1")
RUNS = {"scarf": ("one",), "shirt": ("S", "M", "L"), "knitwear": ("S", "M", "L")}
EU = ("36", "38", "40")
UNSOLD_STYLES = 2
"""The last styles were never sold: `toy_shop.events` omits their six items."""


def system_of(category: str) -> str:
    return "alpha" if category in ("shirt", "knitwear") else "one" if category == "scarf" else "eu"


@dataclass
class TrainedShop:
    """The content of the feed, by item; `stock` may be changed before it is written."""

    category: dict[str, str] = field(default_factory=dict)
    price: dict[str, float] = field(default_factory=dict)
    material: dict[str, str] = field(default_factory=dict)
    stock: dict[str, set[str]] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)
    looks: list[dict[str, Any]] = field(default_factory=list)
    shoppers: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for row in toy_shop.catalogue().to_pylist():
            item = row["item_id"]
            self.category[item], self.price[item] = row["category"], row["price"]
            self.material[item] = row["material"]
            self.stock[item] = set(self.run(item))

    def run(self, item: str) -> tuple[str, ...]:
        return RUNS.get(self.category[item], EU)

    def band(self, item: str) -> int:
        """The fifth of its category's prices, computed independently."""
        rivals = [self.price[i] for i, c in self.category.items() if c == self.category[item]]
        if len(rivals) < 25:
            rivals = list(self.price.values())
        edges = np.quantile(rivals, [0.2, 0.4, 0.6, 0.8])
        return int(np.searchsorted(edges, self.price[item], side="left"))

    def article(self, item: str, size: str) -> ArticleId:
        body = f"0{PREFIX}{list(self.category).index(item) * 3 + self.run(item).index(size):05d}"
        return ArticleId(body + str(check_digit(body)))

    def piece_of(self, item: str, size: str) -> PieceId:
        return piece_id(self.article(item, size), "1")

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        rows: dict[str, list[Any]] = {"styles": [], "items": [], "stock": []}
        for item in self.category:
            if item.endswith("navy"):
                rows["styles"].append(self._style(item))
            for size in self.run(item):
                of = self.article(item, size)
                style, _, colour = item.rpartition("-")
                rows["items"].append({"gtin": of, "style_id": style, "colour": colour, "size": size})
                here = 1 if size in self.stock[item] else 0
                rows["stock"].append({"gtin": of, "place": "stockroom", "count": here})
        rows["looks"], rows["shoppers"] = self.looks, self.shoppers
        for name, lines in rows.items():
            text = "".join(json.dumps(line) + "\n" for line in lines)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
        return folder

    def _style(self, item: str) -> dict[str, Any]:
        style, category = item.rpartition("-")[0], self.category[item]
        return {
            "style_id": style, "name": {"en": f"{category} {style}"}, "category": category,
            "material": {"en": self.material[item]}, "size_system": system_of(category),
            "price": {"currency": "EUR", "minor": int(100 * self.price[item])}, "sizes": list(self.run(item)),
            "since": self.since.get(style, ""),
            "colours": [{"code": c, "name": {"en": c}, "hex": "#112233"} for c in toy_shop.COLOURS],
        }  # fmt: skip

    def settings(self, folder: Path, **changes: Any) -> StoreSettings:
        return settings_in(folder, feeds=self.write(folder / "boutique"), **changes)


def suggestions_for(
    store: Store, shop: TrainedShop, room: list[str], *, sizes: dict[str, str] | None = None,
    without: tuple[str, ...] = (), shopper: ShopperId | None = None,
) -> tuple[Suggestion, ...]:  # fmt: skip
    """The suggestions for a mirror with these items in its room; `shopper` has proved who she is."""
    floor = store.service.floor
    floor.remove_pieces(ROOM, frozenset(floor.room(ROOM).pieces))
    store.service.report_visit(ROOM, ReportVisit(TICKET, began=True, at_us=START_US))
    for item in room:
        piece = shop.piece_of(item, (sizes or {}).get(item, shop.run(item)[0]))
        floor.rooms_changed([TagArrived(ROOM, piece, True, 0.99, START_US)])
    known = store.service.customers.customer(shopper) if shopper else None
    visit = floor.room(ROOM).visit
    assert visit is not None
    floor.room(ROOM).visit = type(visit)(TICKET, START_US, known.as_shopper() if known else None, START_US)
    items = tuple(map(ItemId, room))
    found = store.service.find_looks(ROOM, FindLooks(TICKET, 1, items, tuple(map(ItemId, without)), shopper))
    floor.room(ROOM).visit = None
    return found


def items_of(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.garment.item for suggestion in found]


def shopper_row(name: str, **more: Any) -> dict[str, Any]:
    return {"shopper_id": name, "first_name": name.title(), "member": True, "consents": [], **more}
