"""Whether anything still goes on by itself in the store of a world."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from kiosk.store.payments.collector import FREE_WAIT_S

if TYPE_CHECKING:
    from tests.faults.checkout.world import World


class Rest:
    """Looks at the threads of a store: each may wait for a card, or for a free terminal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turns: dict[str, float] = {}

    def is_quiet(self) -> bool:
        """Whether nothing goes on in two looks, and nothing was written meanwhile.

        A look is at one place after the other: work that moves from a later place to an earlier one (the thread of a
        payment ends, and the sweep asks on) is in neither. It writes an entry, or is seen by the second look.
        """
        before = self._written()
        return not self.busy() and not self.busy() and self._written() == before

    def _written(self) -> tuple[bool, int]:
        return self._world.killed, self._world.store.resources.ledger.head.seq

    def busy(self) -> list[str]:
        """What still goes on by itself; nothing that counts once the store is killed.

        What the sweep does not know yet comes first: as soon as it is known, it is due. The other way round, a start
        was quiet if the sweep read the journal between the two.
        """
        return [] if self._world.killed else self.unread() or self.sweeping() + self.live()

    def sweeping(self) -> list[str]:
        """What the sweep does, or is about to do."""
        payments: Any = self._world.store.payments
        sweep = payments.sweep
        with sweep._changed:
            now_s = time.monotonic()
            found = [f"{kind} {key} is due" for (kind, key), i in sweep._items.items() if i.due_s <= now_s]
            found += [thread.name for thread in sweep._threads]
            if sweep._scheduler is not None and sweep._list_at <= now_s:
                found.append("journal")
        return found

    def live(self) -> list[str]:
        """Threads of payments that wait neither for a card nor for their terminal."""
        world = self._world
        payments: Any = world.store.payments
        waiting = set().union(*(line.waiting() for line in world.lines.values()))
        waiting |= {task.key for task in world.attended.tasks() if world.attended.is_presented(task.key)}
        found = []
        for worker in payments._workers:
            for key in tuple(worker._live):
                its_turn = worker is payments.collector.worker and self._waits_for_its_turn(key)
                if key not in waiting and not its_turn:
                    found.append(f"{worker.kind} {key} is live")
        return found

    def unread(self) -> list[str]:
        """What the sweep has not read from the journal yet, as after a start."""
        payments: Any = self._world.store.payments
        return [
            f"{worker.kind} {key} is not known to the sweep"
            for worker in payments._workers
            for key, _ in worker.unfinished()
            if (worker.kind, key) not in payments.sweep._items and not worker.is_live(key)
        ]

    def _waits_for_its_turn(self, key: str) -> bool:
        """Whether an attempt waits for a terminal that is not free yet."""
        world = self._world
        collector: Any = world.store.payments.collector
        with world.store.payments.lock:
            attempt = world.store.payments.book.attempt(key)
            if attempt is None or attempt.cancel_wanted or attempt.state.value != "keyed" or attempt.sent_us:
                return False
            if world.monotonic_s >= self._turns.setdefault(key, world.monotonic_s + FREE_WAIT_S):
                return False
            occupancy = collector._occupancy
            owner = occupancy._claims.get(attempt.terminal_id, key)
            if owner != key:
                return bool(collector.worker.is_live(owner))
            return occupancy.holder(attempt.terminal_id, key) is not None
