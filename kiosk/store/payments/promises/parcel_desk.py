"""The associates' list of what is to be sent or kept, and what follows by itself if a promised day is missed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from hardware.threads.fault_log import LimitedLog
from hardware.threads.supervised import Loop, ThreadState
from kiosk.core.domain.hours.wall_clock import local_date
from kiosk.core.domain.ids import AssociateId, OrderId, PieceId
from kiosk.core.domain.payment import Order, OrderLine, Receipt
from kiosk.core.domain.promise.parcels import Parcel, ParcelMove, is_missed, moved
from kiosk.core.domain.promise.rules import DeliveryRules
from kiosk.core.domain.promise.values import DeliveryPromise, DeliveryWay
from kiosk.core.domain.refund import Refund
from kiosk.store.errors import NotFoundError, PaymentsClosedError, RefusedError, TryAgainError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, STOCKROOM_TOPIC
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.promises.address_rows import AddressRows, address_lines
from kiosk.store.payments.promises.order_promises import goods_of
from kiosk.store.payments.promises.parcel_book import ParcelBook
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
PARCELS_CHANGED: Final = "ParcelsChanged"
BY_PROMISE: Final = AssociateId("missed-promise")
"""In the place of an associate's id: the fee is paid back by itself."""
SWEEP_S: Final = 60.0
LATE_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class ListedParcel:
    """A parcel for the page. `credit`: state of the refund of the fee; empty without one."""

    parcel: Parcel
    promise: DeliveryPromise
    lines: tuple[OrderLine, ...]
    receipt: str
    room: str
    paid_us: int
    late: bool
    """The promised day is over."""
    credit: str
    address: tuple[str, ...] = field(default=(), repr=False)
    """Its lines; empty until an associate has taken it down."""


class ParcelDesk:
    """The parcels of all orders. Safe to use from any thread."""

    def __init__(
        self, context: PaymentContext, book: ParcelBook, begin_refund: Callable[[OrderId, PieceId, Associate], Refund],
        addresses: AddressRows, *, fee_back: bool,
    ) -> None:  # fmt: skip
        """`begin_refund`: as `RefundService.begin`. `fee_back`: whether the fee of a missed day is paid back."""
        self._orders, self._refunds, self._hub = context.book, context.refund_book, context.hub
        self._writer, self._now, self._book = context.writer, context.now_us, book
        self._addresses = addresses
        self._begin, self._fee_back, self._lines = begin_refund, fee_back, LimitedLog(log)
        self._loop = Loop(
            "promises", self.sweep, SWEEP_S, late_s=LATE_S, at_once=True, expected=(OSError, SQLAlchemyError)
        )

    def start(self) -> None:
        """Looks for missed days from now on; called again, it changes nothing."""
        if not self._loop.thread.started:
            self._loop.start()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def close(self) -> None:
        """Ends the thread."""
        self._loop.close()

    def after(self, paid: Callable[[Order, Receipt], None]) -> Callable[[Order, Receipt], None]:
        """What is called when an order is paid: `paid`, then the pages are told of its parcels."""

        def both(order: Order, receipt: Receipt) -> None:
            paid(order, receipt)
            if any(one.is_kept_later for one in order.promises):
                self._publish()

        return both

    def listed(self) -> tuple[ListedParcel, ...]:
        """What is to be sent or kept, by the promised day."""
        addresses = self._addresses.all()
        # not under the writer's lock: a long list keeps no payment waiting
        found = [self._listed(parcel, addresses.get(parcel.key, ())) for parcel in self._book.open()]
        return tuple(sorted((one for one in found if one), key=lambda one: (one.promise.day, one.paid_us)))

    def move(self, who: Associate, key: str, move: ParcelMove) -> Parcel:
        """An associate's move; done twice, it is done once. What is handed over needs no address any more.

        Raises NotFoundError, RefusedError, PaymentsClosedError, SQLAlchemyError."""
        after = self._move(who, key, move)
        if after.state.is_final:
            self._addresses.delete(key)
        return after

    def _move(self, who: Associate, key: str, move: ParcelMove) -> Parcel:
        with self._writer:
            parcel = self._book.parcel(key)
            promise = self._promise(parcel) if parcel else None
            if parcel is None or promise is None:
                raise NotFoundError("there is no such parcel")
            after = moved(parcel, promise.way, move, who.associate_id, self._now())
            if after is None:
                raise RefusedError(f"it is {parcel.state.value}, or is not sent")
            if after != parcel:
                self._put(after)
                log.info("parcel %s: %s by %s", key, move.value, who.associate_id)
            return after

    def take_down(self, who: Associate, key: str, lines: tuple[str, ...]) -> None:
        """The address of a parcel that is sent. Raises NotFoundError, RefusedError, SQLAlchemyError."""
        parcel = self._book.parcel(key)
        promise = self._promise(parcel) if parcel else None
        if parcel is None or promise is None:
            raise NotFoundError("there is no such parcel")
        if promise.way is not DeliveryWay.SEND or parcel.state.is_final:
            raise RefusedError("this parcel is not sent, or is delivered")
        self._addresses.put(key, address_lines(lines), self._now())
        if not self._is_needed(key):  # it was handed over meanwhile
            self._addresses.delete(key)
            raise RefusedError("this parcel is delivered, or paid back")
        log.info("the address of parcel %s was taken down by %s", key, who.associate_id)
        self._publish()

    def sweep(self) -> None:
        """Writes which promised days are missed, and begins the refunds of their fees, once each. Erases the addresses
        of parcels that are not needed any more: paid back, taken back, or handed over before a power cut."""
        for key in self._addresses.parcels():
            if not self._is_needed(key):
                self._addresses.delete(key)
        for parcel in self._book.open():
            promise = self._promise(parcel)
            if promise is None or self._orders.is_taken_back(parcel.order_id):
                continue
            if not is_missed(promise, parcel, self._today(promise)):
                continue
            try:
                self._missed(parcel.key, promise)
            except (RefusedError, TryAgainError, NotFoundError, PaymentsClosedError) as error:
                what = "the fee of parcel %s is not paid back yet: %s"
                self._lines.log(logging.WARNING, "fee", what, parcel.key, error)

    def _missed(self, key: str, promise: DeliveryPromise) -> None:
        with self._writer:
            parcel = self._book.parcel(key)
            if parcel is None or parcel.state.is_final:
                return
            if not parcel.missed_us:
                parcel = replace(parcel, missed_us=self._now(), changed_us=self._now())
                self._put(parcel)
        if not self._fee_back or promise.fee_piece is None or parcel.credit:
            return
        # not under the writer's lock: the terminal may be asked first
        refund = self._begin(parcel.order_id, promise.fee_piece, Associate(BY_PROMISE, "", ()))
        with self._writer:
            latest = self._book.parcel(key)
            if latest is not None and not latest.credit:
                self._put(replace(latest, credit=refund.key, changed_us=self._now()))

    def _put(self, parcel: Parcel) -> None:
        self._book.put(parcel)
        self._publish()

    def _publish(self) -> None:
        for topic in (FLOOR_TOPIC, STOCKROOM_TOPIC):
            self._hub.publish(topic, {"is": PARCELS_CHANGED}, PARCELS_CHANGED)

    def _today(self, promise: DeliveryPromise) -> date:
        return local_date(self._now(), ZoneInfo(promise.time_zone))

    def _promise(self, parcel: Parcel) -> DeliveryPromise | None:
        order = self._orders.order(parcel.order_id)
        return order.promises[parcel.number - 1] if order and parcel.number <= len(order.promises) else None

    def _is_needed(self, key: str) -> bool:
        """Whether something is still to be done for a parcel; also for one that the ledger does not have."""
        with self._writer:
            parcel = self._book.parcel(key)
            order = self._orders.order(parcel.order_id) if parcel else None
            promise = self._promise(parcel) if parcel else None
            if parcel is None or order is None or promise is None:
                return True
            taken_back = self._orders.is_taken_back(parcel.order_id)
            return not (parcel.state.is_final or taken_back) and bool(self._left(order, promise))

    def _listed(self, parcel: Parcel, address: tuple[str, ...]) -> ListedParcel | None:
        """None for one of which nothing is to be done any more: paid back, or its sale was taken back."""
        order, receipt = self._orders.order(parcel.order_id), self._orders.receipt(parcel.order_id)
        promise = self._promise(parcel)
        if order is None or receipt is None or promise is None or self._orders.is_taken_back(parcel.order_id):
            return None
        lines = self._left(order, promise)
        if not lines:
            return None
        late = promise.date is not None and self._today(promise) > promise.date
        credit = self._refunds.refund(parcel.credit) if parcel.credit else None
        return ListedParcel(
            parcel, promise, lines, receipt.number, order.room, receipt.at_us,
            late, credit.state.value if credit else "", address,
        )  # fmt: skip

    def _left(self, order: Order, promise: DeliveryPromise) -> tuple[OrderLine, ...]:
        """The pieces of a parcel that she has now, after exchanges, without those that were paid back."""
        returned = self._refunds.refunded(order.order_id)
        now = self._orders.order_now(order.order_id) or order
        pairs = zip(goods_of(order), goods_of(now), strict=True)
        return tuple(
            is_now for was, is_now in pairs if was.piece in promise.pieces and is_now.piece not in returned
        )


def parcel_desk(
    context: PaymentContext, addresses: AddressRows, rules: DeliveryRules | None,
    begin_refund: Callable[[OrderId, PieceId, Associate], Refund],
) -> ParcelDesk:  # fmt: skip
    """The desk of a store; from now on each receipt makes its parcels."""
    book = ParcelBook(context.book)
    book.attach()
    fee_back = rules is not None and rules.missed_fee_back
    return ParcelDesk(context, book, begin_refund, addresses, fee_back=fee_back)
