"""Reads and writes orders, payment attempts and receipts in the ledger."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Attempt, Order, PaymentState, Receipt
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger
from kiosk.store.payments.old_entries import with_line_taxes, with_piece_ids

ORDER, ATTEMPT, NUMBER, RECEIPT, SETTLED = "order", "attempt", "number", "receipt", "settled"
TERMINAL, DECISION, SPENT = "terminal", "word", "spent"
"""Kinds of ledger entries. DECISION: how an associate ended a parked payment."""
_FINAL = tuple(state.value for state in PaymentState if state.is_final)


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid order with its receipt; `returned` are the pieces that were paid back."""

    order: Order
    receipt: Receipt
    returned: frozenset[PieceId] = frozenset()


class OrderBook:
    """Orders, attempts and receipts of the ledger. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def order(self, order_id: OrderId) -> Order | None:
        body = self.ledger.last(ORDER, order_id=order_id)
        return None if body is None else _read(Order, body)

    def put_order(self, order: Order, at_us: int) -> None:
        self.ledger.append(ORDER, order.order_id, to_json(order), at_us)

    def put_key(self, attempt: Attempt, number: int, terminal: str = "", card_day_hash: str = "") -> None:
        """First entries of an attempt, written before anything is sent.

        `number` counts the attempts of the order; `terminal` is named where it is not that of the order's room;
        `card_day_hash`: the card whose spending limit the amount counts against. Raises sqlite3.IntegrityError for a
        known key.
        """
        order_id, at_us = attempt.order_id, attempt.changed_us
        with self.ledger.transaction():
            self.ledger.append(NUMBER, order_id, {"key": attempt.key}, at_us, key=_numbered(order_id, number))
            if terminal:
                self.ledger.append(TERMINAL, order_id, {"name": terminal}, at_us, key=attempt.key)
            if card_day_hash:
                self.ledger.append(
                    SPENT, order_id, {"key": attempt.key, "minor": attempt.amount.minor}, at_us,
                    key=attempt.key, state=card_day_hash,
                )  # fmt: skip
            self.put_attempt(attempt)

    def spent_by(self, card_day_hash: str) -> tuple[tuple[int, PaymentState], ...]:
        """Attempts that count against a card's limit: the amount in minor units, the attempt's state."""
        bodies = self.ledger.last_of_each_key(SPENT, "state = ?", card_day_hash)
        found = ((b["minor"], self.attempt(b["key"])) for b in bodies)
        return tuple((minor, attempt.state) for minor, attempt in found if attempt is not None)

    def terminal(self, key: str) -> str:
        """Name of the terminal to which an attempt was sent; empty for that of its order's room."""
        body = self.ledger.last(TERMINAL, key=key)
        return "" if body is None else str(body["name"])

    def put_decision(self, attempt: Attempt, by: str, at_us: int, *, paid: bool) -> None:
        """Which associate ended a parked attempt, and how."""
        self.ledger.append(DECISION, attempt.order_id, {"by": by, "paid": paid}, at_us, key=attempt.key)

    def put_attempt(self, attempt: Attempt) -> None:
        self.ledger.append(
            ATTEMPT, attempt.order_id, to_json(attempt), attempt.changed_us,
            key=attempt.key, state=attempt.state.value,
        )  # fmt: skip

    def attempt(self, key: str) -> Attempt | None:
        body = self.ledger.last(ATTEMPT, key=key)
        return None if body is None else _read(Attempt, body)

    def attempts(self, order_id: OrderId) -> tuple[Attempt, ...]:
        """The attempts of an order in their newest state, ordered by their last change."""
        bodies = self.ledger.last_of_each_key(ATTEMPT, "order_id = ?", order_id)
        return tuple(_read(Attempt, b) for b in bodies)

    def paid_attempt(self, order_id: OrderId) -> Attempt | None:
        """The attempt that paid an order; None where it is not paid."""
        return next((a for a in self.attempts(order_id) if a.state is PaymentState.PAID), None)

    def numbered(self, order_id: OrderId, number: int) -> Attempt | None:
        """The attempt of that number within the order."""
        body = self.ledger.last(NUMBER, key=_numbered(order_id, number))
        return None if body is None else self.attempt(body["key"])

    def open_attempts(self) -> tuple[Attempt, ...]:
        """Attempts of all orders whose result is not known."""
        marks = ",".join("?" * len(_FINAL))
        bodies = self.ledger.last_of_each_key(ATTEMPT, f"state NOT IN ({marks})", *_FINAL)
        return tuple(_read(Attempt, b) for b in bodies)

    def put_paid(self, attempt: Attempt, order: Order, base_url: str) -> Receipt:
        """Writes the approval and its receipt in one transaction; receipts are numbered without a gap."""
        with self.ledger.transaction():
            self.put_attempt(attempt)
            token = secrets.token_urlsafe(18)
            receipt = Receipt(
                order_id=order.order_id, number=f"{self.ledger.count(RECEIPT) + 1:06d}", total=order.total,
                tax=order.tax, paid_with=attempt.means, link=f"{base_url}/r/{token}", at_us=attempt.changed_us,
            )  # fmt: skip
            self.ledger.append(RECEIPT, order.order_id, to_json(receipt), attempt.changed_us, key=token)
            return receipt

    def receipt(self, order_id: OrderId) -> Receipt | None:
        body = self.ledger.last(RECEIPT, order_id=order_id)
        return None if body is None else _read(Receipt, body)

    def sale(self, token: str) -> Sale | None:
        """The sale of a receipt's token (the last part of its address)."""
        body = self.ledger.last(RECEIPT, key=token) if token else None
        if body is None:
            return None
        receipt: Receipt = _read(Receipt, body)
        order = self.order(receipt.order_id)
        return None if order is None else Sale(order, receipt)

    def put_settled(self, order_id: OrderId, at_us: int) -> None:
        """The sold pieces are marked as sold and taken from the stock."""
        self.ledger.append(SETTLED, order_id, {}, at_us)

    def unsettled(self) -> tuple[OrderId, ...]:
        """Paid orders whose pieces may not be marked as sold yet."""
        return tuple(OrderId(o) for o in self.ledger.orders_without(RECEIPT, SETTLED))


def _numbered(order_id: OrderId, number: int) -> str:
    return f"{order_id}#{number}"


def _read(kind: type, body: Any) -> Any:
    found = from_json(kind, with_piece_ids(body))
    return with_line_taxes(found) if isinstance(found, Order) else found
