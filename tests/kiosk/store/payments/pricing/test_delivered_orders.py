"""Orders with a fee of delivery: promotions lower the pieces, not the fee; a fee is no price that has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import collect, ended, refund
from tests.kiosk.store.payments.pricing.test_promotions_over_http import PROMOTIONS, shown, write
from tests.kiosk.store.payments.promises.delivery_shop import delivering, pay, price
from tests.kiosk.store.sample_shop import InProcessTerminal
from tests.optional_values import present

HALF = {
    "promotion_id": "half",
    "name": "Half",
    "kind": "percent",
    "percent": 50,
    "pieces": ["category:shirts"],
}


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = delivering(tmp_path)
    write(present(plain.feeds), *PROMOTIONS, HALF)
    return plain


def test_the_fee_is_not_lowered_and_all_of_it_is_charged(
    url: str, room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal
) -> None:
    status, order = price(room)
    assert status == 200
    assert shown(order) == [(6_450, 12_900, [("Half", 6_450)]), (98_000, None, []), (595, None, [])]
    paid = pay(room, stream, terminal)["receipt"]["total"]["minor"]
    assert paid == 6_450 + 98_000 + 595
    assert ended(url, ines, refund(ines))["amount"]["minor"] == 6_450


def test_a_fee_is_no_price_that_has_changed(room: HttpClient, prove: Callable[[], None]) -> None:
    price(room)
    assert collect(room)[1]["state"] in ("keyed", "sent")
    room.of_room("DELETE", "/orders/o1/payment", None)
    prove()
    price(room, order="o2")
    price(room, order="o3")
    assert collect(room, order="o3")[1]["state"] in ("keyed", "sent"), (
        "with a card, the member's price was asked"
    )


def test_with_a_fee_less_is_shown_before_it_is_charged_as_well(
    room: HttpClient, prove: Callable[[], None]
) -> None:
    price(room)
    prove()
    assert collect(room)[1]["why"] == "repriced"
