"""The payment attempt's state machine: every event in every state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState, attempt_after, on_restart
from kiosk.core.domain.terminal_events import (
    MAX_QUERIES,
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
)
from tests.kiosk.core.domain.terminal_event_strategy import TERMINAL_EVENTS


def attempt() -> Attempt:
    return Attempt("key", OrderId("o1"), PaymentMeans.TERMINAL, Money(100, "EUR"))


def after(*events: TerminalEvent) -> Attempt:
    now = attempt()
    for event in events:
        now = attempt_after(now, event)
    return now


def test_a_tap_is_paid() -> None:
    paid = after(Sent(1), Approved(2, "A1"))
    assert (paid.state, paid.reference, paid.changed_us) == (PaymentState.PAID, "A1", 2)


def test_a_refusal_is_declined_with_its_reason() -> None:
    declined = after(Sent(1), Refused(2, "declined"))
    assert (declined.state, declined.why) == (PaymentState.DECLINED, "declined")
    assert after(Sent(1), Cancelled(2)).state is PaymentState.ABANDONED


def test_sent_counts_only_after_keyed() -> None:
    unsure = after(ReplyLost(1))
    assert attempt_after(unsure, Sent(2)) == unsure


def test_a_lost_answer_is_queried_and_found() -> None:
    unsure = after(Sent(1), ReplyLost(2))
    assert unsure.state is PaymentState.UNSURE
    assert attempt_after(attempt_after(unsure, StillUnknown(3)), Approved(4, "A1")).state is PaymentState.PAID
    assert attempt_after(unsure, NeverArrived(3)).state is PaymentState.ABANDONED


def test_an_unknown_result_is_parked_for_an_associate() -> None:
    lost = after(ReplyLost(0), *(StillUnknown(second) for second in range(MAX_QUERIES)))
    assert (lost.state, lost.asked) == (PaymentState.PARKED, MAX_QUERIES)
    assert attempt_after(lost, Approved(99, "late")).state is PaymentState.PAID
    paid = attempt_after(lost, SettledByAssociate(99, "a-ines", done=True, reference="slip 1"))
    assert (paid.state, paid.reference) == (PaymentState.PAID, "slip 1")
    unpaid = attempt_after(lost, SettledByAssociate(99, "a-ines", done=False, reference=""))
    assert unpaid.state is PaymentState.ABANDONED


def test_after_a_crash_nothing_is_taken_for_unsent() -> None:
    assert on_restart(attempt()).state is PaymentState.UNSURE
    assert on_restart(after(Sent(1))).state is PaymentState.UNSURE
    paid = after(Approved(1, "A"))
    assert on_restart(paid) == paid


@pytest.mark.parametrize(
    ("state", "is_open", "under_way", "uncertain"),
    [
        (PaymentState.KEYED, True, True, False),
        (PaymentState.SENT, True, True, False),
        (PaymentState.UNSURE, True, True, True),
        (PaymentState.PARKED, True, False, True),
        (PaymentState.PAID, False, False, False),
        (PaymentState.DECLINED, False, False, False),
        (PaymentState.ABANDONED, False, False, False),
    ],
)
def test_each_state_has_its_allowed_actions(
    state: PaymentState, *, is_open: bool, under_way: bool, uncertain: bool
) -> None:
    assert (state.is_open, state.is_final) == (is_open, not is_open)
    assert (state.is_under_way, state.is_uncertain) == (under_way, uncertain)


@given(st.lists(TERMINAL_EVENTS, max_size=60))
def test_an_end_is_an_end(events: list[TerminalEvent]) -> None:
    now, ended = attempt(), None
    for one in events:
        now = attempt_after(now, one)
        if ended is not None:
            assert now == ended
        if now.state.is_final:
            ended = now
