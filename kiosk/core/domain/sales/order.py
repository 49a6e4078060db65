"""An order: pieces to be paid together, with their prices and taxes when it was made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.core.domain.ids import ArticleId, OrderId, PieceId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.promise.values import DeliveryPromise
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.texts import LocalizedText


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One piece of an order, with its price when the order was made, after promotions.

    The price is without the tax where the order adds it (`Order.tax_added`), else with it. `tax` and `amount`
    are None for a piece that is not in an order yet, and in orders of earlier versions on the wire.
    """

    piece: PieceId
    article: ArticleId
    name: LocalizedText
    colour: LocalizedText
    size: str
    price: Money
    picture: str = ""
    rate_ppm: int = 0
    """Rate of the tax in millionths: 88,750 for 8.875 %."""
    tax: Money | None = None
    """This line's share of the tax; the shares of all lines sum to the order's tax."""
    amount: Money | None = None
    """What is paid for this piece with its tax; the amounts of all lines sum to the order's total."""
    before: Money | None = None
    """Its price without promotions, where they have lowered it; None where it costs that."""
    discounts: tuple[Discount, ...] = ()
    """What each promotion took off, in their sequence: they sum to the difference of both prices."""

    @property
    def listed(self) -> Money:
        """Its price without promotions."""
        return self.before or self.price

    @property
    def paid(self) -> Money:
        """What is paid for this piece, and paid back for it: `amount`; its price where the order states none."""
        return self.price if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class Order:
    """Pieces to be paid together. `total` is what is paid, with the tax; `tax` is the tax of all rates.

    The mirror makes `order_id`, so that a repeated request is the same order.
    """

    order_id: OrderId
    room: RoomId
    ticket: Ticket
    lines: tuple[OrderLine, ...]
    total: Money
    tax: Money
    tax_permille: int = 0
    """The rate in units of 0.1 percent, for mirrors of earlier versions; 0 where it is not one rate of at most one
    decimal."""
    taxes: tuple[TaxLine, ...] = ()
    """The tax of each rate, the highest rate first; empty in orders of earlier versions on the wire."""
    tax_added: bool = False
    """Whether the tax is added to the prices of the lines; else they contain it."""
    promises: tuple[DeliveryPromise, ...] = ()
    """How its pieces reach the shopper, as it was shown; empty where she takes everything along."""

    @property
    def net(self) -> Money:
        """The total without the tax."""
        return Money(self.total.minor - self.tax.minor, self.total.currency)

    @property
    def tax_lines(self) -> tuple[TaxLine, ...]:
        """The tax of each rate; in orders of earlier versions it is one rate."""
        if self.taxes or not self.tax_permille:
            return self.taxes
        return (TaxLine(self.tax_permille * 1000, self.net, self.tax),)


def discounts_of(order: Order) -> tuple[Discount, ...]:
    """What each promotion took off the whole order, in the sequence of the lines."""
    found: dict[str, Discount] = {}
    for one in (discount for line in order.lines for discount in line.discounts):
        known = found.get(one.rule_id)
        found[one.rule_id] = replace(one, amount=known.amount + one.amount) if known else one
    return tuple(found.values())
