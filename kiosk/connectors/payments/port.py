"""The port every payment terminal stands behind, and its promises.

What the two named providers offer, and how it fills the port:

| port | Stripe Terminal, server-driven | Adyen Terminal API (nexo) |
|---|---|---|
| `Charge.key` | `Idempotency-Key` of creating the PaymentIntent, and its `metadata.key` | `MessageHeader.ServiceID`; at most 10 letters and digits, refused when used again within 48 h |
| `collect` | create the PaymentIntent (card_present), `process_payment_intent` on the reader, then poll the intent | `PaymentRequest`, answered when the card was read, after 120 s at the latest |
| `taken` | the reader's `action.status` is `in_progress` | as soon as the request is written, there is no earlier word |
| stored means | PaymentIntent with `customer`, `payment_method`, `off_session`, `confirm` | payment with `shopperReference` and a stored `recurringDetailReference` |
| `ask` | create again with the same key (gives the same intent), else search by metadata; `succeeded`, `requires_payment_method`, `processing`, `canceled` | `TransactionStatusRequest` with that `ServiceID`: the repeated answer, `InProgress`, or `NotFound` |
| `cancel` | `cancel_action` on the reader and cancel the intent | `AbortRequest` naming that `ServiceID` |
| `refund` | create a Refund of the intent, with `Idempotency-Key` and the key in its metadata; `pending` may last days for some cards | `ReversalRequest` naming the `POITransactionID`, `ReversedAmount` for a part; the answer says received (PENDING), the webhook says done |
| NEVER_ARRIVED | no intent under the key; creating one bars nothing, so the driver cancels the intent it made by asking | `NotFound` counts only when 120 s have passed since it was sent |

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

KEY_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 10
"""The shortest key of a provider: Adyen's ServiceID. 32**10 keys, and the ledger refuses one that it knows."""


class PaymentError(Exception):
    """Root of what a terminal's driver raises."""


class TerminalLostError(PaymentError):
    """No answer came, so it is not known what happened. Passing: ask by key."""


class NoTerminalDriverError(PaymentError):
    """No driver stands behind this URI. Permanent until the configuration is mended."""


@unique
class TerminalStatus(Enum):
    """What a terminal says of a key."""

    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NEVER_ARRIVED = "never-arrived"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class TerminalReply:
    """A verdict; `reference` is the acquirer's number where approved, `why` a short word where not."""

    status: TerminalStatus
    reference: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """What to collect. `stored` names the means on file; empty means that a card is to be tapped."""

    key: str
    amount: Money
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Repayment:
    """What to pay back: to the card, or other means, of the approved charge that `reference` names."""

    key: str
    amount: Money
    reference: str


class PaymentTerminal(Protocol):
    """A terminal that collects money once for each key.

    Promises: a key collects at most once, however often it is sent; once `ask` has answered NEVER_ARRIVED, a late
    arrival under that key collects nothing; APPROVED, REFUSED and CANCELLED are final and `ask` repeats them; `cancel`
    never undoes an approval; a key pays back at most once, and all that is paid back under one reference is never
    above what was collected under it; all methods may be called from different threads at once; none waits longer than
    it says.
    """

    def collect(self, charge: Charge, taken: Callable[[], None], wait_s: float) -> TerminalReply:
        """Collects, and waits until the card was read or `wait_s` are over; `taken` is called when the terminal
        has taken the charge up. A final verdict. Errors: TerminalLostError where no answer came."""
        ...

    def refund(self, repay: Repayment) -> TerminalReply:
        """Pays back without a card being there; a final verdict, or PENDING where it takes longer than 15 s. Errors:
        TerminalLostError where no answer came."""
        ...

    def query(self, key: str) -> TerminalReply:
        """What became of a key, of a charge or of what was paid back; answers within 5 s. Errors: TerminalLostError."""
        ...

    def cancel(self, key: str) -> None:
        """Asks to stop waiting for the card; the truth comes from `collect` or `ask`. Errors: TerminalLostError."""
        ...

    def close(self) -> None:
        """Gives up whatever waits; those calls end with TerminalLostError."""
        ...


def new_key() -> str:
    """A fresh key that every provider takes."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))
