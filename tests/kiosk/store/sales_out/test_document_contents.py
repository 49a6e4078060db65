"""Documents of single orders: promotions, earlier versions, test purchases, entries that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jsonschema import Draft202012Validator

from kiosk.connectors.sales_out.schema import document_schema
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.promotions.discount import Discount
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import attempt, order, pay
from tests.kiosk.store.payments.ledgers import KEY, memory_ledger
from tests.kiosk.store.payments.test_earlier_versions import COAT, SHIRT, write_ledger
from tests.kiosk.store.sales_out.ledger_documents import all_documents, bodies
from tests.kiosk.store.sample_shop import piece_of, settings_in

SCHEMA = Draft202012Validator(document_schema())
FIRST, SECOND = piece_of("S1", "WHI", "M", 1), piece_of("S1", "WHI", "M", 2)


def test_what_promotions_took_off_is_in_the_line_of_the_sale() -> None:
    ledger = memory_ledger()
    book, plain = OrderBook(ledger), order("o1", FIRST, SECOND)
    off = Discount("summer", plain.lines[0].name, Money(2_900, "EUR"))
    lowered = replace(
        plain.lines[0], price=Money(10_000, "EUR"), before=Money(12_900, "EUR"), discounts=(off,)
    )
    sold = replace(plain, lines=(lowered, plain.lines[1]))
    book.put_order(sold, 1)
    book.put_key(attempt("o1"), 1)
    book.put_paid(replace(attempt("o1"), state=PaymentState.PAID), sold, "http://shop")
    (body,) = bodies(all_documents(ledger))
    SCHEMA.validate(body)
    first, second = body["lines"]
    assert (first["listed"], first["price"]) == (12_900, 10_000)
    assert first["discounts"] == [{"promotion": "summer", "amount": 2_900}]
    assert (second["listed"], second["price"], second["discounts"]) == (12_900, 12_900, [])


def test_a_ledger_of_an_earlier_version_has_documents(tmp_path: Path) -> None:
    made = settings_in(tmp_path)
    write_ledger(made)
    ledger = SqliteLedger(made.ledger_path, KEY)
    found = bodies(all_documents(ledger))
    for body in found:
        SCHEMA.validate(body)
    sale, refund = found[0], next(body for body in found if body["kind"] == "refund")
    assert [line["article"] for line in sale["lines"]] == [SHIRT, SHIRT, COAT]
    assert (sale["gross"], refund["gross"], refund["tax"]) == (38_700, -12_900, -4_300)
    assert [each["movement"] for each in refund["movements"]] == ["back"]
    ledger.close()


def test_a_test_purchase_has_no_document() -> None:
    ledger = memory_ledger()
    pay(ledger, "test-1", FIRST)
    pay(ledger, "o1", SECOND)
    assert [body["order"] for body in bodies(all_documents(ledger))] == ["o1"]


def test_an_entry_that_cannot_be_read_stops_no_other() -> None:
    ledger = memory_ledger()
    pay(ledger, "o1", FIRST)
    for text in ("{}", "[]", '"x"', '{"number":"000002","is":"Receipt"}', '{"amount":{"minor":0}}', "{"):
        for kind in ("restocked", "returned", "exchanged"):
            ledger.append(kind, OrderId("o1"), text, 1, key=f"none-{kind}")
        ledger.append("refund", OrderId("o1"), text, 1, key="R1", state="parked")
    ledger.append("order", OrderId("o2"), {"lines": []}, 1)
    pay(ledger, "o3", PieceId(SECOND))
    assert [body["id"] for body in bodies(all_documents(ledger))] == ["sale.o1.000001", "sale.o3.000002"]
