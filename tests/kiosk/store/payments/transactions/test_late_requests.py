"""Requests that come too late start no terminal; a total of 0 needs none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans, PaymentState
from kiosk.core.domain.refund import RefundState
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from kiosk.store.errors import VisitOverError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.till import MAX_COLLECT_AGE_US
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import (
    ROOM,
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build, settings_in

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
ASKED_US = 1_000_000


@pytest.fixture
def store(tmp_path: Path, terminal: InProcessTerminal) -> Iterator[Store]:
    plain = settings_in(tmp_path)
    fast = replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))
    with build(fast, ManualClock(), {"till": terminal}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("on_its_way_us", "why"),
    [(0, ""), (MAX_COLLECT_AGE_US, ""), (MAX_COLLECT_AGE_US + 1, "too-late"), (290_000_000, "too-late")],
)
def test_a_request_that_was_on_its_way_too_long_starts_nothing(
    store: Store, terminal: InProcessTerminal, on_its_way_us: int, why: str
) -> None:
    order_of(store)
    told = begin(store, asked_us=ASKED_US, sent_us=ASKED_US + on_its_way_us)
    assert (told.state is PaymentState.DECLINED, told.why) == (bool(why), why)
    if why:
        assert list(terminal.book.entries()) == []
        assert begin(store, attempt=2, asked_us=ASKED_US, sent_us=ASKED_US).state is PaymentState.KEYED


def test_the_state_of_an_attempt_is_told_however_late_it_is_asked_for(store: Store) -> None:
    order_of(store)
    begin(store, asked_us=ASKED_US, sent_us=ASKED_US)
    told = begin(store, asked_us=ASKED_US, sent_us=ASKED_US + 900_000_000)
    assert told.state in (PaymentState.KEYED, PaymentState.SENT)


@pytest.mark.parametrize("means", PaymentMeans)
def test_nothing_is_priced_or_collected_for_a_visit_that_is_over(store: Store, means: PaymentMeans) -> None:
    order_of(store)
    store.service.report_visit(ROOM, ReportVisit(Ticket("t1"), began=False, at_us=1))
    with pytest.raises(VisitOverError):
        store.service.collect_payment(ROOM, CollectPayment(Ticket("t1"), ORDER, means, 1))
    with pytest.raises(VisitOverError):
        store.service.collect_payment(ROOM, CollectPayment(Ticket("t2"), ORDER, means, 1))
    with pytest.raises(VisitOverError):
        store.service.price_order(ROOM, PriceOrder(Ticket("t1"), OrderId("o9"), (COAT,), None))
    assert store.payments.book.attempts(ORDER) == ()


def test_an_order_that_was_given_up_is_not_collected_also_after_a_restart(
    tmp_path: Path, terminal: InProcessTerminal
) -> None:
    settings = settings_in(tmp_path)
    with build(settings, ManualClock(), {"till": terminal}) as store:
        order_of(store)
        told = store.service.till.cancel(ROOM, ORDER)
        assert (told.state, told.why) == (PaymentState.ABANDONED, "dropped")
    terminal._closed = False
    with build(settings, ManualClock(), {"till": terminal}) as store:
        late = begin(store)
        assert (late.state, late.why) == (PaymentState.DECLINED, "dropped")
    assert list(terminal.book.entries()) == []


def free_shirt(store: Store, *, with_coat: bool) -> None:
    """An order of a shirt at no charge, with a coat or alone."""
    pieces = (SHIRT, COAT) if with_coat else (SHIRT,)
    order = store.service.price_order(ROOM, PriceOrder(Ticket("t1"), ORDER, pieces, None))
    nothing = replace(order.total, minor=0)
    total = replace(order.total, minor=98_000 if with_coat else 0)
    lines = (replace(order.lines[0], price=nothing), *order.lines[1:])
    store.payments.book.put_order(
        replace(order, lines=lines, total=total, tax=nothing, taxes=(), tax_permille=0), 2
    )


def test_a_total_of_nothing_is_paid_and_returned_without_a_terminal(
    store: Store, terminal: InProcessTerminal
) -> None:
    terminal.silent = True
    free_shirt(store, with_coat=False)
    assert begin(store).state is PaymentState.PAID
    assert store.payments.book.receipt(ORDER) is not None
    assert store.service.desk.refunds.begin(ORDER, SHIRT[0], INES).state is RefundState.DONE
    assert store.resources.catalogue.sold([SHIRT[0]]) == frozenset()
    assert store.payments.book.unfinished() == ()
    assert list(terminal.book.entries()) == []


def test_a_piece_at_no_charge_in_a_paid_order_comes_back_without_a_terminal(
    store: Store, terminal: InProcessTerminal
) -> None:
    free_shirt(store, with_coat=True)
    begin(store)
    terminal.tap()
    until_state(store, "o1", PaymentState.PAID)
    refunds = store.service.desk.refunds
    assert refunds.begin(ORDER, SHIRT[0], INES).state is RefundState.DONE
    begun = refunds.begin(ORDER, COAT[0], INES)
    until(store, lambda: refunds.refund(begun.key).state is RefundState.DONE)
    assert terminal.repaid() == [98_000]
    assert last(store, "o1").terminal == "till"
