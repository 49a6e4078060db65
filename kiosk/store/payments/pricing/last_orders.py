"""The order that was priced last in each room, and how long ago, by a clock that never jumps."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.payment import Order


class LastOrders:
    """Kept in memory: after a restart nobody knows how long ago an order was priced."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._now = monotonic_s
        self._last: dict[RoomId, tuple[Order, float]] = {}

    def put(self, order: Order) -> None:
        """An order was priced just now."""
        self._last[order.room] = order, self._now()

    def of(self, room: RoomId, within_s: float) -> Order | None:
        """The last order of a room, if it was priced within that time."""
        order, at_s = self._last.get(room, (None, 0.0))
        return order if order is not None and self._now() - at_s <= within_s else None
