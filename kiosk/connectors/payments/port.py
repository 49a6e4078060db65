"""The port of payment terminals: requests, replies, errors, and the promises that each driver keeps.

How the interfaces of two providers map to it:

| port | Stripe Terminal, server-driven | Adyen Terminal API (nexo) |
|---|---|---|
| `create` | create the PaymentIntent (card_present) with `Idempotency-Key` = key and `metadata.key`; its id | nothing to register; "" |
| `present` | `process_payment_intent` on the reader, then poll reader and intent | `PaymentRequest`, `MessageHeader.ServiceID` = key, answered when the card was read, after 120 s at the latest |
| `on_taken_up` | the reader's `action.status` is `in_progress` | the terminal is asked by `TransactionStatusRequest`: `InProgress`; or it ended the connection after the request |
| stored means | PaymentIntent with `customer`, `payment_method`, `off_session`, `confirm` | not through a terminal |
| `query` | retrieve the intent by `provider_id`, else look for the key in the metadata of the intents of that time | `TransactionStatusRequest` with that `ServiceID`: the repeated answer, `InProgress`, or `NotFound` |
| `cancel` | `cancel_action` on the reader and cancel the intent | `AbortRequest` naming that `ServiceID` |
| `follow_up` CAPTURE, VOID | capture or cancel the intent | no capture (Adyen captures by itself); VOID is a `ReversalRequest` without an amount |
| `follow_up` REFUND | create a Refund of the intent, key in its metadata; `pending` may last days for some cards | `ReversalRequest` naming `POITransactionID` and its time, `ReversedAmount` for a part |
| NOT_FOUND | no intent under the key | `NotFound`, which means something only when 120 s have passed since it was sent |

Sources: docs.stripe.com/terminal/payments/collect-card-payment (server-driven),
docs.adyen.com/point-of-sale/basic-tapi-integration/verify-transaction-status and /receive-terminal-notifications.
"""  # noqa: E501

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Protocol

from kiosk.core.domain.card_shown import CardShown, without_card_numbers
from kiosk.core.domain.follow_up_kind import FollowUpKind
from kiosk.core.domain.money import Money

KEY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 10
"""The shortest key of a provider: Adyen's ServiceID. There are 32**10 keys; the ledger refuses a known one."""
REFERENCE = "reference"
"""Name of the acquirer's number among the references of a reply."""


class PaymentError(Exception):
    """Root of the errors of payment drivers."""


class TerminalLostError(PaymentError):
    """No usable reply came, so it is not known what happened. Temporary: query by key."""


class TerminalBusyError(PaymentError):
    """The terminal certainly has not taken the request up and will not. `why` is a short code for the journal."""

    def __init__(self, message: str, why: str = "busy") -> None:
        super().__init__(message)
        self.why = why


class NoTerminalDriverError(PaymentError):
    """There is no driver for this URI. Permanent until the configuration is corrected."""


@unique
class TerminalStatus(Enum):
    """State of a key at the terminal. PARTIAL: approved for less than was asked. NOT_FOUND: the key is unknown."""

    APPROVED = "approved"
    PARTIAL = "partial"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NOT_FOUND = "not-found"
    PENDING = "pending"


@unique
class TerminalMode(Enum):
    """Whether real cards are charged."""

    LIVE = "live"
    TEST = "test"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a driver's terminal can do. Amounts in minor units (ISO 4217) per currency code.

    `capture`: it can authorise first and take the amount with a follow-up. `void`: it can undo a whole charge before
    settlement. `refund_needs_card`: some refunds need the card at the reader. `attended`: an associate takes the
    payment and enters its result. `exponents`: the provider's digits of a currency where they differ from ISO 4217.
    `not_found_after_s`: seconds since sending after which NOT_FOUND means that the key never arrived and never will;
    None: it never means that.
    """

    capture: bool = False
    void: bool = False
    partial_refund: bool = True
    refund_needs_card: bool = False
    stored_means: bool = False
    attended: bool = False
    not_found_after_s: float | None = None
    minimum_minor: Mapping[str, int] = field(default_factory=dict)
    exponents: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount to collect from a card, or from the stored means of the shopper that `stored` names.

    `capture` False only authorises it, where the terminal can.
    """

    key: str
    order_id: str
    amount: Money
    stored: str = ""
    capture: bool = True


@dataclass(frozen=True, slots=True)
class Presented:
    """What is journaled of a charge: enough to query and to cancel it. `sent_us`: when, microseconds UTC."""

    key: str
    order_id: str
    amount: Money
    provider_id: str = ""
    sent_us: int = 0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A capture, void or refund of the approved charge `of`; `references` are those of its approval."""

    key: str
    kind: FollowUpKind
    amount: Money
    of: Presented
    references: Mapping[str, str] = field(default_factory=dict)
    sent_us: int = 0

    @property
    def order_id(self) -> str:
        """The order of the charge."""
        return self.of.order_id


@dataclass(frozen=True, slots=True)
class TerminalReply:
    """Reply to a request or a query.

    `key`, `order_id`, `amount` are as the terminal states them; empty or None only where the provider never does.
    `references`: REFERENCE is the acquirer's number; further names are the driver's. `why`: short code if not approved.
    `captured`: the amount is taken, not only authorised. `taken_up`: PENDING, and the terminal has the charge.
    `book_lost`: NOT_FOUND by a terminal that has lost its journal since the key was sent: nothing waits there any more,
    but money may have been moved.
    A card number in `why` is replaced, whatever the driver: the text is journaled and shown.
    """

    status: TerminalStatus
    key: str = ""
    order_id: str = ""
    amount: Money | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    card: CardShown | None = None
    why: str = ""
    captured: bool = False
    taken_up: bool = False
    book_lost: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "why", without_card_numbers(self.why))

    @property
    def reference(self) -> str:
        """The acquirer's number; empty where there is none."""
        return self.references.get(REFERENCE, "")


@dataclass(frozen=True, slots=True)
class ProbeFinding:
    """One thing that is wrong or remarkable about a terminal, and what to do. `good` False: it cannot be used so."""

    what: str
    advice: str = ""
    good: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", _one_line(self.what))


@dataclass(frozen=True, slots=True)
class TerminalProbe:
    """What `probe` found; texts of the terminal are one line without control characters.

    `paired`, `clock_difference_s` (terminal minus this machine) are None where unknown.
    """

    reachable: bool
    paired: bool | None = None
    clock_difference_s: float | None = None
    certificate: str = ""
    mode: TerminalMode = TerminalMode.UNKNOWN
    model: str = ""
    serial: str = ""
    findings: tuple[ProbeFinding, ...] = ()

    def __post_init__(self) -> None:
        for name in ("certificate", "model", "serial"):
            object.__setattr__(self, name, _one_line(getattr(self, name)))


class PaymentTerminal(Protocol):
    """A terminal that collects or pays back at most once for each key.

    Promises, each with a test in tests/contracts/payments:
    - A key collects at most once, however often it is sent. A follow-up moves money at most once per key.
    - APPROVED, PARTIAL, REFUSED and CANCELLED are final, and `query` repeats them with the same references.
    - `cancel` never undoes an approval.
    - After `query` has returned NOT_FOUND later than `not_found_after_s`, a late arrival collects nothing.
    - Refunds of a charge never exceed what was collected by it.
    - A reply states key, order and amount as the terminal has them, never as they were asked.
    - All methods may be called from different threads at once, and none waits longer than it says.
    - An error tells that nothing is known (TerminalLostError) or that nothing happened (TerminalBusyError). Anything
      else that a driver raises counts as lost.
    """

    @property
    def identity(self) -> str:
        """The provider's identity of the terminal, without secrets; static, known without a connection."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; static."""
        ...

    def create(self, charge: Charge) -> str:
        """Registers a charge at the provider, within 15 s; idempotent by key.

        Returns the provider's id, which is journaled before `present`; "" where there is no such step.
        Raises TerminalLostError, TerminalBusyError.
        """
        ...

    def present(
        self, charge: Charge, provider_id: str, on_taken_up: Callable[[], None], wait_s: float
    ) -> TerminalReply:
        """Collects, waiting at most `wait_s` seconds for the card. The reply is final; PENDING if the terminal does
        not end it in that time.

        `on_taken_up` is called when the terminal has the charge. Raises TerminalLostError, TerminalBusyError.
        """
        ...

    def query(self, wanted: Presented | FollowUp) -> TerminalReply:
        """The state of a key at the terminal, within 5 s. Raises TerminalLostError."""
        ...

    def cancel(self, presented: Presented) -> None:
        """Asks to stop waiting for the card, within 5 s; `present` or `query` gives the result.

        Raises TerminalLostError.
        """
        ...

    def follow_up(self, follow_up: FollowUp) -> TerminalReply:
        """Captures, voids or refunds. The reply is final, or PENDING if it takes longer than 15 s.

        Raises TerminalLostError, TerminalBusyError.
        """
        ...

    def probe(self) -> TerminalProbe:
        """Tries the terminal without moving money, within 15 s; raises nothing."""
        ...

    def show(self, text: str) -> None:
        """Shows a text on the terminal; does nothing where it cannot, and raises nothing."""
        ...

    def close(self) -> None:
        """Ends all waiting calls with TerminalLostError."""
        ...


def _one_line(text: str) -> str:
    """What a terminal says about itself is printed to a technician's screen."""
    return "".join(character if character.isprintable() else "?" for character in text)


def new_key() -> str:
    """A new random key that every provider accepts."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))
