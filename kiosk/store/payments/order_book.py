"""Orders, attempts and receipts as the ledger keeps them, in core values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from kiosk.core.domain.ids import Epc, OrderId
from kiosk.core.domain.payment import Attempt, Order, PaymentState, Receipt
from kiosk.core.wire import plain, read
from kiosk.store.payments.ledger import Ledger

ORDER, ATTEMPT, NUMBER, RECEIPT, SETTLED = "order", "attempt", "number", "receipt", "settled"
TERMINAL, WORD, SPENT = "terminal", "word", "spent"
_FINAL = tuple(state.value for state in PaymentState if state.is_final)


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid order with its receipt; `back` are the pieces that were returned and paid back."""

    order: Order
    receipt: Receipt
    back: frozenset[Epc] = frozenset()


class OrderBook:
    """What is to be paid, what was tried, and what was paid. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def order(self, order_id: OrderId) -> Order | None:
        body = self.ledger.last(ORDER, order_id=order_id)
        return None if body is None else _read(Order, body)

    def put_order(self, order: Order, at_us: int) -> None:
        self.ledger.add(ORDER, order.order_id, plain(order), at_us)

    def put_key(self, attempt: Attempt, number: int, terminal: str = "", spender: str = "") -> None:
        """The first entry of an attempt: its key, the terminal where it is not the room's own, and whose limit it
        counts against, before anything is sent. sqlite3.IntegrityError for a known key."""
        order_id, at_us = attempt.order_id, attempt.changed_us
        with self.ledger.adding():
            self.ledger.add(NUMBER, order_id, {"key": attempt.key}, at_us, key=_numbered(order_id, number))
            if terminal:
                self.ledger.add(TERMINAL, order_id, {"name": terminal}, at_us, key=attempt.key)
            if spender:
                self.ledger.add(
                    SPENT, order_id, {"key": attempt.key, "minor": attempt.amount.minor}, at_us,
                    key=attempt.key, state=spender,
                )  # fmt: skip
            self.put_attempt(attempt)

    def spent_by(self, spender: str) -> tuple[tuple[int, PaymentState], ...]:
        """What was tried against a limit: each amount in minor units, with how its attempt stands."""
        found = ((b["minor"], self.attempt(b["key"])) for b in self.ledger.lasts(SPENT, "state = ?", spender))
        return tuple((minor, attempt.state) for minor, attempt in found if attempt is not None)

    def terminal(self, key: str) -> str:
        """The terminal that an attempt was sent to; empty for that of its order's room."""
        body = self.ledger.last(TERMINAL, key=key)
        return "" if body is None else str(body["name"])

    def put_word(self, attempt: Attempt, by: str, at_us: int, *, paid: bool) -> None:
        """Who settled an attempt that the terminal says nothing of, and how."""
        self.ledger.add(WORD, attempt.order_id, {"by": by, "paid": paid}, at_us, key=attempt.key)

    def put_attempt(self, attempt: Attempt) -> None:
        self.ledger.add(
            ATTEMPT,
            attempt.order_id,
            plain(attempt),
            attempt.changed_us,
            key=attempt.key,
            state=attempt.state.value,
        )

    def attempt(self, key: str) -> Attempt | None:
        body = self.ledger.last(ATTEMPT, key=key)
        return None if body is None else _read(Attempt, body)

    def attempts(self, order_id: OrderId) -> tuple[Attempt, ...]:
        """Every attempt of an order as it stands now, oldest first by its last change."""
        return tuple(_read(Attempt, b) for b in self.ledger.lasts(ATTEMPT, "order_id = ?", order_id))

    def numbered(self, order_id: OrderId, number: int) -> Attempt | None:
        """The attempt of that number within the order."""
        body = self.ledger.last(NUMBER, key=_numbered(order_id, number))
        return None if body is None else self.attempt(body["key"])

    def unfinished(self) -> tuple[Attempt, ...]:
        """Attempts whose end is not known."""
        item_events = ",".join("?" * len(_FINAL))
        return tuple(
            _read(Attempt, b) for b in self.ledger.lasts(ATTEMPT, f"state NOT IN ({item_events})", *_FINAL)
        )

    def put_paid(self, attempt: Attempt, order: Order, base_url: str) -> Receipt:
        """The approval and its receipt, both or neither; receipts are numbered without a gap."""
        with self.ledger.adding():
            self.put_attempt(attempt)
            token = secrets.token_urlsafe(18)
            receipt = Receipt(
                order_id=order.order_id, number=f"{self.ledger.count(RECEIPT) + 1:06d}", total=order.total,
                tax=order.tax, paid_with=attempt.means, link=f"{base_url}/r/{token}", at_us=attempt.changed_us,
            )  # fmt: skip
            self.ledger.add(RECEIPT, order.order_id, plain(receipt), attempt.changed_us, key=token)
            return receipt

    def receipt(self, order_id: OrderId) -> Receipt | None:
        body = self.ledger.last(RECEIPT, order_id=order_id)
        return None if body is None else _read(Receipt, body)

    def sale(self, token: str) -> Sale | None:
        """The sale of a receipt's token."""
        body = self.ledger.last(RECEIPT, key=token) if token else None
        if body is None:
            return None
        receipt: Receipt = _read(Receipt, body)
        order = self.order(receipt.order_id)
        return None if order is None else Sale(order, receipt)

    def put_settled(self, order_id: OrderId, at_us: int) -> None:
        """The sold pieces are marked and taken from the stock."""
        self.ledger.add(SETTLED, order_id, {}, at_us)

    def unsettled(self) -> tuple[OrderId, ...]:
        """Paid orders whose pieces may not be marked as sold yet."""
        return tuple(OrderId(o) for o in self.ledger.orders_without(RECEIPT, SETTLED))


def _numbered(order_id: OrderId, number: int) -> str:
    return f"{order_id}#{number}"


def _read(kind: type, body: Any) -> Any:
    return read(kind, body)
