"""What associates do about money: settle what nobody knows the end of, take a room's basket over, take pieces back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Final

import segno

from kiosk.core.domain.ids import Epc, OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money, total
from kiosk.core.domain.payment import Attempt, Order, OrderLine, PaymentState, Receipt
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import PassingError, RefusedError, UnsettledError
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.order_book import OrderBook, Sale
from kiosk.store.payments.refund_book import Refund, RefundState
from kiosk.store.payments.refund_service import RefundService
from kiosk.store.payments.till import Till
from kiosk.store.staff.associates import Associate

DESK: Final = "desk-"
"""Orders that were taken over begin so; their ticket too, so that no visit's end gives them up."""


@dataclass(frozen=True, slots=True)
class OpenMoney:
    """A payment, or the paying back of a piece (then `refund` is set), whose end is not known. `parked`: nobody asks
    any more, a person settles it."""

    key: str
    order_id: OrderId
    where: str
    lines: tuple[OrderLine, ...]
    amount: Money
    terminal: str
    parked: bool
    since_us: int
    refund: bool = False


@dataclass(frozen=True, slots=True)
class Basket:
    """What a room would pay for: the pieces of its last unpaid order, and those that hang in it."""

    room: RoomId
    title: str
    lines: tuple[OrderLine, ...]
    chosen: tuple[Epc, ...]
    """Those that the shopper wanted to pay for; where she asked for none, those that are surely in the room."""
    total: Money


@dataclass(frozen=True, slots=True)
class DeskPayment:
    """An order at the desk and how its payment stands; `code` is the receipt's QR code as a picture's address."""

    order: Order
    state: PaymentState
    why: str = ""
    receipt: Receipt | None = None
    code: str = ""


class PaymentDesk:
    """The associates' part of the till. Safe from any thread."""

    def __init__(
        self, floor: ShopFloor, till: Till, refunds: RefundService, book: OrderBook, terminals: Collection[str],
        writer: AbstractContextManager[Any], now_us: Callable[[], int], currency: str,
    ) -> None:  # fmt: skip
        self._floor, self._till, self.refunds, self._book = floor, till, refunds, book
        self.terminals = tuple(terminals)
        self._writer, self._now, self._currency = writer, now_us, currency

    def sale(self, token: str) -> Sale | None:
        """The sale of a receipt's token, with the pieces that were paid back."""
        sale = self._book.sale(token)
        return replace(sale, back=self.refunds.back(sale.order.order_id)) if sale else None

    def open_money(self) -> tuple[OpenMoney, ...]:
        """Every payment and refund whose end is not known, the oldest first."""
        unknown = (a for a in self._book.unfinished() if a.state.is_uncertain)
        found = [self._open_payment(a) for a in unknown]
        found += [self._open_refund(r) for r in self.refunds.unfinished()]
        return tuple(sorted((f for f in found if f is not None), key=lambda f: f.since_us))

    def settle(self, key: str, who: Associate, *, done: bool, reference: str) -> None:
        """An associate's word on a parked payment, or refund. Errors: MissingError, RefusedError."""
        if self._book.attempt(key) is not None:
            self._till.collector.settle(key, who.associate_id, paid=done, reference=reference)
        else:
            self.refunds.settle(key, who, repaid=done, reference=reference)

    def ask(self, key: str) -> None:
        """Has the terminal asked once more. Errors: MissingError."""
        if self._book.attempt(key) is not None:
            self._till.collector.ask(key)
        else:
            self.refunds.ask(key)

    def baskets(self) -> tuple[Basket, ...]:
        """What each room would pay for; rooms with nothing are left out."""
        with self._writer:
            found = (self._basket(state) for state in self._floor.rooms())
            return tuple(b for b in found if b.lines)

    def take_over(self, room: RoomId, order_id: OrderId, epcs: Sequence[Epc], terminal: str) -> DeskPayment:
        """Prices these pieces of a room's basket as an order of the desk and collects it at that terminal; once for
        an order id, however often it is asked. A payment that waits in the room is given up first.

        Errors: MissingError, RefusedError."""
        if not order_id.startswith(DESK):
            raise RefusedError(f"an order of the desk begins with {DESK}")
        if terminal not in self.terminals:
            raise RefusedError("there is no such terminal")
        with self._writer:
            if self._book.order(order_id) is None:
                self._give_up(epcs, order_id)
                wanted = {li.epc: li.gtin for li in self._basket(self._floor.room(room)).lines}
                if not set(epcs) <= wanted.keys():
                    raise RefusedError("a piece is not in this room's basket any more")
                pieces = tuple((epc, wanted[epc]) for epc in epcs)
                order = self._till.price(room, PriceOrder(Ticket(order_id), order_id, pieces, None))
            else:
                order = self._till.price_of(order_id)
            tried = self._book.attempts(order_id)
            if not any(a.state is PaymentState.PAID for a in tried):
                self._till.collect_at_desk(order, len(tried) + 1, terminal)
            return self.payment(order_id)

    def payment(self, order_id: OrderId) -> DeskPayment:
        """How the payment of an order stands. Errors: MissingError."""
        order, attempts = self._till.price_of(order_id), self._book.attempts(order_id)
        last = next((a for a in attempts if a.state is PaymentState.PAID), attempts[-1] if attempts else None)
        if last is None:
            return DeskPayment(order, PaymentState.ABANDONED)
        receipt = self._book.receipt(order_id) if last.state is PaymentState.PAID else None
        code = segno.make(receipt.link, error="m").svg_data_uri(scale=4, border=2) if receipt else ""
        return DeskPayment(order, last.state, last.why, receipt, code)

    def drop(self, order_id: OrderId) -> DeskPayment:
        """Asks the terminal to stop waiting for an order of the desk. Errors: MissingError, RefusedError."""
        if not order_id.startswith(DESK):
            raise RefusedError("that order is the room's")
        self._till.price_of(order_id)
        self._till.collector.drop(order_id)
        return self.payment(order_id)

    def _give_up(self, epcs: Sequence[Epc], order_id: OrderId) -> None:
        """Nothing begins at the desk while the same pieces may be paid for in the room."""
        other = self._till.under_way(epcs, order_id)
        if other is None:
            return
        if other.state.is_uncertain:
            raise UnsettledError(
                "it is not known yet whether these pieces are paid; settle that payment first"
            )
        self._till.collector.drop(other.order_id)
        raise PassingError("the payment in the room is being given up; try again in a moment")

    def _basket(self, state: RoomState) -> Basket:
        unpaid = self._till.unpaid(state.room.room)
        ordered = unpaid.lines if unpaid else ()
        here = ((p.epc, p.garment.gtin) for p in state.pieces.values() if p.garment is not None)
        lines = {epc: self._till.line(epc, of) for epc, of in (*((li.epc, li.gtin) for li in ordered), *here)}
        sold = self._till.sold(tuple(lines))
        good = tuple(li for epc, li in lines.items() if li is not None and epc not in sold)
        sure = {epc for epc, piece in state.pieces.items() if piece.sure}
        wanted = {li.epc for li in ordered} or sure
        return Basket(
            state.room.room, state.room.title or state.room.room, good,
            tuple(li.epc for li in good if li.epc in wanted), total((li.price for li in good), self._currency),
        )  # fmt: skip

    def _open_payment(self, attempt: Attempt) -> OpenMoney | None:
        order = self._book.order(attempt.order_id)
        if order is None:
            return None
        return OpenMoney(
            attempt.key, order.order_id, self._floor.title(order.room), order.lines, attempt.amount,
            self._till.collector.terminal_for(attempt), attempt.state is PaymentState.PARKED, attempt.changed_us,
        )  # fmt: skip

    def _open_refund(self, refund: Refund) -> OpenMoney | None:
        order = self._book.order(refund.order_id)
        if order is None or refund.state is RefundState.KEYED:
            return None
        lines = tuple(li for li in order.lines if li.epc == refund.epc)
        return OpenMoney(
            refund.key, order.order_id, self._floor.title(order.room), lines, refund.amount, "",
            refund.state is RefundState.PARKED, refund.changed_us, refund=True,
        )  # fmt: skip
