"""A coupon scanned at the mirror counts in this visit and in no other, and is no piece."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.ids import RoomId, ScannedId, Ticket
from kiosk.core.visit.effects import ReportBasket, ReportVisit, TogglePiece
from kiosk.store.lifecycle import Store
from kiosk.store.payments.pricing.basket_prices import MAX_COUPONS
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, TICKET, price
from tests.kiosk.store.payments.pricing.test_promotions_over_http import shown, write
from tests.kiosk.store.sample_shop import START_US, settings_in
from tests.optional_values import present

TEN: dict[str, Any] = {
    "promotion_id": "ten", "name": {"en": "Your voucher", "de": "Ihr Gutschein"}, "kind": "basket", "amount": "10.00",
    "coupon": "TEN-2026",
}  # fmt: skip
OVER = {**TEN, "promotion_id": "over", "coupon": "OVER", "until": "2020-12-31"}
MANY = [{**TEN, "promotion_id": f"m{n}", "coupon": f"M{n}", "combines": True} for n in range(MAX_COUPONS + 1)]
LOWERED = [(97_000, 98_000, [("Your voucher", 1_000)])]


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    write(present(plain.feeds), TEN, OVER, *MANY)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))


@pytest.fixture(autouse=True)
def visit(room: HttpClient) -> None:
    begin(room, TICKET)


def begin(room: HttpClient, ticket: Ticket, *, began: bool = True) -> None:
    room.of_room("PUT", "/visit", ReportVisit(ticket, began, START_US))


def scan(room: HttpClient, text: str, ticket: Ticket = TICKET) -> bool:
    status, answer = room.of_room("POST", "/pieces", TogglePiece(ticket, ScannedId(text)))
    assert status == 200
    return bool(answer["ours"])


def test_a_coupon_lowers_the_basket_that_is_on_the_glass_and_its_order(
    room: HttpClient, stream: EventStreamReader
) -> None:
    room.of_room("PUT", "/basket", ReportBasket(TICKET, (COAT[0],), (COAT[0],)))
    assert scan(room, "TEN-2026")
    assert stream.named("CouponScanned")["holds"]
    stream.wait(lambda name, body: name == "BasketPriced" and shown(body) == LOWERED)
    assert shown(price(room, pieces=(COAT,))[1]) == LOWERED
    assert scan(room, "TEN-2026"), "scanned twice, it counts once"
    assert shown(price(room, order="o2", pieces=(COAT,))[1]) == LOWERED


def test_a_coupon_is_no_piece_and_a_piece_is_no_coupon(room: HttpClient, store: Store) -> None:
    scan(room, "TEN-2026")
    assert store.service.floor.room(RoomId("1")).pieces == {}
    assert not scan(room, "TEN-2027"), "neither a piece nor a coupon of this shop"
    assert scan(room, COAT[0])
    assert list(store.service.floor.room(RoomId("1")).pieces) == [COAT[0]]


def test_a_coupon_that_is_over_says_so_and_counts_for_nothing(
    room: HttpClient, stream: EventStreamReader
) -> None:
    assert scan(room, "OVER")
    assert not stream.named("CouponScanned")["holds"]
    assert shown(price(room, pieces=(COAT,))[1]) == [(98_000, None, [])]


def test_it_ends_with_the_visit(room: HttpClient) -> None:
    scan(room, "TEN-2026")
    begin(room, TICKET, began=False)
    later = Ticket("visit-2")
    begin(room, later)
    assert shown(price(room, pieces=(COAT,), ticket=later)[1]) == [(98_000, None, [])]
    assert scan(room, "TEN-2026", Ticket("visit-3")), "of a visit that is not here, it counts for nobody"
    assert shown(price(room, order="o2", pieces=(COAT,), ticket=later)[1]) == [(98_000, None, [])]


def test_a_visit_has_so_many_coupons(room: HttpClient, stream: EventStreamReader) -> None:
    for number in range(MAX_COUPONS + 1):
        assert scan(room, f"M{number}")
    holds = [body["holds"] for name, body in stream.messages if name == "CouponScanned"]
    stream.wait(lambda name, body: name == "CouponScanned" and not body["holds"])
    assert holds.count(True) <= MAX_COUPONS
    assert price(room, pieces=(COAT,))[1]["total"]["minor"] == 98_000 - MAX_COUPONS * 1_000
