"""Promises of the ledger's port, for each implementation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread

import pytest

from kiosk.core.domain.fiscal.entry import FiscalState, sent, signed
from kiosk.core.domain.fiscal.sale import Signature
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import PaymentState, Receipt
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.store.errors import KnownKeyError, PaymentsClosedError, PieceTakenError
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.ledger import Condition, Ledger, LedgerState, PostgresLedger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook
from tests.contracts.ledger_orders import PRICE, attempt, begin, order, pay
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY, memory_ledger
from tests.kiosk.store.sample_shop import gtin_of, piece_of
from tests.optional_values import present

SHIRT, COAT = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    opened: Ledger
    if request.param == "sqlite":
        opened = memory_ledger()
    else:
        opened = PostgresLedger(postgres.fresh_database(request.getfixturevalue("postgres_server")), KEY)
    yield opened
    opened.close()


def test_the_newest_entry_of_a_key_or_an_order_counts(ledger: Ledger) -> None:
    ledger.append("attempt", "o1", {"n": 1}, 1, key="k1", state="keyed")
    ledger.append("attempt", "o1", {"n": 2}, 2, key="k2", state="keyed")
    ledger.append("attempt", "o1", {"n": 3}, 3, key="k1", state="paid")
    assert ledger.last("attempt", key="k1") == {"n": 3}
    assert ledger.last("attempt", order_id="o1") == {"n": 3}
    assert ledger.last("attempt", key="k9") is None
    assert ledger.of_order("attempt", "o1") == [{"n": 2}, {"n": 3}]
    assert ledger.open_entries("attempt") == [{"n": 2}]


def test_orders_are_unsettled_until_they_are_settled(ledger: Ledger) -> None:
    for number, name in enumerate(("o1", "o2"), 1):
        ledger.append("receipt", name, {"number": f"{number:06d}"}, 1)
    ledger.append("settled", "o1", {}, 2)
    assert (ledger.head.receipts, ledger.open_orders("unsettled")) == (2, ["o2"])


def test_a_key_is_keyed_once(ledger: Ledger) -> None:
    ledger.append("attempt", "o1", {}, 1, key="k1", state="keyed")
    with pytest.raises(KnownKeyError):
        ledger.append("attempt", "o2", {}, 2, key="k1", state="keyed")
    assert ledger.append("attempt", "o1", {}, 3, key="k1", state="sent") == 3, "numbers have no gap"
    assert ledger.verify()[0] == 3


def test_a_nested_transaction_ends_with_the_outer_one(ledger: Ledger) -> None:
    def fails() -> None:
        with ledger.transaction():
            with ledger.transaction():
                ledger.append("order", "o1", {}, 1)
            raise KeyError

    before = ledger.head
    with pytest.raises(KeyError):
        fails()
    assert (ledger.last("order", order_id="o1"), ledger.head) == (None, before)


def head_during_a_transaction(ledger: Ledger, head: Callable[[], Head]) -> tuple[Head, Head]:
    """What another thread takes for the head while an entry is not committed, which then fails; and the head before."""
    seen: list[Head] = []
    other = Thread(target=lambda: seen.append(head()))

    def fails() -> None:
        with ledger.transaction():
            ledger.append("order", "o1", {}, 1)
            other.start()
            other.join(0.2)
            raise KeyError

    before = ledger.head
    with pytest.raises(KeyError):
        fails()
    other.join()
    return seen[0], before


def test_an_entry_that_is_not_committed_is_no_head_for_another_thread(ledger: Ledger) -> None:
    seen, before = head_during_a_transaction(ledger, lambda: ledger.head)
    assert seen == before, "it is kept outside of the ledger, and would be missing after a kill"


def test_planted_fault_a_head_that_is_not_committed_is_caught(ledger: Ledger) -> None:
    assert isinstance(ledger, SqlLedger)
    seen, before = head_during_a_transaction(ledger, lambda: ledger._head)
    assert seen != before


def test_the_head_is_the_last_entry_that_is_written(ledger: Ledger) -> None:
    assert ledger.head.seq == 1, "the entry with which the chain begins"
    ledger.append("order", "o1", {}, 1)
    (entry,) = ledger.entries(2, 9)
    assert (entry.kind, ledger.head[:2], ledger.verify()) == ("order", (2, entry.chain), (2, entry.chain))


def test_a_second_order_cannot_reserve_or_buy_a_piece(ledger: Ledger) -> None:
    begin(ledger, "o1", SHIRT, COAT)
    before = ledger.head
    with pytest.raises(PieceTakenError) as taken:
        begin(ledger, "o2", SHIRT)
    assert (taken.value.piece, taken.value.by_order) == (SHIRT, "o1")
    assert ledger.head.seq == before.seq + 1, "only the order is written, no key"
    OrderBook(ledger).put_paid(
        replace(attempt("o1"), state=PaymentState.PAID), order("o1", SHIRT, COAT), "http://shop"
    )
    with pytest.raises(PieceTakenError):
        begin(ledger, "o3", SHIRT)
    assert {p: (h.order_id, h.sold) for p, h in ledger.taken([SHIRT, COAT]).items()} == {
        SHIRT: ("o1", True), COAT: ("o1", True),
    }  # fmt: skip
    assert ledger.taken([SHIRT], but="o1") == {}


@pytest.mark.parametrize("state", [PaymentState.DECLINED, PaymentState.ABANDONED])
def test_an_unpaid_attempt_gives_its_pieces_back(ledger: Ledger, state: PaymentState) -> None:
    begun = begin(ledger, "o1", SHIRT)
    for open_state in (PaymentState.SENT, PaymentState.UNSURE, PaymentState.PARKED):
        OrderBook(ledger).put_attempt(replace(begun, state=open_state))
        assert SHIRT in ledger.taken([SHIRT])
    OrderBook(ledger).put_attempt(replace(begun, state=state))
    assert ledger.taken([SHIRT]) == {}
    pay(ledger, "o2", SHIRT)


def test_a_piece_is_free_after_its_refund_and_only_then(ledger: Ledger) -> None:
    pay(ledger, "o1", SHIRT, COAT)
    refund = Refund("R1", OrderId("o1"), SHIRT, gtin_of("S1", "WHI", "M"), PRICE, "a-ines", changed_us=2)
    book = RefundBook(ledger)
    book.put(refund)
    assert SHIRT in ledger.taken([SHIRT])
    book.put(replace(refund, state=RefundState.DONE))
    assert set(ledger.taken([SHIRT, COAT])) == {COAT}
    assert [r.key for r in book.unrestocked()] == ["R1"]
    book.put_restocked(refund, 3)
    assert book.unrestocked() == ()
    pay(ledger, "o2", SHIRT)


def test_a_piece_scanned_without_serial_is_the_piece_of_its_tag(ledger: Ledger) -> None:
    scanned = PieceId(f"{gtin_of('S1', 'WHI', 'M')}.~1")
    pay(ledger, "o1", scanned)
    ledger.identify(scanned, SHIRT, 2)
    assert ledger.taken([SHIRT])[SHIRT].order_id == "o1"
    with pytest.raises(PieceTakenError):
        begin(ledger, "o2", SHIRT)
    with pytest.raises(PieceTakenError):
        begin(ledger, "o3", scanned)
    refund = Refund("R1", OrderId("o1"), scanned, gtin_of("S1", "WHI", "M"), PRICE, "a", RefundState.DONE)
    RefundBook(ledger).put(refund)
    assert ledger.taken([SHIRT, scanned]) == {}


def test_a_piece_identified_before_its_payment_is_reserved_by_its_tag(ledger: Ledger) -> None:
    scanned = PieceId(f"{gtin_of('S1', 'WHI', 'M')}.~1")
    book = OrderBook(ledger, lambda piece: SHIRT if piece == scanned else piece)
    book.put_order(order("o1", scanned), 1)
    book.put_key(attempt("o1"), 1)
    assert SHIRT in ledger.taken([SHIRT]), "by the tag"
    assert set(book.taken([scanned], "o2")) == {scanned}


def test_identities_of_pieces_that_no_order_has_are_not_written(ledger: Ledger) -> None:
    before = ledger.head
    ledger.identify(PieceId(f"{SHIRT}~"), SHIRT, 1)
    assert ledger.head == before


def test_money_that_has_moved_is_written_also_if_the_piece_went_to_another_order(ledger: Ledger) -> None:
    begun = begin(ledger, "o1", SHIRT)
    OrderBook(ledger).put_attempt(replace(begun, state=PaymentState.ABANDONED))
    pay(ledger, "o2", SHIRT)
    book = OrderBook(ledger)
    book.put_paid(replace(begun, state=PaymentState.PAID), order("o1", SHIRT), "http://shop")
    assert book.receipt(OrderId("o1")) is not None
    assert book.conflicts(OrderId("o1")) == (SHIRT,)
    assert ledger.taken([SHIRT])[SHIRT].order_id == "o2", "the first sale keeps the piece"


def test_a_closed_ledger_takes_nothing_and_is_read(ledger: Ledger) -> None:
    pay(ledger, "o1", SHIRT)
    ledger.check()
    ledger.close_payments(LedgerState(Condition.DAMAGED, "an entry was changed", 3))
    ledger.close_payments(LedgerState(Condition.BEHIND, "later"))
    assert ledger.state.condition is Condition.DAMAGED, "the first reason stays"
    for refused in (
        ledger.check,
        lambda: ledger.append("order", "o2", {}, 1),
        lambda: begin(ledger, "o2", COAT),
    ):
        with pytest.raises(PaymentsClosedError):
            refused()
    assert OrderBook(ledger).receipt(OrderId("o1")) is not None


def test_what_the_law_registers_is_due_with_its_receipt_and_open_until_it_is_signed(ledger: Ledger) -> None:
    orders, refunds = OrderBook(ledger), RefundBook(ledger)
    book = FiscalBook(orders, refunds, "en")
    book.attach()
    paid = replace(begin(ledger, "o1", SHIRT), state=PaymentState.PAID)
    orders.put_paid(paid, order("o1", SHIRT), "http://shop")
    (entry,) = book.open_entries()
    assert (entry.key, entry.state, book.entry("s-o1")) == ("s-o1", FiscalState.DUE, entry)
    book.put(sent(entry, "one", 9))
    (entry,) = book.open_entries()
    assert (entry.state, entry.register) == (FiscalState.SENT, "one")
    book.put(signed(entry, Signature("one", "1", "now", "abc"), 10))
    assert book.open_entries() == ()


def test_a_receipt_whose_registration_cannot_be_written_is_not_written_either(ledger: Ledger) -> None:
    def fails(_: Receipt) -> None:
        raise KeyError("disk")

    orders = OrderBook(ledger)
    paid = replace(begin(ledger, "o1", SHIRT), state=PaymentState.PAID)
    orders.on_receipt = fails
    with pytest.raises(KeyError):
        orders.put_paid(paid, order("o1", SHIRT), "http://shop")
    assert (orders.receipt(OrderId("o1")), ledger.head.receipts) == (None, 0)


def test_a_sale_that_is_taken_back_frees_its_pieces_and_is_open_until_the_stock_has_them(
    ledger: Ledger,
) -> None:
    pay(ledger, "o1", SHIRT, COAT)
    book, taken_back = OrderBook(ledger), TakenBackBook(ledger)
    receipt = present(book.receipt(OrderId("o1")))
    taken = TakenBack(OrderId("o1"), receipt.number, "Ko11", TakeBackReason.NOT_CHARGED, "a-ines", 9)
    with ledger.transaction():
        book.put_attempt(replace(attempt("o1"), state=PaymentState.ABANDONED, why="taken-back"))
        taken_back.put(taken)
    assert (ledger.taken([SHIRT, COAT]), book.unsettled()) == ({}, ())
    assert (taken_back.of_receipt(receipt), taken_back.unreturned()) == (taken, (taken,))
    assert (book.is_taken_back(OrderId("o1")), book.paid_attempt(OrderId("o1"))) == (True, None)
    taken_back.put_returned(taken, 10)
    assert taken_back.unreturned() == ()
    pay(ledger, "o2", SHIRT)
    assert set(ledger.taken([SHIRT, COAT])) == {SHIRT}
    assert not book.is_taken_back(OrderId("o2"))


def test_pieces_that_another_attempt_may_still_pay_for_stay_reserved_when_a_sale_is_taken_back(
    ledger: Ledger,
) -> None:
    pay(ledger, "o1", SHIRT)
    book = OrderBook(ledger)
    book.put_key(attempt("o1", 2), 2)
    TakenBackBook(ledger).put(
        TakenBack(OrderId("o1"), "000001", "Ko11", TakeBackReason.NOT_CHARGED, "a-ines", 9)
    )
    (hold,) = ledger.taken([SHIRT]).values()
    assert (hold.order_id, hold.sold) == ("o1", False)
