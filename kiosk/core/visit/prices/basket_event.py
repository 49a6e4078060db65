"""The events of what the chosen pieces cost together, and of a coupon that was scanned."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.sales.order import OrderLine


@dataclass(frozen=True, slots=True)
class BasketPriced:
    """What the pieces that are chosen and with the shopper cost by the promotions that hold now, each with the reason.

    A store sends it after each report of the basket, if it has promotions.
    """

    at_us: int
    ticket: Ticket
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class CouponScanned:
    """A coupon of the shop was scanned in this visit. `holds`: its promotion holds now, so that it counts until the
    visit ends; else it is over, or has not begun."""

    at_us: int
    ticket: Ticket
    holds: bool
