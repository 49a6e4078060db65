"""Settings of a room's mirror: the shop's name, languages and currency, and after which times a visit changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.floor.aside import AsideOffer
from kiosk.core.domain.floor.services import USUAL_SERVICES, ServiceKind

SECOND_US: Final = 1_000_000
"""Microseconds in a second. The core imports no clock, so the number is defined here as well as in `kiosk.clock`."""


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """Times are in microseconds; "untouched" counts from the last touch or tap."""

    shop_name: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ("en", "de")
    currency: str = "EUR"
    tax_added: bool = False
    """Whether the shop adds the tax to its prices; else they contain it."""
    services: tuple[ServiceKind, ...] = USUAL_SERVICES
    """What a shopper can ask for besides garments."""
    put_aside: AsideOffer = AsideOffer.NEVER
    """When a piece can be put aside."""
    delivery: bool = False
    """Pieces can be sent, or kept at the desk."""
    idle_us: int = 120 * SECOND_US
    """Untouched for this long, an open page changes to the wardrobe."""
    abandoned_us: int = 600 * SECOND_US
    """Untouched for this long, the mirror asks whether she is still there, even if garments hang in the room."""
    empty_us: int = 45 * SECOND_US
    """The room empty and untouched for this long, it asks as well."""
    paid_us: int = 8 * SECOND_US
    """The same after a payment."""
    still_there_us: int = 20 * SECOND_US
    """How long the question stays. Untouched, the visit ends then, unless a request or a payment is open."""
    goodbye_us: int = 6 * SECOND_US
    """How long the good-bye page stays."""
    resend_us: int = 3 * SECOND_US
    """A request that did not reach the store is sent again after this time."""
    repeat_us: int = 1_500_000
    """Taps within this time are one tap: a ring is often laid on the reader twice."""
    notice_us: int = 6 * SECOND_US
    """How long a notice about a card or a label stays."""
