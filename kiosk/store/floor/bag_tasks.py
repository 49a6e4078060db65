"""Bag tasks: pieces that were paid in a room, to be bagged and freed of their security tags by an associate.

A task is published when the order is paid and is kept in memory, until an associate has done it or the visit ends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Order, OrderLine, Receipt
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BagTask:
    """A paid order of a room. `receipt` is the receipt's number; it never holds a shopper's name."""

    order_id: OrderId
    room: RoomId
    lines: tuple[OrderLine, ...]
    receipt: str
    at_us: int


@dataclass(frozen=True, slots=True)
class BagDone:
    """A bag task is done, or its visit has ended."""

    order_id: OrderId


class BagTasks:
    """The open bag tasks. To be used under the writer's lock."""

    def __init__(self, hub: EventHub, now_us: Callable[[], int]) -> None:
        self._hub, self._now = hub, now_us
        self._open: dict[OrderId, tuple[Ticket, BagTask]] = {}

    def add(self, order: Order, receipt: Receipt) -> None:
        """An order was paid; repeated calls add it once."""
        if order.order_id in self._open:
            return
        task = BagTask(order.order_id, order.room, order.lines, receipt.number, self._now())
        self._open[order.order_id] = (order.ticket, task)
        self._hub.publish(FLOOR_TOPIC, task)

    def open(self) -> tuple[BagTask, ...]:
        """The open tasks, the oldest first."""
        return tuple(task for _, task in self._open.values())

    def done(self, order_id: OrderId, by: str) -> None:
        """An associate has bagged the pieces. Raises NotFoundError if there is no such task."""
        if order_id not in self._open:
            raise NotFoundError("there is no such task")
        log.info("order %s was bagged by %s", order_id, by)
        self._end(order_id)

    def end_visit(self, room: RoomId, ticket: Ticket) -> None:
        """Ends the tasks of a visit of a room: the shopper has left."""
        for order_id in [o for o, (of, task) in self._open.items() if (task.room, of) == (room, ticket)]:
            self._end(order_id)

    def _end(self, order_id: OrderId) -> None:
        del self._open[order_id]
        self._hub.publish(FLOOR_TOPIC, BagDone(order_id))
