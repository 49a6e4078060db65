"""The event of what waits for a member, changed or stated again."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.floor.prepared import Prepared
from kiosk.core.domain.ids import ShopperId, Ticket


@dataclass(frozen=True, slots=True)
class PreparedChanged:
    """What waits now for a member who has proved her card in this visit; None: nothing is to be shown any more."""

    at_us: int
    ticket: Ticket
    shopper_id: ShopperId = field(repr=False)
    prepared: Prepared | None
