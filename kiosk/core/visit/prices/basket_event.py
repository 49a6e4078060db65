"""The event of what the chosen pieces cost together."""

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
