"""What a comparison finds: differences, what is pending, and what the report says beside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.money import Money


@unique
class DifferenceKind(Enum):
    """In which way ledger and report differ."""

    MISSING_AT_SERVICE = "missing-at-service"
    """The ledger says paid; the report does not have it."""
    MISSING_IN_LEDGER = "missing-in-ledger"
    """The report has a payment of which the ledger knows nothing."""
    AMOUNT = "amount"
    CURRENCY = "currency"
    CHARGED_TWICE = "charged-twice"
    """The report has more payments of an order than the ledger."""
    REFUND_MISSING = "refund-missing"
    """The ledger says paid back; the report does not have it."""
    REFUND_EXTRA = "refund-extra"
    """The report has a refund that the ledger does not have, or says was not done."""
    DAY = "day"
    """Another day than in the ledger."""
    STATE = "state"
    """The report has a payment that the ledger says was declined, given up, or is not known yet."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `place`: file and line of the report; empty where it has none. `at_us`: when."""

    kind: DifferenceKind
    order: str
    key: str
    reference: str
    place: str
    batch: str
    at_us: int
    ledger: Money | None
    report: Money | None
    state: str = ""
    refund: bool = False
    word: bool = False
    """The ledger rests on a person's word."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A payment or refund that is too new for this report."""

    order: str
    key: str
    reference: str
    at_us: int
    amount: Money
    refund: bool


@dataclass(frozen=True, slots=True)
class Chargeback:
    """Money that the shopper's bank has taken back, or has given back after that (`reversed`)."""

    place: str
    reference: str
    order: str
    at_us: int
    amount: Money
    reversed: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word about a payment or refund, and what the report says: `moved`, None where it has nothing."""

    key: str
    moved: Money | None
    reference: str
