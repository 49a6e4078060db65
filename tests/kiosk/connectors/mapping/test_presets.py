"""An invented export of each system is read by its preset alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.connectors.mapping import load_mapping, preset_names
from kiosk.core.domain.ids import article_of_sku
from kiosk.core.domain.money import Money
from tests.kiosk.connectors.mapping.exports import Imported, ean, imported, table, written

EUR_99 = Money(9_900, "EUR")


def read(folder: Path, preset: str, rows: list[list[str]], delimiter: str = ",", now_us: int = 0) -> Imported:
    file = written(folder, f"{preset}.csv", table(rows, delimiter))
    return imported(folder, file, preset, now_us=now_us) if now_us else imported(folder, file, preset)


def summary(read: Imported) -> list[tuple[str, str, str]]:
    return [(line.style_id, line.colour, line.size) for line in read.articles.values()]


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_a_valid_mapping(name: str) -> None:
    mapping = load_mapping(name)
    assert mapping.title
    assert mapping.needs


WOO = [
    ["ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Description", "Date sale price ends",
     "In stock?", "Stock", "Regular price", "Sale price", "Categories", "Images", "Parent", "Attribute 1 name",
     "Attribute 1 value(s)", "Attribute 2 name", "Attribute 2 value(s)"],
    # the variation comes before its parent
    ["2", "variation", "D-R-S", ean(1), "Dress - Red, S", "1", "", "2026-12-31", "1", "4", "129,00", "99,00", "", "",
     "D", "Colour", "Red", "Size", "S"],
    ["1", "variable", "D", "", "Dress", "1", "<p>Silk</p>", "", "1", "", "", "", "Women > Dresses, New", "", "",
     "Colour", "Red, Blue", "Size", "S, M"],
    ["3", "variation", "", ean(2), "Dress - Blue, M", "1", "", "2020-01-31", "0", "", "129,00", "99,00", "", "",
     "id:1", "Colour", "Blue", "Size", "M"],
    ["4", "simple, virtual", "B", ean(3), "Belt", "1", "", "", "1", "", "39,90", "", "Belts", "", "", "", "", "", ""],
    ["5", "variation", "X", ean(4), "Gone", "1", "", "", "1", "1", "10,00", "", "", "", "nowhere", "", "", "", ""],
    ["6", "simple", "P", ean(5), "Draft", "-1", "", "", "1", "1", "10,00", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def test_woocommerce(tmp_path: Path) -> None:
    found = read(tmp_path, "woocommerce", WOO)
    assert summary(found) == [("D", "Red", "S"), ("D", "Blue", "M"), ("B", "one", "one")]
    assert found.reasons == [(6, "its parent 'nowhere' is not in the file")]
    assert found.conversion.left_out == 1
    red, blue, _ = found.articles.values()
    assert (red.price, red.price_before) == (EUR_99, Money(12_900, "EUR"))
    # its sale ended in 2020
    assert (blue.price, blue.price_before) == (Money(12_900, "EUR"), None)
    # in stock without a number says nothing of pieces; not in stock does
    assert found.counts == {f"0{ean(1)} floor": 4, f"0{ean(2)} floor": 0}
    assert found.styles is not None
    style = found.styles.changed["D"]
    assert (style.name.in_language("en"), style.story.in_language("en")) == ("Dress", "Silk")
    assert style.category == "Dresses"


def test_magento_lists_the_variants_in_the_parent_row(tmp_path: Path) -> None:
    rows = [
        ["sku", "store_view_code", "product_type", "categories", "name", "description", "price", "special_price",
         "special_price_to_date", "qty", "additional_attributes", "configurable_variations"],
        ["J-S", "", "simple", "Default Category/Women/Jackets", "Jacket S", "", "129.0000", "99.0000", "12/31/26",
         "5.0000", f"gtin={ean(1)},material=Wool,Cotton", ""],
        ["J-M", "", "simple", "Default Category/Women/Jackets", "Jacket M", "", "129.0000", "99.0000", "1/31/24",
         "0.0000", f"gtin={ean(2)}", ""],
        ["J-S", "de", "simple", "", "Jacke S", "", "", "", "", "", "", ""],
        ["J", "", "configurable", "Default Category/Women", "Jacket", "<p>Warm</p>", "", "", "", "", "",
         "sku=J-S,size=S,color=Blue|sku=J-M,size=M,color=Blue"],
    ]  # fmt: skip
    found = read(tmp_path, "magento", rows)
    assert (found.reasons, found.conversion.left_out) == ([], 1)
    assert summary(found) == [("J", "Blue", "S"), ("J", "Blue", "M")]
    assert [line.price for line in found.articles.values()] == [EUR_99, Money(12_900, "EUR")]
    assert list(found.counts.values()) == [5, 0]


@pytest.mark.parametrize("technical", [False, True])
def test_odoo(tmp_path: Path, technical: bool) -> None:
    head = ["External ID", "Internal Reference", "Name", "Product Variant Values", "Barcode", "Sales Price", "Currency",
            "Quantity On Hand", "Product Category/Complete Name"]  # fmt: skip
    if technical:
        head = ["id", "default_code", "name", "product_template_variant_value_ids", "barcode", "lst_price",
                "currency_id", "qty_available", "categ_id/complete_name"]  # fmt: skip
    rows = [
        head,
        [
            "x.1",
            "[REF1]",
            "Coat",
            "Size: M, Color: Sand",
            ean(1),
            "99.0",
            "EUR",
            "3.0",
            "All / Saleable / Coats",
        ],
        [
            "x.2",
            "False",
            "Coat",
            "Color: Sand, Size: L",
            "False",
            "99.0",
            "EUR",
            "-2.0",
            "All / Saleable / Coats",
        ],
        ["x.3", "", "Coat", "Color: Sand, Size: XL", "False", "99.0", "USD", "1.0", "All / Saleable / Coats"],
    ]
    found = read(tmp_path, "odoo", rows)
    assert summary(found) == [("Coat", "Sand", "M"), ("Coat", "Sand", "L")]
    assert [line.article for line in found.articles.values()] == [f"0{ean(1)}", article_of_sku("x.2")]
    assert found.reasons == [(4, "price: is in USD, but the shop's currency is EUR")]
    assert list(found.counts.values()) == [3, 0]
    assert found.styles is not None
    assert found.styles.changed["Coat"].category == "Coats"


def test_google_merchant_as_tsv(tmp_path: Path) -> None:
    rows = [
        ["id", "title", "description", "availability", "price", "sale_price", "sale price effective date", "gtin",
         "item group id", "color", "size", "google_product_category"],
        ["a", "Trench", "Long", "in_stock", "129.00 EUR", "99.00 EUR", "2026-01-01T00:00+0100/2026-12-31T00:00+0100",
         ean(1), "T", "Honey/Black", "S", "Apparel > Coats"],
        ["b", "Trench", "Long", "out of stock", "129.00 EUR", "99.00 EUR", "2020-01-01T00:00+0100/2020-02-01",
         ean(2), "T", "Honey/Black", "M", "Apparel > Coats"],
        ["c", "Trench", "Long", "preorder", "129.00 GBP", "", "", ean(3), "T", "Honey/Black", "L", "Apparel > Coats"],
    ]  # fmt: skip
    found = read(tmp_path, "google-merchant", rows, "\t")
    assert summary(found) == [("T", "Honey/Black", "S"), ("T", "Honey/Black", "M")]
    assert [line.price for line in found.articles.values()] == [EUR_99, Money(12_900, "EUR")]
    assert found.reasons == [(4, "price: is in GBP, but the shop's currency is EUR")]
    # an availability is no number of pieces
    assert found.stock is None


def test_vendure(tmp_path: Path) -> None:
    rows = [
        ["name", "slug", "description", "assets", "facets", "optionGroups", "optionValues", "sku", "price",
         "taxCategory", "stockOnHand", "trackInventory", "variantAssets", "variantFacets"],
        ["Skirt", "skirt", "Pleated", "", "category:Skirts|brand:X", "size|colour", "S|Green", "SK-S", "99.00",
         "standard", "7", "true", "", ""],
        ["", "", "", "", "", "", "M|Green", "SK-M", "99.00", "standard", "0", "true", "", ""],
        ["Scarf", "scarf", "", "", "category:Scarves", "", "", "SC", "39.50", "standard", "2", "true", "", ""],
    ]  # fmt: skip
    found = read(tmp_path, "vendure", rows)
    assert found.reasons == []
    assert summary(found) == [("skirt", "Green", "S"), ("skirt", "Green", "M"), ("scarf", "one", "one")]
    assert list(found.counts.values()) == [7, 0, 2]


@pytest.mark.parametrize("version", [1, 2])
def test_medusa(tmp_path: Path, version: int) -> None:
    start = "Variant " if version == 2 else ""
    rows = [
        ["Product Id", "Product Handle", "Product Title", "Product Status", "Variant Id", "Variant SKU",
         "Variant Barcode", "Variant Inventory Quantity", f"{start}Option 1 Name", f"{start}Option 1 Value",
         f"{start}Option 2 Name", f"{start}Option 2 Value", f"{start}Price EUR", f"{start}Price USD"],
        ["p1", "tee", "Tee", "published", "v1", "T-S", ean(1), "3", "Size", "S", "Color", "Black", "99", "110"],
        ["p1", "tee", "Tee", "published", "v2", "T-M", "", "1", "Size", "M", "Color", "Black", "99", "110"],
        ["p2", "cap", "Cap", "draft", "v3", "C", "", "1", "Size", "M", "Color", "Black", "99", "110"],
    ]  # fmt: skip
    found = read(tmp_path, "medusa", rows, ";" if version == 1 else ",")
    assert summary(found) == [("tee", "Black", "S"), ("tee", "Black", "M")]
    assert {line.price for line in found.articles.values()} == {EUR_99}
    assert (list(found.counts.values()), found.conversion.left_out) == ([3, 1], 1)


def test_prestashop(tmp_path: Path) -> None:
    rows = [
        ["Product ID", "Name", "Reference", "Category", "Price (tax excl.)", "Price (tax incl.)", "Quantity", "Active",
         "EAN13", "Combination"],
        ["1", "Mug", "M1", "Home", "82,50", "99,00", "300", "1", ean(1), ""],
        ["2", "Shirt", "S1", "Men", "82,50", "99,00", "4", "1", ean(2), "Size: S, Color: White"],
        ["2", "Shirt", "S2", "Men", "82,50", "99,00", "5", "1", "0", "Size: M, Color: White"],
        ["3", "Off", "O1", "Men", "82,50", "99,00", "4", "0", "", ""],
    ]  # fmt: skip
    found = read(tmp_path, "prestashop", rows, ";")
    assert (found.reasons, found.conversion.left_out) == ([], 1)
    assert summary(found) == [("1", "one", "one"), ("2", "White", "S"), ("2", "White", "M")]
    assert {line.price for line in found.articles.values()} == {EUR_99}


def test_a_stock_list_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = [
        ["SKU", "EAN", "Stock"],
        ["A", "9.52E+12", "3"],
        ["B", "SEM GTIN", "2"],
        ["C", f'="{ean(1)}"', "1"],
        ["D", "", "1,5"],
    ]
    found = read(tmp_path, "stocklist", rows, ";")
    assert found.counts == {"sku:B floor": 2, f"0{ean(1)} floor": 1}
    assert [line for line, _ in found.reasons] == [2, 5]


def test_a_file_of_another_system_is_refused(tmp_path: Path) -> None:
    from kiosk.connectors.feeds.text_files.opening import UnreadableError

    file = written(tmp_path, "woo.csv", table(WOO))
    with pytest.raises(
        UnreadableError, match=r"is no export of Shopify products .* no column Handle or URL handle"
    ):
        imported(tmp_path, file, "shopify")
