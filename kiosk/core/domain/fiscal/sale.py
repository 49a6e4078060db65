"""A sale or a refund as it is given to the law's cash register, and the register's signature of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.domain.tax import TaxLine


@unique
class FiscalKind(Enum):
    """A sale; money that is paid back for a piece of one; a sale that is taken back, because nothing was collected."""

    SALE = "sale"
    REFUND = "refund"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class FiscalLine:
    """One piece; `amount` is what is paid, or paid back, for it with the tax."""

    article: str
    name: str
    amount: Money
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class FiscalSale:
    """What is registered. Amounts of a refund or cancellation are positive too; `kind` says how they count.

    A cancellation has the number of the receipt that it cancels, and what is left of that sale after refunds.

    `key` identifies it for ever: the same key is the same registration. `number` is that of the receipt, `at_us` the
    time of the payment in microseconds UTC.
    """

    key: str
    kind: FiscalKind
    order_id: OrderId
    number: str
    at_us: int
    total: Money
    taxes: tuple[TaxLine, ...]
    lines: tuple[FiscalLine, ...]
    means: PaymentMeans


@dataclass(frozen=True, slots=True)
class Signature:
    """What the register says about a registered sale, as the law wants it on the receipt.

    `register`: its serial number. `number`: its number of the transaction. `signed_at`: its own time (RFC 3339).
    `code`: the text of a QR code; empty for none. `texts`: further lines to print, as the register gives them.
    """

    register: str
    number: str
    signed_at: str
    signature: str
    code: str = ""
    texts: tuple[str, ...] = ()
