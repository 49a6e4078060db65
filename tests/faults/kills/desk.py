"""An associate at the desk: takes attended payments, pays pieces back, exchanges them, settles what is parked."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from random import Random
from threading import Event, Thread
from typing import Any

from kiosk.core.domain.ids import PieceId
from tests.faults.kills.doubles import Double, ShopTerminal
from tests.faults.kills.line import Line
from tests.faults.kills.memory import Memory
from tests.faults.kills.running_store import OverError, RunningStore
from tests.faults.kills.shopper import Pieces

POLL_S = 0.06
MAX_ASKED = 40
"""How often the state of one refund is asked for."""


class Desk:
    """Works in a thread until `over` is set; `settle` is called after that."""

    def __init__(
        self,
        store: RunningStore,
        doubles: Mapping[str, Double],
        memory: Memory,
        other_pieces: Pieces,
        rng: Random,
    ) -> None:
        self._line, self._doubles, self._memory = Line(store), doubles, memory
        self._pieces, self._rng = other_pieces, rng
        self._sold: deque[tuple[str, list[PieceId]]] = deque()
        self._pause, self.over = Event(), Event()
        self.working = Event()
        self._thread = Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, longest_s: float) -> bool:
        self._thread.join(longest_s)
        return not self._thread.is_alive()

    def sold(self, order: str, pieces: list[PieceId]) -> None:
        """A paid order, of which a piece may come back."""
        self._sold.append((order, pieces))

    def _run(self) -> None:
        try:
            while not self.over.is_set():
                self.attend()
                self._come_back()
                self._pause.wait(POLL_S)
        except OverError as error:
            self._memory.blame(f"the desk: the store did not answer any more {error}")
        except Exception as error:  # noqa: BLE001 a broken thread must not pass as a good round
            self._memory.blame(f"the desk: {type(error).__name__}: {error}")
        self.working.clear()

    def attend(self) -> None:
        """Takes what waits for her to the shop's own terminal, and enters what came of it."""
        shop = self._doubles["attended"]
        assert isinstance(shop, ShopTerminal)
        _, found = self._line.ask("GET", "/api/v1/attended")
        for task in found["attended"]:
            if not task["begun"]:
                status, _ = self._line.ask("POST", f"/api/v1/attended/{task['key']}/begin", {})
                if status != 200:
                    continue
            slip = shop.take(task, done=task["refund"] or self._rng.random() < 0.85)
            entry = {"done": slip.done, "number": slip.number if slip.done else ""}
            self._line.ask("POST", f"/api/v1/attended/{task['key']}/result", entry)

    def _come_back(self) -> None:
        if not self._sold:
            return
        order, pieces = self._sold.popleft()
        chance = self._rng.random()
        self.working.set()
        if chance < 0.4:
            self._pay_back(order, pieces[0])
        elif chance < 0.6:
            self._exchange(order, pieces[0])
        self.working.clear()

    def _pay_back(self, order: str, piece: PieceId) -> None:
        status, said = self._line.ask("POST", "/api/v1/refunds", {"order_id": order, "piece": piece})
        for _ in range(MAX_ASKED):
            if status not in (200, 202):
                self._memory.count(f"refund refused {status}")
                return
            self._memory.refunded(said["key"], order, said["state"])
            if said["state"] in ("done", "refused"):
                self._memory.count("refunds")
                return
            self.attend()
            self._pause.wait(POLL_S)
            status, said = self._line.ask("GET", f"/api/v1/refunds/{said['key']}")

    def _exchange(self, order: str, piece: PieceId) -> None:
        new, _ = next(self._pieces)
        body = {"order_id": order, "piece": piece, "label": new}
        status, said = self._line.ask("POST", "/api/v1/exchanges", body)
        if status == 200:
            self._memory.exchanged(order, said["line"]["piece"])
            self._memory.count("exchanges")
        else:
            self._memory.count(f"exchange refused {status}")

    def tasks(self) -> list[dict[str, Any]]:
        """What the desk's list shows now."""
        _, found = self._line.ask("GET", "/api/v1/money")
        listed: list[dict[str, Any]] = found["money"]
        return listed

    def settle(self) -> list[dict[str, Any]]:
        """Asks the terminals for everything on the list, says the truth about parked payments; the new list."""
        truth = {kept.key: kept for double in self._doubles.values() for kept in double.kept()}
        self.attend()
        for task in self.tasks():
            self._line.ask("POST", f"/api/v1/money/{task['key']}/ask", {})
            if task["parked"] and task["task"] == "parked" and not task["refund"]:
                kept = truth.get(task["key"])
                said = {
                    "answer": "charged" if kept else "not-charged",
                    "reference": kept.reference if kept else "",
                }
                self._line.ask("POST", f"/api/v1/money/{task['key']}/settle", said)
        return self.tasks()
