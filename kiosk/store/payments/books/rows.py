"""Rows of an export: the columns, which are the same for all kinds, and their values.

Signs: what the shop receives is positive, what it gives back negative. A row never changes once its instant has passed,
so that the exports of single days together have the rows of the export of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum, unique
from typing import Final

from kiosk.core.domain.money import Money


@unique
class RowKind(Enum):
    """What a row stands for."""

    ORDER = "order"
    """An order that was paid: its total, tax and net, at the instant of its receipt."""
    LINE = "line"
    """A piece of that order, with its share of the tax."""
    TAX = "tax"
    """One rate of that order: `amount` with the tax, `net` without it."""
    CANCELLATION = "cancellation"
    """The sale of that receipt was taken back: what is left of its order after refunds, with a minus sign. Its lines
    and rates follow, with a minus sign too."""
    RECEIPT = "receipt"
    PAYMENT = "payment"
    """Money that a payment has collected, also one that is given back later."""
    REFUND = "refund"
    """Money paid back for a piece."""
    REVERSAL = "reversal"
    """A whole payment that was voided or paid back, because it was not wanted any more."""
    CORRECTION = "correction"
    """What was stated for a payment or a refund before was wrong by this amount."""
    CAPTURE = "capture"
    """An authorised payment was captured. Not counted: the payment is counted when it is approved."""
    EXCHANGE = "exchange"
    """A piece was changed for another one (`piece`) at no charge."""
    ENTERED = "entered"
    """What an associate has entered for the shop's own terminal. Not counted."""
    TOTAL = "total"
    """A sum of rows, at the end."""
    CHECK = "check"
    """Whether two sums agree, at the end: `note` is ok, or by how much they differ."""


MONEY: Final = frozenset({RowKind.PAYMENT, RowKind.REFUND, RowKind.REVERSAL, RowKind.CORRECTION})
"""Kinds of rows whose amounts sum to the money that the shop has received."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Amounts are whole minor units of `currency`, None where a row has none; `rate_ppm` are millionths.

    `ledger` and `entry`: the place of the ledger's entry from which it follows. `line` counts the lines of an order
    from 1; in a total it is the number of rows. `name`: of a piece, or of a total. `by`: id of an associate.
    """

    kind: RowKind
    at_us: int | None = None
    order: str = ""
    receipt: str = ""
    room: str = ""
    line: int | None = None
    key: str = ""
    piece: str = ""
    article: str = ""
    returned_piece: str = ""
    name: str = ""
    size: str = ""
    rate_ppm: int | None = None
    currency: str = ""
    amount: int | None = None
    tax: int | None = None
    net: int | None = None
    means: str = ""
    terminal: str = ""
    reference: str = ""
    card: str = ""
    by: str = ""
    note: str = ""
    ledger: int | None = None
    entry: int | None = None


COLUMNS: Final = (
    "kind", "day", "at", "order", "receipt", "room", "line", "key", "piece", "article", "returned_piece", "name",
    "size", "rate_percent", "currency", "amount_minor", "amount", "tax_minor", "tax", "net_minor", "net", "means",
    "terminal", "reference", "card", "by", "note", "ledger", "entry",
)  # fmt: skip
"""Names of the columns, in their order; keys of the JSON objects."""
TEXTS: Final = tuple(field.name for field in fields(Row) if field.type == "str")
"""Fields that are written as they are."""


def decimal_text(minor: int, currency: str) -> str:
    """An amount in units of the currency with its digits: -12.50, 500, 12.500."""
    digits = Money(minor, currency).digits
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole}.{rest:0{digits}d}" if digits else f"{whole}"
    return f"-{text}" if minor < 0 else text
