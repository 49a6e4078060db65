"""The first rule that fits a piece gives its rate; a tax class without a rule is never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.money import Money
from kiosk.store.catalogue.tax_rates import rate_of
from kiosk.store.errors import RefusedError
from kiosk.store.settings import StoreSettings, TaxRule, TaxSettings
from tests.kiosk.core.garments import garment
from tests.kiosk.store.sample_shop import sample_store
from tests.optional_values import present

TAX = TaxSettings(
    88_750,
    (
        TaxRule(0, below_minor=11_000),
        TaxRule(70_000, tax_class="Reduced"),
        TaxRule(55_000, category="Books", tax_class="super-reduced"),
        TaxRule(50_000, category="Books"),
    ),
)


@pytest.mark.parametrize(
    ("category", "tax_class", "minor", "ppm"),
    [
        ("coats", "", 11_000, 88_750),
        ("coats", "", 10_999, 0),
        ("coats", "standard", 20_000, 88_750),
        ("coats", "REDUCED", 20_000, 70_000),
        ("books", "", 20_000, 50_000),
        ("books", "super-reduced", 20_000, 55_000),
        ("books", "reduced", 20_000, 70_000),
        ("coats", "super-reduced", 20_000, 88_750),
    ],
)
def test_the_rate_of_a_piece(category: str, tax_class: str, minor: int, ppm: int) -> None:
    piece = replace(garment("X"), category=category, tax_class=tax_class, price=Money(minor, "USD"))
    assert rate_of(piece, TAX) == ppm


def test_a_tax_class_without_a_rule_is_refused() -> None:
    piece = replace(garment("X"), tax_class="luxury", price=Money(1, "USD"))
    with pytest.raises(RefusedError, match="tax class without a rate"):
        rate_of(piece, TAX)


def test_the_log_says_which_articles_cannot_be_sold(
    settings: StoreSettings, caplog: pytest.LogCaptureFixture
) -> None:
    styles = present(settings.feeds) / "styles.jsonl"
    text = styles.read_text("utf-8").replace(
        '"category": "shirts"', '"category": "shirts", "tax_class": "luxury"'
    )
    styles.write_text(text, "utf-8")
    with sample_store(settings):
        assert "tax class luxury has no rate in shop.tax_rates: 6 articles cannot be sold" in caplog.text
    caplog.clear()
    tax = TaxSettings(200_000, (TaxRule(50_000, tax_class="LUXURY"),))
    with sample_store(replace(settings, shop=replace(settings.shop, tax=tax))):
        assert "tax class" not in caplog.text
