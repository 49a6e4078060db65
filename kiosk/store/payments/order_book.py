"""Reads and writes orders, payment attempts and receipts in the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.core.domain.card_shown import CardShown
from kiosk.core.domain.fiscal.entry import FiscalEntry
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Exchange, Order, PaymentState, Receipt, with_exchanges
from kiosk.core.domain.sales.taken_back import TakenBack
from kiosk.core.domain.transaction_state import CONFIRMED
from kiosk.core.wire import from_json, to_json
from kiosk.store.payments.ledger import Ledger, PieceHold
from kiosk.store.payments.ledger.open_keys import ATTEMPT, EXCHANGE, TAKEN_BACK, UNEXCHANGED, UNSETTLED
from kiosk.store.payments.ledger.values import read_value, read_values
from kiosk.store.payments.old_entries import may_be_at, with_line_taxes, with_piece_ids

ORDER, NUMBER, RECEIPT, SETTLED = "order", "number", "receipt", "settled"
TERMINAL, DECISION, SPENT, CONFLICT = "terminal", "word", "spent", "conflict"
REFERENCE, DROPPED, EXCHANGED = "reference", "dropped", "exchanged"
"""Kinds of ledger entries. DECISION: how an associate ended a parked payment, or what the
settlement says of it. CONFLICT: a piece of a paid order that another order has bought too. REFERENCE: a number of the
acquirer and the attempt that has it. DROPPED: the order was given up and is not collected any more. EXCHANGED: the
store's database has taken in an exchange."""


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid order with its receipt; `returned` are the pieces that were paid back, `exchanges` those changed.

    `registration`: how far the law's cash register is with the sale; None where the shop's own till registers it.
    `card`: what the receipt shows of the card that paid. `taken_back`: the sale is cancelled, nothing was charged.
    """

    order: Order
    receipt: Receipt
    returned: frozenset[PieceId] = frozenset()
    registration: FiscalEntry | None = None
    exchanges: tuple[Exchange, ...] = ()
    card: CardShown | None = None
    taken_back: TakenBack | None = None

    @property
    def now(self) -> Order:
        """The order with the pieces that the shopper has now; its lines have the places of those of `order`."""
        return with_exchanges(self.order, self.exchanges)


class OrderBook:
    """Orders, attempts and receipts of the ledger. Every write is on the disk when it returns."""

    def __init__(self, ledger: Ledger, identity: Callable[[PieceId], PieceId] = lambda piece: piece) -> None:
        """`identity` gives the piece with serial of one that was scanned without (`Catalogue.identity`)."""
        self.ledger, self._identity = ledger, identity
        self.on_receipt: Callable[[Receipt], None] = lambda _: None
        """Called within the transaction that writes a receipt."""
        self.on_taken_back: Callable[[TakenBack], None] = lambda _: None
        """Called within the transaction that takes a sale back."""

    def order(self, order_id: OrderId) -> Order | None:
        body = self.ledger.last(ORDER, order_id=order_id)
        return None if body is None else read_value(_order, body)

    def order_now(self, order_id: OrderId) -> Order | None:
        """The order with the pieces that the shopper has now, after exchanges."""
        order = self.order(order_id)
        return order and with_exchanges(order, self.exchanges(order_id))

    def exchanges(self, order_id: OrderId) -> tuple[Exchange, ...]:
        """The exchanges of an order, the oldest first."""
        return read_values(self.ledger, _exchange, self.ledger.of_order(EXCHANGE, order_id))

    def ids_of(self, order_id: OrderId, piece: PieceId) -> frozenset[PieceId]:
        """Every id of a garment in this order: the one with which it was scanned, and that of its tag."""
        order = self.order(order_id)
        lines = [*(order.lines if order else ()), *(one.line for one in self.exchanges(order_id))]
        wanted = self._identity(piece)
        return frozenset(li.piece for li in lines if self._identity(li.piece) == wanted) | {piece, wanted}

    def put_exchange(self, exchange: Exchange) -> None:
        """Writes an exchange: from here on the old piece is free and the new one is sold.

        Raises PieceTakenError if another order holds the new piece.
        """
        with self.ledger.transaction():
            self.ledger.append(
                EXCHANGE, exchange.order_id, to_json(exchange), exchange.at_us, key=exchange.key
            )

    def put_exchanged(self, exchange: Exchange, at_us: int) -> None:
        """Old and new piece of an exchange are marked in the store's database."""
        self.ledger.append(EXCHANGED, exchange.order_id, {}, at_us, key=exchange.key)

    def unexchanged(self) -> tuple[Exchange, ...]:
        """Exchanges that the store's database may not have taken in yet, the oldest first."""
        keys = self.ledger.open_orders(UNEXCHANGED)
        return read_values(self.ledger, _exchange, (self.ledger.last(EXCHANGE, key=key) for key in keys))

    def is_settled(self, order_id: OrderId) -> bool:
        """Whether the pieces of a paid order are marked as sold, also where it was sold before and taken back."""
        return self.ledger.last(SETTLED, order_id=order_id) is not None and order_id not in self.unsettled()

    def put_order(self, order: Order, at_us: int) -> None:
        self.ledger.append(ORDER, order.order_id, to_json(order), at_us)

    def put_key(self, attempt: Attempt, number: int, terminal: str = "", card_day_hash: str = "") -> None:
        """First entries of an attempt, written before anything is sent; its pieces are reserved, unless it is final.

        `number` counts the attempts of the order; `terminal` is named where it is not that of the order's room;
        `card_day_hash`: the card whose spending limit the amount counts against. Raises KnownKeyError, PieceTakenError,
        PaymentsClosedError.
        """
        order_id, at_us = attempt.order_id, attempt.changed_us
        with self.ledger.transaction():
            self._identify(order_id, at_us)
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
        found = ((b["minor"], self.attempt(b["key"])) for b in self.ledger.spent(card_day_hash))
        return tuple((minor, attempt.state) for minor, attempt in found if attempt is not None)

    def terminal(self, key: str) -> str:
        """Name of the terminal to which an attempt was sent; empty for that of its order's room."""
        body = self.ledger.last(TERMINAL, key=key)
        return "" if body is None else str(body["name"])

    def put_decision(self, attempt: Attempt, by: str, at_us: int, *, paid: bool) -> None:
        """Which associate ended a parked attempt, and how."""
        self.ledger.append(DECISION, attempt.order_id, {"by": by, "paid": paid}, at_us, key=attempt.key)

    def put_settlement_word(self, order_id: OrderId, key: str, moved: Money | None, at_us: int) -> None:
        """What the report of the provider's settlement states of a transaction; `moved` None: nothing was moved.

        What a report before has stated last is not written again.
        """
        body = {"by": "settlement", "paid": moved is not None, "moved": to_json(moved) if moved else None}
        if self.ledger.last(DECISION, key=key) != body:
            self.ledger.append(DECISION, order_id, body, at_us, key=key)

    def put_attempt(self, attempt: Attempt, *, confirmed: bool = False) -> None:
        """`confirmed`: only that its state is confirmed is new."""
        self.ledger.append(
            ATTEMPT, attempt.order_id, to_json(attempt), attempt.changed_us,
            key=attempt.key, state=CONFIRMED if confirmed else attempt.journal_state,
        )  # fmt: skip

    def attempt(self, key: str) -> Attempt | None:
        body = self.ledger.last(ATTEMPT, key=key)
        return None if body is None else read_value(_attempt, body)

    def attempts(self, order_id: OrderId) -> tuple[Attempt, ...]:
        """The attempts of an order in their newest state, ordered by their last change."""
        return read_values(self.ledger, _attempt, self.ledger.of_order(ATTEMPT, order_id))

    def paid_attempt(self, order_id: OrderId) -> Attempt | None:
        """The attempt that paid an order; None where it is not paid."""
        return next((a for a in self.attempts(order_id) if a.state is PaymentState.PAID), None)

    def numbered(self, order_id: OrderId, number: int) -> Attempt | None:
        """The attempt of that number within the order."""
        body = self.ledger.last(NUMBER, key=_numbered(order_id, number))
        return None if body is None else self.attempt(body["key"])

    def open_attempts(self) -> tuple[Attempt, ...]:
        """Attempts of all orders whose result is not known."""
        return tuple(a for a in self.unfinished() if a.state.is_open)

    def unfinished(self, terminal_id: str = "") -> tuple[Attempt, ...]:
        """Attempts of all orders whose result is not known or not confirmed; only those that may be at one terminal."""
        found = self.ledger.open_entries(ATTEMPT, lambda text: may_be_at(text, terminal_id))
        return read_values(self.ledger, _attempt, found)

    def taken(self, pieces: Collection[PieceId], but: str = "") -> Mapping[PieceId, PieceHold]:
        """Those of the pieces that an order other than `but` has bought, or reserved by a payment that is open."""
        of_identity = {self._identity(piece): piece for piece in pieces}
        found = {of_identity[p]: hold for p, hold in self.ledger.taken(tuple(of_identity), but).items()}
        if all(identity == piece for identity, piece in of_identity.items()):
            return found
        return {**self.ledger.taken(tuple(pieces), but), **found}

    def put_reference(self, attempt: Attempt) -> None:
        """The number of the acquirer belongs to this attempt from now on."""
        self.ledger.append(
            REFERENCE, attempt.order_id, {"key": attempt.key}, attempt.changed_us,
            key=_reference(attempt.terminal_id, attempt.reference),
        )  # fmt: skip

    def owner_of(self, terminal_id: str, reference: str) -> str:
        """Key of the attempt to which a number of a terminal's acquirer belongs; empty for none."""
        body = self.ledger.last(REFERENCE, key=_reference(terminal_id, reference))
        return "" if body is None else str(body["key"])

    def put_dropped(self, order_id: OrderId, at_us: int) -> None:
        """The order was given up: a request to collect it that arrives later is refused."""
        self.ledger.append(DROPPED, order_id, {}, at_us)

    def is_dropped(self, order_id: OrderId) -> bool:
        """Whether the order was given up."""
        return self.ledger.last(DROPPED, order_id=order_id) is not None

    def put_paid(self, attempt: Attempt, order: Order, base_url: str) -> Receipt:
        """Writes the approval and its receipt in one transaction; receipts are numbered without a gap.

        A piece that another order has bought meanwhile stays with that one, and an entry says so: money that has moved
        is written in any case.
        """
        with self.ledger.transaction():
            for piece, hold in self.taken([line.piece for line in order.lines], order.order_id).items():
                body = {"piece": piece, "by": hold.order_id}
                self.ledger.append(CONFLICT, order.order_id, body, attempt.changed_us, key=piece)
            self.put_attempt(attempt)
            token = secrets.token_urlsafe(18)
            receipt = Receipt(
                order_id=order.order_id, number=f"{self.ledger.receipts + 1:06d}", total=order.total,
                tax=order.tax, paid_with=attempt.means, link=f"{base_url}/r/{token}", at_us=attempt.changed_us,
            )  # fmt: skip
            self.ledger.append(RECEIPT, order.order_id, to_json(receipt), attempt.changed_us, key=token)
            self.on_receipt(receipt)
            return receipt

    def receipt(self, order_id: OrderId) -> Receipt | None:
        body = self.ledger.last(RECEIPT, order_id=order_id)
        return None if body is None else read_value(_receipt, body)

    def is_taken_back(self, order_id: OrderId) -> bool:
        """Whether the order's last sale was taken back, so that it is not paid."""
        receipt = self.receipt(order_id)
        return receipt is not None and self.ledger.last(TAKEN_BACK, key=receipt.number) is not None

    def sale(self, token: str) -> Sale | None:
        """The sale of a receipt's token (the last part of its address)."""
        body = self.ledger.last(RECEIPT, key=token) if token else None
        if body is None:
            return None
        receipt = read_value(_receipt, body)
        order = self.order(receipt.order_id)
        if order is None:
            return None
        return Sale(order, receipt, exchanges=self.exchanges(receipt.order_id))

    def put_settled(self, order_id: OrderId, at_us: int) -> None:
        """The sold pieces are marked as sold and taken from the stock."""
        self.ledger.append(SETTLED, order_id, {}, at_us)

    def unsettled(self) -> tuple[OrderId, ...]:
        """Paid orders whose pieces may not be marked as sold yet."""
        return tuple(OrderId(o) for o in self.ledger.open_orders(UNSETTLED))

    def conflicts(self, order_id: OrderId) -> tuple[PieceId, ...]:
        """Pieces of a paid order that another order had when it was paid."""
        return tuple(PieceId(b["piece"]) for b in self.ledger.of_order(CONFLICT, order_id))

    def _identify(self, order_id: OrderId, at_us: int) -> None:
        """Writes which pieces of an order were identified by their tag since they were scanned."""
        for scanned in map(PieceId, self.ledger.pieces_of(order_id)):
            if (piece := self._identity(scanned)) != scanned:
                self.ledger.identify(scanned, piece, at_us, ordered=True)


def _numbered(order_id: OrderId, number: int) -> str:
    return f"{order_id}#{number}"


def _reference(terminal_id: str, reference: str) -> str:
    return f"{terminal_id}|{reference}"


def _attempt(body: Any) -> Attempt:
    found: Attempt = from_json(Attempt, body)
    return found


def _order(body: Any) -> Order:
    found: Order = from_json(Order, with_piece_ids(body))
    return with_line_taxes(found)


def _receipt(body: Any) -> Receipt:
    found: Receipt = from_json(Receipt, body)
    return found


def _exchange(body: Any) -> Exchange:
    found: Exchange = from_json(Exchange, body)
    return found
