"""What a card's link is worth where a phone opens it, away from any mirror.

A signed link (SUN) whose counter has risen is a fresh proof (tier 2): the greeting may say the first name, as the
glass may. It is used up by that, here and at every mirror. An old link of a card is no alarm here, since a page that is
opened again from a phone's memory shows one; at a reader, where nothing is remembered, it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from typing import Final

from hardware.pcsc.ntag424 import is_signed
from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.customers import Customers

MAX_QUERY_LENGTH: Final = 512
"""Characters of a query; that of a card of the house has 78."""
_OLD: Final = (CloneIndicator.REPLAYED_LINK, CloneIndicator.ROLLED_BACK)


@unique
class LinkStatus(Enum):
    """What was opened."""

    PROVED = "proved"
    PLAIN = "plain"
    """No proof in it: somebody typed the address."""
    USED = "used"
    REFUSED = "refused"
    """Forged, blocked, nobody's, or not to be checked now: which of them is nobody's business."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The worth of a link; first name and language only where it is proved."""

    worth: LinkStatus
    first_name: str = ""
    language: str = ""


def open_link(customers: Customers, query: str, at_us: int) -> LinkResult:
    """The worth of the link with this query. A proof is used up by it. Nothing of it is logged but a refusal's kind."""
    if len(query) > MAX_QUERY_LENGTH:
        return LinkResult(LinkStatus.REFUSED)
    link = f"https://phone/m?{query}"
    if not is_signed(link):
        return LinkResult(LinkStatus.PLAIN)
    result = customers.evaluate_tap(CardTapped(at_us, "link", "", link))
    shopper = result.shopper
    if shopper is not None and shopper.tier >= Tier.PROVED:
        return LinkResult(LinkStatus.PROVED, shopper.first_name, shopper.language)
    return LinkResult(LinkStatus.USED if result.sign in _OLD else LinkStatus.REFUSED)
