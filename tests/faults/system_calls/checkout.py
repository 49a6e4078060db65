"""One checkout in a process of its own: an order is priced, paid by tap at a simulated terminal, and a piece paid back.

The process builds its store and waits for a word; only the calls after that are faulted.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, TypeVar

from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.sample_shop import gtin_of, piece_of

T = TypeVar("T")
log = logging.getLogger(__name__)
PIECES: Final = tuple((piece_of("S1", "WHI", "M", n), gtin_of("S1", "WHI", "M")) for n in (1, 2))
ROOM, INES = RoomId("sim"), Associate(AssociateId("a-ines"), "Inès")
TRIES: Final = 4
MAX_POLLS: Final = 300
"""Of 10 ms: how long the checkout waits for a result."""
READY, GO = "ready", "go"


def run(config: str, order: str, line: Connection, log: str, fault: Callable[[], None] | None) -> None:
    """Sends (word, value) for everything that a mirror or an associate would be shown. `fault` is planted first."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    if fault is not None:
        fault()
    from kiosk.config import load_store
    from kiosk.store.app import build_store
    from kiosk.store.settings import settings_of
    from tests.kiosk.store.sample_shop import CHEAP

    file = Path(config)
    store = build_store(settings_of(load_store(file), file.parent / "state"), hasher=CHEAP)
    store.payments.resume()
    store.resources.head_keeper.start()
    line.send((READY, os.getpid()))
    line.recv()
    _played(store, OrderId(order), line)
    store.close()
    line.send(("closed", ""))
    sys.exit(0)


def _played(store: Store, order: OrderId, line: Connection) -> None:
    ticket = Ticket(f"visit-{order}")
    priced = _tried(lambda: store.service.price_order(ROOM, PriceOrder(ticket, order, PIECES, None)))
    if priced is None:
        return
    line.send(("priced", priced.total.minor))
    wish = CollectPayment(ticket, order, PaymentMeans.TERMINAL, 1)
    for _ in range(MAX_POLLS):
        found = _tried(lambda: store.service.collect_payment(ROOM, wish))
        if found is not None and (found.state.is_final or found.state is PaymentState.PARKED):
            line.send((found.state.value, found.receipt.number if found.receipt else ""))
            break
        store.payments.collector.worker.pause(0.01)
    if found is not None and found.state is PaymentState.PAID:
        _pay_back(store, order, line)


def _pay_back(store: Store, order: OrderId, line: Connection) -> None:
    refunds = store.payments.refunds
    for _ in range(MAX_POLLS):
        begun = _tried(lambda: refunds.begin(order, PIECES[0][0], INES))
        if begun is not None and begun.state.is_final:
            line.send(("refund", (begun.key, begun.state.value)))
            return
        _tried(store.payments.finish_pending)  # as the store's timer does
        store.payments.collector.worker.pause(0.01)


def _tried(request: Callable[[], T]) -> T | None:
    """A request that fails is repeated, as a mirror does."""
    for _ in range(TRIES):
        try:
            return request()
        except Exception as error:  # noqa: BLE001 of which the store makes an answer, 500 or 503
            log.warning("%s: %s", type(error).__name__, error)
    return None
