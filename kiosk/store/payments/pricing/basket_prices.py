"""States to a room's mirror what its shopper's basket costs, by the same function that prices orders."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import RoomId, article_of
from kiosk.core.visit.effects import TogglePiece
from kiosk.core.visit.prices.basket_event import BasketPriced, CouponScanned
from kiosk.store.errors import RefusedError
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.payments.pricing.order_prices import OrderPrices

MAX_COUPONS: Final = 10
"""Coupons that count in one visit."""
log = logging.getLogger(__name__)


class BasketPrices:
    """The prices of the rooms' baskets. Safe to use from any thread; not to be called under a lock."""

    def __init__(
        self,
        floor: ShopFloor,
        prices: OrderPrices,
        now_us: Callable[[], int],
        writer: AbstractContextManager[Any],
    ) -> None:
        """`writer`: the lock of the rooms' state."""
        self._floor, self._prices, self._now, self._writer = floor, prices, now_us, writer

    def takes_coupon(self, room: RoomId, scan: TogglePiece) -> bool:
        """Whether what was scanned is a coupon of the shop. It counts until the visit ends, if it holds now; the mirror
        is told. A scan without a visit is a coupon too, and counts for nobody."""
        holds = self._prices.coupon_holds(scan.piece)
        if holds is None:
            return False
        with self._writer:
            state = self._floor.room(room)
            visit = state.visit
            if visit is None or visit.ticket != scan.ticket:
                return True
            holds = holds and (scan.piece in visit.coupons or len(visit.coupons) < MAX_COUPONS)
            if holds:
                state.visit = replace(visit, coupons=visit.coupons | {scan.piece})
        self._floor.publish_to_mirror(room, CouponScanned(self._now(), scan.ticket, holds))
        self.publish(room)
        return True

    def publish(self, room: RoomId) -> None:
        """States what is chosen and with the shopper costs now; nothing where the shop has no promotions.

        Where a piece cannot be ordered, or the database cannot be read, the mirror goes on with the prices that it
        knows; the pay page has those of the order.
        """
        visit = self._floor.room(room).visit
        if visit is None or not visit.here:
            return
        try:
            if not self._prices.has_promotions:
                return
            lines = self._prices.priced([(piece, article_of(piece)) for piece in visit.here], visit.facts)
        except (RefusedError, SQLAlchemyError) as error:
            log.info("the basket of room %s is not priced: %s", room, type(error).__name__)
            return
        self._floor.publish_to_mirror(room, BasketPriced(self._now(), visit.ticket, lines))
