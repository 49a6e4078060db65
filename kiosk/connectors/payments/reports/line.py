"""A line of a settlement report, whichever service has written it, and the errors of such files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.money import Money


class ReportError(Exception):
    """A file is no report that can be compared. `line` counts from 1; 0 if no line is meant."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}" if line else f"{file}: {why}")
        self.file, self.line, self.why = file, line, why


@unique
class Service(Enum):
    """Who has written a report."""

    STRIPE = "stripe"
    ADYEN = "adyen"
    OWN = "own"
    """The shop's own terminal, whose payments an associate has entered; and the simulated one."""


@unique
class LineKind(Enum):
    """What a line says of money. OTHER: fees, payouts and other movements without a sale."""

    CHARGE = "charge"
    REFUND = "refund"
    REFUND_REVERSED = "refund-reversed"
    """A refund that failed: the money came back."""
    CHARGEBACK = "chargeback"
    CHARGEBACK_REVERSED = "chargeback-reversed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line. `file`, `line`: where it stands, for people. `identity` is the same wherever the same transaction is
    listed again; empty if the report has none.

    `reference`: the service's number of this charge or refund. `charge`: its numbers of the charge, also for a refund.
    `key`, `order`: ours, as the service has them; empty where the report does not show them. `amount`: what the shopper
    has paid or got back, positive. `at_us`: when, microseconds UTC; `dated`: only the day is known. `batch`: payout or
    settlement batch. `fee`: in minor units of `fee_currency`. `foreign`: certainly no payment of this store.
    """

    file: str
    line: int
    kind: LineKind
    amount: Money
    at_us: int
    identity: str = ""
    reference: str = ""
    charge: tuple[str, ...] = ()
    key: str = ""
    order: str = ""
    batch: str = ""
    fee: int = 0
    fee_currency: str = ""
    dated: bool = False
    foreign: bool = False

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"{self.file}, line {self.line}"
