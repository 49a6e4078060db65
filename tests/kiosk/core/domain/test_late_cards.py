"""A word about a charge whose terminal may still wait for the card: only that terminal has the last word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import (
    ANSWERED,
    PAID_TWICE,
    Approved,
    ApprovedPartly,
    Cancelled,
    Forgotten,
    NeverArrived,
    NotReported,
    Refused,
    ReplyLost,
    Sending,
    Sent,
    SettledByAssociate,
    TerminalEvent,
    TerminalGone,
)
from tests.kiosk.core.domain.terminal_event_strategy import TERMINAL_EVENTS

KEYED = Attempt(
    "key", OrderId("o1"), PaymentMeans.TERMINAL, Money(100, "EUR"), terminal="till", terminal_id="sim:1"
)
CHARGED, NOT_CHARGED = (SettledByAssociate(9, "a-ines", done=done, reference="") for done in (True, False))
SILENT = NotReported(10)
GOOD = Approved(11, "A1")


def after(before: Attempt, *events: TerminalEvent, unwanted: str = "") -> Attempt:
    for event in events:
        before = attempt_after(before, event, unwanted)
    return before


WAITING = after(KEYED, Sending(1), Sent(2), ReplyLost(3), TerminalGone(4))
PAID, ABANDONED = after(WAITING, CHARGED), after(WAITING, NOT_CHARGED)
TAKEN_BACK = after(PAID, SILENT, NOT_CHARGED)
OTHERWISE = after(PAID, SILENT, CHARGED)
UNWANTED = after(WAITING, CHARGED, unwanted=PAID_TWICE)
REVERSED = after(UNWANTED, CHARGED)
WORDS = {
    "charged": PAID, "not charged": ABANDONED, "taken back": TAKEN_BACK, "otherwise": OTHERWISE,
    "unwanted": UNWANTED, "given back": REVERSED,
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_a_settlement_without_the_charge_does_not_end_the_questions(word: Attempt) -> None:
    told = after(word, SILENT)
    assert (told.provisional, told.is_asked_for, told.may_wait_for_card) == (True, True, True)
    assert after(told, replace(SILENT, at_us=99)) == told, "the same report changes nothing"
    ended = after(word, Cancelled(10))
    assert not ended.provisional, "planted fault: the settlement speaks for the terminal"


@pytest.mark.parametrize(
    ("word", "answer", "state", "contradicted"),
    [
        (PAID, GOOD, PaymentState.PAID, False),
        (PAID, Refused(11, "declined"), PaymentState.PAID, True),
        (PAID, NeverArrived(11), PaymentState.PAID, True),
        (ABANDONED, GOOD, PaymentState.UNWANTED, True),
        (ABANDONED, Cancelled(11), PaymentState.ABANDONED, False),
        (TAKEN_BACK, GOOD, PaymentState.UNWANTED, True),
        (TAKEN_BACK, Cancelled(11), PaymentState.ABANDONED, False),
        (OTHERWISE, GOOD, PaymentState.PAID, True),
        (OTHERWISE, ApprovedPartly(11, Money(40, "EUR"), "A1"), PaymentState.PAID, True),
        (OTHERWISE, Cancelled(11), PaymentState.PAID, False),
        (UNWANTED, GOOD, PaymentState.UNWANTED, True),
        (REVERSED, GOOD, PaymentState.REVERSED, False),
    ],
)
def test_then_the_terminal_decides(
    word: Attempt, answer: TerminalEvent, state: PaymentState, *, contradicted: bool
) -> None:
    word = replace(word, taken_up=not isinstance(answer, NeverArrived))
    now = after(word, SILENT, answer)
    assert (now.state, now.provisional, now.contradicted) == (state, False, contradicted)


def test_what_was_collected_otherwise_and_at_the_terminal_can_only_be_given_back() -> None:
    twice = after(OTHERWISE, GOOD)
    assert (twice.why, twice.contradicted, twice.reference) == (ANSWERED, True, "")
    for answer in (CHARGED, NOT_CHARGED):
        now = after(twice, answer)
        assert (now.state, now.is_unconfirmed, now.is_asked_for) == (PaymentState.PAID, False, False)


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_a_terminal_that_lost_its_journal_waits_for_no_card_so_the_settlement_decides(word: Attempt) -> None:
    now = after(word, Forgotten(11))
    assert not now.may_wait_for_card
    ended = after(now, SILENT, CHARGED) if now.provisional else now
    assert (ended.provisional, ended.contradicted) == (False, False)


def test_stored_means_wait_for_no_card_so_the_settlement_decides() -> None:
    ring = replace(PAID, means=PaymentMeans.STORED)
    assert (after(ring, SILENT).provisional, after(ring, SILENT).contradicted) == (False, True)


_SPEAK = (Approved, ApprovedPartly, Refused, Cancelled, NeverArrived, Forgotten)


@given(st.sampled_from(list(WORDS.values())), st.lists(TERMINAL_EVENTS, max_size=8))
def test_whatever_persons_and_reports_say_only_the_terminal_ends_it(
    word: Attempt, events: list[TerminalEvent]
) -> None:
    silent = [event for event in events if not isinstance(event, _SPEAK)]
    assert after(word, *silent).is_asked_for
