"""Takes a sale back, for which nothing was collected: as one entry of the ledger, from which all else follows.

With the entry the pieces are free and the receipt is cancelled; stock, bag task, register and pages follow, at once or
after a restart.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Attempt, Receipt
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakeBackReason, TakenBack
from kiosk.store.db.unusable import UNUSABLE
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.sold_pieces import SoldPieces
from kiosk.store.payments.taken_back.taken_back_book import TakenBackBook

log = logging.getLogger(__name__)


class TakeBacks:
    """The sales that are taken back. Safe to use from any thread."""

    def __init__(self, context: PaymentContext, sold: SoldPieces, sales: SalesEvents) -> None:
        self._book, self._refunds, self._writer = context.book, context.refund_book, context.writer
        self._now, self._sold, self._sales = context.now_us, sold, sales
        self.book = TakenBackBook(context.book.ledger)
        self.on_paid_out: Callable[[Refund], None] = lambda _: None
        """Called in the transaction, with each refund whose money was paid out; set when the services are composed."""
        self._pending = self._failing = False

    def check(self, attempt: Attempt) -> None:
        """Raises RefusedError while a piece of the order is being paid back; NotFoundError without a receipt."""
        if any(r.state.is_open for r in self._refunds.of_order(attempt.order_id)):
            raise RefusedError("a piece of this sale is being paid back; answer when that has ended")
        self._receipt(attempt)

    def write(self, before: Attempt, after: Attempt, by: str) -> None:
        """Journals that `before`, which was paid, is `after`, and that its sale is taken back. What follows is done by
        `follow`.

        An order of which a piece was paid back or exchanged is not collected again: a new one is made.
        """
        order_id, receipt = before.order_id, self._receipt(before)
        refunds = self._refunds.of_order(order_id)
        done = [r for r in refunds if r.state is RefundState.DONE]
        reason = _reason(before)
        taken = TakenBack(
            order_id,
            receipt.number,
            before.key,
            reason,
            by,
            after.changed_us,
            self._paid_back(order_id, done),
        )
        with self._book.ledger.transaction():
            self._book.put_attempt(after)
            self.book.put(taken)
            for refund in done:
                if refund.amount.minor:
                    self.on_paid_out(refund)
            if (refunds or self._book.exchanges(order_id)) and not self._book.is_dropped(order_id):
                self._book.put_dropped(order_id, after.changed_us)
            self._book.on_taken_back(taken)
        log.warning("receipt %s: the sale was taken back by %s (%s)", receipt.number, by, reason.value)

    def follow(self, order_id: OrderId) -> None:
        """Ends the bag task of an order that was taken back, and takes its pieces into the stock again."""
        self._sales.pieces_changed(order_id)
        self.resume()

    def resume(self) -> None:
        """After a start, or a new entry: takes into the stock what the ledger says is still marked as sold."""
        self._pending = True
        self.return_pending()

    def return_pending(self) -> bool:
        """Takes into the stock what was taken back and is still marked as sold; False if database or ledger refuse it.

        Called at every tick, and before an order is marked as sold: it may have been taken back and paid again.
        """
        with self._writer:
            if not self._pending:
                return True
            try:
                self._pending = self._return_all()
            except UNUSABLE as error:
                if not self._failing:
                    log.error("sales that were taken back are not restocked yet: %s", type(error).__name__)
                self._failing = True
                return False
            if self._failing:
                log.info("pieces of sales that were taken back are restocked again")
            self._failing = False
            return True

    def _return_all(self) -> bool:
        """Takes the pieces of all such sales into the stock; whether one waits for its exchange."""
        waiting = False
        exchanged = {exchange.order_id for exchange in self._book.unexchanged()}
        for taken in self.book.unreturned():
            if taken.order_id in exchanged:
                waiting = True
                continue
            for article in self._sold.take_back_order(taken.order_id, self._now()):
                self._sales.returned(article)
            self.book.put_returned(taken, self._now())
        return waiting

    def _receipt(self, attempt: Attempt) -> Receipt:
        receipt = self._book.receipt(attempt.order_id)
        if receipt is None:
            raise NotFoundError("there is no receipt of this payment")
        return receipt

    def _paid_back(self, order_id: OrderId, done: Collection[Refund]) -> tuple[PieceId, ...]:
        order, pieces = self._book.order_now(order_id), {refund.piece for refund in done}
        return tuple(li.piece for li in order.lines if li.piece in pieces) if order else ()


def _reason(paid: Attempt) -> TakeBackReason:
    if paid.contradicted:
        partly = paid.charged is not None
        return TakeBackReason.PARTLY_CHARGED if partly else TakeBackReason.NOT_CHARGED
    return TakeBackReason.NOT_CAPTURED
