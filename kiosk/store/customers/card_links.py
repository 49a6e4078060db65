"""Evaluates a card's link that a phone has opened.

A signed link (SUN) with a higher counter than before is a fresh proof: the page may show the first name. The link is
then used up, here and at every mirror. An old link raises no clone alarm here, because a phone may open a page again
from its history; at a card reader it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Final

from hardware.pcsc.ntag424 import is_signed
from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.events import CardTapped
from kiosk.store.customers.customers import Customers

MAX_QUERY_LENGTH: Final = 512
"""Characters of a query; the query of a shop's card has 78."""
_OLD: Final = (CloneIndicator.REPLAYED_LINK, CloneIndicator.ROLLED_BACK)


@unique
class LinkStatus(Enum):
    """What a link proves."""

    PROVED = "proved"
    PLAIN = "plain"
    """No signature: the address was typed."""
    USED = "used"
    REFUSED = "refused"
    """Forged, blocked, unknown, or not verifiable now. The page does not say which."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The status of a link; first name and language only if it is `PROVED`."""

    status: LinkStatus
    first_name: str = field(default="", repr=False)
    language: str = ""


def open_link(customers: Customers, query: str, at_us: int) -> LinkResult:
    """Evaluates the link with this query, and uses it up. Of a refused link only the kind of error is logged."""
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
