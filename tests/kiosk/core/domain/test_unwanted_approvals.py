"""An approval that cannot pay for its order is given back: the order is paid, given up, or its pieces are sold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import DROPPED, Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import (
    FORGOTTEN,
    MAX_QUERIES,
    PAID_TWICE,
    SOLD,
    TERMINAL_GONE,
    Approved,
    ApprovedPartly,
    Cancelled,
    CancelWanted,
    Forgotten,
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
from tests.kiosk.core.domain.terminal_event_strategy import TERMINAL_EVENTS

KEYED = Attempt("key", OrderId("o1"), PaymentMeans.TERMINAL, Money(100, "EUR"))
SENT = attempt_after(KEYED, Sent(1))
UNSURE = attempt_after(SENT, ReplyLost(2))
PARKED = replace(UNSURE, state=PaymentState.PARKED, asked=MAX_QUERIES)
REASONS = (PAID_TWICE, SOLD, DROPPED)
CHARGED = SettledByAssociate(9, "a-ines", done=True, reference="slip 1")
NOT_CHARGED = SettledByAssociate(9, "a-ines", done=False, reference="")


@pytest.mark.parametrize("event", [Approved(9, "A1"), CHARGED], ids=["terminal", "person"])
@pytest.mark.parametrize("unwanted", REASONS)
@pytest.mark.parametrize("before", [KEYED, SENT, UNSURE, PARKED], ids=["keyed", "sent", "unsure", "parked"])
def test_it_never_pays_whoever_says_so(before: Attempt, event: TerminalEvent, unwanted: str) -> None:
    after = attempt_after(before, event, unwanted)
    assert (after.state, after.why) == (PaymentState.UNWANTED, unwanted)
    assert after.provisional is (event is CHARGED)
    assert attempt_after(before, event).state is PaymentState.PAID, "planted fault: the reason is not given"


@pytest.mark.parametrize("event", [Approved(9, "A1"), CHARGED], ids=["terminal", "person"])
def test_a_charge_after_the_wish_to_cancel_is_given_back_whoever_says_so(event: TerminalEvent) -> None:
    after = attempt_after(replace(PARKED, cancel_wanted=True), event)
    assert (after.state, after.why) == (PaymentState.UNWANTED, "cancelled")


@pytest.mark.parametrize(
    ("unwanted", "contradicted"), [("", True), (DROPPED, True), (PAID_TWICE, False), (SOLD, False)]
)
def test_a_charge_against_a_word_is_decided_by_a_person_only_where_it_could_pay(
    unwanted: str, *, contradicted: bool
) -> None:
    late = attempt_after(attempt_after(PARKED, NOT_CHARGED), Approved(10, "A1"), unwanted)
    assert (late.state, late.contradicted) == (PaymentState.UNWANTED, contradicted)
    decided = attempt_after(late, CHARGED, unwanted)
    assert (decided.state is PaymentState.PAID) is contradicted


@pytest.mark.parametrize("unwanted", [PAID_TWICE, SOLD])
def test_a_decision_that_comes_after_the_sale_of_the_pieces_pays_nothing(unwanted: str) -> None:
    late = attempt_after(attempt_after(PARKED, NOT_CHARGED), Approved(10, "A1"))
    decided = attempt_after(late, CHARGED, unwanted)
    assert (decided.state, decided.contradicted, decided.why) == (PaymentState.UNWANTED, False, unwanted)


@pytest.mark.parametrize(
    ("answer", "state", "provisional"),
    [
        (Approved(10, "A1"), PaymentState.UNWANTED, False),
        (ApprovedPartly(10, Money(40, "EUR"), "A1"), PaymentState.UNWANTED, False),
        (Refused(10, "declined"), PaymentState.ABANDONED, False),
        (Cancelled(10), PaymentState.ABANDONED, False),
        (NeverArrived(10), PaymentState.UNWANTED, True),
        (StillUnknown(10), PaymentState.UNWANTED, True),
    ],
)
def test_the_terminal_has_the_last_word_about_what_a_person_calls_charged(
    answer: TerminalEvent, state: PaymentState, *, provisional: bool
) -> None:
    said = attempt_after(PARKED, CHARGED, PAID_TWICE)
    after = attempt_after(said, answer, PAID_TWICE)
    assert (after.state, after.provisional) == (state, provisional)


@pytest.mark.parametrize(("answer", "contradicted"), [(Approved(11, "A1"), False), (Cancelled(11), True)])
def test_what_was_given_back_by_hand_on_a_word_is_still_compared(
    answer: TerminalEvent, *, contradicted: bool
) -> None:
    given_back = attempt_after(attempt_after(PARKED, CHARGED, PAID_TWICE), replace(CHARGED, at_us=10))
    assert (given_back.state, given_back.provisional) == (PaymentState.REVERSED, True)
    after = attempt_after(given_back, answer)
    assert (after.state, after.provisional, after.contradicted) == (
        PaymentState.REVERSED,
        False,
        contradicted,
    )


@given(st.lists(TERMINAL_EVENTS, max_size=12), st.sampled_from([PAID_TWICE, SOLD]))
def test_no_events_make_a_second_approval_pay(events: list[TerminalEvent], unwanted: str) -> None:
    now = SENT
    for event in events:
        now = attempt_after(now, event, unwanted)
        assert now.state is not PaymentState.PAID


def test_what_was_cancelled_while_the_provider_registered_it_is_not_sent() -> None:
    ended = attempt_after(replace(KEYED, cancel_wanted=True), Sending(5, "pi_1"))
    assert (ended.state, ended.sent_us, ended.provider_id) == (PaymentState.ABANDONED, 0, "pi_1")


def test_a_reason_why_a_terminal_cannot_be_asked_does_not_stay() -> None:
    gone = attempt_after(PARKED, TerminalGone(3))
    assert attempt_after(gone, StillUnknown(4)).why == ""
    forgotten = attempt_after(PARKED, Forgotten(3))
    assert (forgotten.why, attempt_after(forgotten, StillUnknown(4)).why) == (FORGOTTEN, FORGOTTEN)
    assert attempt_after(forgotten, StillUnknown(4, taken_up=True)).why == ""
    assert attempt_after(attempt_after(forgotten, TerminalGone(5)), StillUnknown(6)).why != TERMINAL_GONE


def test_a_wish_ends_with_the_answer_that_the_terminal_does_not_know_it() -> None:
    said = attempt_after(replace(PARKED, cancel_wanted=True), NOT_CHARGED)
    assert (said.cancel_wanted, attempt_after(said, Forgotten(10)).cancel_wanted) == (True, False)
    assert attempt_after(KEYED, CancelWanted(1)).cancel_wanted
