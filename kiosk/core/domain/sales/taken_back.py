"""A sale that was taken back: it is in the ledger as paid, and nothing was collected for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.money import Money, total
from kiosk.core.domain.payment import Order, OrderLine
from kiosk.core.domain.tax import TaxLine


@unique
class TakeBackReason(Enum):
    """Why a sale was taken back."""

    NOT_CHARGED = "not-charged"
    """A person called it charged; the terminal or the settlement says that it was not."""
    PARTLY_CHARGED = "partly-charged"
    """A person called it charged, and the terminal has collected only a part, which is given back."""
    NOT_CAPTURED = "not-captured"
    """The amount was authorised, and the terminal has refused to capture it."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The sale of receipt `receipt` (its number) is cancelled; its pieces are free again.

    `attempt`: key of the attempt that had paid it. `by`: id of the associate. `paid_back`: pieces, by the ids that they
    had then, whose price was paid back before; they are not part of what is cancelled.
    """

    order_id: OrderId
    receipt: str
    attempt: str
    reason: TakeBackReason
    by: str
    at_us: int
    paid_back: tuple[PieceId, ...] = ()


def left_of(order: Order, taken: TakenBack) -> tuple[OrderLine, ...]:
    """The lines that are cancelled: those of the order, after exchanges, whose price was not paid back before."""
    return tuple(line for line in order.lines if line.piece not in taken.paid_back)


def tax_of(line: OrderLine, order: Order) -> TaxLine:
    """The tax of one line by its share."""
    tax = line.tax or Money(0, order.total.currency)
    return TaxLine(line.rate_ppm, Money(line.paid.minor - tax.minor, tax.currency), tax)


def taxes_of(lines: tuple[OrderLine, ...], order: Order) -> tuple[TaxLine, ...]:
    """The tax of some lines of an order for each rate, by their shares, the highest rate first."""
    found = [tax_of(line, order) for line in lines]
    rates = sorted({tax.rate_ppm for tax in found}, reverse=True)
    currency = order.total.currency
    return tuple(
        TaxLine(
            rate,
            total((tax.net for tax in found if tax.rate_ppm == rate), currency),
            total((tax.tax for tax in found if tax.rate_ppm == rate), currency),
        )
        for rate in rates
    )
