"""Runs a checkout with one faulted system call, restarts the store, and compares books, terminal and answers."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Any

from kiosk.config import load_store
from kiosk.core.domain.ids import OrderId
from kiosk.store.app import build_store
from kiosk.store.lifecycle import Store
from kiosk.store.settings import settings_of
from tests.faults.kills.doubles import Double
from tests.faults.kills.judge import Judge
from tests.faults.kills.memory import Memory
from tests.faults.kills.running_store import CONTEXT, RunningStore
from tests.faults.system_calls.checkout import GO, READY, run
from tests.faults.system_calls.tracing import Fault, Injection, counted, total, traced
from tests.kiosk.store.sample_shop import CHEAP

LONGEST_S = 60.0
CALM_POLLS = 600
_NUMBERS = count(1)


def every_injection(double: Double) -> tuple[list[Injection], int]:
    """All calls of one checkout with all faults, and how many calls it makes."""
    with tempfile.TemporaryDirectory(prefix="cheval-calls-") as folder:
        trace = Path(folder) / "trace"
        counts, wrong = CheckoutRun(Path(folder), double).play(None, trace)
        if wrong or not counts["paid"]:
            raise RuntimeError(f"a checkout without a fault went wrong: {wrong} {counts}")
        largest: Mapping[str, int] = counted(trace)
        found = [
            Injection(call, number, fault)
            for call, most in sorted(largest.items())
            for number in range(1, most + 1)
            for fault in Fault
        ]
        return found, total(trace)


def faulted(
    double: Double, injection: Injection, planted: Callable[[], None] | None = None
) -> tuple[Counter[str], list[str]]:
    """What one run has counted, and what was wrong. `planted` is called first in the process of the checkout."""
    with tempfile.TemporaryDirectory(prefix="cheval-calls-") as folder:
        counts, wrong = CheckoutRun(Path(folder), double, planted).play(injection)
        return counts, [f"{injection}: {line}" for line in wrong]


class CheckoutRun:
    """One checkout in a new store, whose files are in `folder`."""

    def __init__(self, folder: Path, double: Double, planted: Callable[[], None] | None = None) -> None:
        self._planted = planted
        self._store = RunningStore(folder, {"sim": dict(double.keys())})
        self._double, self._memory = double, Memory()
        self._order = f"call-{next(_NUMBERS)}-{time.time_ns() % 10**9}"
        self._counts: Counter[str] = Counter()

    def play(self, injection: Injection | None, trace: Path | None = None) -> tuple[Counter[str], list[str]]:
        line, far = CONTEXT.Pipe()
        log = str(self._store.log)
        process = CONTEXT.Process(
            target=run, args=(str(self._store.config), self._order, far, log, self._planted), daemon=True
        )
        process.start()
        far.close()
        word, pid = line.recv()
        assert word == READY
        with traced(pid, injection, trace) as tracer, self._hand():
            line.send((GO, ""))
            self._listen(line)
            process.join(LONGEST_S)
            if process.is_alive():
                self._memory.blame("the checkout does not end")
                process.kill()
                process.join()
        self._counts["killed"] += process.exitcode == -9
        self._counts["faulted"] += tracer.injected or process.exitcode == -9
        line.close()
        return self._after()

    def _listen(self, line: Any) -> None:
        try:
            while line.poll(LONGEST_S):
                word, value = line.recv()
                self._heard(word, value)
        except (EOFError, OSError):
            return

    def _heard(self, word: str, value: Any) -> None:
        match word:
            case "priced":
                self._memory.priced(self._order, value)
            case "refund":
                self._memory.refunded(value[0], self._order, value[1])
            case "paid":
                self._memory.heard(self._order, {"state": word, "receipt": {"number": value, "link": ""}})

    @contextmanager
    def _hand(self) -> Iterator[None]:
        """Lays a card on the terminal whenever it waits for one."""
        over = Event()

        def tap() -> None:
            while not over.wait(0.01):
                self._double.tap()

        hand = Thread(target=tap, daemon=True)
        hand.start()
        try:
            yield
        finally:
            over.set()
            hand.join()
            self._double.tap()

    def _after(self) -> tuple[Counter[str], list[str]]:
        """The store starts again without faults; what can be known becomes known."""
        settings = settings_of(load_store(self._store.config), self._store.state)
        store = build_store(settings, hasher=CHEAP)
        try:
            store.payments.resume()
            listed = self._calm(store)
            kept = [one for one in self._double.kept() if one.order == self._order]
            judge = Judge(store, self._memory, kept, listed)
            wrong = judge.violations()
            return self._counts + judge.counts, wrong
        finally:
            store.close()

    def _calm(self, store: Store) -> set[str]:
        book = store.payments.book
        for attempt in book.attempts(OrderId(self._order)):
            if attempt.state.is_open:
                store.payments.collector.cancel_key(attempt.key)
        for _ in range(CALM_POLLS):
            tasks = store.payments.desk.unsettled()
            paid = book.paid_attempt(OrderId(self._order))
            if all(task.parked for task in tasks) and (paid is None or paid.captured or tasks):
                return {task.order_id for task in tasks}
            store.payments.collector.worker.pause(0.02)
        return {task.order_id for task in store.payments.desk.unsettled()}
