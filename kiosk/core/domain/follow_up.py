"""What follows an approved charge, as one pure state machine: refunds of pieces, and captures, voids and refunds of a
whole charge.

Built like `payment_transitions`: a final state changes only where it rests on a person's word and the terminal
contradicts it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import FollowUpFlags, Refund, RefundState
from kiosk.core.domain.terminal_events import (
    FORGOTTEN,
    MAX_QUERIES,
    TERMINAL_GONE,
    Approved,
    Cancelled,
    Forgotten,
    NeverArrived,
    References,
    Refused,
    ReplyLost,
    Sending,
    SettledByAssociate,
    StillUnknown,
    TerminalEvent,
    TerminalGone,
)

NEVER_ARRIVED = "never-arrived"
"""Reason of a follow-up that the terminal does not know: nothing was moved, another key may be sent."""


@dataclass(frozen=True, slots=True)
class WholeFollowUp(FollowUpFlags):
    """Capture, void or refund of a whole charge. `key` is its id at the terminal, `attempt` the key of the charge."""

    key: str
    kind: FollowUpKind
    attempt: str
    order_id: OrderId
    amount: Money
    state: RefundState = RefundState.KEYED
    reference: str = ""
    why: str = ""
    asked: int = 0
    changed_us: int = 0
    terminal: str = ""
    terminal_id: str = ""
    sent_us: int = 0
    taken_up: bool = False
    references: References = ()
    provisional: bool = False
    contradicted: bool = False


F = TypeVar("F", Refund, WholeFollowUp)


def follow_up_after(found: F, event: TerminalEvent) -> F:
    """The refund or follow-up after an event; every pair has a result, at least "unchanged"."""
    at = replace(found, changed_us=event.at_us)
    if found.state.is_final:
        return _after_end(found, at, event)
    match event:
        case Approved():
            return _done(at, event)
        case SettledByAssociate(done=done, reference=reference):
            state = RefundState.DONE if done else RefundState.REFUSED
            why = "" if done else "by-hand"
            return replace(at, state=state, reference=reference, why=why, provisional=True)
        case Refused() | Cancelled():
            return replace(at, state=RefundState.REFUSED, why=_reason(event))
        case NeverArrived() if not found.taken_up:
            return replace(at, state=RefundState.REFUSED, why=NEVER_ARRIVED)
        case _:
            return _without_result(found, at, event)


def _without_result(found: F, at: F, event: TerminalEvent) -> F:
    match event:
        case Sending() if found.state is RefundState.KEYED:
            return replace(at, sent_us=event.at_us)
        case NeverArrived() | Forgotten():
            return _parked(found, at, FORGOTTEN)
        case TerminalGone():
            return _parked(found, at, TERMINAL_GONE)
        case ReplyLost() | StillUnknown():
            return _unknown(found, at, taken_up=isinstance(event, StillUnknown) and event.taken_up)
        case _:
            return found


def _unknown(found: F, at: F, *, taken_up: bool) -> F:
    if found.state is RefundState.PARKED:
        # Asked on without end: the journal notes only what is new.
        return found if found.taken_up or not taken_up else replace(at, taken_up=True)
    asked = found.asked + 1
    state = RefundState.PARKED if asked >= MAX_QUERIES else RefundState.UNSURE
    return replace(at, asked=asked, state=state, taken_up=found.taken_up or taken_up)


def _parked(found: F, at: F, why: str) -> F:
    if found.state is RefundState.PARKED and found.why == why:
        return found
    return replace(at, state=RefundState.PARKED, why=why)


def _done(at: F, event: Approved) -> F:
    return replace(
        at, state=RefundState.DONE, reference=event.reference or at.reference, why="",
        references=event.references or at.references, taken_up=True,
    )  # fmt: skip


def _after_end(found: F, at: F, event: TerminalEvent) -> F:
    """After the end: the terminal confirms or contradicts a person's word."""
    if found.contradicted and isinstance(event, SettledByAssociate):
        return replace(at, contradicted=False)
    if not found.provisional:
        return found
    done = found.state is RefundState.DONE
    match event:
        case Approved():
            # What was paid back is paid back, whatever was said.
            return replace(_done(at, event), provisional=False, contradicted=not done)
        case NeverArrived() if found.taken_up:
            return found
        case Refused() | Cancelled() | NeverArrived() if done and _is_capture(found):
            # The amount is still to be collected: the payment becomes the task.
            why = NEVER_ARRIVED if isinstance(event, NeverArrived) else _reason(event)
            return replace(at, state=RefundState.REFUSED, provisional=False, why=why)
        case Refused() | Cancelled() | NeverArrived():
            return replace(at, provisional=False, contradicted=done)
        case _:
            return found


def _is_capture(found: Refund | WholeFollowUp) -> bool:
    return isinstance(found, WholeFollowUp) and found.kind is FollowUpKind.CAPTURE


def _reason(event: Refused | Cancelled) -> str:
    return event.why or ("refused" if isinstance(event, Refused) else "cancelled")


def on_restart(found: F, at_us: int) -> F:
    """State of a refund or follow-up found in the ledger after a crash.

    What was about to be sent may have been sent; what was certainly not sent is ended. An earlier version did not
    write when it sent.
    """
    if found.state is not RefundState.KEYED:
        return found
    if found.terminal_id and not found.sent_us:
        return replace(found, state=RefundState.REFUSED, why=NEVER_ARRIVED, changed_us=at_us)
    sent_us = found.sent_us or found.changed_us
    return replace(found, state=RefundState.UNSURE, sent_us=sent_us, changed_us=at_us)
