"""With a closed ledger nothing is journaled, but no terminal is left waiting for the card of the last shopper."""

from __future__ import annotations

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger import Condition, LedgerState
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.transactions.payment_waits import (
    ROOM,
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build


def waits(store: Store) -> None:
    store.service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=True, at_us=1))
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)


def close_ledger(store: Store) -> None:
    store.payments.book.ledger.close_payments(LedgerState(Condition.CHANGED, "the file was changed"))


def is_left_alone(terminal: InProcessTerminal) -> bool:
    return terminal.book.waiting() is None


@pytest.mark.parametrize("how", ["cancel", "visit ends", "nothing"])
def test_a_ledger_that_closes_while_a_card_is_waited_for(
    settings: StoreSettings, terminal: InProcessTerminal, how: str
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.resume()
        waits(store)
        terminal.silent = True
        close_ledger(store)
        if how == "cancel":
            store.service.till.cancel(ROOM, OrderId("o1"))
        elif how == "visit ends":
            store.service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=False, at_us=2))
        terminal.silent = False
        until(store, lambda: is_left_alone(terminal))
        assert terminal.book.taken() == 0


def test_a_ledger_that_is_found_damaged_at_the_start(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        waits(store)
        terminal.silent = True
    flip(settings.ledger_path, b'"rate_ppm":', 3)
    terminal._closed = False
    with build(settings, ManualClock(), {"till": terminal}) as store:
        assert store.payments.book.ledger.state.condition is Condition.DAMAGED
        store.payments.resume()
        terminal.silent = False
        until(store, lambda: is_left_alone(terminal))
        assert last(store, "o1").state is PaymentState.SENT, "nothing is journaled"


def test_planted_fault_a_store_that_stops_with_its_ledger_leaves_the_terminal_waiting(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        waits(store)
        store.payments.sweep.close()
        close_ledger(store)
        store.service.till.cancel(ROOM, OrderId("o1"))
        assert not is_left_alone(terminal), "the tests above wait for exactly this"
