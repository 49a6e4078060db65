"""What follows from a payment or refund while the database refuses writes: it waits, and happens once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Attempt, Order, PaymentMeans
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import Approved
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.db.tables import SOLD
from kiosk.store.errors import NotFoundError
from kiosk.store.lifecycle import Store
from tests.kiosk.store.payments.payment_steps import SHIRT, TICKET


def paid(store: Store, order: Order) -> Attempt:
    attempt = Attempt("KEY0000001", order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    return attempt_after(attempt, Approved(2, "SIM1"))


@pytest.fixture
def order(store: Store) -> Order:
    return store.service.price_order("1", PriceOrder(TICKET, OrderId("o1"), (SHIRT,), None))  # type: ignore[arg-type]


@contextmanager
def without_sold_table(store: Store) -> Iterator[None]:
    """The database refuses to read and write sold pieces in this block."""
    with store.resources.database.writing() as connection:
        connection.execute(text(f"ALTER TABLE {SOLD.name} RENAME TO away"))
    yield
    with store.resources.database.writing() as connection:
        connection.execute(text(f"ALTER TABLE away RENAME TO {SOLD.name}"))


def test_a_paid_order_is_marked_as_sold_once_the_database_accepts_it(
    store: Store, order: Order, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = store.resources.catalogue
    with without_sold_table(store):
        store.payments.settlement.write_paid(paid(store, order))
        store.payments.finish_pending()
    assert store.payments.book.receipt(order.order_id) is not None
    assert catalogue.sold([SHIRT[0]]) == frozenset()
    assert "paid, but not marked as sold yet" in caplog.text
    for _ in range(2):
        store.payments.finish_pending()
    assert catalogue.sold([SHIRT[0]]) == {SHIRT[0]}
    assert store.payments.book.unsettled() == ()


def test_a_payment_without_its_order_is_an_error(store: Store, order: Order) -> None:
    with pytest.raises(NotFoundError):
        store.payments.settlement.write_paid(replace(paid(store, order), order_id=OrderId("o2")))


def test_a_refunded_piece_is_restocked_once_the_database_accepts_it(
    store: Store, order: Order, caplog: pytest.LogCaptureFixture
) -> None:
    store.payments.settlement.write_paid(paid(store, order))
    refund = Refund(
        "REFUND0001",
        order.order_id,
        SHIRT[0],
        SHIRT[1],
        order.total,
        "a-ines",
        RefundState.DONE,
        changed_us=3,
    )
    store.payments.refunds._refunds.put(refund)
    with without_sold_table(store):
        store.payments.restocking.restock(refund)
    assert "the piece is not restocked yet" in caplog.text
    for _ in range(2):
        store.payments.finish_pending()
    assert store.resources.catalogue.sold([SHIRT[0]]) == frozenset()
    assert store.payments.refunds._refunds.unrestocked() == ()
