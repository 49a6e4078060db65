"""Promotions from the feed to the order, the terminal, the receipt, the refund, the exchange and the books, to the
cent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.visit.effects import ReportBasket
from kiosk.store.lifecycle import Store
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.books.exported import exported, read_json
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, buy, ended, price, refund
from tests.kiosk.store.sample_shop import (
    START_US,
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    settings_in,
)
from tests.kiosk.store.shop_cards import key_file
from tests.optional_values import present

SHIRTS = tuple((piece_of("S1", "WHI", size), gtin_of("S1", "WHI", size)) for size in ("S", "M", "L"))
PROMOTIONS: tuple[dict[str, Any], ...] = (
    {"promotion_id": "three", "name": {"en": "3 for 2", "de": "3 für 2"}, "kind": "n-for-m", "take": 3, "pay": 2,
     "pieces": ["category:shirts"]},
    {"promotion_id": "coat", "name": {"en": "Member price", "de": "Mitgliederpreis"}, "kind": "price",
     "amount": "899.00", "pieces": ["style:C1"], "members": True},
    {"promotion_id": "happy", "name": "Happy hour", "kind": "percent", "percent": 10, "pieces": ["category:shoes"],
     "hours": "17:00-19:00"},
)  # fmt: skip
LOAFERS = (piece_of("F1", "BLK", "38"), gtin_of("F1", "BLK", "38"))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path, keys=key_file(tmp_path))
    write(present(plain.feeds), *PROMOTIONS)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))


def write(feed: Path, *promotions: dict[str, Any]) -> None:
    text = "".join(json.dumps(one) + "\n" for one in promotions)
    (feed / "promotions.jsonl").write_text(text, encoding="utf-8")


def shown(order: dict[str, Any]) -> list[tuple[int, int | None, list[tuple[str, int]]]]:
    """Price, price before and discounts of each line."""
    return [
        (
            line["price"]["minor"],
            line["before"] and line["before"]["minor"],
            [(dict(d["name"]["by_language"])["en"], d["amount"]["minor"]) for d in line["discounts"]],
        )
        for line in order["lines"]
    ]


def test_an_order_says_why_each_line_costs_less(room: HttpClient) -> None:
    order = price(room, pieces=(*SHIRTS, COAT))[1]
    assert shown(order) == [(8_600, 12_900, [("3 for 2", 4_300)])] * 3 + [(98_000, None, [])]
    assert order["total"]["minor"] == 2 * 12_900 + 98_000
    assert order["tax"]["minor"] == round(order["total"]["minor"] / 6), "20 % within, of what is paid"


def test_a_member_price_needs_a_card_that_has_proved_who_she_is(
    room: HttpClient, prove: Callable[[], None]
) -> None:
    assert shown(price(room, pieces=(COAT,))[1]) == [(98_000, None, [])]
    prove()
    assert shown(price(room, order="o2", pieces=(COAT,))[1]) == [(89_900, 98_000, [("Member price", 8_100)])]


def test_happy_hours_are_those_of_the_shops_clock(room: HttpClient, clock: ManualClock) -> None:
    """The sample shop is in Vienna; its clock starts at 16:13."""
    assert shown(price(room, pieces=(LOAFERS,))[1]) == [(45_000, None, [])]
    clock.pass_s(3600)
    assert shown(price(room, order="o2", pieces=(LOAFERS,))[1]) == [(40_500, 45_000, [("Happy hour", 4_500)])]


def test_what_is_shown_is_charged_printed_and_paid_back_to_the_cent(
    url: str,
    room: HttpClient,
    stream: EventStreamReader,
    ines: HttpClient,
    terminal: InProcessTerminal,
    store: Store,
) -> None:
    receipt = buy(room, stream, terminal, pieces=(*SHIRTS, COAT))["receipt"]
    total = 2 * 12_900 + 98_000
    assert receipt["total"]["minor"] == total
    link = present(store.payments.book.receipt(OrderId("o1"))).link
    page = requests.get(link, headers={"Accept-Language": "de"}, timeout=10).text
    assert page.count("3 für 2") == 3
    assert page.count("-43,00") + page.count("−43,00") == 3
    assert page.count("129,00") == 3, "the price before stands on its line"
    rows = read_json(exported(LedgerPages(store.resources.ledger))[1])
    assert [row["amount_minor"] for row in rows if row["kind"] == "line"] == [8_600, 8_600, 8_600, 98_000]
    assert {row["note"] for row in rows if row["kind"] == "check"} == {"ok"}
    back = [ended(url, ines, refund(ines, piece[0]))["amount"]["minor"] for piece in (COAT, *SHIRTS)]
    assert back == [98_000, 8_600, 8_600, 8_600]
    assert sum(back) == total == sum(terminal.repaid())


def test_another_size_keeps_what_the_promotion_took_off(
    url: str, room: HttpClient, stream: EventStreamReader, ines: HttpClient, terminal: InProcessTerminal
) -> None:
    buy(room, stream, terminal, pieces=SHIRTS)
    other = piece_of("S1", "BLU", "M")
    body = {"order_id": "o1", "piece": SHIRT[0], "label": other}
    status, made = ines.ask("POST", "/api/v1/exchanges", body)
    assert (status, made["line"]["amount"]["minor"], made["line"]["before"]["minor"]) == (200, 8_600, 12_900)
    assert ended(url, ines, refund(ines, other))["amount"]["minor"] == 8_600


def test_the_associates_page_shows_the_same_lines(store: Store, ines: HttpClient, room: HttpClient) -> None:
    for piece, _ in (*SHIRTS, COAT):
        store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, START_US)])
    chosen = tuple(piece for piece, _ in SHIRTS)
    store.service.report_basket(RoomId("1"), ReportBasket(Ticket("t"), chosen))
    (basket,) = ines.ask("GET", "/api/v1/baskets")[1]["baskets"]
    assert basket["total"]["minor"] == 25_800
    assert shown(basket) == [(8_600, 12_900, [("3 for 2", 4_300)])] * 3 + [(98_000, None, [])]
    asked = "&".join(f"piece={piece}" for piece in chosen)
    assert ines.ask("GET", f"/api/v1/baskets/1/total?{asked}")[1]["total"]["minor"] == 25_800
    two = f"/api/v1/baskets/1/total?piece={chosen[0]}&piece={chosen[1]}"
    assert ines.ask("GET", two)[1]["total"]["minor"] == 25_800
    status, taken = ines.ask(
        "PUT", "/api/v1/orders/desk-1", {"room": "1", "pieces": chosen, "terminal": "till"}
    )
    assert (status, taken["order"]["total"]["minor"]) == (202, 25_800)


def test_a_promotion_that_the_feed_does_not_name_any_more_ends(
    store: Store, settings: StoreSettings, room: HttpClient
) -> None:
    feed = present(settings.feeds)
    broken = {"promotion_id": "half", "name": "Half", "kind": "percent", "percent": 500}
    write(feed, *PROMOTIONS[1:], broken)
    report = present(store.resources.import_feed(feed, START_US + 1))
    assert "percent: is not a percentage" in str(report.mistakes)
    assert shown(price(room, pieces=SHIRTS)[1]) == [(12_900, None, [])] * 3
