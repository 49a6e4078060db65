"""What promotions took off stands on every receipt: page, e-mail, print; as text, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.connectors.messages.port import mail_address
from kiosk.core.domain.money import Money, minus
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.slips.slip import Pair
from kiosk.core.domain.texts import LANGUAGES, LocalizedText
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_mail import receipt_mail
from kiosk.store.pages.receipt_print import receipt_slip
from kiosk.store.payments.order_book import Sale
from tests.kiosk.connectors.printers.sample_sale import SHOP, sample_sale

OFF = (Money(21_900, "EUR"), Money(10_000, "EUR"))
NAMES = (
    LocalizedText(
        (("en", "3 for 2 <b>"), ("de", "3 für 2 <b>"), ("ar", "3 بسعر 2 <b>"), ("ja", "3点で2点 <b>"))
    ),
    LocalizedText.of("Member & more"),
)


def lowered_sale() -> Sale:
    """The sample sale, whose coat two promotions have lowered."""
    sale = sample_sale()
    coat, scarf = sale.order.lines
    discounts = tuple(
        Discount(f"p{n}", name, off) for n, (name, off) in enumerate(zip(NAMES, OFF, strict=True))
    )
    before = Money(coat.price.minor + sum(off.minor for off in OFF), "EUR")
    return replace(
        sale, order=replace(sale.order, lines=(replace(coat, before=before, discounts=discounts), scarf))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_discount_stands_below_its_line(language: str) -> None:
    sale = lowered_sale()
    page = receipt_page(sale, SHOP, language)
    mail = receipt_mail(sale, SHOP, language, "", mail_address("clara@shop.example"), "id")
    slip = receipt_slip(sale, SHOP, language, "")
    before = sale.order.lines[0].listed.formatted(language, with_zeros=True)
    assert [before in place for place in (page, mail.html, mail.text)] == [True] * 3
    pairs = [row for row in slip.rows if isinstance(row, Pair)]
    for name, off in zip(NAMES, OFF, strict=True):
        label, amount = name.in_language(language), minus(off).formatted(language, with_zeros=True)
        escaped = label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert escaped in page
        assert escaped in mail.html
        assert amount in page
        assert amount in mail.html
        assert f"{label}: {amount}" in mail.text
        assert Pair(f"  {label}", amount) in pairs
    assert "<b>" not in page


def test_a_sale_without_promotions_has_no_such_row() -> None:
    assert 'class="off' not in receipt_page(sample_sale(), SHOP, "en")
