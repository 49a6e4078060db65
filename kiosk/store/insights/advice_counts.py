"""Counts what was suggested and advised to visits, each item once in a visit.

Advice waits for no writer, so what it counts is kept in memory until the store's timer writes it as item events.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents

MAX_VISITS: Final = 500
"""Visits of which it is remembered what was counted."""
MAX_WAITING: Final = 5_000
"""Answers whose items wait for the timer; of more, the oldest are lost."""
Items = tuple[tuple[str, str], ...]
"""Items, each with a size or an empty text."""


@dataclass(frozen=True, slots=True)
class _Answer:
    room: RoomId
    ticket: Ticket
    kind: ItemEventKind
    items: Items
    at_us: int


class AdviceCounts:
    """Safe from any thread. `add` waits for nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[RoomId, Ticket], set[tuple[ItemEventKind, str, str]]] = OrderedDict()
        self._waiting: deque[_Answer] = deque(maxlen=MAX_WAITING)

    def add(
        self, room: RoomId, ticket: Ticket, kind: ItemEventKind, items: Iterable[tuple[str, str]], at_us: int
    ) -> None:
        """Counts those of an answer's items that are new in this visit."""
        with self._lock:
            seen = self._seen.setdefault((room, ticket), set())
            self._seen.move_to_end((room, ticket))
            while len(self._seen) > MAX_VISITS:
                self._seen.popitem(last=False)
            new = tuple((item, size) for item, size in items if (kind, item, size) not in seen)
            seen.update((kind, item, size) for item, size in new)
            if new:
                self._waiting.append(_Answer(room, ticket, kind, new, at_us))

    def write(self, events: ItemEvents, basket_of: Callable[[RoomId, Ticket], str]) -> None:
        """Hands what waits to the item events, which write it with theirs."""
        while self._waiting:
            answer = self._waiting.popleft()
            basket = basket_of(answer.room, answer.ticket)
            events.add(answer.kind, answer.items, answer.at_us, basket, later=True)
