"""The associates' payment tasks: settle uncertain transactions, take a room's basket over, give access to refunds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import segno

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket, article_of
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import DESK_PREFIX, Order, OrderLine, PaymentState, Receipt, is_desk
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import RefusedError, TryAgainError, UnsettledError
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.attended.attended_desk import SecondPerson
from kiosk.store.payments.collector import PaymentCollector
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.desk_tasks.desk_answers import SAYS_MOVED, DeskAnswers
from kiosk.store.payments.desk_tasks.desk_task import TaskAnswer, UnsettledTransaction
from kiosk.store.payments.exchange.exchanges import Exchanges
from kiosk.store.payments.follow_ups import FollowUps
from kiosk.store.payments.ledger import LedgerState
from kiosk.store.payments.order_book import Sale
from kiosk.store.payments.promises.order_promises import goods_of
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.payments.receipts.sales import ReceiptSales
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.tasks import DeskTasks
from kiosk.store.payments.till import Till
from kiosk.store.staff.associates import Associate


@dataclass(frozen=True, slots=True)
class Basket:
    """What a room could pay for: what the shopper has chosen, and the other pieces in the room."""

    room: RoomId
    title: str
    lines: tuple[OrderLine, ...]
    chosen: tuple[PieceId, ...]
    """What the shopper has chosen; where her mirror did not say, the pieces of the room's unpaid order."""
    total: Money
    """What the chosen pieces cost, with the tax."""


@dataclass(frozen=True, slots=True)
class DeskPayment:
    """An order at the desk and the state of its payment; `code` is the receipt's QR code as a data URI (SVG).

    `receipt.link` and `code` are empty where no phone could open the link."""

    order: Order
    state: PaymentState
    why: str = ""
    receipt: Receipt | None = None
    code: str = ""


class PaymentDesk:
    """The associates' part of the till. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, floor: ShopFloor, till: Till, collector: PaymentCollector,
        refunds: RefundService, follow_ups: FollowUps, tasks: DeskTasks, exchanges: Exchanges,
        sales: ReceiptSales, links: ReceiptLinks,
    ) -> None:  # fmt: skip
        self._sales, self._links = sales, links
        self.needs_second: Callable[[UnsettledTransaction], bool] = lambda _task: False
        """Whether such a word needs a second associate; set when the services are composed."""
        self._floor, self._till, self._collector, self.refunds = floor, till, collector, refunds
        self._tasks, self.exchanges, self._prices = tasks, exchanges, till.prices
        self.answers = DeskAnswers(context, tasks, till, collector, refunds, follow_ups)
        self._book, self._writer = context.book, context.writer
        self.terminals = context.terminals.names

    def sale(self, token: str) -> Sale | None:
        """The sale of a receipt's token, with the pieces that were paid back."""
        return self._sales.by_token(token)

    @property
    def ledger_state(self) -> LedgerState:
        """Whether payments are closed because of the ledger, and why."""
        return self._book.ledger.state

    def unsettled(self) -> tuple[UnsettledTransaction, ...]:
        """Every payment and refund whose result is not known, contradictions and double sales, the oldest first."""
        return tuple(
            replace(
                task, second_person=bool(SAYS_MOVED.intersection(task.answers)) and self.needs_second(task)
            )
            for task in self._tasks.all()
        )

    def answer(
        self, key: str, who: Associate, answer: TaskAnswer, reference: str = "",
        second: SecondPerson | None = None,
    ) -> None:  # fmt: skip
        """Ends a task by what an associate says of it, as `DeskAnswers.answer` states."""
        self.answers.answer(key, who, answer, reference, second)

    def settle(self, key: str, who: Associate, *, done: bool, reference: str) -> None:
        """Ends a task as `TaskAnswer.says_done` defines it. Raises NotFoundError, RefusedError."""
        self.answers.settle(key, who, done=done, reference=reference)

    def query(self, key: str) -> None:
        """Queries the terminal once more for a payment, refund or follow-up. Raises NotFoundError."""
        self.answers.query(key)

    def baskets(self) -> tuple[Basket, ...]:
        """What each room could pay for; rooms with nothing are left out."""
        with self._writer:
            found = (self._basket(state) for state in self._floor.rooms())
            return tuple(b for b in found if b.lines)

    def priced(self, room: RoomId, pieces: Sequence[PieceId]) -> tuple[OrderLine, ...]:
        """These pieces of a room's basket as lines of an order made now, with the promotions that hold.

        Raises RefusedError, NotFoundError.
        """
        with self._writer:
            state = self._floor.room(room)
            lines = {li.piece: li for li in self._unsold(state, self._wanted(state))}
            facts = state.facts
        if not set(pieces) <= lines.keys():
            raise RefusedError("a piece is not in this room's basket any more")
        return self._prices.lowered([lines[piece] for piece in dict.fromkeys(pieces)], facts)

    def total(self, lines: Sequence[OrderLine]) -> Money:
        """What priced lines cost together, with the tax."""
        return self._prices.total_of(lines)

    def take_over(
        self, room: RoomId, order_id: OrderId, pieces: Sequence[PieceId], terminal: str
    ) -> DeskPayment:
        """Prices these pieces of a room's basket as an order of the desk and collects it at that terminal.

        Repeated under the same order id, it happens once. A payment that waits in the room is cancelled first.
        Raises NotFoundError, RefusedError.
        """
        if not is_desk(order_id):
            raise RefusedError(
                f"the id of an order of the desk begins with {DESK_PREFIX} and has no full stop"
            )
        if terminal not in self.terminals:
            raise RefusedError("there is no such terminal")
        with self._writer:
            if self._book.order(order_id) is None:
                self._cancel_other_payment(pieces, order_id)
                state = self._floor.room(room)
                wanted = {li.piece: li.article for li in self._unsold(state, self._wanted(state))}
                if not set(pieces) <= wanted.keys():
                    raise RefusedError("a piece is not in this room's basket any more")
                chosen = tuple((piece, wanted[piece]) for piece in pieces)
                effect = PriceOrder(Ticket(order_id), order_id, chosen, None)
                order = self._till.price_order(room, effect, state.facts)
            else:
                order = self._known(order_id, room, pieces)
            tried = self._book.attempts(order_id)
            if not any(a.state is PaymentState.PAID for a in tried):
                self._till.collect_at_desk(order, len(tried) + 1, terminal)
            return self.payment(order_id)

    def _known(self, order_id: OrderId, room: RoomId, pieces: Sequence[PieceId]) -> Order:
        """The order of a request that came before. Raises RefusedError if that one was about something else."""
        order = self._till.order(order_id)
        if order.room != room or tuple(li.piece for li in goods_of(order)) != tuple(pieces):
            raise RefusedError("this order id is already used by another order")
        return order

    def payment(self, order_id: OrderId) -> DeskPayment:
        """The state of an order's payment. Raises NotFoundError."""
        order, attempts = self._till.order(order_id), self._book.attempts(order_id)
        last = self._book.paid_attempt(order_id) or (attempts[-1] if attempts else None)
        if last is None:
            return DeskPayment(order, PaymentState.ABANDONED)
        receipt = self._book.receipt(order_id) if last.state is PaymentState.PAID else None
        shown = receipt and self._links.shown(receipt)
        code = (
            segno.make(shown.link, error="m").svg_data_uri(scale=4, border=2) if shown and shown.link else ""
        )
        return DeskPayment(order, last.state, last.why, shown, code)

    def cancel(self, order_id: OrderId) -> DeskPayment:
        """Asks the terminal to stop waiting for an order of the desk. Raises NotFoundError, RefusedError."""
        if not is_desk(order_id):
            raise RefusedError("that order belongs to a room")
        self._till.order(order_id)
        self._collector.cancel(order_id)
        return self.payment(order_id)

    def _cancel_other_payment(self, pieces: Sequence[PieceId], order_id: OrderId) -> None:
        """Raises an error while the same pieces may still be paid for in the room."""
        other = self._till.open_attempt_with(pieces, order_id)
        if other is None:
            return
        if other.state.is_uncertain:
            raise UnsettledError(
                "it is not known yet whether these pieces are paid; settle that payment first"
            )
        self._collector.cancel(other.order_id)
        raise TryAgainError("the payment in the room is being cancelled; try again in a moment")

    def _basket(self, state: RoomState) -> Basket:
        wanted = self._wanted(state)
        unsold = self._unsold(state, wanted)
        chosen = self._prices.lowered([li for li in unsold if li.piece in wanted], state.facts)
        lowered = {li.piece: li for li in chosen}
        return Basket(
            state.room.room, state.room.title or state.room.room,
            tuple(lowered.get(li.piece, li) for li in unsold),
            tuple(lowered),
            self._prices.total_of(chosen),
        )  # fmt: skip

    def _unsold(self, state: RoomState, wanted: Mapping[PieceId, ArticleId]) -> tuple[OrderLine, ...]:
        """What is wanted, then what else hangs in the room, without promotions."""
        here = ((p.piece, p.garment.article) for p in tuple(state.pieces.values()) if p.garment is not None)
        articles = {**wanted, **dict(here)}
        lines = {piece: self._till.line(piece, article) for piece, article in articles.items()}
        sold = self._till.sold(tuple(lines))
        return tuple(li for piece, li in lines.items() if li is not None and piece not in sold)

    def _wanted(self, state: RoomState) -> dict[PieceId, ArticleId]:
        """What the shopper has chosen, also where it is not in the room any more."""
        chosen = state.visit.chosen if state.visit else None
        if chosen is None:
            unpaid = self._till.unpaid_order(state.room.room)
            return {self._till.identity(li.piece): li.article for li in goods_of(unpaid)} if unpaid else {}
        return {self._till.identity(piece): article_of(piece) for piece in chosen}
