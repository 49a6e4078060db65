"""The store's answer about delivery."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.promise.values import DeliveryOffers


@dataclass(frozen=True, slots=True)
class DeliveryOffered:
    """What can be promised for the basket; None: the store did not answer."""

    at_us: int
    ticket: Ticket
    asked: int
    offers: DeliveryOffers | None
