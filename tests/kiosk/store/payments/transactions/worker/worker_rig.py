"""A worker of payments over attempts in memory and one scripted terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, cast

from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.payment import Attempt
from kiosk.store.payments.context import PaymentContext, ShopTerminals
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.sweep import Sweep
from kiosk.store.payments.terminal_worker import TerminalWorker
from kiosk.store.settings import Timeouts
from tests.kiosk.store.payments.ledgers import memory_ledger
from tests.kiosk.store.payments.transactions.worker.memory_transactions import MemoryTransactions
from tests.kiosk.store.sample_shop import ManualClock

Worker = TerminalWorker[Attempt]
WorkerOf = Callable[..., Worker]


@contextmanager
def workers(transactions: MemoryTransactions) -> Iterator[WorkerOf]:
    """Makes workers for one terminal, "till"; the first wait is 0.2 ms, that of parked ones `period_s`."""
    made: list[tuple[Worker, Sweep, ShopTerminals]] = []

    def make(terminal: object = None, period_s: float = 60.0, monotonic: Any = time.monotonic) -> Worker:
        drivers = {} if terminal is None else {"till": cast("PaymentTerminal", terminal)}
        terminals, nothing = ShopTerminals(drivers, {}), cast("Any", None)
        context = PaymentContext(
            book=OrderBook(memory_ledger()), refund_book=nothing, terminals=terminals, hub=nothing, writer=RLock(),
            now_us=ManualClock(), timeouts=Timeouts(), monotonic_s=monotonic,
        )  # fmt: skip
        sweep = Sweep(0.0002, period_s)
        made.append((TerminalWorker(transactions, context, sweep), sweep, terminals))
        return made[-1][0]

    yield make
    for worker, sweep, terminals in made:
        worker.stop()
        terminals.close()
        sweep.close()
        worker.join()
