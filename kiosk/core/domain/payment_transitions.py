"""The payment of an order as a pure state machine that collects at most once: every event in every state."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.payment import Attempt, PaymentState, is_test
from kiosk.core.domain.terminal_events import (
    ANSWERED,
    FORGOTTEN,
    MAX_QUERIES,
    PAID_TWICE,
    PARTIAL,
    SOLD,
    TAKEN_BACK,
    TERMINAL_GONE,
    Approved,
    ApprovedPartly,
    Cancelled,
    CancelWanted,
    Captured,
    CaptureDenied,
    Forgotten,
    NeverArrived,
    NotReported,
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

_ONLY_GIVEN_BACK = frozenset({PAID_TWICE, SOLD})
"""Reasons that leave nothing to decide: what was charged cannot pay for the pieces."""


def attempt_after(attempt: Attempt, event: TerminalEvent, unwanted: str = "") -> Attempt:
    """The attempt after an event; every pair has a result, at least "unchanged".

    A final state changes only where it rests on a person's word and the terminal contradicts it. `unwanted` is the code
    of the reason why an approval would not pay for the order (PAID_TWICE, SOLD, or DROPPED: the order was given up);
    empty if it would.
    """
    at = replace(attempt, changed_us=event.at_us)
    if attempt.state.is_final:
        return _after_end(attempt, at, event, unwanted)
    if attempt.state is PaymentState.UNWANTED:
        return _after_unwanted(attempt, at, event, unwanted)
    match event:
        case Approved() | ApprovedPartly():
            return _approved(at, event, unwanted)
        case Refused(why=why):
            return replace(at, state=PaymentState.DECLINED, why=why)
        case Cancelled(why=why):
            return replace(at, state=PaymentState.ABANDONED, why=why)
        case NeverArrived() if not attempt.taken_up:
            return replace(at, state=PaymentState.ABANDONED, why="")
        case SettledByAssociate(done=True, reference=reference):
            why = _why_unwanted(attempt, unwanted)
            state = PaymentState.UNWANTED if why else PaymentState.PAID
            return replace(at, state=state, reference=reference, why=why, provisional=True)
        case SettledByAssociate():
            # The terminal may still wait for the card, so the wish to cancel stays open until it answers.
            return replace(
                at, state=PaymentState.ABANDONED, why="by-hand", provisional=True, cancel_wanted=True
            )
        case _:
            return _without_result(attempt, at, event)


def _without_result(attempt: Attempt, at: Attempt, event: TerminalEvent) -> Attempt:
    """After an event that says nothing about the result."""
    waits = attempt.state in (PaymentState.KEYED, PaymentState.SENT)
    match event:
        case Sending(provider_id=provider_id) if attempt.state is PaymentState.KEYED:
            if attempt.cancel_wanted:
                # It was cancelled while the provider registered it, so it is not handed over to the reader.
                return replace(at, state=PaymentState.ABANDONED, provider_id=provider_id, why="")
            return replace(at, provider_id=provider_id, sent_us=event.at_us, why="")
        case Sent():
            state = PaymentState.SENT if attempt.state is PaymentState.KEYED else attempt.state
            known = attempt.taken_up and state is attempt.state
            return attempt if known else replace(at, state=state, taken_up=True)
        case CancelWanted():
            return attempt if attempt.cancel_wanted else replace(at, cancel_wanted=True)
        case ReplyLost():
            return replace(at, state=PaymentState.UNSURE, why="") if waits else attempt
        case NeverArrived() | Forgotten():
            return _parked(attempt, at, FORGOTTEN)
        case TerminalGone():
            return _parked(attempt, at, TERMINAL_GONE)
        case StillUnknown(taken_up=taken_up):
            return _unknown(attempt, at, taken_up=taken_up)
        case _:
            return attempt


def _parked(attempt: Attempt, at: Attempt, why: str) -> Attempt:
    if attempt.state is PaymentState.PARKED and attempt.why == why:
        return attempt
    return replace(at, state=PaymentState.PARKED, why=why)


def _unknown(attempt: Attempt, at: Attempt, *, taken_up: bool) -> Attempt:
    if attempt.state is PaymentState.PARKED:
        # Asked on without end: the journal notes only what is new. A terminal that says it has the key has not
        # forgotten it, and one that can be asked is configured again.
        why = "" if taken_up or attempt.why == TERMINAL_GONE else attempt.why
        known = attempt.taken_up or taken_up
        unchanged = (why, known) == (attempt.why, attempt.taken_up)
        return attempt if unchanged else replace(at, taken_up=known, why=why)
    asked = attempt.asked + 1
    state = PaymentState.PARKED if asked >= MAX_QUERIES else PaymentState.UNSURE
    return replace(at, asked=asked, state=state, why="", taken_up=attempt.taken_up or taken_up)


def _approved(at: Attempt, event: Approved | ApprovedPartly, unwanted: str) -> Attempt:
    known = _learned(at, event)
    why = PARTIAL if isinstance(event, ApprovedPartly) else _why_unwanted(at, unwanted)
    return replace(known, state=PaymentState.UNWANTED if why else PaymentState.PAID, why=why)


def _why_unwanted(attempt: Attempt, unwanted: str) -> str:
    """Code of the reason why an approval is given back; empty if it pays for the order."""
    if attempt.cancel_wanted:
        return "cancelled"
    return "test" if is_test(attempt.order_id) else unwanted


def _learned(at: Attempt, event: Approved | ApprovedPartly) -> Attempt:
    return replace(
        at, reference=event.reference or at.reference, references=event.references or at.references,
        card=event.card or at.card, captured=event.captured, taken_up=True,
        charged=event.amount if isinstance(event, ApprovedPartly) else at.charged,
    )  # fmt: skip


def _after_end(attempt: Attempt, at: Attempt, event: TerminalEvent, unwanted: str) -> Attempt:
    """After the end: a person's word is compared; a payment learns its number, or that it is captured."""
    if attempt.provisional and not isinstance(event, SettledByAssociate):
        return _after_word(attempt, at, event, unwanted)
    paid = attempt.state is PaymentState.PAID
    match event:
        case Approved() if paid and not attempt.reference:
            return _learned(at, event)
        case Captured() if paid and not attempt.captured:
            return replace(at, captured=True)
        case CaptureDenied() if paid:
            return replace(at, captured=False) if attempt.captured else attempt
        case Approved() | ApprovedPartly() if attempt.is_taken_back:
            return _after_word(attempt, at, event, unwanted)
        case SettledByAssociate(done=False) if attempt.may_be_taken_back:
            return _taken_back(attempt, at)
        case SettledByAssociate() if attempt.contradicted:
            return _answered(attempt, at)
        case SettledByAssociate(done=True) if paid and not attempt.captured:
            return replace(at, captured=True, why="by-hand")
        case _:
            return attempt


def _taken_back(attempt: Attempt, at: Attempt) -> Attempt:
    """The sale is not paid. What was collected in part, or is authorised, is given back.

    While only the settlement has contradicted the person, the terminal is asked on.
    """
    if attempt.charged is not None or not attempt.captured:
        return replace(at, state=PaymentState.UNWANTED, contradicted=False, provisional=False, why=TAKEN_BACK)
    asked_on = attempt.provisional and attempt.may_wait_for_card
    return replace(
        at, state=PaymentState.ABANDONED, contradicted=False, provisional=asked_on, why=TAKEN_BACK,
        cancel_wanted=asked_on or attempt.cancel_wanted,
    )  # fmt: skip


def _answered(attempt: Attempt, at: Attempt) -> Attempt:
    """A person has seen a contradiction; of a payment she has said that it was collected otherwise.

    While only the settlement has contradicted her, the terminal is asked on.
    """
    asked_on = attempt.provisional and attempt.may_wait_for_card
    at = replace(at, contradicted=False, provisional=asked_on)
    return replace(at, why=ANSWERED) if asked_on else at


def _after_word(attempt: Attempt, at: Attempt, event: TerminalEvent, unwanted: str) -> Attempt:
    """The terminal confirms or contradicts what a person has said: charged (PAID, REVERSED: and given back by hand), or
    not charged (ABANDONED)."""
    said_charged = attempt.state is not PaymentState.ABANDONED
    answered = attempt.why == ANSWERED
    match event:
        case Approved() | ApprovedPartly() if answered and attempt.state is PaymentState.PAID:
            # It was collected otherwise meanwhile: what the terminal has collected is to be given back.
            return replace(at, provisional=False, contradicted=True)
        case Approved() | ApprovedPartly() if said_charged:
            partly = isinstance(event, ApprovedPartly)
            return replace(_learned(at, event), provisional=False, contradicted=partly)
        case Approved():
            decided = unwanted in _ONLY_GIVEN_BACK
            return replace(
                _learned(at, event), state=PaymentState.UNWANTED, provisional=False, contradicted=not decided,
                why=unwanted if decided else at.why,
            )  # fmt: skip
        case ApprovedPartly():
            return replace(_approved(at, event, unwanted), provisional=False)
        case NotReported() if attempt.may_wait_for_card:
            told = not said_charged or answered or attempt.contradicted
            return attempt if told else replace(at, contradicted=True)
        case Refused() | Cancelled() | NeverArrived() | NotReported() if not _lost_book(attempt, event):
            return replace(at, provisional=False, contradicted=said_charged and not answered)
        case NeverArrived() | Forgotten():
            return _not_waiting(attempt, at)
        case _:
            return attempt


def _not_waiting(attempt: Attempt, at: Attempt) -> Attempt:
    """Nothing of it is left at the terminal that could still wait for a card; the result stays a person's word."""
    if attempt.state is PaymentState.ABANDONED:
        return replace(at, cancel_wanted=False) if attempt.cancel_wanted else attempt
    if attempt.why == ANSWERED:
        return replace(at, provisional=False)
    return attempt if attempt.why == FORGOTTEN else replace(at, why=FORGOTTEN)


def _lost_book(attempt: Attempt, event: TerminalEvent) -> bool:
    return isinstance(event, NeverArrived) and attempt.taken_up


def _after_unwanted(attempt: Attempt, at: Attempt, event: TerminalEvent, unwanted: str) -> Attempt:
    match event:
        case Reversed():
            return replace(at, state=PaymentState.REVERSED, contradicted=False)
        case SettledByAssociate(done=True) if attempt.contradicted and unwanted not in _ONLY_GIVEN_BACK:
            # The shopper has kept the pieces: what was collected pays for them.
            return replace(at, state=PaymentState.PAID, contradicted=False, why="")
        case SettledByAssociate() if attempt.contradicted:
            return replace(at, contradicted=False, why=unwanted or attempt.why)
        case SettledByAssociate(done=True):
            return replace(at, state=PaymentState.REVERSED, why="by-hand")
        case Approved() | ApprovedPartly() if attempt.provisional or not attempt.reference:
            return replace(_learned(at, event), provisional=False)
        case Refused() | Cancelled() | NeverArrived() | NotReported() if (
            attempt.provisional and not _lost_book(attempt, event)
        ):
            # A person has called it charged, and it was not: there is nothing to give back.
            asked_on = isinstance(event, NotReported) and attempt.may_wait_for_card
            return replace(
                at, state=PaymentState.ABANDONED, provisional=asked_on, cancel_wanted=asked_on or at.cancel_wanted,
                why="",
            )  # fmt: skip
        case NeverArrived() | Forgotten() if attempt.provisional:
            return _not_waiting(attempt, at)
        case _:
            return attempt


def on_restart(attempt: Attempt, at_us: int) -> Attempt:
    """State of an attempt found in the ledger after a crash.

    What was about to be sent may have been sent. What was certainly not sent is ended; an earlier version did not
    write when it sent.
    """
    if attempt.state not in (PaymentState.KEYED, PaymentState.SENT):
        return attempt
    if attempt.state is PaymentState.KEYED and attempt.terminal_id and not attempt.sent_us:
        return replace(attempt, state=PaymentState.ABANDONED, why="", changed_us=at_us)
    sent_us = attempt.sent_us or attempt.changed_us
    return replace(attempt, state=PaymentState.UNSURE, why="", sent_us=sent_us, changed_us=at_us)
