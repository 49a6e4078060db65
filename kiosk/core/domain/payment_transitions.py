"""The payment of an order as a pure state machine that collects at most once: every event in every state."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.payment import TEST_PREFIX, Attempt, PaymentState
from kiosk.core.domain.terminal_events import (
    FORGOTTEN,
    MAX_QUERIES,
    PARTIAL,
    TERMINAL_GONE,
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


def attempt_after(attempt: Attempt, event: TerminalEvent) -> Attempt:
    """The attempt after an event; every pair has a result, at least "unchanged".

    A final state changes only where it rests on a person's word and the terminal contradicts it.
    """
    at = replace(attempt, changed_us=event.at_us)
    if attempt.state.is_final:
        return _after_end(attempt, at, event)
    if attempt.state is PaymentState.UNWANTED:
        return _after_unwanted(attempt, at, event)
    match event:
        case Approved() | ApprovedPartly():
            return _approved(at, event)
        case Refused(why=why):
            return replace(at, state=PaymentState.DECLINED, why=why)
        case Cancelled(why=why):
            return replace(at, state=PaymentState.ABANDONED, why=why)
        case NeverArrived() if not attempt.taken_up:
            return replace(at, state=PaymentState.ABANDONED, why="")
        case SettledByAssociate(done=True, reference=reference):
            return replace(at, state=PaymentState.PAID, reference=reference, why="", provisional=True)
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
        # Asked on without end: the journal notes only what is new.
        return attempt if attempt.taken_up or not taken_up else replace(at, taken_up=True)
    asked = attempt.asked + 1
    state = PaymentState.PARKED if asked >= MAX_QUERIES else PaymentState.UNSURE
    return replace(at, asked=asked, state=state, why="", taken_up=attempt.taken_up or taken_up)


def _approved(at: Attempt, event: Approved | ApprovedPartly) -> Attempt:
    known = _learned(at, event)
    if isinstance(event, ApprovedPartly):
        return replace(known, state=PaymentState.UNWANTED, charged=event.amount, why=PARTIAL)
    if at.cancel_wanted:
        return replace(known, state=PaymentState.UNWANTED, why="cancelled")
    if at.order_id.startswith(TEST_PREFIX):
        return replace(known, state=PaymentState.UNWANTED, why="test")
    return replace(known, state=PaymentState.PAID, why="")


def _learned(at: Attempt, event: Approved | ApprovedPartly) -> Attempt:
    return replace(
        at, reference=event.reference or at.reference, references=event.references or at.references,
        card=event.card or at.card, captured=event.captured, taken_up=True,
    )  # fmt: skip


def _after_end(attempt: Attempt, at: Attempt, event: TerminalEvent) -> Attempt:
    """After the end: the terminal confirms or contradicts a person's word, or gives the number of a payment."""
    word = attempt.provisional
    paid = attempt.state is PaymentState.PAID
    match event:
        case Approved() if paid and (word or not attempt.reference):
            return replace(_learned(at, event), provisional=False)
        case ApprovedPartly() if paid and word:
            return replace(_learned(at, event), charged=event.amount, provisional=False, contradicted=True)
        case Approved() if word:
            late = _learned(at, event)
            return replace(late, state=PaymentState.UNWANTED, provisional=False, contradicted=True)
        case ApprovedPartly() if word:
            return replace(_approved(at, event), provisional=False)
        case Refused() | Cancelled() | NeverArrived() if word and not _lost_book(attempt, event):
            return replace(at, provisional=False, contradicted=paid)
        case NeverArrived() | Forgotten() if word and attempt.cancel_wanted:
            # Nothing of it is left at the terminal that could still wait for a card.
            return replace(at, cancel_wanted=False)
        case Captured() if paid and not attempt.captured:
            return replace(at, captured=True)
        case SettledByAssociate() if attempt.contradicted:
            return replace(at, contradicted=False)
        case SettledByAssociate(done=True) if paid and not attempt.captured:
            return replace(at, captured=True, why="by-hand")
        case _:
            return attempt


def _lost_book(attempt: Attempt, event: TerminalEvent) -> bool:
    return isinstance(event, NeverArrived) and attempt.taken_up


def _after_unwanted(attempt: Attempt, at: Attempt, event: TerminalEvent) -> Attempt:
    match event:
        case Reversed():
            return replace(at, state=PaymentState.REVERSED, contradicted=False)
        case SettledByAssociate(done=True) if attempt.contradicted:
            # The shopper has kept the pieces: what was collected pays for them.
            return replace(at, state=PaymentState.PAID, contradicted=False, why="")
        case SettledByAssociate(done=False) if attempt.contradicted:
            return replace(at, contradicted=False)
        case SettledByAssociate(done=True):
            return replace(at, state=PaymentState.REVERSED, why="by-hand")
        case Approved() if not attempt.reference:
            return _learned(at, event)
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
