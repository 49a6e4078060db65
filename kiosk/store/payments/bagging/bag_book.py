"""Bag tasks over restarts: open ones are derived from the receipts of the last hours, done ones have a ledger entry.

A payment writes no further entry for its task. The end of a visit writes none either: after a restart its task is open
until the room reports its next visit, an associate ends it, or it is too old.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Final

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import Order, OrderLine, Receipt, is_own_id
from kiosk.core.domain.sales.stand import is_stand
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.floor.bag_tasks import MAX_AGE_US, BagTask, BagTasks
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.payments.promises.order_promises import goods_at_hand
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
BAGGED: Final = "bagged"
"""Kind of the ledger entry: an associate has bagged the pieces of an order. Its body names the associate and the
receipt: the sale may be taken back later, and the order paid again."""
SLICE: Final = 1000
"""Entries that are looked at while the ledger is locked: some 5 ms."""
MAX_SLICES: Final = 100
"""Slices of a ledger that are looked at: more entries than a shop writes within the age limit of a task."""


class BagBook:
    """The bag tasks of the paid orders. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, ledger: LedgerReader, tasks: BagTasks) -> None:
        self._book, self._refunds, self._ledger = context.book, context.refund_book, ledger
        self._writer, self._now, self._tasks = context.writer, context.now_us, tasks
        self._unwritten: dict[OrderId, tuple[AssociateId, str, int]] = {}
        self._failing = False

    def paid(self, order: Order, receipt: Receipt) -> None:
        """An order is paid: its pieces are to be bagged, unless they were paid at the desk."""
        self._add(order, goods_at_hand(order), receipt)

    def pieces_changed(self, order_id: OrderId) -> None:
        """A piece of a paid order was exchanged, or is paid back."""
        try:
            self._tasks.change(order_id, self._lines(order_id))
        except UNUSABLE as error:
            log.error("order %s: its bag task is not changed: %s", order_id, type(error).__name__)

    def done(self, order_id: OrderId, who: Associate) -> None:
        """An associate has bagged the pieces. Raises NotFoundError if there is no such task.

        While the ledger takes no entry, the entry is kept and written later (`tick`).
        """
        with self._writer:
            task = self._tasks.done(order_id)
            log.info("order %s was bagged by %s", order_id, who.associate_id)
            self._unwritten[order_id] = (who.associate_id, task.receipt, self._now())
            self._write()

    def tick(self) -> None:
        """Writes what could not be written, and ends the tasks that are too old."""
        if self._unwritten:
            with self._writer:
                self._write()
        self._tasks.expire()

    def resume(self) -> None:
        """After a start: adds the tasks of the paid orders that nobody has bagged. A closed ledger is only read."""
        for ledger in (*reversed(self._ledger.archives), self._ledger):
            try:
                orders = dict.fromkeys(self._orders_lately(ledger))
            except UNUSABLE as error:
                log.error("%s: bag tasks are not found: %s", ledger.place, type(error).__name__)
                continue
            for order_id in reversed(orders):
                self._resume(order_id)

    def _orders_lately(self, ledger: LedgerReader) -> Iterator[OrderId]:
        """Orders with entries of the last hours, the newest first. It ends at the first slice without any."""
        now, last = self._now(), ledger.head.seq
        for _ in range(MAX_SLICES):
            first = max(1, last - SLICE + 1)
            found = ledger.orders_between(first, last, now - MAX_AGE_US, now + MAX_AGE_US)
            yield from (OrderId(order_id) for _, order_id in reversed(found))
            last = first - 1
            if not found or last < 1:
                return

    def _resume(self, order_id: OrderId) -> None:
        try:
            order, receipt = self._book.order(order_id), self._book.receipt(order_id)
            if order is None or receipt is None or not self._is_open(order_id, receipt.number):
                return
            self._add(order, self._lines(order_id), receipt)
        except UNUSABLE as error:
            log.error("order %s: its bag task is not found: %s", order_id, type(error).__name__)

    def _is_open(self, order_id: OrderId, receipt: str) -> bool:
        entry = self._ledger.last(BAGGED, order_id=order_id)
        return self._book.paid_attempt(order_id) is not None and not _is_bagged(entry, receipt)

    def _add(self, order: Order, lines: tuple[OrderLine, ...], receipt: Receipt) -> None:
        task = BagTask(order.order_id, order.room, lines, receipt.number, receipt.at_us)
        at_desk = is_own_id(order.ticket) and not is_stand(order.ticket)
        if not at_desk and task.is_current(self._now()):
            self._tasks.add(order.ticket, task)

    def _lines(self, order_id: OrderId) -> tuple[OrderLine, ...]:
        """The pieces that the shopper has now, without those that were paid back; none if the sale was taken back."""
        if self._book.is_taken_back(order_id):
            return ()
        order, returned = self._book.order_now(order_id), self._refunds.refunded(order_id)
        return tuple(line for line in goods_at_hand(order) if line.piece not in returned) if order else ()

    def _write(self) -> None:
        for order_id, (by, receipt, at_us) in tuple(self._unwritten.items()):
            ledger = self._book.ledger
            if ledger.state.takes_no_entries:
                return
            try:
                # also after a commit without answer, whose entry was found later
                if not _is_bagged(ledger.last(BAGGED, order_id=order_id), receipt):
                    ledger.append(BAGGED, order_id, {"by": by, "receipt": receipt}, at_us)
            except UNUSABLE as error:
                if not self._failing:
                    log.error(
                        "order %s: that it is bagged is not written: %s", order_id, type(error).__name__
                    )
                self._failing = True
                return
            self._failing = False
            del self._unwritten[order_id]


def _is_bagged(entry: Any, receipt: str) -> bool:
    """Whether the pieces of this receipt were bagged; an entry of earlier versions is about any of its order."""
    return entry is not None and entry.get("receipt", receipt) == receipt
