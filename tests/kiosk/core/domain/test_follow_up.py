"""The state machine of refunds and follow-ups: every event in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.follow_up import WholeFollowUp, follow_up_after, on_restart
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import ArticleId, OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import (
    MAX_QUERIES,
    Approved,
    Cancelled,
    NeverArrived,
    Refused,
    ReplyLost,
    Sending,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
    TerminalGone,
)
from kiosk.core.wire import from_json, to_json
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
        now = follow_up_after(now, event)
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
    assert follow_up_after(parked, Approved(99, "late")).state is RefundState.DONE


def test_an_associate_settles_a_lost_refund() -> None:
    done = after(ReplyLost(2), SettledByAssociate(3, "a-ines", done=True, reference="slip 7"))
    assert (done.state, done.reference, done.why) == (RefundState.DONE, "slip 7", "")
    refused = after(ReplyLost(2), SettledByAssociate(3, "a-ines", done=False, reference=""))
    assert (refused.state, refused.why) == (RefundState.REFUSED, "by-hand")


def test_after_a_crash_a_keyed_refund_may_have_been_sent() -> None:
    assert on_restart(refund(), 9).state is RefundState.UNSURE
    unsure = after(ReplyLost(2))
    assert on_restart(unsure, 9) == unsure
    unsent = replace(refund(), terminal="till", terminal_id="sim:1")
    assert on_restart(unsent, 9).state is RefundState.REFUSED, "certainly not sent"
    assert on_restart(follow_up_after(unsent, Sending(3)), 9).state is RefundState.UNSURE


def test_what_the_terminal_worked_on_and_does_not_know_any_more_is_parked() -> None:
    parked = after(StillUnknown(2, taken_up=True), NeverArrived(3))
    assert (parked.state, parked.why) == (RefundState.PARKED, "forgotten")
    assert after(TerminalGone(2)).why == "terminal-gone"
    assert follow_up_after(parked, StillUnknown(4)) == parked, "asked on without new entries"


@pytest.mark.parametrize(
    ("done", "event", "state", "provisional", "contradicted"),
    [
        (True, Approved(4, "R1"), RefundState.DONE, False, False),
        (True, Refused(4, "no"), RefundState.DONE, False, True),
        (True, NeverArrived(4), RefundState.DONE, False, True),
        (False, Approved(4, "R1"), RefundState.DONE, False, True),
        (False, Refused(4, "no"), RefundState.REFUSED, False, False),
        (False, StillUnknown(4, taken_up=True), RefundState.REFUSED, True, False),
    ],
)
def test_a_persons_word_is_compared_with_the_terminals(
    *, done: bool, event: TerminalEvent, state: RefundState, provisional: bool, contradicted: bool
) -> None:
    word = after(ReplyLost(2), SettledByAssociate(3, "a-ines", done=done, reference=""))
    assert (word.provisional, word.journal_state) == (True, f"{word.state.value}-unconfirmed")
    now = follow_up_after(word, event)
    assert (now.state, now.provisional, now.contradicted) == (state, provisional, contradicted)
    seen = follow_up_after(now, SettledByAssociate(5, "a-ines", done=True, reference=""))
    assert not seen.contradicted


@pytest.mark.parametrize(
    ("event", "why"), [(Refused(4, "expired"), "expired"), (NeverArrived(4), "never-arrived")]
)
def test_a_capture_that_a_person_calls_done_and_the_terminal_denies_is_refused(
    event: TerminalEvent, why: str
) -> None:
    """The payment is the task then: it can be captured again, or its sale be taken back."""
    capture = WholeFollowUp("C", FollowUpKind.CAPTURE, "key", OrderId("o1"), Money(100, "EUR"))
    word = follow_up_after(capture, SettledByAssociate(3, "a-ines", done=True, reference=""))
    now = follow_up_after(word, event)
    assert (now.state, now.why, now.provisional, now.contradicted) == (RefundState.REFUSED, why, False, False)


def test_a_void_of_a_whole_charge_ends_like_a_refund() -> None:
    void = WholeFollowUp("V", FollowUpKind.VOID, "key", OrderId("o1"), Money(100, "EUR"))
    assert follow_up_after(void, Approved(2, "V1")).state is RefundState.DONE
    assert follow_up_after(void, NeverArrived(2)).why == "never-arrived"
    assert from_json(WholeFollowUp, to_json(void)) == void


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
def test_only_a_persons_word_can_be_contradicted_after_the_end(events: list[TerminalEvent]) -> None:
    now = refund()
    for one in events:
        before, now = now, follow_up_after(now, one)
        if before.state.is_final and not before.provisional:
            assert now.state is before.state
        assert from_json(Refund, to_json(now)) == now
