"""Shopify's two exports by their presets alone."""

from __future__ import annotations

from pathlib import Path

from kiosk.connectors.feeds import open_folder
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.mapping.exports import (
    Imported,
    ean,
    imported,
    json_lines,
    shopify_rows,
    table,
    written,
)

INVENTORY = ("Handle", "Title", "SKU", "Location", "Incoming", "Committed", "Available", "On hand")


def products(folder: Path, rows: list[list[str]]) -> Imported:
    return imported(folder, written(folder, "products.csv", table(rows)), "shopify")


def test_a_product_with_its_variants(tmp_path: Path) -> None:
    read = products(tmp_path, shopify_rows(1, ("S", "M"), 2))
    assert (read.conversion.rows, read.conversion.refused, read.conversion.left_out) == (4, 0, 0)
    assert read.styles is not None
    (style,) = read.styles.changed.values()
    assert (style.style_id, style.category, style.story.in_language("en")) == (
        "style-0",
        "Shirts",
        "Soft & warm",
    )
    assert [colour.code for colour in style.colours] == ["Colour 0", "Colour 1"]
    assert (style.price, style.price_before) == (Money(10_090, "EUR"), Money(18_900, "EUR"))
    # options and name are those of the first row
    last = read.articles["0" + ean(4)]
    assert (last.style_id, last.colour, last.size, last.sku) == ("style-0", "Colour 1", "M", "SKU-4")
    assert read.counts == {f"0{ean(n)} floor": n % 7 for n in range(1, 5)}


def test_gift_cards_drafts_and_picture_rows_are_left_out(tmp_path: Path) -> None:
    rows = shopify_rows(3, ("S",), 2)
    rows[1][5], rows[3][4] = "true", "draft"
    rows.append(["style-2", *[""] * 14, "https://x.invalid/second.jpg"])
    read = products(tmp_path, rows)
    # the mark of the first row holds for the whole product
    assert (read.conversion.left_out, len(read.articles)) == (5, 2)
    assert {line.style_id for line in read.articles.values()} == {"style-2"}


def test_a_product_without_options(tmp_path: Path) -> None:
    rows = shopify_rows(1, ("Default Title",), 1)
    rows[1][6:10] = ["Title", "Default Title", "", ""]
    read = products(tmp_path, rows)
    (line,) = read.articles.values()
    assert (line.colour, line.size) == ("one", "one")


def test_a_refused_row_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    rows = shopify_rows(2, ("S", "M"), 1)
    rows[2][12], rows[3][14] = "nineteen", "9521230000018"
    read = products(tmp_path, rows)
    assert [line for line, _ in read.reasons] == [3, 4]
    assert "'nineteen' is not a price" in read.reasons[0][1]
    assert "wrong check digit" in read.reasons[1][1]
    assert read.items is not None
    assert len(read.articles) == 2
    # the feed refuses both for the reason that names the export's row; without it they would count as gone
    assert [mistake.what.partition(": ")[0] for mistake in read.items.mistakes] == [
        "products.csv:3",
        "products.csv:4",
    ]
    assert (read.items.unknown_mistaken, read.items.unreadable) == (1, 1)
    known = {f"0{ean(2)}": b"as it was"}

    def stays() -> set[str]:
        again = open_folder(tmp_path / "feed", currency="EUR").read("items", known)
        assert again is not None
        return set(again.mistaken)

    assert stays() == known.keys()
    # planted fault: refused rows are left out
    items = tmp_path / "feed" / "items.jsonl"
    lines = items.read_text("ascii").splitlines(keepends=True)
    items.write_text("".join(line for line in lines if "refused" not in line), "ascii")
    assert stays() == set()


def test_a_style_of_which_every_row_is_refused_stays(tmp_path: Path) -> None:
    rows = shopify_rows(2, ("S",), 1)
    rows[2][12] = "0.00"
    read = products(tmp_path, rows)
    assert read.reasons == [(3, "price: is 0")]
    assert read.styles is not None
    assert (set(read.styles.changed), read.styles.unknown_mistaken) == ({"style-0"}, 1)


def test_rows_of_a_product_that_are_not_together(tmp_path: Path) -> None:
    head, *rows = shopify_rows(600, ("S",), 2)
    read = products(tmp_path, [head, *rows[0::2], *rows[1::2]])
    assert (read.conversion.refused, len(read.articles)) == (0, 1200)
    assert read.styles is not None
    assert all(len(style.colours) == 2 for style in read.styles.changed.values())


def test_two_rows_with_one_bar_code(tmp_path: Path) -> None:
    rows = shopify_rows(1, ("S", "M"), 1)
    rows[2][14] = rows[1][14]
    read = products(tmp_path, rows)
    assert read.reasons == [(3, "repeats line 2")]
    assert [line.size for line in read.articles.values()] == ["S"]


def test_inventory_of_several_locations(tmp_path: Path) -> None:
    rows = [
        INVENTORY,
        ("a", "A", "SKU-1", "Paris", "2", "1", "3", "4"),
        ("a", "A", "SKU-1", "Lyon", "0", "0", "-1", "4"),
        ("a", "A", "SKU-1", "Nice", "0", "0", "not stocked", "4"),
    ]
    file = written(tmp_path, "inventory.csv", table(rows))
    read = imported(tmp_path, file, "shopify-inventory")
    assert (read.styles, read.items, read.conversion.left_out) == (None, None, 1)
    assert read.counts == {"sku:SKU-1 other:Paris": 3, "sku:SKU-1 other:Lyon": 0}
    mapping = written(
        tmp_path, "shop.yaml", "extends: shopify-inventory\nplaces: {Paris: floor, lyon: stockroom}\n"
    )
    assert set(imported(tmp_path, file, str(mapping)).counts) == {"sku:SKU-1 floor", "sku:SKU-1 stockroom"}


def test_the_same_rows_as_json_lines(tmp_path: Path) -> None:
    head, *rows = shopify_rows(2, ("S", "M"), 2)
    records = [{name: value for name, value in zip(head, row, strict=True) if value} for row in rows]
    as_json = imported(tmp_path, written(tmp_path, "products.jsonl", json_lines(records)), "shopify")
    assert as_json.articles == products(tmp_path, [head, *rows]).articles
    assert len(as_json.articles) == 8


def test_a_colour_of_which_every_row_is_refused_stays_in_its_style(tmp_path: Path) -> None:
    rows = shopify_rows(1, ("S", "M"), 3)
    # all of the first colour, before the style has begun, and of the last one
    for row in (*rows[1:3], *rows[5:7]):
        row[12] = "on request"
    read = products(tmp_path, rows)
    assert (read.conversion.refused, len(read.articles)) == (4, 2)
    assert read.styles is not None
    (style,) = read.styles.changed.values()
    assert [colour.code for colour in style.colours] == ["Colour 0", "Colour 1", "Colour 2"]


def test_an_export_without_any_count_says_nothing_of_the_stock(tmp_path: Path) -> None:
    rows = shopify_rows(1)
    for row in rows[1:]:
        row[11] = ""
    read = products(tmp_path, rows)
    assert (read.stock, len(read.articles)) == (None, 20)
    assert sorted(file.name for file in (tmp_path / "feed").iterdir()) == ["items.jsonl", "styles.jsonl"]


def test_the_form_of_the_newer_template(tmp_path: Path) -> None:
    rows = [
        ["Title", "URL handle", "Description", "Type", "Status", "SKU", "Barcode", "Option1 name", "Option1 value",
         "Option2 name", "Option2 value", "Price", "Compare-at price", "Inventory quantity", "Gift card"],
        ["Tee", "tee", "<p>Soft</p>", "Shirts", "Active", "T-S", ean(1), "Size", "S", "Color", "Red", "19.90", "0.00",
         "4", "FALSE"],
        ["", "tee", "", "", "", "T-M", ean(2), "", "M", "", "Red", "19.90", "25.00", "0", ""],
    ]  # fmt: skip
    read = products(tmp_path, rows)
    assert read.reasons == []
    assert [(line.size, line.colour) for line in read.articles.values()] == [("S", "Red"), ("M", "Red")]
    # a compare-at price of 0 stands for none
    assert [line.price_before for line in read.articles.values()] == [None, Money(2_500, "EUR")]
    assert read.styles is not None
    assert read.styles.changed["tee"].story.in_language("en") == "Soft"
