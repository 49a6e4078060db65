"""The payment attempt's state machine: every event in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after, on_restart
from kiosk.core.domain.terminal_events import (
    MAX_QUERIES,
    SOLD,
    TAKEN_BACK,
    Approved,
    ApprovedPartly,
    Cancelled,
    CancelWanted,
    Captured,
    Forgotten,
    NeverArrived,
    Refused,
    ReplyLost,
    Reversed,
    Sending,
    Sent,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
    TerminalGone,
)
from kiosk.core.wire import from_json, to_json
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
    late = attempt_after(after(ReplyLost(1)), Sent(2))
    assert (late.state, late.taken_up) == (PaymentState.UNSURE, True)
    assert attempt_after(late, Sent(3)) == late


def test_a_lost_answer_is_queried_and_found() -> None:
    unsure = after(Sent(1), ReplyLost(2))
    assert unsure.state is PaymentState.UNSURE
    assert attempt_after(attempt_after(unsure, StillUnknown(3)), Approved(4, "A1")).state is PaymentState.PAID
    assert after(ReplyLost(2), NeverArrived(3)).state is PaymentState.ABANDONED


def test_an_unknown_result_is_parked_for_an_associate() -> None:
    lost = after(ReplyLost(0), *(StillUnknown(second) for second in range(MAX_QUERIES)))
    assert (lost.state, lost.asked) == (PaymentState.PARKED, MAX_QUERIES)
    assert attempt_after(lost, Approved(99, "late")).state is PaymentState.PAID
    paid = attempt_after(lost, SettledByAssociate(99, "a-ines", done=True, reference="slip 1"))
    assert (paid.state, paid.reference) == (PaymentState.PAID, "slip 1")
    unpaid = attempt_after(lost, SettledByAssociate(99, "a-ines", done=False, reference=""))
    assert unpaid.state is PaymentState.ABANDONED


def test_after_a_crash_only_what_was_certainly_not_sent_is_ended() -> None:
    old = on_restart(replace(attempt(), changed_us=4), 9)
    assert (old.state, old.sent_us) == (PaymentState.UNSURE, 4), "an earlier version did not say when it sent"
    known = replace(attempt(), terminal="till", terminal_id="sim:1")
    assert on_restart(known, 9).state is PaymentState.ABANDONED
    assert on_restart(attempt_after(known, Sending(3)), 9).state is PaymentState.UNSURE
    assert on_restart(after(Sent(1)), 9).state is PaymentState.UNSURE
    paid = after(Approved(1, "A"))
    assert on_restart(paid, 9) == paid


def test_what_the_terminal_had_taken_up_and_does_not_know_any_more_is_parked() -> None:
    for forgotten in (NeverArrived(3), Forgotten(3)):
        parked = after(Sent(1), ReplyLost(2), forgotten)
        assert (parked.state, parked.why) == (PaymentState.PARKED, "forgotten")
    pending = after(ReplyLost(1), StillUnknown(2, taken_up=True), NeverArrived(3))
    assert pending.state is PaymentState.PARKED
    gone = after(Sent(1), ReplyLost(2), TerminalGone(3))
    assert (gone.state, gone.why) == (PaymentState.PARKED, "terminal-gone")


def test_a_parked_attempt_is_asked_on_without_new_entries() -> None:
    parked = after(ReplyLost(0), *(StillUnknown(n) for n in range(MAX_QUERIES)))
    assert attempt_after(parked, StillUnknown(99)) == parked
    assert attempt_after(parked, ReplyLost(99)) == parked
    assert attempt_after(parked, TerminalGone(99)).why == "terminal-gone"


def test_an_approval_after_the_wish_to_cancel_is_unwanted_until_it_is_reversed() -> None:
    wanted = after(Sent(1), CancelWanted(2))
    assert (wanted.state, attempt_after(wanted, CancelWanted(3))) == (PaymentState.SENT, wanted)
    late = attempt_after(wanted, Approved(3, "A1"))
    assert (late.state, late.reference) == (PaymentState.UNWANTED, "A1")
    assert attempt_after(late, Reversed(4)).state is PaymentState.REVERSED
    assert attempt_after(late, SettledByAssociate(4, "a-ines", done=True, reference="")).why == "by-hand"
    assert attempt_after(wanted, Cancelled(3)).state is PaymentState.ABANDONED


def test_a_part_of_the_amount_is_unwanted_and_given_back_as_it_was_charged() -> None:
    partly = after(Sent(1), ApprovedPartly(2, Money(40, "EUR"), "A1"))
    assert (partly.state, partly.collected, partly.why) == (
        PaymentState.UNWANTED,
        Money(40, "EUR"),
        "partial",
    )


def settled(*, done: bool, reference: str = "") -> Attempt:
    return after(Sent(1), ReplyLost(2), SettledByAssociate(3, "a-ines", done=done, reference=reference))


@pytest.mark.parametrize(
    ("done", "event", "state", "provisional", "contradicted"),
    [
        (True, Approved(4, "A1"), PaymentState.PAID, False, False),
        (True, Refused(4, "declined"), PaymentState.PAID, False, True),
        (True, Cancelled(4), PaymentState.PAID, False, True),
        (True, NeverArrived(4), PaymentState.PAID, True, False),
        (True, StillUnknown(4), PaymentState.PAID, True, False),
        (False, Approved(4, "A1"), PaymentState.UNWANTED, False, True),
        (False, ApprovedPartly(4, Money(40, "EUR"), "A1"), PaymentState.UNWANTED, False, False),
        (False, Refused(4, "declined"), PaymentState.ABANDONED, False, False),
        (False, Forgotten(4), PaymentState.ABANDONED, True, False),
        (False, StillUnknown(4), PaymentState.ABANDONED, True, False),
    ],
)
def test_a_persons_word_is_compared_with_the_terminals(
    *, done: bool, event: TerminalEvent, state: PaymentState, provisional: bool, contradicted: bool
) -> None:
    word = settled(done=done)
    assert (word.provisional, word.journal_state) == (True, f"{word.state.value}-unconfirmed")
    now = attempt_after(word, event)
    assert (now.state, now.provisional, now.contradicted) == (state, provisional, contradicted)
    assert now.is_asked_for is (provisional or state is PaymentState.UNWANTED)


def test_a_payment_settled_without_a_number_learns_it() -> None:
    learned = attempt_after(settled(done=True), Approved(4, "A1", (("charge", "c1"),)))
    assert (learned.reference, learned.references) == ("A1", (("charge", "c1"),))
    earlier = replace(learned, reference="", references=())
    assert attempt_after(earlier, Approved(5, "A2")).reference == "A2", "an earlier version kept no word"
    assert attempt_after(learned, Approved(5, "A2")) == learned


@pytest.mark.parametrize(("done", "state"), [(True, PaymentState.PAID), (False, PaymentState.UNWANTED)])
def test_a_person_decides_about_a_charge_against_a_word(*, done: bool, state: PaymentState) -> None:
    late = attempt_after(settled(done=False), Approved(4, "A1"))
    decided = attempt_after(late, SettledByAssociate(5, "a-ines", done=done, reference=""))
    assert (decided.state, decided.contradicted) == (state, False)


@pytest.mark.parametrize(("done", "state"), [(True, PaymentState.PAID), (False, PaymentState.ABANDONED)])
def test_a_person_decides_about_her_charge_that_the_terminal_denies(
    *, done: bool, state: PaymentState
) -> None:
    denied = attempt_after(settled(done=True), Cancelled(4))
    decided = attempt_after(denied, SettledByAssociate(5, "a-ines", done=done, reference=""))
    assert (decided.state, decided.contradicted, decided.is_unconfirmed) == (state, False, False)


@pytest.mark.parametrize(("done", "state"), [(True, PaymentState.PAID), (False, PaymentState.UNWANTED)])
def test_a_person_decides_about_a_sale_of_which_only_a_part_was_charged(
    *, done: bool, state: PaymentState
) -> None:
    part = attempt_after(settled(done=True), ApprovedPartly(4, Money(40, "EUR"), "A1"))
    decided = attempt_after(part, SettledByAssociate(5, "a-ines", done=done, reference=""))
    assert (decided.state, decided.collected, decided.contradicted) == (state, Money(40, "EUR"), False)


def taken_back() -> Attempt:
    denied = attempt_after(settled(done=True), Cancelled(4))
    return attempt_after(denied, SettledByAssociate(5, "a-ines", done=False, reference=""))


def test_a_charge_that_is_found_after_the_sale_was_taken_back_is_decided_by_a_person() -> None:
    taken = taken_back()
    assert (taken.is_taken_back, taken.is_unconfirmed, taken.why) == (True, False, TAKEN_BACK)
    assert attempt_after(taken, Cancelled(6)) == taken
    found = attempt_after(taken, Approved(6, "A1"))
    assert (found.state, found.contradicted, found.is_taken_back) == (PaymentState.UNWANTED, True, False)
    kept = attempt_after(found, SettledByAssociate(7, "a-ines", done=True, reference=""))
    assert (kept.state, kept.contradicted) == (PaymentState.PAID, False)


def test_what_can_only_be_given_back_after_the_sale_was_taken_back_needs_no_decision() -> None:
    found = attempt_after(taken_back(), Approved(6, "A1"), SOLD)
    assert (found.state, found.contradicted, found.why) == (PaymentState.UNWANTED, False, SOLD)


@pytest.mark.parametrize(("done", "state"), [(True, PaymentState.PAID), (False, PaymentState.UNWANTED)])
def test_a_person_decides_about_a_capture_that_was_refused(*, done: bool, state: PaymentState) -> None:
    held = after(Sent(1), Approved(2, "A1", captured=False))
    decided = attempt_after(held, SettledByAssociate(3, "a-ines", done=done, reference=""))
    assert (decided.state, decided.captured) == (state, done)
    assert not decided.is_taken_back, "it is authorised, so it is given back first"


def test_an_authorisation_is_indexed_as_open_until_it_is_captured() -> None:
    paid = after(Sent(1), Approved(2, "A1", captured=False))
    assert (paid.state, paid.journal_state, paid.is_asked_for) == (
        PaymentState.PAID,
        "paid-unconfirmed",
        True,
    )
    done = attempt_after(paid, Captured(3))
    assert (done.journal_state, done.is_asked_for) == ("paid", False)


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
        (PaymentState.UNWANTED, True, True, False),
        (PaymentState.REVERSED, False, False, False),
    ],
)
def test_each_state_has_its_allowed_actions(
    state: PaymentState, *, is_open: bool, under_way: bool, uncertain: bool
) -> None:
    assert (state.is_open, state.is_final) == (is_open, not is_open)
    assert (state.is_under_way, state.is_uncertain) == (under_way, uncertain)


@given(st.lists(TERMINAL_EVENTS, max_size=60))
def test_only_a_persons_word_can_be_contradicted_after_the_end(events: list[TerminalEvent]) -> None:
    now = attempt()
    for one in events:
        before, now = now, attempt_after(now, one)
        taken_back = isinstance(one, SettledByAssociate) and (before.contradicted or before.may_be_taken_back)
        found = before.is_taken_back and isinstance(one, Approved | ApprovedPartly)
        if before.state.is_final and not (before.provisional or taken_back or found):
            assert now.state is before.state
        if before.state is PaymentState.UNWANTED and not before.provisional:
            assert now.state in (PaymentState.UNWANTED, PaymentState.REVERSED, PaymentState.PAID)
        if (
            now.state is PaymentState.PAID
            and before.state.is_open
            and not isinstance(one, SettledByAssociate)
        ):
            assert not before.cancel_wanted, "an approval after the wish is never a sale"


@given(st.lists(TERMINAL_EVENTS, max_size=30))
def test_every_attempt_is_read_as_it_was_written(events: list[TerminalEvent]) -> None:
    now = attempt()
    for one in events:
        now = attempt_after(now, one)
    assert from_json(Attempt, to_json(now)) == now
