"""What the ledger expects in a report: each payment and each refund of an order, in the state that it has now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any, Final

from kiosk.connectors.payments.reports.line import Service
from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.terminal_events import References
from kiosk.core.wire import WireError, from_json
from kiosk.store.payments.books.history import History, Placed
from kiosk.store.payments.ledger.open_keys import ATTEMPT, FOLLOW_UP, REFUND, is_open, state_of
from kiosk.store.payments.old_entries import with_piece_ids

_PREFIXES: Final = (("stripe:", Service.STRIPE), ("nexo:", Service.ADYEN), ("adyen:", Service.ADYEN))


@unique
class Expected(Enum):
    """Whether the report must have it."""

    YES = "yes"
    NO = "no"
    EITHER = "either"
    """It was voided: the service lists both it and what was given back, or none of them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A payment, or a refund then `refund` is set. `of`: key of the payment to which a refund belongs.

    `references`: all numbers of the service. `state`: what the ledger says. `word`: it rests on a person's word.
    `from_us`, `to_us`: between these instants it happened.
    """

    key: str
    order: str
    refund: bool
    service: Service
    amount: Money
    expected: Expected
    state: str
    references: tuple[str, ...]
    from_us: int
    to_us: int
    word: bool = False
    of: str = ""
    terminal: str = ""


@dataclass(slots=True)
class _Newest:
    """The newest body of a key, and since when its state has been final."""

    entry: Placed
    ended_us: int = 0
    captured_us: int = 0


@dataclass(slots=True)
class _Order:
    attempts: dict[str, _Newest] = field(default_factory=dict)
    refunds: dict[str, _Newest] = field(default_factory=dict)
    follow_ups: dict[str, _Newest] = field(default_factory=dict)


def claims_of(history: History) -> tuple[Claim, ...]:
    """The claims of an order. What cannot be read is left out."""
    found = _Order()
    of_kind = {ATTEMPT: found.attempts, REFUND: found.refunds, FOLLOW_UP: found.follow_ups}
    for entry in history.entries:
        if entry.kind in of_kind:
            _note(of_kind[entry.kind], entry)
    return tuple(_claims(history.order_id, found))


def _note(newest: dict[str, _Newest], entry: Placed) -> None:
    known = newest.setdefault(entry.key, _Newest(entry))
    known.entry = entry
    ended = bool(state_of(entry.state)) and is_open(entry.kind, state_of(entry.state)) is False
    if not known.ended_us and (ended or state_of(entry.state) == PaymentState.UNWANTED.value):
        known.ended_us = entry.at_us


def _claims(order: str, found: _Order) -> Iterator[Claim]:
    follow_ups = [
        (each, body) for each in found.follow_ups.values() if (body := _read(WholeFollowUp, each)) is not None
    ]
    attempts = {a.key: a for each in found.attempts.values() if (a := _read(Attempt, each)) is not None}
    for attempt in attempts.values():
        of_it = [(newest, body) for newest, body in follow_ups if body.attempt == attempt.key]
        voided = any(b.kind is FollowUpKind.VOID and b.state is RefundState.DONE for _, b in of_it)
        captured_us = max((n.ended_us for n, b in of_it if b.kind is FollowUpKind.CAPTURE), default=0)
        newest = found.attempts[attempt.key]
        yield _of_attempt(
            order, attempt, max(newest.ended_us or newest.entry.at_us, captured_us), voided=voided
        )
        for each, body in of_it:
            if body.kind is not FollowUpKind.CAPTURE:
                yield _of_follow_up(order, attempt, body, each)
        by_hand = attempt.state is PaymentState.REVERSED and not any(
            b.state is RefundState.DONE and b.kind is not FollowUpKind.CAPTURE for _, b in of_it
        )
        if by_hand:
            yield _given_back_by_hand(order, attempt, newest)
    paying = next((a for a in attempts.values() if a.state is PaymentState.PAID), None)
    for each in found.refunds.values():
        refund = _read(Refund, each)
        if refund is not None:
            yield _of_refund(order, refund, each, paying)


def _of_attempt(order: str, attempt: Attempt, to_us: int, *, voided: bool) -> Claim:
    collected = attempt.state in (PaymentState.PAID, PaymentState.UNWANTED, PaymentState.REVERSED)
    expected = Expected.YES if collected and attempt.collected.minor else Expected.NO
    if collected and (voided or not attempt.captured):
        expected = Expected.EITHER
    return Claim(
        attempt.key, order, refund=False, service=_service(attempt.terminal_id, attempt.references, attempt.means),
        amount=attempt.collected, expected=expected, state=attempt.state.value,
        references=_numbers(attempt.reference, attempt.references, attempt.provider_id),
        from_us=attempt.sent_us or to_us, to_us=to_us, word=attempt.provisional or attempt.is_taken_back,
        terminal=attempt.terminal,
    )  # fmt: skip


def _of_refund(order: str, refund: Refund, newest: _Newest, paying: Attempt | None) -> Claim:
    done = refund.state is RefundState.DONE and refund.amount.minor
    to_us = newest.ended_us or newest.entry.at_us
    named = refund if refund.terminal_id or paying is None else paying  # an earlier version wrote no terminal
    service = _service(named.terminal_id, named.references, paying.means if paying else PaymentMeans.TERMINAL)
    return Claim(
        refund.key, order, refund=True, service=service, amount=refund.amount,
        expected=Expected.YES if done else Expected.NO, state=refund.state.value,
        references=_numbers(refund.reference, (), ""), from_us=refund.sent_us or to_us, to_us=to_us,
        word=refund.provisional, of=paying.key if paying else "", terminal=refund.terminal,
    )  # fmt: skip


def _of_follow_up(order: str, attempt: Attempt, body: WholeFollowUp, newest: _Newest) -> Claim:
    done = body.state is RefundState.DONE and body.amount.minor
    expected = Expected.YES if done else Expected.NO
    to_us = newest.ended_us or newest.entry.at_us
    if done and body.kind is FollowUpKind.VOID:
        expected = Expected.EITHER
    return Claim(
        body.key, order, refund=True, service=_service(attempt.terminal_id, attempt.references, attempt.means),
        amount=body.amount, expected=expected, state=body.state.value,
        references=_numbers(body.reference, (), ""), from_us=body.sent_us or to_us, to_us=to_us,
        word=body.provisional, of=attempt.key, terminal=body.terminal,
    )  # fmt: skip


def _given_back_by_hand(order: str, attempt: Attempt, newest: _Newest) -> Claim:
    """A person has given the whole payment back, at the service's page perhaps: its number is not known."""
    to_us = newest.entry.at_us
    return Claim(
        f"{attempt.key}/by-hand", order, refund=True,
        service=_service(attempt.terminal_id, attempt.references, attempt.means), amount=attempt.collected,
        expected=Expected.EITHER, state="by hand", references=(), from_us=newest.ended_us or to_us, to_us=to_us,
        of=attempt.key, terminal=attempt.terminal,
    )  # fmt: skip


def _service(terminal_id: str, references: References, means: PaymentMeans) -> Service:
    for prefix, service in _PREFIXES:
        if terminal_id.startswith(prefix):
            return service
    names = {name for name, _ in references}
    if "psp" in names:
        return Service.ADYEN
    return (
        Service.STRIPE
        if "intent" in names or (means is PaymentMeans.STORED and not terminal_id)
        else Service.OWN
    )


def _numbers(reference: str, references: References, provider_id: str) -> tuple[str, ...]:
    """The numbers that reports state; the time of a transaction is none."""
    named = [
        value for name, value in references if name in ("charge", "intent", "psp", "refund", "reference")
    ]
    return tuple(dict.fromkeys(text for text in (reference, *named, provider_id) if text))


def _read(of: type[Any], newest: _Newest) -> Any:
    try:
        return from_json(of, with_piece_ids(json.loads(newest.entry.body)))
    except (WireError, ValueError, KeyError, TypeError, AttributeError):
        return None
