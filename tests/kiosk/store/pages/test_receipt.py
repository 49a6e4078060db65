"""The receipt page: in every language, with the shop's clock, by its token only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.fiscal.entry import sale_entry, signed
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, Receipt
from kiosk.core.domain.tax import percent_text
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.catalogue.tax_rates import taxed_order
from kiosk.store.lifecycle import Store
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_view import paid_at
from kiosk.store.payments.order_book import Sale
from kiosk.store.settings import ShopSettings, TaxSettings
from kiosk.store.texts import page_texts
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    settings_in,
)
from tests.optional_values import present

SHOP = ShopSettings("Ost & <i>Revane</i>", "en", ("en", "de"), "EUR", "Europe/Vienna", TaxSettings(200_000))
PIECES = ((piece_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "M")),)


@pytest.fixture
def sale(store: Store) -> Sale:
    order = store.service.price_order(RoomId("1"), PriceOrder(Ticket("t"), OrderId("o1"), PIECES, None))
    at_us = 1_774_746_000_000_000  # 2026-03-29 01:00 UTC, the second at which Vienna's clocks go forward
    return Sale(
        order, Receipt(order.order_id, "000007", order.total, order.tax, PaymentMeans.TERMINAL, "x", at_us)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_in_every_language_is_complete_and_escaped(sale: Sale, language: str) -> None:
    page = receipt_page(sale, SHOP, language)
    assert "Ost &amp; &lt;i&gt;Revane" in page
    assert "Linen &lt;b&gt;shirt" in page
    assert "<b>" not in page
    assert "<script" not in page
    assert "000007" in page
    assert sale.order.total.formatted(language, with_zeros=True) in page
    assert ('dir="rtl"' in page) is (language == "ar")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("added", [False, True])
def test_the_tax_of_each_rate_stands_on_the_receipt(sale: Sale, language: str, added: bool) -> None:
    order = sale.order
    lines = (order.lines[0], replace(order.lines[0], piece=PieceId("other"), rate_ppm=55_000))
    taxes = taxed_order(
        order.order_id,
        order.room,
        order.ticket,
        [replace(lines[0], rate_ppm=88_750), lines[1]],
        "EUR",
        added=added,
    )
    page = receipt_page(replace(sale, order=taxes), SHOP, language)
    assert page_texts("receipt", language)["tax_added" if added else "tax"] in page
    for tax in taxes.taxes:
        assert percent_text(tax.rate_ppm, language) in page
        assert tax.tax.formatted(language, with_zeros=True) in page
        assert tax.net.formatted(language, with_zeros=True) in page


def test_the_size_of_a_piece_that_comes_in_one_is_not_shown(sale: Sale) -> None:
    order = replace(sale.order, lines=(replace(sale.order.lines[0], size="one"),))
    page = receipt_page(replace(sale, order=order), SHOP, "en")
    assert " · one" not in page


def test_what_the_register_says_is_shown_as_text(sale: Sale) -> None:
    entry = sale_entry(sale.order.order_id, 1)
    nasty = Signature(
        "<i>1</i>", "<script>", "now", "<b>s</b>", "</svg><script>", ("<script>alert(1)</script>",)
    )
    page = receipt_page(replace(sale, registration=signed(entry, nasty, 2)), SHOP, "en")
    assert "<script" not in page
    assert "<b>s" not in page
    assert page.count("<svg") == 1


@pytest.mark.parametrize(
    ("at_us", "said"),
    [
        (1_774_745_999_000_000, "2026-03-29 01:59 CET"),
        (1_774_746_000_000_000, "2026-03-29 03:00 CEST"),
        (1_793_235_600_000_000, "2026-10-29 02:00 CET"),
        (1_792_888_200_000_000, "2026-10-25 02:30 CEST"),
        (1_792_891_800_000_000, "2026-10-25 02:30 CET"),
    ],
)
def test_the_time_on_a_receipt_is_in_the_shops_time_zone(sale: Sale, at_us: int, said: str) -> None:
    told = replace(sale, receipt=replace(sale.receipt, at_us=at_us))
    assert paid_at(told, SHOP).strftime("%Y-%m-%d %H:%M %Z") == said
    assert said in receipt_page(told, SHOP, "en")


CARD = CardShown("visa", "4242", "A0000000031010", "VISA CREDIT", "contactless", "123456")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_that_paid_is_shown_as_the_schemes_ask(sale: Sale, language: str) -> None:
    page = receipt_page(replace(sale, card=CARD), SHOP, language)
    for shown in ("Visa •••• 4242", "VISA CREDIT A0000000031010", "123456"):
        assert shown in page
    assert page_texts("receipt", language)["authorisation"] in page
    assert "contactless" not in page


@pytest.mark.parametrize("card", [None, CardShown(method="chip"), CardShown(authorisation="A1")])
def test_without_a_brand_the_card_is_just_a_card(sale: Sale, card: CardShown | None) -> None:
    assert "<bdi>Card</bdi>" in receipt_page(replace(sale, card=card), SHOP, "en")


def test_a_receipt_is_found_by_its_token_only(store: Store, url: str, sale: Sale) -> None:
    answer = requests.get(f"{url}/r/nothing", timeout=10)
    assert answer.status_code == 404
    assert requests.get(f"{url}/r/", timeout=10).status_code == 404


def test_a_paid_receipt_opens_on_the_phone(
    tmp_path: Path, clock: ManualClock, terminal: InProcessTerminal
) -> None:
    from kiosk.core.visit.effects import CollectPayment
    from tests.kiosk.store.http_clients import mirror, read_stream
    from tests.kiosk.store.sample_shop import served

    settings = settings_in(tmp_path / "paid")
    with sample_store(settings, clock, terminal) as store, served(store) as url:
        with mirror(url, settings.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
            room.of_room("PUT", "/orders/o1", PriceOrder(Ticket("t"), OrderId("o1"), PIECES, None))
            room.of_room(
                "PUT",
                "/orders/o1/payment",
                CollectPayment(Ticket("t"), OrderId("o1"), PaymentMeans.TERMINAL, 1),
            )
            terminal.tap()
            paid = stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
        link = present(store.payments.book.receipt(OrderId("o1"))).link
        answer = requests.get(link, headers={"Accept-Language": "de-DE,de"}, timeout=10)
        # this store listens on a loopback address, which no phone opens
        assert paid["receipt"]["link"] == ""
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "de"
    assert "Linen &lt;b&gt;shirt&lt;/b&gt; (de)" in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
