"""A store with one order that is paid in the books, and for which nothing was collected."""

from __future__ import annotations

from sqlalchemy import func, select

from kiosk.connectors.payments.port import FollowUp, TerminalReply, TerminalStatus
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.db.tables import SOLD, STOCK_MOVEMENT
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, TaskKind, UnsettledTransaction
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import (
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")


class Terminal(InProcessTerminal):
    """Refuses as many captures as it is told to."""

    refuses = 0

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        if follow_up.kind is FollowUpKind.CAPTURE and self.refuses:
            self.refuses -= 1
            return TerminalReply(TerminalStatus.REFUSED, follow_up.key, why="expired")
        return super().follow_up(follow_up)


def only_task(store: Store, kind: TaskKind) -> UnsettledTransaction:
    """The one task of the desk, once it is of this kind."""
    desk = store.service.desk
    until(store, lambda: [task.task for task in desk.unsettled()] == [kind])
    return desk.unsettled()[0]


def denied(store: Store, terminal: Terminal) -> UnsettledTransaction:
    """A person has called it charged; then the terminal denies it. The task of it."""
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)
    terminal.silent = True
    terminal.lose_next_answer()
    terminal.tap(good=False)
    key = until_state(store, "o1", PaymentState.PARKED).key
    store.service.desk.answer(key, INES, TaskAnswer.CHARGED, "SLIP 1")
    assert last(store, "o1").state is PaymentState.PAID
    terminal.silent = False
    return only_task(store, TaskKind.CONTRADICTION)


def refused(store: Store, terminal: Terminal, times: int = 1) -> UnsettledTransaction:
    """The amount is authorised and the sale in the ledger; then the capture is refused. The task of it."""
    terminal.refuses = times
    order_of(store)
    begin(store)
    terminal.tap()
    return only_task(store, TaskKind.CAPTURE)


def sold_rows(store: Store) -> int:
    """Pieces that are marked as sold in the store's database."""
    with store.resources.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(SOLD)) or 0)


def stock_moved(store: Store) -> int:
    """By how much the sales and returns have changed the stock."""
    with store.resources.database.reading() as connection:
        return int(connection.scalar(select(func.sum(STOCK_MOVEMENT.c.pieces))) or 0)
