"""The basket of a mirror is priced by the function that prices its order; a price that has changed is shown first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.ids import PieceId
from kiosk.core.visit.effects import ReportBasket
from kiosk.store.lifecycle import Store
from kiosk.store.payments.pricing.last_orders import LastOrders
from kiosk.store.payments.till import PRICE_HELD_S
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, TICKET, collect, ends, price
from tests.kiosk.store.payments.pricing.test_promotions_over_http import (
    LOAFERS,
    PROMOTIONS,
    SHIRTS,
    shown,
    write,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, settings_in
from tests.kiosk.store.shop_cards import key_file
from tests.optional_values import present

HOUR_S = 3600.0


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path, keys=key_file(tmp_path))
    write(present(plain.feeds), *PROMOTIONS)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))


def report(room: HttpClient, *pieces: PieceId, here: tuple[PieceId, ...] | None = None) -> None:
    assert room.of_room("PUT", "/basket", ReportBasket(TICKET, pieces, here))[0] == 204


def basket(stream: EventStreamReader, count: int) -> list[Any]:
    """The lines of the basket's last prices, once there are so many of them."""
    body = stream.wait(lambda name, body: name == "BasketPriced" and len(body["lines"]) == count)
    return shown(body)


def test_the_basket_costs_on_the_glass_what_its_order_costs(
    room: HttpClient, stream: EventStreamReader
) -> None:
    pieces = (*SHIRTS, COAT)
    report(room, *(piece for piece, _ in pieces))
    assert basket(stream, 4) == shown(price(room, pieces=pieces)[1])
    report(room, *(piece for piece, _ in SHIRTS), here=tuple(piece for piece, _ in SHIRTS[:2]))
    assert basket(stream, 2) == [(12_900, None, [])] * 2, "what is not with her opens no promotion"


def test_a_card_lowers_the_basket_that_is_on_the_glass(
    room: HttpClient, stream: EventStreamReader, prove: Callable[[], None]
) -> None:
    report(room, COAT[0])
    assert basket(stream, 1) == [(98_000, None, [])]
    prove()
    stream.wait(lambda name, body: name == "BasketPriced" and body["lines"][0]["price"]["minor"] == 89_900)


def test_the_price_of_a_happy_hour_is_charged_while_its_page_is_open(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    clock.pass_s(HOUR_S)
    assert price(room, pieces=(LOAFERS,))[1]["total"]["minor"] == 40_500
    clock.pass_s(2 * HOUR_S)  # the happy hour is over; by the steady clock no time has passed
    assert collect(room)[1]["state"] in ("keyed", "sent")
    ends(stream, "sent")
    terminal.tap()
    assert ends(stream, "paid")["receipt"]["total"]["minor"] == 40_500


def test_some_minutes_later_the_shopper_sees_the_new_total_first(
    store: Store, room: HttpClient, terminal: InProcessTerminal, clock: ManualClock
) -> None:
    steady = ManualClock(0)
    store.payments.till.last_orders = LastOrders(lambda: steady.now_us / 1e6)
    clock.pass_s(HOUR_S)
    price(room, pieces=(LOAFERS,))
    clock.pass_s(2 * HOUR_S)
    steady.pass_s(PRICE_HELD_S + 1)
    refused = collect(room)[1]
    assert (refused["state"], refused["why"]) == ("declined", "repriced")
    assert terminal.collected() == []
    assert price(room, order="o2", pieces=(LOAFERS,))[1]["total"]["minor"] == 45_000
    assert collect(room, order="o2")[1]["state"] in ("keyed", "sent")


def test_less_is_shown_before_it_is_charged(
    room: HttpClient, terminal: InProcessTerminal, prove: Callable[[], None]
) -> None:
    """Her card was read after the guest's total was shown: she does not pay that."""
    price(room, pieces=(COAT,))
    prove()
    assert collect(room)[1]["why"] == "repriced"
    assert price(room, order="o2", pieces=(COAT,))[1]["total"]["minor"] == 89_900
    assert collect(room, order="o2")[1]["state"] in ("keyed", "sent")
