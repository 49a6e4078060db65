"""An exchange where the rate of the tax depends on the price: that of the price that was paid counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from kiosk.core.domain.ids import OrderId
from kiosk.store.db.tables import SKU
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings, TaxRule, TaxSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import SHIRT, buy, ended, refund
from tests.kiosk.store.payments.pricing.test_promotions_over_http import PROMOTIONS, SHIRTS, write
from tests.kiosk.store.sample_shop import InProcessTerminal, piece_of, settings_in
from tests.optional_values import present

OTHER = piece_of("S1", "BLU", "M")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    write(present(plain.feeds), *PROMOTIONS)
    shop = replace(
        plain.shop,
        tax=TaxSettings(200_000, (TaxRule(0, below_minor=10_000), TaxRule(70_000, tax_class="children"))),
    )
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000), shop=shop)


def exchange(ines: HttpClient, label: str) -> int:
    return ines.ask("POST", "/api/v1/exchanges", {"order_id": "o1", "piece": SHIRT[0], "label": label})[0]


def test_a_piece_below_the_limit_by_a_promotion_is_changed_for_another_size(
    url: str, room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal, store: Store
) -> None:  # fmt: skip
    """Three shirts of 129.00 for two: 86.00 each, without tax."""
    buy(room, stream, terminal, pieces=SHIRTS)
    assert exchange(ines, OTHER) == 200
    now = present(store.payments.book.order_now(OrderId("o1")))
    was = present(store.payments.book.order(OrderId("o1")))
    assert [(li.rate_ppm, li.tax, li.amount) for li in now.lines] == [
        (li.rate_ppm, li.tax, li.amount) for li in was.lines
    ]
    assert ended(url, ines, refund(ines, OTHER))["amount"]["minor"] == 8_600


def test_a_piece_that_was_paid_above_the_limit_keeps_its_tax_when_both_are_reduced(
    room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal, store: Store
) -> None:
    buy(room, stream, terminal, pieces=(SHIRT,))
    with store.resources.database.writing() as connection:
        connection.execute(update(SKU).values(price_minor=9_900))
    store.resources.catalogue.invalidate()
    assert exchange(ines, OTHER) == 200
    (line,) = present(store.payments.book.order_now(OrderId("o1"))).lines
    assert (line.rate_ppm, present(line.amount).minor) == (200_000, 12_900)


def test_a_piece_of_another_rate_is_not_given(
    room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal, store: Store
) -> None:
    buy(room, stream, terminal, pieces=(SHIRT,))
    with store.resources.database.writing() as connection:
        connection.execute(update(SKU).where(SKU.c.article != SHIRT[1]).values(tax_class="children"))
    store.resources.catalogue.invalidate()
    assert exchange(ines, OTHER) == 409
