"""One round: a store with a room for each driver, killed again and again while shoppers pay; then calm, and judged."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from threading import Event

from kiosk.config import load_store
from kiosk.store.app import build_store
from kiosk.store.settings import settings_of
from tests.faults.kills.captures import Captures
from tests.faults.kills.desk import Desk
from tests.faults.kills.doubles import Double
from tests.faults.kills.judge import Judge, of_orders
from tests.faults.kills.memory import Memory
from tests.faults.kills.running_store import NotStartedError, RunningStore
from tests.faults.kills.shopper import Pieces, Shopper
from tests.kiosk.store.sample_shop import CHEAP, gtin_of, piece_of

KILLS_IN_A_ROUND = 8
AT_START = 0.1
"""Share of kills before the store answers."""
IN_PAYMENT = 0.6
"""Share of kills for which a shopper who pays is waited for; many of the others meet one too."""
ANSWERS = (0, 2, 5, 10, 20, 30, 45, 60)
"""How many requests are answered between a start and a kill; a payment has about six."""
LONGEST_S = 5.0
CALM_S = 30.0
OVER_S = 300.0
"""Longest time until the last visits and the desk's work have ended: for a busy machine, not for a store that hangs."""
CAPTURES_S = 60.0
"""How long the captures of paid orders may take once everything is well."""
LISTED = frozenset({"asked", "overdue"})


@dataclass(slots=True)
class Result:
    """What one round has counted, and what was wrong."""

    counts: Counter[str]
    wrong: list[str] = field(default_factory=list)


class Round:
    """`number` of a seed; `kills` of them."""

    def __init__(
        self, seed: int, number: int, doubles: Mapping[str, Double], kills: int, *,
        database: str = "", fault: Callable[[], None] | None = None, captures_s: float = CAPTURES_S,
    ) -> None:  # fmt: skip
        self._captures_s = captures_s
        self._rng = Random(f"{seed}-{number}")
        self._name = f"{seed}r{number}t{time.time_ns() % 10**9:x}"
        self._doubles, self._kills, self._database, self._fault = doubles, kills, database, fault
        self._memory, self._counts = Memory(), Counter[str]()
        self._pause = Event()

    def play(self) -> Result:
        for double in self._doubles.values():
            while double.tap(good=False):
                pass
        with _folder() as folder:
            terminals = {name: dict(double.keys()) for name, double in self._doubles.items()}
            store = RunningStore(folder, terminals, database=self._database, fault=self._fault)
            shoppers, desk = self._people(store)
            try:
                self._killed(store, shoppers, desk)
                listed = self._calm(shoppers, desk)
                self._captured(store, listed)
                if (code := store.stop()) != 0:
                    self._memory.blame(f"the store ended with {code}")
            except NotStartedError as error:
                return Result(self._counts + Counter(violations=1), [str(error)])
            finally:
                store.end()
                store.kill()
            return self._judged(store, listed)

    def _people(self, store: RunningStore) -> tuple[list[Shopper], Desk]:
        desk = Desk(store, self._doubles, self._memory, _pieces(500_000), Random(self._rng.random()))
        shoppers = [
            Shopper(
                store,
                room,
                double,
                self._memory,
                _pieces(1 + 10_000 * place),
                desk.sold,
                Random(self._rng.random()),
                self._name,
            )
            for place, (room, double) in enumerate(self._doubles.items())
        ]
        return shoppers, desk

    def _killed(self, store: RunningStore, shoppers: list[Shopper], desk: Desk) -> None:
        store.launch()
        store.wait_ready()
        for shopper in shoppers:
            shopper.start()
        desk.start()
        for _ in range(self._kills):
            self._wait_for_moment(store, shoppers)
            inside = sum(shopper.paying.is_set() for shopper in shoppers)
            store.kill()
            self._counts["kills"] += 1
            self._counts["inside_payments"] += inside > 0
            self._counts["inside_desk_work"] += desk.working.is_set()
            self._start_again(store)

    def _wait_for_moment(self, store: RunningStore, shoppers: list[Shopper]) -> None:
        """By the number of answered requests, so that as much happens between two kills on a slow machine."""
        wanted = self._rng.choice(ANSWERS)
        self._until(lambda: store.answers >= wanted, LONGEST_S)
        if self._rng.random() < IN_PAYMENT:
            self._until(lambda: any(shopper.paying.is_set() for shopper in shoppers), LONGEST_S)
        self._pause.wait(self._rng.uniform(0.0, 0.04))

    def _start_again(self, store: RunningStore) -> None:
        store.launch()
        while self._rng.random() < AT_START:
            if not store.wait_ready(self._rng.uniform(0.0, 0.3)):
                store.kill()
                self._counts["kills"] += 1
                self._counts["inside_start"] += 1
                store.launch()
            else:
                return
        store.wait_ready()

    def _calm(self, shoppers: list[Shopper], desk: Desk) -> set[str]:
        """Everything is well: visits end, what can be known becomes known. The orders with a task."""
        for shopper in shoppers:
            shopper.over.set()
        for shopper in shoppers:
            if not shopper.join(OVER_S):
                self._memory.blame(f"room {shopper.room}: the visit did not end")
        desk.over.set()
        if not desk.join(OVER_S):
            self._memory.blame("the desk's work did not end")
        tasks = desk.settle()
        end_s = time.monotonic() + CALM_S
        while any(not task["parked"] for task in tasks) and time.monotonic() < end_s:
            if all(task["task"] in LISTED for task in tasks) and time.monotonic() > end_s - CALM_S + 6:
                break  # a terminal whose "not found" means something only after two minutes
            self._pause.wait(0.2)
            tasks = desk.settle()
        self._counts["tasks"] += len(tasks)
        return {task["order_id"] for task in tasks}

    def _captured(self, store: RunningStore, listed: set[str]) -> None:
        """Waits until what is authorised and paid is taken, too: the store does it without a person."""
        under_way = Captures(store)
        self._until(lambda: not under_way.orders() - listed, self._captures_s)
        left = under_way.orders() - listed
        self._counts["captures_under_way"] += len(left)
        for order in sorted(left):
            self._memory.blame(
                f"{order}: its capture has not ended after {self._captures_s:.0f} s, and is no task"
            )

    def _judged(self, store: RunningStore, listed: set[str]) -> Result:
        kept = [one for double in self._doubles.values() for one in double.kept()]
        settings = settings_of(load_store(store.config), store.state)
        opened = build_store(settings, terminals={}, hasher=CHEAP)
        try:
            judge = Judge(opened, self._memory, of_orders(kept, f"o-{self._name}"), listed)
            wrong = judge.violations()
        finally:
            opened.close()
        return Result(
            self._counts + self._memory.counts + judge.counts + Counter(violations=len(wrong)), wrong
        )

    def _until(self, true: Callable[[], bool], longest_s: float) -> None:
        end_s = time.monotonic() + longest_s
        while not true() and time.monotonic() < end_s:
            self._pause.wait(0.005)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="cheval-kills-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pieces(first: int) -> Pieces:
    """Shirts that nobody has bought; all cost the same, so that they can be exchanged."""
    for serial in count(first):
        colour, size = ("WHI", "BLU")[serial % 2], ("S", "M", "L")[serial % 3]
        yield piece_of("S1", colour, size, serial), gtin_of("S1", colour, size)
