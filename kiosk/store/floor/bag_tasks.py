"""Bag tasks: pieces that were paid in a room, to be bagged and freed of their security tags by an associate.

The open ones are kept in memory; `payments.bagging.bag_book` derives them from the ledger after a restart.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import OrderLine
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, STOCKROOM_TOPIC, EventHub
from kiosk.store.floor.rooms.store_visit import StoreVisit

MAX_AGE_US: Final = 4 * 3600 * US
"""A task ends this long after the payment, where neither an associate nor the end of the visit has ended it."""

MAX_ENDED: Final = 1000
"""Ended tasks that are remembered, so that they are not added again."""


@dataclass(frozen=True, slots=True)
class BagTask:
    """A paid order of a room. `receipt` is the receipt's number, `at_us` when it was paid. No shopper's name."""

    order_id: OrderId
    room: RoomId
    lines: tuple[OrderLine, ...]
    receipt: str
    at_us: int

    def is_current(self, now_us: int) -> bool:
        """Whether it was paid lately. Also where the clock was set back meanwhile."""
        return abs(now_us - self.at_us) < MAX_AGE_US


@dataclass(frozen=True, slots=True)
class BagDone:
    """A bag task is done, its visit has ended, or nothing is left to bag."""

    order_id: OrderId


class BagTasks:
    """The open bag tasks. Safe to use from any thread. `writer` is the lock of the rooms' state."""

    def __init__(self, hub: EventHub, writer: AbstractContextManager[Any], clocks: Clocks) -> None:
        self._hub, self._writer, self._clocks = hub, writer, clocks
        self._until_us: dict[OrderId, int] = {}
        """When each open task ends, by the steady clock."""
        self._open: dict[OrderId, tuple[Ticket, BagTask]] = {}
        self._ended: deque[str] = deque(maxlen=MAX_ENDED)
        """Receipts: an order whose sale was taken back and that is paid again has another task."""

    def add(self, ticket: Ticket, task: BagTask) -> None:
        """An order of a visit was paid; repeated calls add it once, also after its task has ended."""
        with self._writer:
            _, known = self._open.get(task.order_id, (ticket, None))
            is_new = known is None or known.receipt != task.receipt
            if task.lines and is_new and task.receipt not in self._ended:
                self._open[task.order_id] = (ticket, task)
                paid_us = self._clocks.steady_of(task.at_us, MAX_AGE_US)
                self._until_us[task.order_id] = paid_us + MAX_AGE_US
                self._publish(task)

    def change(self, order_id: OrderId, lines: tuple[OrderLine, ...]) -> None:
        """The pieces of an order were exchanged or paid back; without lines its task ends."""
        with self._writer:
            if order_id not in self._open:
                return
            ticket, task = self._open[order_id]
            after = replace(task, lines=lines)
            if not lines:
                self._end(order_id)
            elif after != task:
                self._open[order_id] = (ticket, after)
                self._publish(after)

    def open(self) -> tuple[BagTask, ...]:
        """The open tasks, the oldest first."""
        with self._writer:
            return tuple(task for _, task in self._open.values())

    def done(self, order_id: OrderId) -> BagTask:
        """An associate has bagged the pieces of this task. Raises NotFoundError if there is no such task."""
        with self._writer:
            if order_id not in self._open:
                raise NotFoundError("there is no such task")
            return self._end(order_id)

    def end_visits(self, room: RoomId, ended: Collection[Ticket], present: StoreVisit | None) -> None:
        """Ends the tasks of visits of a room that have ended: their shoppers have left.

        Ends those of every visit before the `present` one as well: its end may have been reported while the store was
        away.
        """
        with self._writer:
            for order_id, (ticket, task) in tuple(self._open.items()):
                earlier = present is not None and ticket != present.ticket
                if task.room == room and (ticket in ended or earlier):
                    self._end(order_id)

    def expire(self) -> None:
        """Ends the tasks that are too old."""
        with self._writer:
            now_us = self._clocks.steady_us()
            for order_id in [order_id for order_id, until_us in self._until_us.items() if now_us >= until_us]:
                self._end(order_id)

    def _end(self, order_id: OrderId) -> BagTask:
        _, task = self._open.pop(order_id)
        del self._until_us[order_id]
        self._ended.append(task.receipt)
        self._publish(BagDone(order_id))
        return task

    def _publish(self, event: BagTask | BagDone) -> None:
        for topic in (FLOOR_TOPIC, STOCKROOM_TOPIC):
            self._hub.publish(topic, event)
