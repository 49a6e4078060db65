"""Payments that an associate takes at the shop's own terminal: only her entry ends them."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.connectors.payments.attended import MAX_WAITING, AttendedEntryError, AttendedTerminal
from kiosk.connectors.payments.port import (
    Charge,
    FollowUp,
    Presented,
    TerminalBusyError,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from tests.kiosk.store.payments.terminal_requests import presented, refund_of

PRICE = Money(12_900, "EUR")
KEY = "KEY0000001"
DAY_US = 86_400_000_000


class Desk:
    """A terminal, and charges that are presented in threads."""

    def __init__(self) -> None:
        self.terminal = AttendedTerminal("desk")
        self._pool = ThreadPoolExecutor(4)

    def present(self, key: str = KEY, wait_s: float = 10) -> Future[TerminalReply]:
        taken = Event()
        coming = self._pool.submit(self.terminal.present, Charge(key, "o1", PRICE), "", taken.set, wait_s)
        assert taken.wait(10)
        return coming

    def ask(self, key: str = KEY) -> TerminalStatus:
        return self.terminal.query(presented(key)).status


def test_an_associate_takes_a_payment_and_enters_its_number() -> None:
    desk = Desk()
    changes: list[int] = []
    desk.terminal.on_change = lambda: changes.append(1)
    coming = desk.present()
    assert [(t.key, t.amount, t.begun) for t in desk.terminal.tasks()] == [(KEY, PRICE, False)]
    desk.terminal.begin(KEY)
    desk.terminal.enter(KEY, done=True, number=" 00 42 ")
    paid = coming.result(10)
    assert (paid.status, paid.reference, paid.amount, paid.order_id) == (
        TerminalStatus.APPROVED, "00 42", PRICE, "o1",
    )  # fmt: skip
    assert desk.terminal.query(presented(KEY)) == paid
    assert desk.terminal.tasks() == ()
    assert len(changes) >= 3


def test_a_payment_that_nobody_took_is_cancelled_or_times_out() -> None:
    desk = Desk()
    coming = desk.present()
    desk.terminal.cancel(presented(KEY))
    assert coming.result(10).status is TerminalStatus.CANCELLED
    late = desk.present("KEY0000002", wait_s=0.01).result(10)
    assert (late.status, late.why) == (TerminalStatus.CANCELLED, "timeout")


def test_a_charge_that_was_cancelled_before_it_was_sent_is_in_nobodys_list() -> None:
    desk = Desk()
    desk.terminal.cancel(Presented(KEY, "o1", PRICE))
    assert desk.terminal.tasks() == (), "an associate would take money for an order that was given up"
    desk.terminal.cancel(Presented(KEY, "o1", PRICE, sent_us=1))
    assert [task.begun for task in desk.terminal.tasks()] == [True], "sent before a restart: it may be taken"


def test_a_payment_that_is_at_the_terminal_is_ended_by_the_associate_alone() -> None:
    desk = Desk()
    coming = desk.present(wait_s=0.3)
    desk.terminal.begin(KEY)
    desk.terminal.cancel(presented(KEY))
    waits = coming.result(10)
    assert (waits.status, waits.taken_up) == (TerminalStatus.PENDING, True)
    assert desk.terminal.tasks()[0].cancel_wanted
    desk.terminal.enter(KEY, done=True, number="42")
    assert desk.ask() is TerminalStatus.APPROVED


@pytest.mark.parametrize("done", [True, False])
def test_after_a_restart_what_may_have_been_taken_is_asked_of_the_associate(*, done: bool) -> None:
    desk = Desk()
    assert desk.ask() is TerminalStatus.PENDING, "never that it was not found"
    desk.terminal.cancel(presented(KEY))
    assert desk.ask() is TerminalStatus.PENDING, "it may be at the terminal"
    desk.terminal.enter(KEY, done=done, number="42")
    assert desk.ask() is (TerminalStatus.APPROVED if done else TerminalStatus.CANCELLED)


def test_a_refund_waits_for_the_associate_and_ends_once() -> None:
    desk = Desk()
    refund = refund_of("REF0000001", PRICE, "42")
    first = desk.terminal.follow_up(refund)
    assert (first.status, desk.terminal.tasks()[0].reference) == (TerminalStatus.PENDING, "42")
    desk.terminal.follow_up(refund)
    assert len(desk.terminal.tasks()) == 1
    desk.terminal.enter("REF0000001", done=True, number="43")
    assert desk.terminal.follow_up(refund) == desk.terminal.query(refund)
    assert desk.terminal.query(refund).status is TerminalStatus.APPROVED
    with pytest.raises(AttendedEntryError) as ended:
        desk.terminal.enter("REF0000001", done=False)
    assert ended.value.code == "ended"
    assert desk.terminal.query(refund).status is TerminalStatus.APPROVED


@pytest.mark.parametrize(
    "number", ["", " ", "4111 1111 1111 1111", "4111111111111111", "a\n", "<b>", "x" * 40]
)
def test_a_number_that_is_none_or_may_be_a_cards_is_not_taken(number: str) -> None:
    desk = Desk()
    desk.ask()
    if number == "a\n":
        desk.terminal.enter(KEY, done=True, number=number)
        assert desk.terminal.query(presented(KEY)).reference == "a"
        return
    with pytest.raises(AttendedEntryError) as refused:
        desk.terminal.enter(KEY, done=True, number=number)
    assert (refused.value.code, desk.ask()) == ("number", TerminalStatus.PENDING)


def test_a_slips_number_is_entered_once_a_day() -> None:
    desk = Desk()
    for day, key in ((1, "K1"), (1, "K2"), (2, "K3")):
        desk.terminal.query(Presented(key, "o1", PRICE, sent_us=day * DAY_US))
    desk.terminal.enter("K1", done=True, number="42")
    with pytest.raises(AttendedEntryError) as used:
        desk.terminal.enter("K2", done=True, number="42")
    assert used.value.code == "used"
    desk.terminal.enter("K2", done=True, number="43")
    desk.terminal.enter("K3", done=True, number="42")
    found = [desk.terminal.query(presented(k)).reference for k in ("K1", "K2", "K3")]
    assert found == ["42 1970-01-02", "43 1970-01-02", "42 1970-01-03"]


def test_what_an_associate_cannot_do_is_refused() -> None:
    terminal = AttendedTerminal("desk")
    with pytest.raises(TerminalBusyError):
        terminal.present(Charge(KEY, "o1", PRICE, stored="s1"), "", lambda: None, 1)
    for kind in (FollowUpKind.CAPTURE, FollowUpKind.VOID):
        with pytest.raises(TerminalBusyError):
            terminal.follow_up(FollowUp("F1", kind, PRICE, presented(KEY)))
    with pytest.raises(AttendedEntryError):
        terminal.begin("unknown")
    for number in range(MAX_WAITING):
        terminal.query(presented(f"W{number}"))
    with pytest.raises(TerminalBusyError):
        terminal.present(Charge(KEY, "o1", PRICE), "", lambda: None, 1)


def test_closing_ends_the_wait_as_lost() -> None:
    desk = Desk()
    coming = desk.present()
    desk.terminal.close()
    with pytest.raises(TerminalLostError):
        coming.result(10)


@given(st.lists(st.sampled_from(["cancel", "begin", "done", "not-done", "query", "refund"]), max_size=12))
def test_a_result_never_changes(steps: list[str]) -> None:
    terminal = AttendedTerminal("desk")
    ended: TerminalReply | None = None
    for step in ["query", *steps]:
        try:
            if step == "cancel":
                terminal.cancel(presented(KEY))
            elif step == "begin":
                terminal.begin(KEY)
            elif step in ("done", "not-done"):
                terminal.enter(KEY, done=step == "done", number="42")
        except AttendedEntryError:
            assert ended is not None
        reply = terminal.query(presented(KEY))
        assert ended in (None, reply)
        ended = reply if reply.status is not TerminalStatus.PENDING else ended
