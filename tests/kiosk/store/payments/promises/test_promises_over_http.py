"""Promises of orders over HTTP: decided by the store, paid with their fee, stored and shown as they were decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from kiosk.connectors.sales_out.schema import document_schema
from kiosk.core.domain.fiscal.entry import sale_entry
from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import Order
from kiosk.core.domain.promise.values import DeliveryWay, is_fee
from kiosk.core.visit.effects import FindDelivery
from kiosk.core.wire import to_json
from kiosk.store.db.tables import STOCK_MOVEMENT
from kiosk.store.lifecycle import Store
from kiosk.store.payments.books.pages import LedgerPages
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.promises.order_promises import OrderPromises
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.books.exported import exported, read_json
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, collect, ended, find, refund
from tests.kiosk.store.payments.promises.delivery_shop import SEND, ask, delivering, pay, price
from tests.kiosk.store.sales_out.ledger_documents import all_documents, bodies
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock
from tests.optional_values import present


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return delivering(tmp_path)


def test_the_fee_is_a_line_with_its_tax_and_part_of_the_total_before_the_tap(room: HttpClient) -> None:
    offer = ask(room)["send"]
    status, order = price(room)
    assert status == 200
    *goods, fee = order["lines"]
    assert [line["piece"] for line in goods] == [SHIRT[0], COAT[0]]
    assert is_fee(fee["piece"])
    assert (fee["price"]["minor"], fee["tax"]["minor"], fee["rate_ppm"]) == (595, 95, 190_000)
    assert order["total"]["minor"] == 12_900 + 98_000 + 595
    sent, taken = order["promises"]
    assert (taken["way"], taken["pieces"]) == ("take", [COAT[0]])
    assert (sent["way"], sent["pieces"], sent["fee_piece"]) == ("send", [SHIRT[0]], fee["piece"])
    # what was shown before is what is stored
    assert (sent["day"], sent["fee"], sent["guaranteed"]) == (offer["day"], offer["fee"], False)
    assert price(room)[1] == order, "asked again, it is the same order"


def test_a_member_is_promised_one_day_and_pays_her_fee(room: HttpClient, prove: Callable[[], None]) -> None:
    guest = ask(room)["send"]
    assert not guest["guaranteed"], "whoever has not proved her card is a guest"
    prove()
    member = ask(room)["send"]
    assert member["guaranteed"]
    assert member["day"] > guest["day"]
    assert (guest["fee"]["minor"], member["fee"]["minor"]) == (595, 200)
    assert price(room)[1]["promises"][0]["fee"]["minor"] == 200


def test_a_lower_fee_is_shown_before_it_is_charged(
    room: HttpClient, terminal: InProcessTerminal, prove: Callable[[], None]
) -> None:
    """Her card was read after the guest's fee was shown: she pays that of a member."""
    price(room)
    prove()
    assert collect(room)[1]["why"] == "repriced"
    assert terminal.collected() == []
    assert price(room, order="o2")[1]["total"]["minor"] == 12_900 + 98_000 + 200
    assert collect(room, order="o2")[1]["state"] in ("keyed", "sent")


@pytest.mark.parametrize("late", [False, True])
def test_a_day_that_cannot_be_promised_any_more_is_shown_anew_before_it_is_paid(
    room: HttpClient, clock: ManualClock, late: bool
) -> None:
    before = price(room)[1]["promises"][0]
    clock.pass_s((before["order_by_us"] - clock.now_us) / 1e6 + (1 if late else -1))
    paid = collect(room)[1]
    if not late:
        assert paid["state"] in ("keyed", "sent")
        return
    assert paid["why"] == "repriced"
    assert price(room, order="o2")[1]["promises"][0]["day"] > before["day"]
    assert collect(room, order="o2")[1]["state"] in ("keyed", "sent")


def test_a_way_that_is_not_offered_is_refused_and_writes_nothing(room: HttpClient, store: Store) -> None:
    wrong = ((SHIRT[0], DeliveryWay.SEND), ("other", DeliveryWay.BAG))
    assert price(room, wrong)[0] == 409
    store.payments.till.promises = OrderPromises(replace(store.settings.shop, delivery=None))
    assert price(room)[0] == 409
    assert store.payments.book.order(OrderId("o1")) is None
    assert price(room, ())[0] == 200, "what is taken along needs no delivery"


def test_a_question_of_an_ended_visit_or_without_pieces_is_refused(room: HttpClient) -> None:
    for question in (
        FindDelivery(TICKET, 1, (), ""),
        FindDelivery(TICKET, 1, (SHIRT,), "z" * 41),
        FindDelivery(TICKET, 1, (SHIRT,) * 51, ""),
    ):
        assert room.of_room("POST", "/delivery", question)[0] == 409


def test_paid_it_is_settled_on_the_receipt_and_the_fee_can_be_paid_back(
    url: str,
    room: HttpClient,
    stream: EventStreamReader,
    ines: HttpClient,
    terminal: InProcessTerminal,
    store: Store,
) -> None:
    price(room)
    paid = pay(room, stream, terminal)
    assert paid["receipt"]["total"]["minor"] == 111_495
    store.payments.finish_pending()
    token = present(store.payments.book.receipt(OrderId("o1"))).link.rpartition("/")[2]
    page = room.ask("GET", f"/r/{token}", headers={"Accept-Language": "en"})[1]
    day = present(store.payments.book.order(OrderId("o1"))).promises[0].day
    for text in ("Delivery", "€5.95", "Sent home", f"from {day}", "€1,114.95"):
        assert text in page, text
    found = find(ines, f"http://x/r/{token}")[1]
    pieces = [one["piece"] for one in found["sales"]]
    fee = next(piece for piece in pieces if is_fee(piece))
    amounts = [ended(url, ines, refund(ines, piece))["amount"]["minor"] for piece in (fee, SHIRT[0], COAT[0])]
    assert amounts == [595, 12_900, 98_000]
    assert sum(amounts) == sum(terminal.repaid()) == 111_495


def test_other_systems_get_the_fee_as_a_line_that_moves_no_stock(
    url: str,
    room: HttpClient,
    stream: EventStreamReader,
    ines: HttpClient,
    terminal: InProcessTerminal,
    store: Store,
) -> None:
    price(room)
    pay(room, stream, terminal)
    store.payments.finish_pending()
    order = present(store.payments.book.order(OrderId("o1")))
    fee = present(order.promises[0].fee_piece)
    assert ended(url, ines, refund(ines, fee))["state"] == "done"
    store.payments.finish_pending()
    sale, back = bodies(all_documents(store.resources.ledger), "sale", "refund")
    assert [line["article"] for line in sale["lines"]] == [SHIRT[1], COAT[1], "fee:send"]
    assert (sale["gross"], back["gross"], back["lines"][0]["article"]) == (111_495, -595, "fee:send")
    assert [one["article"] for one in sale["movements"]] == [SHIRT[1], COAT[1]]
    assert back["movements"] == []
    for document in (sale, back):
        Draft202012Validator(document_schema()).validate(document)
    with store.resources.database.reading() as connection:
        moved = connection.execute(select(STOCK_MOVEMENT.c.article)).scalars().all()
    assert sorted(moved) == sorted([SHIRT[1], COAT[1]])


def test_day_file_and_cash_register_have_the_fee_and_agree(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    price(room)
    pay(room, stream, terminal)
    store.payments.finish_pending()
    done, text = exported(LedgerPages(store.resources.ledger))
    assert done.agree
    rows = read_json(text)
    (fee,) = [row for row in rows if row["kind"] == "line" and row["article"] == "fee:send"]
    assert (fee["amount_minor"], fee["tax_minor"], fee["name"]) == (595, 95, "Delivery")
    receipt = present(store.payments.book.receipt(OrderId("o1")))
    register = FiscalBook(store.payments.book, RefundBook(store.payments.book.ledger), "en")
    sale = present(register.sale(sale_entry(OrderId("o1"), receipt.at_us, receipt.number)))
    assert [line.amount.minor for line in sale.lines] == [12_900, 98_000, 595]
    assert sum(line.amount.minor for line in sale.lines) == sale.total.minor == 111_495
    assert sum(tax.gross.minor for tax in sale.taxes) == 111_495


def test_only_what_she_takes_along_is_bagged(
    room: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal, store: Store
) -> None:
    price(room)
    pay(room, stream, terminal)
    (task,) = store.service.floor.bags.open()
    assert [line.piece for line in task.lines] == [COAT[0]]


def test_the_ledger_decides_the_same_again_byte_by_byte(
    room: HttpClient, store: Store, prove: Callable[[], None]
) -> None:
    prove()
    mixed = (*SEND, (COAT[0], DeliveryWay.COLLECT))
    for number, ways in enumerate([SEND, mixed, (*SEND, (COAT[0], DeliveryWay.SEND))]):
        price(room, ways, f"o{number}")
        order = present(store.payments.book.order(OrderId(f"o{number}")))
        again = store.payments.till.promises.decided_again(order)
        assert json.dumps(to_json(again)) == json.dumps(to_json(order.promises))
        planted = replace(order, promises=(replace(order.promises[0], day="2020-01-01"), *order.promises[1:]))
        assert json.dumps(to_json(again)) != json.dumps(to_json(planted.promises))


def test_an_order_of_the_version_before_is_read(room: HttpClient, store: Store) -> None:
    price(room, ())
    ledger = store.payments.book.ledger
    body = ledger.last("order", order_id="o1")
    del body["promises"]
    ledger.append("order", "o-old", {**body, "order_id": "o-old"}, 1)
    found = present(store.payments.book.order(OrderId("o-old")))
    assert isinstance(found, Order)
    assert found.promises == ()


def test_a_ticket_of_nobody_is_answered_like_any_other(room: HttpClient) -> None:
    question = FindDelivery(Ticket("another"), 1, (SHIRT,), "mars")
    status, body = room.of_room("POST", "/delivery", question)
    assert (status, body["zone"]) == (200, "home")
