"""No approval pays for an order that is paid, given up or cancelled, or whose pieces are sold: it is given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from kiosk.connectors.payments.port import Charge, new_key
from kiosk.core.domain.ids import AssociateId, OrderId, RoomId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import Approved, Sent
from kiosk.store.lifecycle import Store
from kiosk.store.payments.transactions.confirmation import Agreement
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.transactions.payment_waits import (
    ROOM,
    begin,
    last,
    order_of,
    until,
    until_state,
)
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, build
from tests.optional_values import present

INES = Associate(AssociateId("a-ines"), "Inès")
ORDER = OrderId("o1")
PRICE = Money(12_900, "EUR")


def waits(store: Store) -> None:
    order_of(store)
    begin(store)
    until_state(store, "o1", PaymentState.SENT)


def parked_but_charged(store: Store, terminal: InProcessTerminal, *, cancelled: bool = False) -> str:
    waits(store)
    terminal.lose_next_answer()
    terminal.silent = True
    if cancelled:
        store.service.till.cancel(ROOM, ORDER)
    terminal.tap()
    return until_state(store, "o1", PaymentState.PARKED).key


def second_attempt(store: Store, state: PaymentState = PaymentState.SENT) -> str:
    """Another attempt of the same order, as a ledger of an earlier version may have it."""
    plain = Attempt(
        new_key(), ORDER, PaymentMeans.TERMINAL, PRICE, changed_us=1, terminal="till",
        terminal_id="in-process:other", sent_us=1,
    )  # fmt: skip
    store.payments.book.put_key(plain, 7)
    store.payments.book.put_attempt(replace(plain, state=state))
    return plain.key


def state_of(store: Store, key: str) -> PaymentState:
    return present(store.payments.book.attempt(key)).state


def apply(store: Store, key: str, event: Approved) -> Attempt:
    return store.payments.follow_ups._payments.apply(key, event)


def test_a_late_approval_of_an_older_attempt_does_not_pay_a_paid_order(
    store: Store, terminal: InProcessTerminal
) -> None:
    waits(store)
    other = second_attempt(store, PaymentState.PARKED)
    terminal.tap()
    until(store, lambda: present(store.payments.book.attempt(other)).cancel_wanted)
    after = apply(store, other, Approved(9, "OTHER-1"))
    assert (after.state, len(store.payments.book.attempts(ORDER))) == (PaymentState.UNWANTED, 2)
    assert sum(a.state is PaymentState.PAID for a in store.payments.book.attempts(ORDER)) == 1


def test_a_persons_charged_does_not_pay_a_paid_order(store: Store, terminal: InProcessTerminal) -> None:
    waits(store)
    other = second_attempt(store, PaymentState.PARKED)
    terminal.tap()
    until(store, lambda: store.payments.book.paid_attempt(ORDER) is not None)
    store.service.desk.settle(other, INES, done=True, reference="slip 9")
    assert state_of(store, other) is PaymentState.UNWANTED
    (task,) = store.service.desk.unsettled()
    assert (task.task.value, task.parked) == ("unwanted", True)


def test_a_charge_of_an_order_that_was_given_up_is_given_back(
    store: Store, terminal: InProcessTerminal
) -> None:
    waits(store)
    store.payments.book.put_dropped(ORDER, 1)
    terminal.tap()
    until_state(store, "o1", PaymentState.REVERSED)
    assert (terminal.book.taken(), store.payments.book.receipt(ORDER)) == (0, None)


def test_a_charge_for_pieces_that_another_order_has_bought_is_given_back(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    other = InProcessTerminal("in-process:other")
    rooms = tuple(replace(r, terminal="other") if r.room == "2" else r for r in settings.rooms)
    with build(replace(settings, rooms=rooms), ManualClock(), {"till": terminal, "other": other}) as store:
        key = parked_but_charged(store, terminal)
        store.service.desk.settle(key, INES, done=False, reference="")
        order_of(store, "o2", "t2", RoomId("2"))
        begin(store, "o2", "t2", room=RoomId("2"))
        other.tap()
        until_state(store, "o2", PaymentState.PAID)
        terminal.silent = False
        until_state(store, "o1", PaymentState.REVERSED)
        assert (terminal.book.taken(), store.service.desk.unsettled()) == (0, ())


def test_a_persons_charged_after_the_wish_to_cancel_is_given_back(
    store: Store, terminal: InProcessTerminal
) -> None:
    key = parked_but_charged(store, terminal, cancelled=True)
    store.service.desk.settle(key, INES, done=True, reference="slip 1")
    assert (state_of(store, key), store.payments.book.receipt(ORDER)) == (PaymentState.UNWANTED, None)
    terminal.silent = False
    until_state(store, "o1", PaymentState.REVERSED)
    assert (terminal.book.taken(), store.service.desk.unsettled()) == (0, ())


def test_the_wish_to_cancel_goes_to_every_open_attempt(store: Store) -> None:
    waits(store)
    other = second_attempt(store)
    first = next(a.key for a in store.payments.book.attempts(ORDER) if a.key != other)
    store.service.till.cancel(ROOM, ORDER)
    assert [present(store.payments.book.attempt(key)).cancel_wanted for key in (first, other)] == [True, True]


class SlowToCreate(InProcessTerminal):
    """Registers a charge only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.registering, self.go = Event(), Event()

    def create(self, charge: Charge) -> str:
        self.registering.set()
        assert self.go.wait(10)
        return f"id-{charge.key}"


def test_what_is_cancelled_while_it_is_registered_is_not_presented(settings: StoreSettings) -> None:
    slow = SlowToCreate()
    with build(settings, ManualClock(), {"till": slow}) as store:
        order_of(store)
        begin(store)
        assert slow.registering.wait(10)
        store.service.till.cancel(ROOM, ORDER)
        slow.go.set()
        ended = until_state(store, "o1", PaymentState.ABANDONED)
        until(store, lambda: not store.payments.collector.worker.is_live(ended.key))
        assert (ended.sent_us, list(slow.book.entries())) == (0, [])


def test_a_terminal_that_comes_back_into_the_configuration_is_occupied_until_it_answers(
    settings: StoreSettings, terminal: InProcessTerminal
) -> None:
    with build(settings, ManualClock(), {"till": terminal}) as store:
        waits(store)
    other = InProcessTerminal("in-process:other")
    with build(settings, ManualClock(), {"till": other}) as store:
        store.payments.resume()
        until(store, lambda: last(store, "o1").why == "terminal-gone")
    terminal._closed, terminal.silent = False, True
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.resume()
        order_of(store, "o2", "t2", coat=True)
        assert begin(store, "o2", "t2").why == "moment"
        until(store, lambda: last(store, "o1").why == "")
        store.service.till.cancel(ROOM, ORDER)
        terminal.silent = False
        until_state(store, "o1", PaymentState.ABANDONED)
        until_state(store, "o2", PaymentState.SENT)


@pytest.mark.parametrize("said", [True, False], ids=["said charged", "said not charged"])
@pytest.mark.parametrize("moved", [PRICE, None, Money(5, "EUR")], ids=["all", "nothing", "other"])
def test_a_word_is_compared_with_the_settlement(
    store: Store, terminal: InProcessTerminal, moved: Money | None, *, said: bool
) -> None:
    key = parked_but_charged(store, terminal)
    store.service.desk.settle(key, INES, done=said, reference="")
    confirmations = store.payments.confirmations
    (found,) = confirmations.unconfirmed()
    assert (found.key, found.said_moved, found.charge) == (key, said, True)
    agrees = (moved == PRICE) if said else moved is None
    result = confirmations.confirm_by_settlement(key, moved, "REPORT-1" if moved else "")
    assert result is (Agreement.CONFIRMED if agrees else Agreement.CONTRADICTED)
    entries = store.resources.ledger.head.seq
    again = confirmations.confirm_by_settlement(key, moved)
    if moved is None:
        assert (len(confirmations.unconfirmed()), again) == (1, result), (
            "the terminal may still wait for the card"
        )
        assert store.resources.ledger.head.seq == entries, "the same report writes nothing"
    else:
        assert (confirmations.unconfirmed(), again) == ((), Agreement.KNOWN)
    shown = [t.task.value for t in store.service.desk.unsettled()]
    partial = moved is not None and moved != PRICE and not said
    if partial:
        # it is voided at once; while that has no reply, as from this silent terminal, the void is the task
        assert shown in (["unwanted"], ["asked"])
    else:
        assert shown == ([] if agrees else ["contradiction"])


@pytest.mark.parametrize("said", [True, False], ids=["said charged", "said not charged"])
def test_a_report_without_the_charge_is_not_the_last_word_of_the_terminal(
    settings: StoreSettings, terminal: InProcessTerminal, *, said: bool
) -> None:
    """She taps after the report, at a terminal that is not configured then: its answer decides when it is back."""
    with build(settings, ManualClock(), {"till": terminal}) as store:
        waits(store)
    with build(settings, ManualClock(), {"till": InProcessTerminal("in-process:other")}) as store:
        store.payments.resume()
        key = until_state(store, "o1", PaymentState.PARKED).key
        store.service.desk.settle(key, INES, done=said, reference="")
        result = store.payments.confirmations.confirm_by_settlement(key, None)
        assert result is (Agreement.CONTRADICTED if said else Agreement.CONFIRMED)
        if said:
            store.service.desk.settle(key, INES, done=False, reference="")
        assert (last(store, "o1").state, last(store, "o1").is_asked_for) == (PaymentState.ABANDONED, True)
    terminal._closed = False
    terminal.tap()
    with build(settings, ManualClock(), {"till": terminal}) as store:
        store.payments.resume()
        until_state(store, "o1", PaymentState.UNWANTED)
        (task,) = store.service.desk.unsettled()
        why = "taken-back" if said else "by-hand"
        assert (task.task.value, task.parked, task.why) == ("contradiction", True, why)


def test_planted_fault_an_approval_without_the_orders_history_pays_twice(
    store: Store, terminal: InProcessTerminal
) -> None:
    waits(store)
    other = second_attempt(store, PaymentState.PARKED)
    terminal.tap()
    until(store, lambda: store.payments.book.paid_attempt(ORDER) is not None)
    careless: Callable[..., Attempt] = attempt_after
    late = careless(
        replace(present(store.payments.book.attempt(other)), cancel_wanted=False), Approved(9, "X")
    )
    assert late.state is PaymentState.PAID, "the tests above compare exactly this"
    assert careless(late, Sent(10)) == late
