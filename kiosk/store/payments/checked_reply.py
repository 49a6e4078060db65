"""Turns a terminal's reply into an event, after it was compared with what was asked.

A reply that names another key, order, amount or currency, or a number that belongs to another order, is no answer to
this question: it counts as lost, and the terminal is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.connectors.payments.port import (
    FollowUp,
    Presented,
    TerminalLostError,
    TerminalReply,
    TerminalStatus,
)
from kiosk.core.domain.money import Money
from kiosk.core.domain.terminal_events import (
    Approved,
    ApprovedPartly,
    Cancelled,
    Forgotten,
    NeverArrived,
    Refused,
    StillUnknown,
    TerminalEvent,
)

MAX_WHY_CHARS = 40
"""Longest code of a reason that is journaled."""


class ReplyMismatchError(TerminalLostError):
    """The reply belongs to another question. The message names the field, never a value."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the reply does not fit the question: {field}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, and what the store knows of it.

    `taken_up`: the terminal has said before that it has the key. `counts_as_absent`: it was sent long enough ago that
    NOT_FOUND means that it never arrived. `owner_of` gives the key to which a number of the acquirer belongs already.
    """

    wanted: Presented | FollowUp
    taken_up: bool
    counts_as_absent: bool
    owner_of: Callable[[str], str]


def event_of(reply: TerminalReply, question: Question, now_us: int) -> TerminalEvent:
    """The event of a reply. Raises ReplyMismatchError."""
    _check_identity(reply, question)
    match reply.status:
        case TerminalStatus.APPROVED:
            _check_approval(reply, question)
            return Approved(now_us, reply.reference, _numbers(reply), reply.card, reply.captured)
        case TerminalStatus.PARTIAL:
            return _partial(reply, question, now_us)
        case TerminalStatus.REFUSED:
            return Refused(now_us, reply.why[:MAX_WHY_CHARS])
        case TerminalStatus.CANCELLED:
            return Cancelled(now_us, reply.why[:MAX_WHY_CHARS])
        case TerminalStatus.NOT_FOUND:
            return _not_found(question, now_us, book_lost=reply.book_lost)
        case TerminalStatus.PENDING:
            return StillUnknown(now_us, reply.taken_up)


def _check_identity(reply: TerminalReply, question: Question) -> None:
    wanted = question.wanted
    if reply.key and reply.key != wanted.key:
        raise ReplyMismatchError("key")
    if reply.order_id and reply.order_id != wanted.order_id:
        raise ReplyMismatchError("order")


def _check_approval(reply: TerminalReply, question: Question) -> None:
    if reply.amount is not None and reply.amount != question.wanted.amount:
        raise ReplyMismatchError("amount" if _same_currency(reply.amount, question) else "currency")
    _check_reference(reply, question)


def _check_reference(reply: TerminalReply, question: Question) -> None:
    if not reply.reference:
        raise ReplyMismatchError("approved without a reference")
    owner = question.owner_of(reply.reference)
    if owner and owner != question.wanted.key:
        raise ReplyMismatchError("reference of another order")


def _partial(reply: TerminalReply, question: Question, now_us: int) -> TerminalEvent:
    wanted = question.wanted
    if reply.amount is None or isinstance(wanted, FollowUp):
        raise ReplyMismatchError("partial")
    if not _same_currency(reply.amount, question):
        raise ReplyMismatchError("currency")
    if not 0 < reply.amount.minor < wanted.amount.minor:
        raise ReplyMismatchError("amount")
    _check_reference(reply, question)
    return ApprovedPartly(
        now_us, reply.amount, reply.reference, _numbers(reply), reply.card, reply.captured
    )  # fmt: skip


def _same_currency(amount: Money, question: Question) -> bool:
    return amount.currency == question.wanted.amount.currency


def _not_found(question: Question, now_us: int, *, book_lost: bool) -> TerminalEvent:
    if question.taken_up:
        return Forgotten(now_us)
    if not question.counts_as_absent:
        return StillUnknown(now_us)
    return Forgotten(now_us) if book_lost else NeverArrived(now_us)


def _numbers(reply: TerminalReply) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(reply.references.items()))
