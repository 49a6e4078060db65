"""Bag tasks over restarts: what the new run derives from the ledger is what was open in the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.core.visit.effects import PriceOrder, ReportVisit
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.bag_tasks import MAX_AGE_US
from kiosk.store.lifecycle import Store
from kiosk.store.payments.bagging.bag_book import BAGGED, SLICE
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledger.faulty_disk import faulty_disk
from tests.kiosk.store.payments.ledger_steps import damage, reopen
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, until, until_state
from tests.kiosk.store.sample_shop import (
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
)

INES, ROOM, O1 = Associate(AssociateId("a-ines"), "Inès"), RoomId("1"), OrderId("o1")
LARGE, SCARF = piece_of("S1", "WHI", "L"), (piece_of("A1", "RED", "one"), gtin_of("A1", "RED", "one"))
HOUR_S = 3600
Open = list[tuple[str, str, list[str], str]]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def priced(store: Store, order: str, *pieces: tuple[str, str], ticket: str = "t1") -> None:
    store.service.till.price_order(ROOM, PriceOrder(Ticket(ticket), OrderId(order), pieces, None))  # type: ignore[arg-type]


def paid(store: Store, order: str, *pieces: tuple[str, str], ticket: str = "t1") -> None:
    """A shopper of the visit `ticket` pays these pieces; written as the terminal's thread does."""
    priced(store, order, *pieces, ticket=ticket)
    total, now = store.service.till.order(OrderId(order)).total, store.clock()
    attempt = Attempt(f"KEY{order}", OrderId(order), PaymentMeans.TERMINAL, total, changed_us=now)
    store.payments.book.put_key(attempt, 1)
    store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF"))


def paid_at_terminal(store: Store, terminal: InProcessTerminal) -> None:
    """Shirt and coat are paid at the terminal, which can pay them back."""
    priced(store, "o1", SHIRT, COAT)
    begin(store)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)


def opened(store: Store) -> Open:
    """The open tasks: order, room, pieces, receipt."""
    tasks = store.service.floor.bags.open()
    return [(t.order_id, t.room, [li.piece for li in t.lines], t.receipt) for t in tasks]


def refunded(store: Store, piece: str) -> None:
    refund = store.service.desk.refunds.begin(O1, piece, INES)  # type: ignore[arg-type]
    until(store, lambda: store.service.desk.refunds.refund(refund.key).state is RefundState.DONE)


def bagged(store: Store, _: ManualClock) -> None:
    store.service.bagged(INES, O1)


def refund_shirt(store: Store, _: ManualClock) -> None:
    refunded(store, SHIRT[0])


def refund_all(store: Store, _: ManualClock) -> None:
    refunded(store, SHIRT[0])
    refunded(store, COAT[0])


def exchange_shirt(store: Store, _: ManualClock) -> None:
    store.service.desk.exchanges.exchange(O1, SHIRT[0], LARGE, INES)


def exchange_and_refund(store: Store, clock: ManualClock) -> None:
    exchange_shirt(store, clock)
    refunded(store, LARGE)


def an_hour(_: Store, clock: ManualClock) -> None:
    clock.pass_s(HOUR_S)


def too_long(_: Store, clock: ManualClock) -> None:
    clock.pass_s(MAX_AGE_US // 1_000_000)


def clock_set_back(_: Store, clock: ManualClock) -> None:
    clock.pass_s(-HOUR_S)


BOTH: list[str] = [SHIRT[0], COAT[0]]
REFUNDS = (refund_shirt, refund_all, exchange_and_refund)
STORIES: list[tuple[Callable[[Store, ManualClock], None], list[str]]] = [
    (bagged, []),
    (refund_shirt, [COAT[0]]),
    (refund_all, []),
    (exchange_shirt, [LARGE, COAT[0]]),
    (exchange_and_refund, [COAT[0]]),
    (an_hour, BOTH),
    (too_long, []),
    (clock_set_back, BOTH),
]


@pytest.mark.parametrize(
    ("story", "left"),
    [
        pytest.param(
            story, left, id=story.__name__, marks=[pytest.mark.full] if story is refund_shirt else []
        )
        for story, left in STORIES
    ],
)
def test_the_open_tasks_are_the_same_after_a_restart(
    settings: StoreSettings, clock: ManualClock, story: Callable[[Store, ManualClock], None], left: list[str]
) -> None:
    terminal = InProcessTerminal()
    with sample_store(settings, clock, terminal) as store:
        paid_at_terminal(store, terminal) if story in REFUNDS else paid(store, "o1", SHIRT, COAT)
        story(store, clock)
        store.payments.finish_pending()
        before = opened(store)
    with sample_store(settings, clock, terminal) as store:
        store.payments.resume()
        assert opened(store) == before == ([("o1", "1", left, "000001")] if left else [])
        store.payments.resume()
        assert opened(store) == before, "each once"


def test_orders_of_the_desk_and_unpaid_ones_have_no_task(settings: StoreSettings, clock: ManualClock) -> None:
    with sample_store(settings, clock) as store:
        paid(store, "desk-1", SHIRT, ticket="desk-1")
        priced(store, "o2", COAT)
        assert opened(store) == []
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert opened(store) == []


def test_a_payment_and_the_end_of_its_visit_write_no_entry_for_the_task(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        paid(store, "o1", SHIRT)
        store.service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=False, at_us=2))
        ledger = store.resources.ledger
        assert opened(store) == []
        assert not [entry for entry in ledger.entries(1, ledger.head.seq) if entry.kind == BAGGED]
        paid(store, "o2", COAT, ticket="t2")
        store.service.bagged(INES, OrderId("o2"))
        (entry,) = [entry for entry in ledger.entries(1, ledger.head.seq) if entry.kind == BAGGED]
        assert (entry.order_id, entry.at_us) == ("o2", clock())
        assert json.loads(entry.body) == {"by": "a-ines", "receipt": "000002"}


def test_the_next_visit_of_the_room_ends_what_a_restart_has_brought_back(
    settings: StoreSettings, clock: ManualClock
) -> None:
    """The store did not run when the visit ended."""
    with sample_store(settings, clock) as store:
        paid(store, "o1", SHIRT)
    with sample_store(settings, clock) as store:
        store.payments.resume()
        for room, left in ((RoomId("2"), 1), (ROOM, 0)):
            store.service.report_visit(room, ReportVisit(Ticket("t2"), began=True, at_us=3))
            assert len(opened(store)) == left


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("sqlite", False),
        ("sqlite", True),
        ("postgresql", False),
        pytest.param("postgresql", True, marks=pytest.mark.full),
    ],
    ids=["sqlite", "sqlite, planted fault", "postgresql", "postgresql, planted fault"],
)
def test_a_done_task_stays_done_after_a_restart(
    request: pytest.FixtureRequest, settings: StoreSettings, clock: ManualClock, kind: str, *, fault: bool
) -> None:
    """Planted fault: the entry is not written, as before tasks were durable."""
    if kind == "postgresql":
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
        settings = replace(settings, database=url, ledger_in_database=True)
    with sample_store(settings, clock) as store:
        paid(store, "o1", SHIRT)
        paid(store, "o2", COAT)
        if fault:
            store.payments.bags._write = lambda: None  # type: ignore[method-assign]
        store.service.bagged(INES, O1)
        assert [task[0] for task in opened(store)] == ["o2"]
        with pytest.raises(NotFoundError):
            store.service.bagged(INES, O1)
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert ([task[0] for task in opened(store)] == ["o2"]) is not fault


def test_tasks_of_a_closed_ledger_are_read_and_those_before_a_reopened_one_too(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        for order, piece in (("o1", SHIRT), ("o2", COAT), ("o3", SCARF)):
            paid(store, order, piece)
        store.service.bagged(INES, O1)
    damage(settings)
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert store.health().payments_closed
        assert [task[0] for task in opened(store)] == ["o2", "o3"]
        end = store.resources.ledger.head
        store.service.bagged(INES, OrderId("o2"))
        store.payments.finish_pending()
        assert [task[0] for task in opened(store)] == ["o3"], (
            "the associates' list is right as long as it runs"
        )
        assert store.resources.ledger.head == end
    reopen(settings)
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert [task[0] for task in opened(store)] == ["o2", "o3"], "the closed ledger took no entry"
        store.service.bagged(INES, OrderId("o2"))
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert [task[0] for task in opened(store)] == ["o3"]


def test_an_entry_that_the_disk_refused_is_written_at_a_later_tick(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with faulty_disk(b"ledger.db") as disk:
        with sample_store(settings, clock) as store:
            paid(store, "o1", SHIRT)
            disk.fail(1, 1000)
            store.service.bagged(INES, O1)
            assert (opened(store), store.payments.book.ledger.last(BAGGED, order_id="o1")) == ([], None)
            disk.fail(0)
            store.payments.finish_pending()
        with sample_store(settings, clock) as store:
            store.payments.resume()
            assert opened(store) == []


def test_a_payment_that_is_reported_again_does_not_bring_its_task_back(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        paid(store, "o1", SHIRT)
        store.service.bagged(INES, O1)
        book = store.payments.book
        order, receipt = book.order(O1), book.receipt(O1)
        assert order is not None
        assert receipt is not None
        store.payments.bags.paid(order, receipt)
        assert opened(store) == []


def test_orders_of_several_slices_are_found_and_old_entries_end_the_search(
    settings: StoreSettings, clock: ManualClock
) -> None:
    with sample_store(settings, clock) as store:
        paid(store, "o1", SCARF)
        clock.pass_s(MAX_AGE_US // 1_000_000)
        for order, piece in (("o2", SHIRT), ("o3", COAT)):
            paid(store, order, piece)
            ledger = store.resources.ledger
            with ledger.transaction():
                for _ in range(SLICE):
                    ledger.append("note", "o0", {}, clock())
    with sample_store(settings, clock) as store:
        store.payments.resume()
        assert [task[0] for task in opened(store)] == ["o2", "o3"]
