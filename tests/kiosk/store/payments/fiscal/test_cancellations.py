"""A sale that is taken back is registered as cancelled, once, after the sale; paid again, it is a sale of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.fiscal.sale import FiscalKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentState, Receipt
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook
from tests.kiosk.store.payments.fiscal.books import PRICE, TAX, Books
from tests.optional_values import present

ORDER = OrderId("o1")
REGISTERED = [("s-o1", "sale", 12_900), ("c-000001", "cancellation", 12_900)]


def take_back(books: Books) -> Receipt:
    """As `TakeBacks.write`; the receipt that is cancelled."""
    receipt = present(books.orders.receipt(ORDER))
    paid_back = tuple(books.refunds.refunded(ORDER))
    taken = TakenBack(ORDER, receipt.number, "K1", TakeBackReason.NOT_CHARGED, "a-ines", 50, paid_back)
    with books.ledger.transaction():
        paid = present(books.orders.attempt("K1"))
        books.orders.put_attempt(replace(paid, state=PaymentState.ABANDONED, why="taken-back"))
        TakenBackBook(books.ledger).put(taken)
        books.orders.on_taken_back(taken)
    return receipt


def registered(server: RegisterServer) -> list[tuple[str, str, int]]:
    return [(entry["key"], entry["kind"], entry["total"]) for entry in server.register.entries()]


def test_the_cancellation_follows_the_sale_also_after_a_restart(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    start().sell(1)
    receipt = take_back(start())
    books = start()
    due = present(books.book.entry("c-000001"))
    sale = present(books.book.sale(due))
    assert (sale.kind, sale.number, sale.total, [tax.tax for tax in sale.taxes]) == (
        FiscalKind.CANCELLATION, "000001", PRICE, [TAX],
    )  # fmt: skip
    assert books.queue.sweep()
    assert books.queue.sweep()
    assert registered(server) == REGISTERED
    assert present(books.book.shown_on(receipt)).kind is FiscalKind.CANCELLATION


def test_what_was_paid_back_before_is_not_cancelled_again(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    books.sell(1)
    books.pay_back(1)
    take_back(books)
    assert books.queue.sweep()
    assert registered(server) == [("s-o1", "sale", 12_900), ("r-R1", "refund", 12_900)]


def test_paid_again_it_is_another_sale(start: Callable[[], Books], server: RegisterServer) -> None:
    books = start()
    books.sell(1)
    cancelled = take_back(books)
    order, first = present(books.orders.order(ORDER)), present(books.orders.attempt("K1"))
    again = replace(first, key="K2", state=PaymentState.KEYED, why="", changed_us=60)
    books.orders.put_key(again, 2)
    valid = books.orders.put_paid(replace(again, state=PaymentState.PAID), order, "http://shop")
    assert start().queue.sweep()
    assert registered(server) == [*REGISTERED, ("s-o1.000002", "sale", 12_900)]
    shown = [present(start().book.shown_on(receipt)).kind for receipt in (cancelled, valid)]
    assert shown == [FiscalKind.CANCELLATION, FiscalKind.SALE]


def test_planted_fault_without_the_cancellation_the_register_counts_a_sale_that_is_none(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    books.sell(1)
    books.orders.on_taken_back = lambda _: None
    take_back(books)
    assert books.queue.sweep()
    assert registered(server) == REGISTERED[:1]
