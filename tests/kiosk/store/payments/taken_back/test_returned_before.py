"""A piece that was paid back stays free when more is written about its payment: contradicted, answered, learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.connectors.payments.sim import CAPABILITIES
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.audit import audit
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.taken_back.taken_back_shop import INES, Terminal, only_task
from tests.kiosk.store.payments.taken_back.test_taken_back import refund_of
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until_state

Open = Callable[..., Store]
AT_ONCE = replace(CAPABILITIES, capture=False)


def called_charged_and_paid_back(store: Store, terminal: Terminal) -> None:
    """A person has called it charged, and its piece was paid back; then the terminal denies the charge."""
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.silent = True
    terminal.lose_next_answer()
    terminal.tap(good=False)
    key = until_state(store, "o1", PaymentState.PARKED).key
    store.service.desk.answer(key, INES, TaskAnswer.CHARGED, "SLIP 1")
    refund_of(store, RefundState.DONE)
    assert is_free(store)
    terminal.silent = False
    only_task(store, TaskKind.CONTRADICTION)


def is_free(store: Store) -> bool:
    return store.payments.book.taken([SHIRT[0]], "o2") == {}


def test_a_piece_that_came_back_stays_free_when_its_payment_is_contradicted(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    called_charged_and_paid_back(store, terminal)
    assert is_free(store)
    (task,) = store.service.desk.unsettled()
    store.service.desk.answer(task.key, INES, TaskAnswer.COLLECTED_OTHERWISE)
    assert last(store, "o1").state is PaymentState.PAID
    assert is_free(store)
    store = opened(terminal)
    assert is_free(store)
    assert isinstance(store.resources.ledger, SqlLedger)
    assert audit(store.resources.ledger, lambda _done, _all: None, alone=True).different_rows == 0


class SellsAgain(Derived):
    """Planted fault, as before: each entry of a paid attempt sells all pieces of its order."""

    def _returned(self, order_id: str, last: int) -> set[str]:
        del order_id, last
        return set()


def test_planted_fault_a_payment_that_is_written_again_sells_what_came_back(opened: Open) -> None:
    terminal = Terminal(capabilities=AT_ONCE)
    store = opened(terminal)
    assert isinstance(store.resources.ledger, SqlLedger)
    store.resources.ledger._derived.__class__ = SellsAgain
    called_charged_and_paid_back(store, terminal)
    assert not is_free(store)
