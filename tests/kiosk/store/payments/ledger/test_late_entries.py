"""A payment whose commit had no answer, and is found to be written: it is settled without a new start."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, PieceId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger import Condition
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger.faulty_disk import faulty_disk
from tests.kiosk.store.payments.ledger_steps import ROOM
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store

ARTICLE = ("S1", "WHI", "M")


def approved(store: Store, number: int) -> Attempt:
    """An attempt for one shirt that the terminal has approved, not written yet."""
    piece = PieceId(piece_of(*ARTICLE, 50 + number))
    wish = PriceOrder(Ticket("t"), OrderId(f"o{number}"), ((piece, gtin_of(*ARTICLE)),), None)
    priced = store.service.price_order(ROOM, wish)
    attempt = Attempt(f"K{number}", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    return replace(attempt, state=PaymentState.PAID, reference=f"REF{number}")


@pytest.mark.parametrize("late", [True, False], ids=["as it is", "planted fault"])
def test_a_payment_that_is_found_later_is_settled_at_the_next_tick(
    settings: StoreSettings, late: bool
) -> None:
    with faulty_disk(b"ledger.db") as disk, sample_store(settings) as store:
        paid, ledger = approved(store, 1), store.resources.ledger
        disk.fail_at_the_end()
        with pytest.raises(sqlite3.Error):
            store.payments.settlement.write_paid(paid)
        assert ledger.state.condition is Condition.AWAY, "the disk fails"
        disk.fail(0)
        if not late:
            ledger.check()
            assert ledger.found_orders() == (paid.order_id,)
        store.payments.finish_pending()
        assert (store.payments.book.attempt(paid.key), ledger.state.closed) == (paid, False)
        assert store.payments.book.is_settled(paid.order_id) is late
