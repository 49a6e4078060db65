"""Terminals that change: everything about an attempt goes to the terminal with its journaled identity, or is parked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.errors import RefusedError
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.payments.transactions.payment_waits import begin, last, order_of, until, until_state
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")


@pytest.fixture
def at_a(settings: StoreSettings) -> InProcessTerminal:
    """Terminal A has charged an order, and its answer was lost when the store ended."""
    first = InProcessTerminal("sim:a")
    with build(settings, ManualClock(), {"a": first}) as store:
        order_of(store)
        begin(store)
        until_state(store, "o1", PaymentState.SENT)
        store.payments.collector.worker.stop()
        first.lose_next_answer()
        first.tap()
    first._closed = False
    return first


def test_another_terminal_is_never_asked_and_the_attempt_is_parked(
    settings: StoreSettings, at_a: InProcessTerminal
) -> None:
    second = InProcessTerminal("sim:b")
    with build(settings, ManualClock(), {"b": second}) as store:
        store.payments.resume()
        assert until_state(store, "o1", PaymentState.PARKED).why == "terminal-gone"
        (task,) = store.service.desk.unsettled()
        assert (task.terminal, task.parked, task.why) == ("a", True, "terminal-gone")
        assert begin(store, attempt=2).state is PaymentState.PARKED, "she does not pay twice"
        assert list(second.book.entries()) == []


@pytest.mark.parametrize("name", ["a", "renamed"])
def test_the_same_terminal_is_found_under_any_name(
    settings: StoreSettings, at_a: InProcessTerminal, name: str
) -> None:
    terminals = {"b": InProcessTerminal("sim:b"), name: at_a}
    with build(settings, ManualClock(), terminals) as store:
        store.payments.resume()
        until_state(store, "o1", PaymentState.PAID)
        assert at_a.collected() == [1]


def test_another_terminal_under_the_same_name_is_not_asked(
    settings: StoreSettings, at_a: InProcessTerminal
) -> None:
    swapped = InProcessTerminal("sim:b")
    with build(settings, ManualClock(), {"a": swapped}) as store:
        store.payments.resume()
        until_state(store, "o1", PaymentState.PARKED)
        assert list(swapped.book.entries()) == []


def test_refunds_go_to_the_terminal_that_collected(settings: StoreSettings, at_a: InProcessTerminal) -> None:
    with build(settings, ManualClock(), {"a": at_a}) as store:
        store.payments.resume()
        until_state(store, "o1", PaymentState.PAID)
    at_a._closed = False
    with (
        build(settings, ManualClock(), {"a": InProcessTerminal("sim:b")}) as store,
        pytest.raises(RefusedError, match="terminal a is not configured any more"),
    ):
        store.service.desk.refunds.begin(ORDER, SHIRT[0], INES)
    with build(settings, ManualClock(), {"b": InProcessTerminal("sim:b"), "old": at_a}) as store:
        begun = store.service.desk.refunds.begin(ORDER, SHIRT[0], INES)
        until(store, lambda: store.service.desk.refunds.refund(begun.key).state.is_final)
        assert at_a.repaid() == [12_900]


def test_a_terminal_that_has_lost_its_book_after_it_took_a_charge_up_parks_it(
    settings: StoreSettings, at_a: InProcessTerminal
) -> None:
    emptied = InProcessTerminal("sim:a")
    with build(settings, ManualClock(), {"a": emptied}) as store:
        store.payments.resume()
        assert until_state(store, "o1", PaymentState.PARKED).why == "forgotten"
        assert begin(store, attempt=2).state is PaymentState.PARKED


def test_planted_fault_a_terminal_chosen_by_the_configuration_alone_is_caught(
    settings: StoreSettings, at_a: InProcessTerminal
) -> None:
    """Without the journaled identity, B says "never arrived", and she may pay again: charged at A and at B."""
    second = InProcessTerminal("sim:b")
    with build(settings, ManualClock(), {"b": second}) as store:
        nameless = replace(last(store, "o1"), terminal="", terminal_id="", taken_up=False)
        store.payments.book.put_attempt(nameless)
        store.payments.resume()
        until_state(store, "o1", PaymentState.ABANDONED)
        begin(store, attempt=2)
        second.tap()
        until_state(store, "o1", PaymentState.PAID)
    assert [at_a.approved(), second.approved()] == [[12_900], [12_900]], "the tests above would have seen it"
