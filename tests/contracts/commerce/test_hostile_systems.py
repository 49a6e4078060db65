"""What a system may say: values that cannot be true, entries of another form, and nothing at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from kiosk.connectors.commerce.errors import AnswerError
from kiosk.connectors.feeds import open_folder
from tests.contracts.commerce.rigs import Rig, articles, read
from tests.kiosk.connectors.commerce.shop_system import product

HOSTILE: Sequence[tuple[str, Any]] = (
    ("price", float("nan")), ("price", float("inf")), ("price", 1e308), ("price", -5), ("price", 0),
    ("price", "12.00 USD"), ("price", "ten"), ("price", 10**60), ("price", [1]), ("price", {"minor": 5}),
    ("price", True), ("stock", 10**30), ("stock", 1.5), ("code", "4006381333932"), ("code", 7), ("code", ["1"]),
    ("options", [{"name": "Size", "value": "x" * 1_000_000}, {"name": "Colour", "value": "Sand"}]),
    ("options", [{"name": "Size", "value": "=cmd|' /C calc'!A0"}, {"name": "Colour", "value": "Sand"}]),
    ("options", [{"name": "Size", "value": "S\u202eL"}, {"name": "Colour", "value": "Sand"}]),
)  # fmt: skip


def test_values_that_cannot_be_true_cost_their_rows_alone(mapped_rig: Rig) -> None:
    """Each stands in the second variant of a product of its own."""
    mapped_rig.shop.products[:] = [product(number) for number in range(len(HOSTILE))]
    for one, (field, value) in zip(mapped_rig.shop.products, HOSTILE, strict=True):
        one["variants"][1][field] = value
    pulled = read(mapped_rig)
    found = articles(mapped_rig, pulled)
    lost = {f"SKU-{number}-{size}" for number in range(len(HOSTILE)) for size in "SML"} - {
        line.sku or line.article.removeprefix("sku:") for line in found.values()
    }
    # a count is no part of the article; an article without a bar code has its number
    refused = {f"SKU-{n}-M" for n, (field, value) in enumerate(HOSTILE) if field not in ("stock", "code")}
    assert (
        refused <= lost <= refused | {f"SKU-{n}-M" for n, (field, _) in enumerate(HOSTILE) if field == "code"}
    )
    assert pulled.refused >= len(lost)
    assert all(line.price is None or 0 < line.price.minor < 10**12 for line in found.values())


def test_negative_stock_counts_as_none(mapped_rig: Rig) -> None:
    mapped_rig.shop.products[0]["variants"][0]["stock"] = -3
    pulled = read(mapped_rig)
    stock = open_folder(pulled.paths[0].parent, currency="EUR").read("stock", {})
    assert stock is not None
    assert min(line.count for line in stock.changed.values()) == 0


@pytest.mark.parametrize(
    "entry",
    [7, "text", None, [], {}, {"id": None}, {"id": "X" * 10_000_000}, {"id": "P9", "variants": {}}, {"variants": [7]}],
    ids=["number", "text", "null", "list", "object", "no-id", "long", "no-variants", "no-variant"],
)  # fmt: skip
def test_an_entry_of_another_form_costs_itself_alone(mapped_rig: Rig, entry: Any) -> None:
    mapped_rig.shop.products.insert(3, entry)
    if mapped_rig.name == "mapped-cursor":
        return  # the double sorts by id
    pulled = read(mapped_rig)
    assert len(articles(mapped_rig, pulled)) == 21


def test_nested_values_are_cut_at_a_depth(mapped_rig: Rig) -> None:
    deep: Any = "end"
    for _ in range(400):
        deep = {"more": deep}
    mapped_rig.shop.products[1]["text"] = deep
    mapped_rig.shop.products[2]["variants"][0]["options"] = deep
    assert len(articles(mapped_rig, read(mapped_rig))) >= 20


def test_a_list_without_entries_is_not_taken_for_a_shop_that_sells_nothing(mapped_rig: Rig) -> None:
    mapped_rig.shop.products.clear()
    with pytest.raises(AnswerError):
        read(mapped_rig)


def test_the_same_article_twice(mapped_rig: Rig) -> None:
    other = json.loads(json.dumps(mapped_rig.shop.products[0]))
    other["id"] = "P0099"
    mapped_rig.shop.products.append(other)
    pulled = read(mapped_rig)
    assert (len(articles(mapped_rig, pulled)), pulled.refused) == (21, 3)
