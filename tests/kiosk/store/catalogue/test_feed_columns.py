"""The columns of a shop's feed on their way: from the files over the store's API to the order."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.garment import Garment, SizeStock
from kiosk.core.domain.ids import ArticleId, article_of_sku, piece_id
from kiosk.core.domain.money import Money, Price
from kiosk.core.wire import from_json
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings, TaxRule, TaxSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import price
from tests.kiosk.store.sample_shop import START_US, gtin_of
from tests.optional_values import present

SHIRT, LARGE = gtin_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "L")
NO_GTIN = article_of_sku("SHIRT/XL")
COUNTED_US = 1_789_996_800_000_000


@pytest.fixture
def settings(settings: StoreSettings) -> StoreSettings:
    """The sample shop whose white shirts use every column."""
    folder = present(settings.feeds)
    change(folder / "styles.jsonl", "style_id", "S1", {
        "price_before": {"currency": "EUR", "minor": 15_900}, "season": "SS26", "line": "men",
        "tax_class": "reduced",
        "care": {"en": "Wash cold"},
    })  # fmt: skip
    styles = rows(folder / "styles.jsonl")
    (shirt,) = (row for row in styles if row["style_id"] == "S1")
    shirt["colours"][0] |= {"pictures": ["back.png"], "item_id": "white shirt"}
    write(folder / "styles.jsonl", styles)
    change(
        folder / "items.jsonl",
        "gtin",
        LARGE,
        {"price": {"currency": "EUR", "minor": 13_900}, "sku": "L-1", "tax_class": "luxury"},
    )
    items = rows(folder / "items.jsonl")
    write(
        folder / "items.jsonl", [*items, {"sku": "SHIRT/XL", "style_id": "S1", "colour": "WHI", "size": "XL"}]
    )
    counts = [row for row in rows(folder / "stock.jsonl") if row["gtin"] not in (SHIRT, LARGE)]
    at = {"counted_at": "2026-09-21T13:20:00+00:00"}
    write(folder / "stock.jsonl", [
        *counts, {"gtin": SHIRT, "place": "floor", "count": 3, "reserved": 2, **at},
        {"sku": "L-1", "place": "stockroom", "count": 0, "incoming": 4, **at},
        {"sku": "SHIRT/XL", "place": "floor", "count": 1},
    ])  # fmt: skip
    rules = (TaxRule(55_000, tax_class="Reduced"), TaxRule(330_000, tax_class="luxury"))
    return replace(settings, shop=replace(settings.shop, tax=TaxSettings(200_000, rules)))


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def write(file: Path, lines: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def change(file: Path, key: str, value: str, more: dict[str, Any]) -> None:
    write(file, [row | more if row[key] == value else row for row in rows(file)])


@pytest.fixture
def shirt(store: Store, stream: EventStreamReader) -> Garment:
    """The shirt in M as a mirror gets it."""
    store.service.floor.rooms_changed([TagArrived("1", piece_id(SHIRT, "1"), True, 0.99, START_US)])
    found: Garment = from_json(Garment, stream.named("GarmentArrived")["garment"])
    return found


def size(garment: Garment, article: ArticleId) -> SizeStock:
    return present(garment.stock_of(article))[1]


def test_a_mirror_gets_every_column(shirt: Garment) -> None:
    assert Price(shirt.price, shirt.price_before) == Price(Money(12_900, "EUR"), Money(15_900, "EUR"))
    assert shirt.price_of(LARGE) == Price(Money(13_900, "EUR"))
    assert (shirt.item, shirt.care.in_language("de")) == ("white shirt", "Wash cold")
    assert shirt.colourway.pictures == ("S1-WHI.png", "back.png")
    assert (size(shirt, SHIRT).here, size(shirt, SHIRT).counted_us) == (1, COUNTED_US), "two are reserved"
    assert (size(shirt, LARGE).here, size(shirt, LARGE).incoming) == (0, 4), (
        "named by its SKU in the stock file"
    )
    assert (size(shirt, NO_GTIN).here, shirt.price_of(NO_GTIN).now) == (1, Money(12_900, "EUR"))
    assert [one.size for one in shirt.colourway.sizes] == ["S", "M", "L", "XL"]
    assert shirt.stock_at_us == COUNTED_US
    assert shirt.tax_class == "reduced"


def test_an_order_takes_price_and_tax_of_each_article(room: HttpClient) -> None:
    pieces = [(piece_id(article, "1"), article) for article in (SHIRT, LARGE, NO_GTIN)]
    status, order = price(room, pieces=pieces)
    assert status == 200
    assert [line["price"]["minor"] for line in order["lines"]] == [12_900, 13_900, 12_900]
    assert [line["rate_ppm"] for line in order["lines"]] == [55_000, 330_000, 55_000]
    assert [line["picture"] for line in order["lines"]] == ["S1-WHI.png"] * 3
