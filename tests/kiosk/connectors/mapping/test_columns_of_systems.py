"""Presets with the columns that the systems themselves write: as their sources and their own samples have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.connectors.mapping.exports import Imported, imported, table, written

PRESTASHOP_LIST = [
    "Product ID", "Image", "Name", "Reference", "Category", "Price (tax excl.)", "Price (tax incl.)", "Quantity",
    "Status", "Position",
]  # fmt: skip
"""The export of the list of products, 1.7 to 8.2 (`ProductCsvExporter`)."""
PRESTASHOP_9 = ["Base price" if name == "Price (tax excl.)" else name for name in PRESTASHOP_LIST]
PRESTASHOP_9 = ["Final price" if name == "Price (tax incl.)" else name for name in PRESTASHOP_9]
VENDURE_LANGUAGES = [
    "name:en", "name:zh_Hans", "slug", "description:en", "description:zh_Hans", "assets", "facets:en",
    "facets:zh_Hans", "optionGroups", "optionValues:en", "optionValues:zh_Hans", "sku", "price", "taxCategory",
    "stockOnHand", "trackInventory", "variantAssets", "variantFacets",
]  # fmt: skip
"""The importer's own sample in two languages: the groups are not translated, the values are."""
MEDUSA_2 = [
    "Product Id", "Product Handle", "Product Title", "Product Status", "Product Description", "Product Thumbnail",
    "Product Collection Id", "Product Type Id", "Product Is Giftcard", "Product Image 1", "Product Category 1",
    "Variant Id", "Variant Title", "Variant Sku", "Variant Ean", "Variant Option 1 Name", "Variant Option 1 Value",
    "Variant Option 2 Name", "Variant Option 2 Value", "Variant Price EUR", "Variant Price Test Region [EUR]",
    "Variant Image 1",
]  # fmt: skip
"""`normalizeForExport`."""


def read(folder: Path, preset: str, head: list[str], *rows: dict[str, str], delimiter: str = ",") -> Imported:
    cells = [[row.get(name, "") for name in head] for row in rows]
    return imported(folder, written(folder, "p.csv", table([head, *cells], delimiter)), preset)


def articles(found: Imported) -> list[tuple[str, str, str]]:
    return [(line.style_id, line.colour, line.size) for line in found.articles.values()]


@pytest.mark.parametrize("head", [PRESTASHOP_LIST, PRESTASHOP_9])
def test_the_status_of_prestashops_list_says_whether_a_product_is_sold_out(
    tmp_path: Path, head: list[str]
) -> None:
    """Its source is `badge_danger`, quantity <= 0 (PrestaShop issue 14922): 0 is a product that is in stock."""
    prices = dict.fromkeys(("Price (tax excl.)", "Base price"), "82,50")
    prices |= dict.fromkeys(("Price (tax incl.)", "Final price"), "99,00")
    in_stock = {
        "Product ID": "1",
        "Name": "Shirt",
        "Reference": "S1",
        "Quantity": "4",
        "Status": "0",
    } | prices
    sold_out = {"Product ID": "2", "Name": "Mug", "Reference": "M1", "Quantity": "0", "Status": "1"} | prices
    found = read(tmp_path, "prestashop", head, in_stock, sold_out, delimiter=";")
    # planted fault: Status 0 was taken for inactive, and everything in stock was left out
    assert (articles(found), found.conversion.left_out) == ([("1", "one", "one"), ("2", "one", "one")], 0)
    assert {line.price.minor for line in found.articles.values()} == {9900}


def test_the_combinations_of_prestashop_have_types_and_positions(tmp_path: Path) -> None:
    head = ["Product ID", "Name", "Attribute (Name:Type:Position)*", "Value (Value:Position)*", "Reference",
            "Price tax included", "Quantity"]  # fmt: skip
    row = {
        "Product ID": "1", "Name": "Shirt", "Attribute (Name:Type:Position)*": "Color:color:0, Size:select:1",
        "Value (Value:Position)*": "Blue:0, M:1", "Reference": "S1", "Price tax included": "99", "Quantity": "3",
    }  # fmt: skip
    assert articles(read(tmp_path, "prestashop", head, row)) == [("1", "Blue", "M")]


def test_vendure_in_two_languages(tmp_path: Path) -> None:
    first = {
        "name:en": "Skirt", "slug": "skirt", "optionGroups": "size", "optionValues:en": "S", "sku": "SK-S",
        "price": "99.00", "stockOnHand": "7", "facets:en": "category:Skirts",
    }  # fmt: skip
    second = {"optionValues:en": "M", "sku": "SK-M", "price": "99.00", "stockOnHand": "0"}
    found = read(tmp_path, "vendure", VENDURE_LANGUAGES, first, second)
    assert articles(found) == [("skirt", "one", "S"), ("skirt", "one", "M")]
    german = [name.replace(":en", ":de") for name in VENDURE_LANGUAGES if "zh" not in name]
    german[german.index("optionGroups")] = "optionGroups:de"
    rows = [{name.replace(":en", ":de"): cell for name, cell in row.items()} for row in (first, second)]
    rows[0]["optionGroups:de"], rows[0]["facets:de"] = "Größe", "Kategorie:Röcke"
    found = read(tmp_path, "vendure", german, *rows)
    assert articles(found) == [("skirt", "one", "S"), ("skirt", "one", "M")]
    assert found.styles is not None
    assert [style.category for style in found.styles.changed.values()] == ["Röcke"]


def test_a_group_of_vendure_may_have_a_code(tmp_path: Path) -> None:
    row = {
        "name": "Skirt", "slug": "skirt", "optionGroups": "size:skirt-size|colour:c1", "optionValues": "S|16:9",
        "sku": "SK-S", "price": "99.00",
    }  # fmt: skip
    assert articles(read(tmp_path, "vendure", list(row), row)) == [("skirt", "16:9", "S")]


def test_an_export_of_medusa_2(tmp_path: Path) -> None:
    row = {
        "Product Id": "prod_1", "Product Handle": "tee", "Product Title": "Tee", "Product Status": "published",
        "Product Is Giftcard": "false", "Product Image 1": "all.png", "Product Category 1": "pcat_1",
        "Variant Id": "variant_1", "Variant Sku": "T-S", "Variant Option 1 Name": "size",
        "Variant Option 1 Value": "S", "Variant Option 2 Name": "color", "Variant Option 2 Value": "green",
        "Variant Price EUR": "45", "Variant Price Test Region [EUR]": "40", "Variant Image 1": "green.png",
    }  # fmt: skip
    card = row | {"Product Handle": "card", "Product Is Giftcard": "true", "Variant Sku": "G"}
    found = read(tmp_path, "medusa", MEDUSA_2, row, card)
    assert (articles(found), found.conversion.left_out) == ([("tee", "green", "S")], 1)
    assert {line.price.minor for line in found.articles.values()} == {4500}, "not that of a region"
    assert found.styles is not None
    (style,) = found.styles.changed.values()
    assert style.colours[0].pictures == ("green.png",)
