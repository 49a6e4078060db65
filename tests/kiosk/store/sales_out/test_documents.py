"""Documents of random days: they agree with what happened, never change, and fit the published schema."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kiosk.clock import US
from kiosk.connectors.sales_out.schema import document_schema
from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import RefundState
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook
from kiosk.store.sales_out.reading import DocumentReader
from tests.contracts.ledger_orders import pay
from tests.kiosk.store.payments.books.random_shop import RandomShop
from tests.kiosk.store.payments.ledgers import memory_ledger
from tests.kiosk.store.sales_out.ledger_documents import all_documents, bodies, first_mark

START_US = 1_774_600_000 * US
SHOPS = st.tuples(st.randoms(use_true_random=False), st.sampled_from(["EUR", "JPY", "KWD"]))
SCHEMA = Draft202012Validator(document_schema())


def shop_of(made: tuple[Random, str], steps: int = 15) -> tuple[SqliteLedger, RandomShop]:
    ledger = memory_ledger()
    shop = RandomShop(ledger, made[0], START_US, made[1])
    shop.live(steps, take_back=True)
    return ledger, shop


def put_all_in_stock(shop: RandomShop) -> None:
    """As the store does after the entries that bring pieces back; a second time too, as after a lost answer."""
    for _ in range(2):
        for refund in shop.returns:
            shop.refunds.put_restocked(refund, shop.now_us)
    orders = {attempt.order_id for attempt in shop.attempts}
    book = TakenBackBook(shop.ledger)
    for order_id in sorted(orders):
        for exchange in shop.book.exchanges(order_id):
            shop.book.put_exchanged(exchange, shop.now_us)
        for taken in book.of_order(order_id):
            book.put_returned(taken, shop.now_us)


@given(SHOPS)
@settings(max_examples=15, deadline=None)
def test_documents_agree_with_what_happened(made: tuple[Random, str]) -> None:
    ledger, shop = shop_of(made)
    found, tally = all_documents(ledger), shop.tally
    sums = {
        kind: sum(body["gross"] for body in bodies(found, kind))
        for kind in ("sale", "refund", "cancellation")
    }
    assert sums == {"sale": tally.sales, "refund": -tally.refunded, "cancellation": -tally.cancelled}
    counts = Counter(each.kind for each in found)
    assert (counts["sale"], counts["exchange"], counts["correction"]) == (tally.orders, tally.exchanges, 0)
    tax: Counter[int] = Counter()
    for body in bodies(found, "sale", "cancellation"):
        assert body["gross"] == sum(line["gross"] for line in body["lines"])
        assert body["gross"] == sum(rate["gross"] for rate in body["taxes"])
        for rate in body["taxes"]:
            tax[rate["rate_ppm"]] += rate["tax"]
    assert +tax == +Counter(tally.tax)
    assert all(body["net"] == body["gross"] - body["tax"] for body in bodies(found))


@given(SHOPS)
@settings(max_examples=15, deadline=None)
def test_pieces_that_move_add_up_to_what_shoppers_have(made: tuple[Random, str]) -> None:
    ledger, shop = shop_of(made)
    put_all_in_stock(shop)
    on_hand: Counter[str] = Counter()
    for_sale: Counter[str] = Counter()
    for body in bodies(all_documents(ledger)):
        for moved in body["movements"]:
            on_hand[moved["piece"]] += moved["on_hand"]
            for_sale[moved["piece"]] += moved["for_sale"]
    sold = {line.piece: -1 for _, line in shop.sold}
    assert {piece: n for piece, n in on_hand.items() if n} == sold
    assert {piece: n for piece, n in for_sale.items() if n} == sold


@given(SHOPS)
@settings(max_examples=10, deadline=None)
def test_a_document_never_changes_and_has_its_own_id(made: tuple[Random, str]) -> None:
    """What was read after each step is what is read at the end, byte for byte."""
    ledger = memory_ledger()
    shop = RandomShop(ledger, made[0], START_US, made[1])
    reader, mark, early = DocumentReader(ledger), first_mark(ledger), []
    for _ in range(12):
        shop.live(1, take_back=True)
        more = True
        while more:
            page = reader.page(mark)
            early += [document for _, document in page.documents]
            mark, more = page.end, page.more
    assert early == all_documents(ledger)
    assert len({each.document_id for each in early}) == len(early)


def test_documents_fit_the_schema_and_name_nobody() -> None:
    ledger, shop = shop_of((Random(5), "EUR"), steps=60)
    put_all_in_stock(shop)
    found = all_documents(ledger)
    assert {each.kind for each in found} == {"sale", "refund", "exchange", "cancellation", "stock"}
    for body in bodies(found):
        SCHEMA.validate(body)
    text = b"\n".join(each.body for each in found)
    cards = {attempt.card.last_four for attempt in shop.attempts if attempt.card}
    assert cards
    assert b"visa" not in text
    assert b"a-ines" not in text
    assert b'"receipt":"000001"' in text
    planted = bodies(found)[0] | {"gross": "12.50"}
    assert [error.json_path for error in SCHEMA.iter_errors(planted)] == ["$.gross"]


def test_a_refund_that_did_not_happen_after_all_is_corrected() -> None:
    ledger, shop = shop_of((Random(1), "EUR"), steps=0)
    while not shop.returns:
        shop.sale()
        shop.refund()
    done = shop.returns[0]
    for state in (RefundState.REFUSED, RefundState.DONE, RefundState.DONE):
        shop.refunds.put(replace(done, state=state))
    found = bodies(all_documents(ledger), "refund", "correction")
    minor = done.amount.minor
    assert [body["gross"] for body in found] == [-minor, minor, -minor]
    assert [body["id"] for body in found[1:]] == [f"correction.{done.key}.{n}" for n in (1, 2)]
    assert [body["movements"] for body in found[1:]] == [[], []]


def test_a_piece_that_cost_nothing_comes_back() -> None:
    ledger, shop = shop_of((Random(1), "EUR"), steps=0)
    while not shop.returns:
        shop.sale()
        shop.refund()
    free = replace(shop.returns[0], key="Rfree", amount=Money(0, "EUR"))
    shop.refunds.put(replace(free, state=RefundState.KEYED))
    shop.refunds.put(free)
    shop.refunds.put(free, confirmed=True)
    (body,) = (each for each in bodies(all_documents(ledger), "refund") if each["id"] == "refund.Rfree")
    assert (body["gross"], [each["movement"] for each in body["movements"]]) == (0, ["back"])


@pytest.mark.parametrize("order_id", ["o 1", "o\n1", "ö", "o1" * 400])
def test_an_id_is_a_header_of_http(order_id: str) -> None:
    ledger = memory_ledger()
    pay(ledger, order_id, PieceId("09521234000013.1"))
    (found,) = all_documents(ledger)
    assert found.document_id.isascii()
    assert found.document_id.isprintable()
    assert " " not in found.document_id
