"""A report that comes late, after a restart of the store, does not touch the payment of the visit that is there now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId, Ticket, is_later_visit
from kiosk.core.domain.payment import PaymentState
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.errors import VisitOverError
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.payments.transactions.payment_waits import ROOM, begin, last, order_of, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build

EARLIER, PRESENT = Ticket("1.b7.4"), Ticket("1.b7.5")
LATE = ReportVisit(EARLIER, began=True, at_us=1), ReportVisit(EARLIER, began=False, at_us=2)
NOW = ReportVisit(PRESENT, began=True, at_us=3)


@pytest.fixture
def restarted(settings: StoreSettings, terminal: InProcessTerminal) -> Iterator[Store]:
    """The terminal waits for the card of the present visit; the store was started again."""
    with build(settings, ManualClock(), {"till": terminal}) as store:
        for report in (*LATE, NOW):
            store.service.report_visit(ROOM, report)
        order_of(store, "o1", PRESENT)
        begin(store, "o1", PRESENT)
        until_state(store, "o1", PaymentState.SENT)
    terminal._closed = False
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.resume()
        yield store


def untouched(store: Store) -> bool:
    dropped = store.payments.book.is_dropped(OrderId("o1"))
    return not (last(store, "o1").cancel_wanted or dropped)


@pytest.mark.parametrize("reports", list(permutations((*LATE, NOW))), ids=range(6))
def test_reports_in_any_order_leave_the_present_payment_alone(
    restarted: Store, reports: tuple[ReportVisit, ...]
) -> None:
    for report in (*reports, NOW):
        restarted.service.report_visit(ROOM, report)
    assert untouched(restarted)
    visit = restarted.service.floor.room(ROOM).visit
    assert visit is not None
    assert visit.ticket == PRESENT


def test_an_earlier_visit_can_order_nothing_once_the_present_one_is_known(restarted: Store) -> None:
    restarted.service.report_visit(ROOM, NOW)
    with pytest.raises(VisitOverError):
        order_of(restarted, "o2", EARLIER)


def test_the_next_visit_still_ends_the_present_one(restarted: Store) -> None:
    restarted.service.report_visit(ROOM, NOW)
    restarted.service.report_visit(ROOM, ReportVisit(Ticket("1.b7.6"), began=True, at_us=9))
    assert not untouched(restarted)


def test_planted_fault_reports_that_are_taken_as_they_come_cancel_the_payment(restarted: Store) -> None:
    """As a mirror of another run, whose visits cannot be compared."""
    restarted.service.report_visit(ROOM, NOW)
    restarted.service.report_visit(ROOM, ReportVisit(Ticket("1.a1.4"), began=True, at_us=1))
    assert not untouched(restarted)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_visits_of_one_run_are_ordered_by_number(one: int, other: int) -> None:
    assert is_later_visit(Ticket(f"1.b.{one}"), Ticket(f"1.b.{other}")) is (one > other)
    assert not is_later_visit(Ticket(f"1.b.{one}"), Ticket(f"2.b.{other}"))


@pytest.mark.parametrize("text", ["desk-1", "", "1.b.", "1.b.x", "1.b.-1", "1.b.²", "1.b." + "9" * 5000])
def test_what_is_no_number_is_later_than_nothing(text: str) -> None:
    assert not is_later_visit(Ticket(text), Ticket("1.b.0"))
    assert not is_later_visit(Ticket("1.b.7"), Ticket(text))
