"""The event with which a mirror gets to know what can be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.floor.aside import AsideOffer
from kiosk.core.domain.floor.services import ServiceKind


@dataclass(frozen=True, slots=True)
class ServicesOffered:
    """What a shopper can ask for besides garments; it comes with each connection to the store."""

    at_us: int
    services: tuple[ServiceKind, ...]
    put_aside: AsideOffer = AsideOffer.NEVER
    delivery: bool = False
    """Pieces can be sent, or kept at the desk."""
