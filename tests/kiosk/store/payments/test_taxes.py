"""Taxes of orders: rates by rule, tax on top, and refunds that sum to what was paid, in any order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportBasket
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings, TaxRule, TaxSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, buy, ended, price, refund
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, gtin_of, piece_of, settings_in

SCARF = (piece_of("A1", "RED", "one"), gtin_of("A1", "RED", "one"))
RULES = (
    TaxRule(0, category="Shirts", below_minor=11_000),
    TaxRule(55_000, category="shirts"),
    TaxRule(72_500, category="accessories"),
)
ADDED = TaxSettings(88_750, RULES, added=True)


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> StoreSettings:
    plain = settings_in(tmp_path)
    timeouts = replace(plain.timeouts, first_query_us=1000)
    return replace(plain, timeouts=timeouts, shop=replace(plain.shop, tax=getattr(request, "param", ADDED)))


def minors(order: dict[str, object]) -> tuple[object, ...]:
    return tuple(order[name]["minor"] for name in ("total", "tax"))  # type: ignore[index]


def test_tax_on_top_is_exact_for_each_rate(room: HttpClient) -> None:
    status, order = price(room, pieces=(SHIRT, COAT, SCARF))
    assert (status, order["tax_added"]) == (200, True)
    assert [line["rate_ppm"] for line in order["lines"]] == [55_000, 88_750, 72_500]
    # 129.00 at 5.5 %: 7.095; 980.00 at 8.875 %: 86.975; 89.50 at 7.25 %: 6.48875
    assert [(tax["rate_ppm"], tax["net"]["minor"], tax["tax"]["minor"]) for tax in order["taxes"]] == [
        (88_750, 98_000, 8_698), (72_500, 8_950, 649), (55_000, 12_900, 710),
    ]  # fmt: skip
    assert minors(order) == (119_850 + 10_057, 10_057)
    assert sum(line["amount"]["minor"] for line in order["lines"]) == order["total"]["minor"]


@pytest.mark.parametrize("settings", [replace(ADDED, added=False)], indirect=True)
def test_contained_tax_is_spread_over_the_lines(room: HttpClient) -> None:
    shirts = [(piece_of("S1", "WHI", "M", n), gtin_of("S1", "WHI", "M")) for n in range(1, 8)]
    order = price(room, pieces=shirts)[1]
    assert minors(order) == (90_300, 4_708)
    assert sorted(line["tax"]["minor"] for line in order["lines"]) == [672, 672, 672, 673, 673, 673, 673]
    assert all(line["amount"] == line["price"] for line in order["lines"])


def test_refunds_of_all_pieces_sum_to_what_was_paid(
    url: str, room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal
) -> None:
    paid = buy(room, stream, terminal, pieces=(SHIRT, COAT, SCARF))["receipt"]["total"]["minor"]
    assert paid == 129_907
    amounts = [ended(url, ines, refund(ines, piece[0]))["amount"]["minor"] for piece in (SCARF, SHIRT, COAT)]
    assert amounts == [9_599, 13_610, 106_698]
    assert sum(amounts) == paid == sum(terminal.repaid())


def test_the_desk_adds_up_what_is_ticked_with_the_tax(store: Store, ines: HttpClient) -> None:
    for piece, _ in (SHIRT, COAT, SCARF):
        store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, START_US)])
    chosen = tuple(piece for piece, _ in (SHIRT, COAT, SCARF))
    store.service.report_basket(RoomId("1"), ReportBasket(Ticket("t"), chosen))
    (basket,) = ines.ask("GET", "/api/v1/baskets")[1]["baskets"]
    assert (len(basket["lines"]), basket["total"]["minor"]) == (3, 129_907)
    everything = "&".join(f"piece={piece}" for piece, _ in (SHIRT, COAT, SCARF))
    assert ines.ask("GET", f"/api/v1/baskets/1/total?{everything}")[1]["total"]["minor"] == 129_907
    asked = f"/api/v1/baskets/1/total?piece={SHIRT[0]}&piece={SCARF[0]}"
    assert ines.ask("GET", asked)[1]["total"] == {"is": "Money", "minor": 23_209, "currency": "EUR"}
    assert ines.ask("GET", "/api/v1/baskets/1/total?piece=" + piece_of("F1", "BLK", "38"))[0] == 409
    assert ines.ask("GET", "/api/v1/baskets/1/total")[0] == 422
