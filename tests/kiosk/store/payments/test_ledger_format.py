"""The ledger's entries keep their text: what earlier versions wrote is read, and today's text is frozen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, Ticket, article_of_gtin, parse_gtin, piece_id
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentMeans, PaymentState, Receipt
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.kiosk.store.payments.ledgers import memory_ledger, rows_of

PRICE, TAX = Money(12_900, "EUR"), Money(2_150, "EUR")
ARTICLE = article_of_gtin(parse_gtin("09521234000075"))
PIECE = piece_id(ARTICLE, "1")
NAME = LocalizedText((("en", "Shirt"), ("de", "Hemd")))
LINE = OrderLine(
    PIECE, ARTICLE, NAME, LocalizedText((("en", "Wei\u00df"),)), "M", PRICE, "a.png", 200_000, TAX, PRICE
)
ORDER = Order(
    OrderId("o1"),
    RoomId("1"),
    Ticket("t1"),
    (LINE,),
    PRICE,
    TAX,
    200,
    (TaxLine(200_000, Money(10_750, "EUR"), TAX),),
)
ATTEMPT = Attempt("KEY0000001", OrderId("o1"), PaymentMeans.TERMINAL, PRICE, changed_us=5)
REFUND = Refund("KEY0000002", OrderId("o1"), PIECE, ARTICLE, PRICE, "a-ines", changed_us=6)
MONEY = '{"is":"Money","minor":12900,"currency":"EUR"}'
TAX_MONEY = '{"is":"Money","minor":2150,"currency":"EUR"}'
LINE_TAXES = ',"rate_ppm":200000,"tax":' + TAX_MONEY + ',"amount":' + MONEY
DISCOUNTS = ',"before":null,"discounts":[]'
TAXES = (
    ',"taxes":[{"is":"TaxLine","rate_ppm":200000,"net":{"is":"Money","minor":10750,"currency":"EUR"},"tax":'
    + TAX_MONEY + '}],"tax_added":false'
)  # fmt: skip
PROMISES = ',"promises":[]'
WRITTEN: dict[str, str] = {
    "order": '{"is":"Order","order_id":"o1","room":"1","ticket":"t1","lines":[{"is":"OrderLine",'
    '"piece":"09521234000075.1","article":"09521234000075",'
    '"name":{"is":"Words","by_language":[["en","Shirt"],["de","Hemd"]]},'
    '"colour":{"is":"Words","by_language":[["en","Wei\u00df"]]},"size":"M","price":' + MONEY + ',"picture":"a.png"'
    + LINE_TAXES + DISCOUNTS + '}],"total":' + MONEY + ',"tax":' + TAX_MONEY + ',"tax_permille":200' + TAXES
    + PROMISES + "}",
    "attempt": '{"is":"Attempt","key":"KEY0000001","order_id":"o1","means":"terminal","amount":' + MONEY + ","
    '"state":"keyed","reference":"","why":"","asked":0,"changed_us":5,"terminal":"","terminal_id":"",'
    '"provider_id":"","sent_us":0,"taken_up":false,"cancel_wanted":false,"references":[],"card":null,"captured":true,'
    '"charged":null,"provisional":false,"contradicted":false,"number":0}',
    "refund": '{"is":"Refund","key":"KEY0000002","order_id":"o1","piece":"09521234000075.1",'
    '"article":"09521234000075","amount":' + MONEY + ',"by":"a-ines","state":"keyed","reference":"","why":"",'
    '"asked":0,"changed_us":6,"terminal":"","terminal_id":"","sent_us":0,"taken_up":false,"references":[],'
    '"provisional":false,"contradicted":false}',
}  # fmt: skip
"""Bodies as they are written."""
UNPROMISED: dict[str, str] = {kind: text.replace(PROMISES, "") for kind, text in WRITTEN.items()}
"""Bodies of the version before: there was no delivery."""
UNDISCOUNTED: dict[str, str] = {kind: text.replace(DISCOUNTS, "") for kind, text in UNPROMISED.items()}
"""Bodies of an earlier version: there were no promotions."""
UNNUMBERED: dict[str, str] = {kind: text.replace(',"number":0', "") for kind, text in UNDISCOUNTED.items()}
"""Bodies of an earlier version: an attempt did not have its number."""
BEFORE: dict[str, str] = {
    kind: re.sub(r'("changed_us":\d).*', r"\1}", text).replace(LINE_TAXES, "").replace(TAXES, "")
    for kind, text in UNDISCOUNTED.items()
}
"""Bodies of an earlier version: an order had one tax; the terminal and the time of sending were not written."""
EARLIER: dict[str, str] = {
    kind: text.replace('"piece":"09521234000075.1","article":', '"epc":"30364521480001C000000001","gtin":')
    for kind, text in BEFORE.items()
}
"""Bodies as earlier versions wrote them: a piece was the EPC of its tag."""


@pytest.fixture
def ledger() -> Iterator[SqliteLedger]:
    opened = memory_ledger()
    yield opened
    opened.close()


def bodies(ledger: SqliteLedger) -> dict[str, str]:
    return {row[2]: row[6] for row in rows_of(ledger)}


def test_the_text_of_the_entries_is_frozen(ledger: SqliteLedger) -> None:
    OrderBook(ledger).put_order(ORDER, 1)
    OrderBook(ledger).put_attempt(ATTEMPT)
    RefundBook(ledger).put(REFUND)
    assert bodies(ledger) == WRITTEN


@pytest.mark.parametrize("texts", [WRITTEN, UNPROMISED, UNDISCOUNTED, UNNUMBERED, BEFORE, EARLIER])
def test_entries_of_earlier_versions_are_read(ledger: SqliteLedger, texts: dict[str, str]) -> None:
    ledger.append("order", "o1", json.loads(texts["order"]), 1)
    ledger.append("attempt", "o1", json.loads(texts["attempt"]), 2, key="KEY0000001", state="keyed")
    ledger.append("refund", "o1", json.loads(texts["refund"]), 3, key="KEY0000002", state="keyed")
    orders, refunds = OrderBook(ledger), RefundBook(ledger)
    assert (orders.order(OrderId("o1")), orders.open_attempts()) == (ORDER, (ATTEMPT,))
    assert refunds.open_refunds() == (REFUND,)


def test_what_promotions_took_off_is_read_as_it_was_written(ledger: SqliteLedger) -> None:
    off = Discount("p1", LocalizedText((("en", "3 for 2"), ("de", "3 f\u00fcr 2"))), Money(4_300, "EUR"))
    order = replace(ORDER, lines=(replace(LINE, before=Money(17_200, "EUR"), discounts=(off,)),))
    OrderBook(ledger).put_order(order, 1)
    assert OrderBook(ledger).order(OrderId("o1")) == order
    assert '"discounts":[{"is":"Discount","rule_id":"p1","name":' in bodies(ledger)["order"]


def test_a_payment_writes_these_kinds_of_entries(ledger: SqliteLedger) -> None:
    book = OrderBook(ledger)
    book.put_key(ATTEMPT, 1, terminal="till", card_day_hash="hash")
    receipt = book.put_paid(replace(ATTEMPT, state=PaymentState.PAID), ORDER, "http://shop")
    book.put_decision(ATTEMPT, "a-ines", 7, paid=True)
    book.put_settled(ORDER.order_id, 8)
    found = {row[2]: (row[4], row[5], json.loads(row[6])) for row in rows_of(ledger)}
    assert found["number"] == ("o1#1", "", {"key": "KEY0000001"})
    assert found["terminal"] == ("KEY0000001", "", {"name": "till"})
    assert found["spent"] == ("KEY0000001", "hash", {"key": "KEY0000001", "minor": 12_900})
    assert found["word"] == ("KEY0000001", "", {"by": "a-ines", "paid": True})
    assert found["settled"] == ("", "", {})
    assert found["receipt"][2]["number"] == "000001"
    assert isinstance(receipt, Receipt)
    assert found["receipt"][0] == receipt.link.rpartition("/")[2]


def test_the_states_keep_their_values() -> None:
    assert [s.value for s in PaymentState] == [
        "keyed", "sent", "unsure", "paid", "declined", "abandoned", "parked", "unwanted", "reversed",
    ]  # fmt: skip
    assert [s.value for s in RefundState] == ["keyed", "unsure", "done", "refused", "parked"]
    assert [m.value for m in PaymentMeans] == ["terminal", "stored"]
