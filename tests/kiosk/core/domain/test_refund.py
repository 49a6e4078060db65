"""The refund's state machine: every event in every state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import Refund, RefundState, on_restart, refund_after
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


def refund() -> Refund:
    return Refund(
        "key",
        OrderId("o1"),
        PieceId("30"),
        ArticleId("00000000000000"),
        Money(100, "EUR"),
        "a-ines",
        changed_us=1,
    )


def after(*events: TerminalEvent) -> Refund:
    now = refund()
    for event in events:
        now = refund_after(now, event)
    return now


def test_an_approval_is_done_with_the_terminals_number() -> None:
    done = after(Approved(2, "R1"))
    assert (done.state, done.reference, done.changed_us) == (RefundState.DONE, "R1", 2)


def test_sent_changes_nothing() -> None:
    assert after(Sent(2)) == refund()


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (Refused(2, "too-much"), "too-much"),
        (Refused(2, ""), "refused"),
        (Cancelled(2), "cancelled"),
        (Cancelled(2, "timeout"), "timeout"),
        (NeverArrived(2), "never-arrived"),
    ],
)
def test_a_refund_that_pays_nothing_is_refused_with_a_reason(event: TerminalEvent, why: str) -> None:
    refused = after(event)
    assert (refused.state, refused.why) == (RefundState.REFUSED, why)


def test_a_lost_answer_counts_as_a_query_and_is_parked_in_the_end() -> None:
    unsure = after(ReplyLost(2))
    assert (unsure.state, unsure.asked) == (RefundState.UNSURE, 1)
    parked = after(ReplyLost(2), *(StillUnknown(n) for n in range(1, MAX_QUERIES)))
    assert (parked.state, parked.asked) == (RefundState.PARKED, MAX_QUERIES)
    assert refund_after(parked, Approved(99, "late")).state is RefundState.DONE


def test_an_associate_settles_a_lost_refund() -> None:
    done = after(ReplyLost(2), SettledByAssociate(3, "a-ines", done=True, reference="slip 7"))
    assert (done.state, done.reference, done.why) == (RefundState.DONE, "slip 7", "")
    refused = after(ReplyLost(2), SettledByAssociate(3, "a-ines", done=False, reference=""))
    assert (refused.state, refused.why) == (RefundState.REFUSED, "by-hand")


def test_after_a_crash_a_keyed_refund_may_have_been_sent() -> None:
    assert on_restart(refund()).state is RefundState.UNSURE
    unsure = after(ReplyLost(2))
    assert on_restart(unsure) == unsure


@pytest.mark.parametrize(
    ("state", "is_open", "under_way", "uncertain"),
    [
        (RefundState.KEYED, True, True, False),
        (RefundState.UNSURE, True, True, True),
        (RefundState.PARKED, True, False, True),
        (RefundState.DONE, False, False, False),
        (RefundState.REFUSED, False, False, False),
    ],
)
def test_each_state_has_its_allowed_actions(
    state: RefundState, *, is_open: bool, under_way: bool, uncertain: bool
) -> None:
    assert (state.is_open, state.is_final) == (is_open, not is_open)
    assert (state.is_under_way, state.is_uncertain) == (under_way, uncertain)


@given(st.lists(TERMINAL_EVENTS, max_size=60))
def test_an_end_is_an_end(events: list[TerminalEvent]) -> None:
    now, ended = refund(), None
    for one in events:
        now = refund_after(now, one)
        if ended is not None:
            assert now == ended
        if now.state.is_final:
            ended = now
