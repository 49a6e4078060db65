"""A piece that was paid back stays unsold where the ledger could not say in time that sale or exchange are marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId, PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.restocking import Restocking
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.taken_back.taken_back_shop import sold_rows, stock_moved
from tests.kiosk.store.payments.transactions.payment_waits import begin, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, piece_of, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
LARGE = piece_of("S1", "WHI", "L")
REFUSED = pytest.mark.parametrize("kind", ["settled", "exchanged"])
"""The entry that the ledger could not take."""


class RestocksAtOnce(Restocking):
    """A planted fault, as before: nothing is waited for."""

    def _unmarked(self) -> frozenset[OrderId]:
        return frozenset()


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=200, sweep_us=20_000))


@contextmanager
def entries_refused(store: Store, kind: str) -> Iterator[None]:
    """The ledger's file takes no entry of this kind, as if the disk were full just then."""
    ledger: Any = store.resources.ledger
    with ledger._lock:
        ledger._connection.execute(
            f"CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.journal WHEN new.kind = '{kind}'"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    yield
    with ledger._lock:
        ledger._connection.execute("DROP TRIGGER temp.refuse")


def paid_back(store: Store, terminal: InProcessTerminal, kind: str) -> None:
    """A shirt is paid, perhaps exchanged, and paid back; the ledger takes no entry of that kind meanwhile."""
    order_of(store)
    with entries_refused(store, kind):
        begin(store)
        terminal.tap()
        until_state(store, "o1", PaymentState.PAID)
        if kind == "exchanged":
            made = store.service.desk.exchanges.exchange(ORDER, SHIRT[0], LARGE, INES)
            assert made.line.piece == LARGE, "it was made; that it is marked is written later"
        refunds = store.service.desk.refunds
        key = refunds.begin(ORDER, kept(kind), INES).key
        until(store, lambda: refunds.refund(key).state is RefundState.DONE)
    book = store.payments.book
    assert (len(book.unsettled()), len(book.unexchanged())) == (kind == "settled", kind == "exchanged")


def kept(kind: str) -> PieceId:
    return LARGE if kind == "exchanged" else SHIRT[0]


@REFUSED
@pytest.mark.parametrize("restarted", [False, True], ids=["at the next tick", "after a restart"])
def test_a_piece_that_was_paid_back_is_free_and_in_the_stock(
    settings: StoreSettings, kind: str, restarted: bool
) -> None:
    terminal = InProcessTerminal()
    with build(settings, ManualClock(), {"till": terminal}) as store:
        paid_back(store, terminal, kind)
        if not restarted:
            store.payments.finish_pending()
            assert (sold_rows(store), stock_moved(store)) == (0, 0)
    with build(settings, ManualClock(), {"till": InProcessTerminal()}) as store:
        store.payments.resume()
        assert (sold_rows(store), stock_moved(store)) == (0, 0)
        assert store.payments.till.sold([kept(kind)]) == frozenset()
        assert store.payments.book.unsettled() == store.payments.book.unexchanged() == ()


@REFUSED
def test_planted_fault_a_piece_that_is_restocked_at_once_is_sold_again(
    settings: StoreSettings, kind: str
) -> None:
    terminal = InProcessTerminal()
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.restocking.__class__ = RestocksAtOnce
        paid_back(store, terminal, kind)
        store.payments.finish_pending()
        assert (sold_rows(store), stock_moved(store)) == (1, -1)
