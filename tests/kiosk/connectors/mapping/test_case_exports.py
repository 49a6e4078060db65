"""The exports of the collected cases, where that folder is beside the repository, are read by a preset alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kiosk.connectors.mapping.exports import imported

EXPORTS = Path(__file__).parents[5] / "shared/cases/exports"
# file -> preset, styles, articles, counts, lines that are refused
EXPECTED = {
    "excel_stocklist.csv": ("stocklist", 0, 0, 5, [2]),
    "google_merchant.tsv": ("google-merchant", 1, 1, 0, [3]),
    "magento_catalog_product.csv": ("magento", 1, 1, 1, []),
    "odoo_product.product.csv": ("odoo", 1, 2, 2, []),
    "shopify_inventory_export_1.csv": ("shopify-inventory", 0, 0, 2, []),
    "shopify_products_export_1.csv": ("shopify", 4, 10, 10, []),
    "woocommerce_products.csv": ("woocommerce", 1, 4, 2, [6]),
    "woocommerce_products_cp1252.csv": ("woocommerce", 1, 4, 2, [6]),
    "woocommerce_products_semicolon_bom.csv": ("woocommerce", 1, 4, 2, [6]),
    "woocommerce_products_utf16.csv": ("woocommerce", 1, 4, 2, [6]),
}


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the collected cases are not beside the repository")
def test_no_export_is_left_out() -> None:
    assert {file.name for file in EXPORTS.iterdir()} == set(EXPECTED)


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the collected cases are not beside the repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_by_its_preset(tmp_path: Path, name: str) -> None:
    preset, styles, articles, counts, refused = EXPECTED[name]
    found = imported(tmp_path, EXPORTS / name, preset)
    made = found.conversion.lines
    assert (made.get("styles", 0), made.get("items", 0), made.get("stock", 0)) == (styles, articles, counts)
    assert [line for line, _ in found.reasons] == refused
