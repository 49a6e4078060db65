"""Eight hours cut off with 200 orders on the way: mirror from store, store from terminals, store from its database.

The hours pass on the store's clock. Afterwards nothing is lost, nothing is doubled, nothing starts for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Condition

import pytest
from sqlalchemy import func, select

from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    PaymentTerminal,
    Presented,
    TerminalLostError,
    TerminalReply,
)
from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Order, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from kiosk.core.visit.events import Event, PaymentChanged
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.store_client import StoreClient
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.db.tables import SOLD
from kiosk.store.lifecycle import Store
from kiosk.store.payments.attended.attended_desk import Entry
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    build,
    gtin_of,
    piece_of,
    settings_in,
)

ORDERS, HOURS_S = 200, 8 * 3600
ATTENDED = 60
"""Payments that associates take at the same time; 64 requests wait at most."""
ROOM, INES = RoomId("1"), Associate(AssociateId("a-ines"), "Inès")


@contextmanager
def shop(settings: StoreSettings, clock: ManualClock, terminal: PaymentTerminal) -> Iterator[Store]:
    timeouts = replace(settings.timeouts, first_query_us=50_000)
    with build(replace(settings, timeouts=timeouts), clock, {"till": terminal}) as store:
        store.payments.resume()
        yield store


def priced(store: Store, number: int) -> Order:
    """An order of one piece, in a visit of its own."""
    order, piece = OrderId(f"o{number}"), piece_of("S1", "WHI", "M", number)
    pieces = ((piece, gtin_of("S1", "WHI", "M")),)
    return store.service.price_order(ROOM, PriceOrder(Ticket(f"t{number}"), order, pieces, None))


def states(store: Store, orders: int) -> Counter[PaymentState]:
    book = store.payments.book
    return Counter(a.state for n in range(orders) for a in book.attempts(OrderId(f"o{n}")))


def sold_pieces(store: Store) -> int:
    with store.resources.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(SOLD)) or 0)


def require_sound(store: Store, paid: int) -> None:
    """`paid` orders have receipts without a gap, and the ledger is sound."""
    ledger = store.resources.ledger
    found = [e.order_id for e in ledger.entries(1, ledger.head.seq) if e.kind == "receipt"]
    assert (len(found), len(set(found)), ledger.head.receipts) == (paid, paid, paid)
    assert audit(ledger, lambda *_: None, alone=True).sound
    assert store.payments.book.unsettled() == ()
    assert sold_pieces(store) == paid


class Heard:
    """What a mirror is told."""

    def __init__(self) -> None:
        self.events: list[PaymentChanged] = []
        self._more = Condition()

    def post(self, *events: Event) -> None:
        with self._more:
            self.events += [event for event in events if isinstance(event, PaymentChanged)]
            self._more.notify_all()

    def until(self, reached: Callable[[list[PaymentChanged]], bool]) -> None:
        with self._more:
            assert self._more.wait_for(lambda: reached(self.events), 100)


def collected_after_a_cut(folder: Path, port: int, orders: int, *, stamped: bool = True) -> list[str]:
    """The reasons that a mirror is given for its payments, which it asked for before the cut; what was started.

    `stamped`: the mirror says when the shopper asked for it; the planted fault does not.
    """
    clock, terminal, heard = ManualClock(), InProcessTerminal(), Heard()
    with shop(settings_in(folder), clock, terminal) as store:
        for number in range(orders):
            priced(store, number)
        token = mirror_token(store.settings.state, "1")
        client = StoreClient(f"http://127.0.0.1:{port}", "1", token)
        effects = EffectRunner(client, heard.post, clock)
        for number in range(orders):
            ticket, order = Ticket(f"t{number}"), OrderId(f"o{number}")
            asked_us = clock.now_us if stamped else 0
            effects.run(CollectPayment(ticket, order, PaymentMeans.TERMINAL, 1, asked_us))
            if number % 2:
                effects.run(ReportVisit(ticket, began=False, at_us=clock.now_us))
        heard.until(bool)
        assert heard.events[0].state is PaymentState.UNSURE, "she reads that it is being checked"
        clock.pass_s(HOURS_S)
        server = HttpServer(http_of(store), "127.0.0.1", port)
        server.open()
        try:
            heard.until(lambda events: sum(e.state is not PaymentState.UNSURE for e in events) >= orders)
        finally:
            effects.close()
            client.close()
            server.close(5)
        require_sound(store, 0)
    assert sum(terminal.collected()) == 0, "nobody has tapped"
    return [e.why for e in heard.events if e.state is not PaymentState.UNSURE]


@pytest.mark.parametrize("orders", [40, pytest.param(ORDERS, marks=pytest.mark.full)])
def test_a_mirror_cut_off_from_its_store_starts_nothing_afterwards(
    tmp_path: Path, free_port: Callable[[], int], orders: int
) -> None:
    assert collected_after_a_cut(tmp_path, free_port(), orders) == ["too-late"] * orders


def test_planted_fault_a_mirror_that_does_not_say_when_she_asked_is_caught(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    assert "too-late" not in collected_after_a_cut(tmp_path, free_port(), 1, stamped=False)


class CutOff(InProcessTerminal):
    """While `cut`, every second charge is collected and its reply is lost; the others never arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.cut, self._numbers = True, count()

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        if not self.cut:
            return super().present(charge, provider_id, on_taken_up, wait_s)
        if next(self._numbers) % 2:
            super().present(charge, provider_id, lambda: None, wait_s)
        raise TerminalLostError("the network is away")

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        if self.cut:
            raise TerminalLostError("the network is away")
        return super().query(wanted)


@pytest.mark.parametrize("orders", [40, pytest.param(ORDERS, marks=pytest.mark.full)])
def test_a_store_cut_off_from_its_terminal_knows_every_result_afterwards(tmp_path: Path, orders: int) -> None:
    clock, terminal = ManualClock(), CutOff()
    with shop(settings_in(tmp_path), clock, terminal) as store:
        collector, desk = store.payments.collector, store.payments.desk
        for number in range(orders):
            begun = collector.collect(priced(store, number), PaymentMeans.STORED, 1, stored="s1")
            until(store, lambda key=begun.key: not collector.worker.is_live(key))  # type: ignore[misc]
        clock.pass_s(HOURS_S)
        assert len(desk.unsettled()) == orders, "all of them are on the desk's list"
        terminal.cut = False
        for task in desk.unsettled():
            desk.query(task.key)
        until(store, lambda: not desk.unsettled())
        store.tick(clock.now_us)
        assert states(store, orders) == {
            PaymentState.PAID: orders // 2,
            PaymentState.ABANDONED: orders // 2,
        }
        require_sound(store, orders // 2)
    assert sum(terminal.collected()) == orders // 2


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_store_cut_off_from_its_database_marks_everything_as_sold_afterwards(tmp_path: Path) -> None:
    if postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    clock, counter = ManualClock(), AttendedTerminal("counter")
    with (
        postgres.server() as server,
        shop(settings_in(tmp_path, database=server.url), clock, counter) as store,
    ):
        for number in range(ATTENDED):
            priced(store, number)
            wish = CollectPayment(Ticket(f"t{number}"), OrderId(f"o{number}"), PaymentMeans.TERMINAL, 1)
            store.service.collect_payment(ROOM, wish)
        until(store, lambda: states(store, ATTENDED) == {PaymentState.SENT: ATTENDED})
        server.stop()
        for number, task in enumerate(counter.tasks()):
            store.payments.attended.begin(task.key, INES)
            store.payments.attended.enter(task.key, INES, Entry(done=True, number=f"{number:06d}"))
        until(store, lambda: states(store, ATTENDED) == {PaymentState.PAID: ATTENDED})
        clock.pass_s(HOURS_S)
        store.payments.finish_pending()
        assert len(store.payments.book.unsettled()) == ATTENDED, "nothing could be marked"
        server.start()
        until(store, lambda: _all_settled(store))
        require_sound(store, ATTENDED)
        assert store.payments.desk.unsettled() == ()


def _all_settled(store: Store) -> bool:
    store.payments.finish_pending()
    return not store.payments.book.unsettled()
