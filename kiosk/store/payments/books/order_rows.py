"""Makes the rows of one order from its history: what each entry has changed, given those before it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kiosk.core.domain.follow_up import WholeFollowUp
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.payment import (
    Attempt,
    Exchange,
    Order,
    OrderLine,
    PaymentState,
    Receipt,
    with_exchanges,
)
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.sales.taken_back import TakenBack, left_of, taxes_of
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.transaction_state import SENDING
from kiosk.core.wire import WireError, from_json
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.books.history import ENTERED, ORDER, RECEIPT, History, Placed
from kiosk.store.payments.books.rows import Row, RowKind
from kiosk.store.payments.ledger.open_keys import ATTEMPT, EXCHANGE, FOLLOW_UP, REFUND, TAKEN_BACK, state_of
from kiosk.store.payments.ledger.values import read_value
from kiosk.store.payments.old_entries import with_line_taxes, with_piece_ids

_WITHOUT_MONEY: Final = frozenset(
    state.value
    for state in PaymentState
    if state not in (PaymentState.PAID, PaymentState.UNWANTED, PaymentState.REVERSED)
) | {SENDING}


@dataclass(slots=True)
class _Known:
    """What is known of an order after some of its entries."""

    order: Order | None = None
    receipt: Receipt | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)
    """Key of a payment to the newest body of its entries."""
    refunds: dict[str, Refund] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    """Key of a payment, refund or follow-up to the amount that was stated for it, with its sign."""
    given_back: set[str] = field(default_factory=set)
    """Keys of payments that were voided or paid back as a whole."""
    valid: bool = False
    """Its last receipt is valid: its sale was not taken back."""


def rows_of(history: History, language: str) -> Iterator[Row]:
    """The rows that follow from the marked entries; names of pieces in that language."""
    known = _Known()
    for entry in history.entries:
        try:
            made = tuple(_MAKERS[entry.kind](known, entry, language)) if entry.kind in _MAKERS else ()
        except (LedgerDamagedError, WireError, ValueError, KeyError, TypeError, AttributeError):
            continue  # what cannot be read is counted where the chain is checked
        if (entry.ledger, entry.seq) in history.marked:
            for row in made:
                yield replace(
                    row, at_us=entry.at_us, order=history.order_id, ledger=entry.ledger, entry=entry.seq,
                    receipt=known.receipt.number if known.receipt else "",
                    room=known.order.room if known.order else "",
                )  # fmt: skip


def read_order(body: Any) -> Order:
    """An order of any version."""
    return with_line_taxes(from_json(Order, with_piece_ids(body)))


def _order(known: _Known, entry: Placed, _: str) -> Iterator[Row]:
    known.order = read_value(read_order, json.loads(entry.body))
    yield from ()


def _receipt(known: _Known, entry: Placed, language: str) -> Iterator[Row]:
    receipt: Receipt = from_json(Receipt, json.loads(entry.body))
    first, known.receipt, known.valid = not known.valid, receipt, True
    order = known.order
    if order is None or not first:
        return
    currency = order.total.currency
    yield Row(
        RowKind.ORDER, currency=currency, amount=order.total.minor, tax=order.tax.minor, net=order.net.minor,
        note="tax added" if order.tax_added else "",
    )  # fmt: skip
    for number, line in enumerate(order.lines, start=1):
        yield replace(_of_piece(RowKind.LINE, line, language), line=number)
    for tax in order.tax_lines:
        yield _of_rate(tax, currency)
    yield Row(RowKind.RECEIPT, currency=currency, amount=receipt.total.minor, tax=receipt.tax.minor,
              means=receipt.paid_with.value)  # fmt: skip


def _of_piece(kind: RowKind, line: OrderLine, language: str, sign: int = 1) -> Row:
    tax = line.tax.minor if line.tax else 0
    return Row(
        kind, piece=line.piece, article=line.article, name=line.name.in_language(language), size=line.size,
        rate_ppm=line.rate_ppm, currency=line.paid.currency, amount=sign * line.paid.minor, tax=sign * tax,
        net=sign * (line.paid.minor - tax),
    )  # fmt: skip


def _of_rate(tax: TaxLine, currency: str) -> Row:
    return Row(
        RowKind.TAX, rate_ppm=tax.rate_ppm, currency=currency, amount=tax.gross.minor, tax=tax.tax.minor,
        net=tax.net.minor,
    )  # fmt: skip


def _taken_back(known: _Known, entry: Placed, language: str) -> Iterator[Row]:
    """What is left of the sale after refunds, with a minus sign."""
    taken: TakenBack = from_json(TakenBack, json.loads(entry.body))
    known.valid = False
    if known.order is None:
        return
    order = with_exchanges(known.order, tuple(known.exchanges))
    lines, currency = left_of(order, taken), order.total.currency
    pieces = [_of_piece(RowKind.LINE, line, language, -1) for line in lines]
    amount, tax = sum(row.amount or 0 for row in pieces), sum(row.tax or 0 for row in pieces)
    yield Row(
        RowKind.CANCELLATION, key=taken.attempt, currency=currency, amount=amount, tax=tax, net=amount - tax,
        by=taken.by, note=taken.reason.value,
    )  # fmt: skip
    for row in pieces:
        yield replace(row, note="taken back")
    rates = order.tax_lines if len(lines) == len(order.lines) else taxes_of(lines, order)
    for rate in rates:
        row = _of_rate(rate, currency)
        yield replace(
            row, amount=-rate.gross.minor, tax=-rate.tax.minor, net=-rate.net.minor, note="taken back"
        )


def collected_by(attempt: Attempt) -> int:
    """What an attempt has collected, also where it was given back; 0 for one that is not approved."""
    collected = attempt.state in (PaymentState.PAID, PaymentState.UNWANTED, PaymentState.REVERSED)
    return attempt.collected.minor if collected else 0


def _attempt(known: _Known, entry: Placed, _: str) -> Iterator[Row]:
    known.bodies[entry.key] = entry.body
    if entry.key not in known.counted and state_of(entry.state) in _WITHOUT_MONEY:
        return
    attempt: Attempt = from_json(Attempt, json.loads(entry.body))
    plain = _of_attempt(attempt)
    free = attempt.state is PaymentState.PAID and not attempt.collected.minor
    yield from _changed(known, plain, RowKind.PAYMENT, collected_by(attempt), attempt.key, first=free)
    by_hand = attempt.state is PaymentState.REVERSED and attempt.key not in known.given_back
    if by_hand:
        known.given_back.add(attempt.key)
        yield replace(plain, kind=RowKind.REVERSAL, amount=-attempt.collected.minor, note="by hand")


def _of_attempt(attempt: Attempt) -> Row:
    notes = [attempt.state.value] if attempt.state is not PaymentState.PAID else []
    if attempt.provisional:
        notes.append("by a person's word")
    card = attempt.card
    return Row(
        RowKind.PAYMENT, key=attempt.key, currency=attempt.collected.currency, means=attempt.means.value,
        terminal=attempt.terminal, reference=attempt.reference,
        card=f"{card.brand} {card.last_four}".strip() if card else "", note=", ".join(notes),
    )  # fmt: skip


def _changed(
    known: _Known, row: Row, kind: RowKind, amount: int, key: str, *, first: bool = False
) -> Iterator[Row]:
    """A row if the amount of a key is another one than stated before; `first`: also if it is 0 and none was stated."""
    if key not in known.counted:
        if amount or first:
            known.counted[key] = amount
            yield replace(row, kind=kind, amount=amount)
        return
    before = known.counted[key]
    if amount != before:
        known.counted[key] = amount
        yield replace(row, kind=RowKind.CORRECTION, amount=amount - before)


def _refund(known: _Known, entry: Placed, language: str) -> Iterator[Row]:
    refund: Refund = read_value(_read_refund, json.loads(entry.body))
    known.refunds[refund.key] = refund
    done = refund.state is RefundState.DONE
    for row in _changed(
        known, Row(RowKind.REFUND, currency=refund.amount.currency), RowKind.REFUND,
        -refund.amount.minor if done else 0, refund.key,
    ):  # fmt: skip
        yield replace(_with_piece(known, refund, row, language), key=refund.key, by=refund.by,
                      terminal=refund.terminal, reference=refund.reference,
                      note="by a person's word" if refund.provisional else "")  # fmt: skip


def _with_piece(known: _Known, refund: Refund, row: Row, language: str) -> Row:
    """The row with the piece and its share of the tax, in proportion if a part of the price is paid back."""
    bare = replace(row, piece=refund.piece, article=refund.article)
    if known.order is None or row.amount is None:
        return bare
    lines = with_exchanges(known.order, tuple(known.exchanges)).lines
    line = next((li for li in lines if li.piece == refund.piece), None)
    if line is None:
        return bare
    whole, tax = line.paid.minor, line.tax.minor if line.tax else 0
    share = tax if abs(row.amount) == whole or not whole else tax * abs(row.amount) // whole
    signed = -share if row.amount < 0 else share
    return replace(
        bare, name=line.name.in_language(language), size=line.size, rate_ppm=line.rate_ppm, tax=signed,
        net=row.amount - signed,
    )  # fmt: skip


def _follow_up(known: _Known, entry: Placed, _: str) -> Iterator[Row]:
    found: WholeFollowUp = from_json(WholeFollowUp, json.loads(entry.body))
    done = found.state is RefundState.DONE
    row = Row(
        RowKind.REVERSAL, key=found.key, currency=found.amount.currency, terminal=found.terminal,
        reference=found.reference, note=f"{found.kind.value} of {found.attempt}",
    )  # fmt: skip
    if found.kind is not FollowUpKind.CAPTURE:
        if done:
            known.given_back.add(found.attempt)
        yield from _changed(known, row, RowKind.REVERSAL, -found.amount.minor if done else 0, found.key)
    elif done and found.key not in known.counted:
        known.counted[found.key] = 0
        yield replace(row, kind=RowKind.CAPTURE, amount=found.amount.minor)


def _exchange(known: _Known, entry: Placed, language: str) -> Iterator[Row]:
    exchange: Exchange = from_json(Exchange, json.loads(entry.body))
    known.exchanges.append(exchange)
    line = exchange.line
    yield Row(
        RowKind.EXCHANGE, line=exchange.number, key=exchange.key, piece=line.piece, article=line.article,
        returned_piece=exchange.piece, name=line.name.in_language(language), size=line.size, by=exchange.by,
    )  # fmt: skip


def _entered(known: _Known, entry: Placed, _: str) -> Iterator[Row]:
    body = json.loads(entry.body)
    attempt: Attempt | None = None
    if entry.key in known.bodies:
        attempt = from_json(Attempt, json.loads(known.bodies[entry.key]))
    refund = known.refunds.get(entry.key)
    amount = attempt.amount if attempt else refund.amount if refund else None
    second = f", confirmed by {body['second']}" if body.get("second") else ""
    yield Row(
        RowKind.ENTERED, key=entry.key, currency=amount.currency if amount else "",
        amount=(amount.minor * (-1 if refund else 1)) if amount else None,
        terminal=attempt.terminal if attempt else refund.terminal if refund else "",
        reference=str(body.get("number") or ""), by=str(body.get("by") or ""),
        note=("done" if body.get("done") else "not done") + second,
    )  # fmt: skip


def _read_refund(body: Any) -> Refund:
    found: Refund = from_json(Refund, with_piece_ids(body))
    return found


_MAKERS: Final[Mapping[str, Callable[[_Known, Placed, str], Iterator[Row]]]] = {
    ORDER: _order,
    RECEIPT: _receipt,
    ATTEMPT: _attempt,
    REFUND: _refund,
    FOLLOW_UP: _follow_up,
    EXCHANGE: _exchange,
    TAKEN_BACK: _taken_back,
    ENTERED: _entered,
}
"""By the kind of the entry. Each is tried on every entry of the history, in their order."""
