"""The port of payment terminals: requests, replies, errors, and the promises that each driver keeps.

How the interfaces of two providers map to it:

| port | Stripe Terminal, server-driven | Adyen Terminal API (nexo) |
|---|---|---|
| `Charge.key` | `Idempotency-Key` of creating the PaymentIntent, and its `metadata.key` | `MessageHeader.ServiceID`; at most 10 letters and digits, refused when used again within 48 h |
| `collect` | create the PaymentIntent (card_present), `process_payment_intent` on the reader, then poll the intent | `PaymentRequest`, answered when the card was read, after 120 s at the latest |
| `on_accepted` | the reader's `action.status` is `in_progress` | as soon as the request is written; there is no earlier message |
| stored means | PaymentIntent with `customer`, `payment_method`, `off_session`, `confirm` | payment with `shopperReference` and a stored `recurringDetailReference` |
| `query` | create again with the same key (gives the same intent), else search by metadata; `succeeded`, `requires_payment_method`, `processing`, `canceled` | `TransactionStatusRequest` with that `ServiceID`: the repeated answer, `InProgress`, or `NotFound` |
| `cancel` | `cancel_action` on the reader and cancel the intent | `AbortRequest` naming that `ServiceID` |
| `refund` | create a Refund of the intent, with `Idempotency-Key` and the key in its metadata; `pending` may last days for some cards | `ReversalRequest` naming the `POITransactionID`, `ReversedAmount` for a part; the answer says received (PENDING), the webhook says done |
| NEVER_ARRIVED | no intent under the key; creating one bars nothing, so the driver cancels the intent that the query made | `NotFound` counts only when 120 s have passed since it was sent |

Sources: docs.stripe.com/terminal/payments/collect-card-payment (server-driven),
docs.adyen.com/point-of-sale/basic-tapi-integration/verify-transaction-status and /receive-terminal-notifications.
"""  # noqa: E501

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from typing import Protocol

from kiosk.core.domain.money import Money

KEY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 10
"""The shortest key of a provider: Adyen's ServiceID. There are 32**10 keys; the ledger refuses a known one."""


class PaymentError(Exception):
    """Root of the errors of payment drivers."""


class TerminalLostError(PaymentError):
    """No reply came, so it is not known what happened. Temporary: query by key."""


class NoTerminalDriverError(PaymentError):
    """There is no driver for this URI. Permanent until the configuration is corrected."""


@unique
class TerminalStatus(Enum):
    """State of a key at the terminal."""

    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NEVER_ARRIVED = "never-arrived"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class TerminalReply:
    """Reply to a request or a query. `reference` is the acquirer's number if approved, `why` a short code if not."""

    status: TerminalStatus
    reference: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount to collect from a card, or from the stored means of the shopper that `stored` names."""

    key: str
    amount: Money
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Repayment:
    """An amount to pay back to the card or means of the approved charge that `reference` names."""

    key: str
    amount: Money
    reference: str


class PaymentTerminal(Protocol):
    """A terminal that collects or pays back at most once for each key.

    Promises, each with a test in tests/contracts/test_payment_terminals.py:
    - A key collects at most once, however often it is sent.
    - After `query` has returned NEVER_ARRIVED, a late arrival under that key collects nothing.
    - APPROVED, REFUSED and CANCELLED are final, and `query` repeats them.
    - `cancel` never undoes an approval.
    - A key pays back at most once; refunds under one reference never exceed what was collected under it.
    - All methods may be called from different threads at once, and none waits longer than it says.
    """

    def collect(self, charge: Charge, on_accepted: Callable[[], None], wait_s: float) -> TerminalReply:
        """Collects, waiting at most `wait_s` seconds for the card; the reply is final.

        `on_accepted` is called when the terminal has taken the charge up. Raises TerminalLostError if no reply came.
        """
        ...

    def refund(self, repayment: Repayment) -> TerminalReply:
        """Pays back without a card at the reader; the reply is final, or PENDING if it takes longer than 15 s.

        Raises TerminalLostError if no reply came.
        """
        ...

    def query(self, key: str) -> TerminalReply:
        """The state of a key, of a charge or a refund, within 5 s. Raises TerminalLostError."""
        ...

    def cancel(self, key: str) -> None:
        """Asks to stop waiting for the card; `collect` or `query` gives the result. Raises TerminalLostError."""
        ...

    def close(self) -> None:
        """Ends all waiting calls with TerminalLostError."""
        ...


def new_key() -> str:
    """A new random key that every provider accepts."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))
