"""The pieces that wait for the shopper's appointment. Only the visit of a member who has proved her card has them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.prepared import PreparedPiece
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.navigation import HOME, Focus, Page
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.state import Visit, open_page


def waiting(visit: Visit) -> tuple[PreparedPiece, ...]:
    """What still waits: the prepared pieces whose article does not hang in the room."""
    shopper = visit.shopper
    if shopper is None or shopper.prepared is None or shopper.tier < Tier.PROVED:
        return ()
    here = {p.garment.article for p in visit.pieces if p.garment is not None and p.visible}
    return tuple(one for one in shopper.prepared.pieces if one.garment.article not in here)


def prepared_changed(visit: Visit, change: PreparedChanged) -> Visit:
    """The visit with what waits for its member now. What is of another member, of a card of before, is dropped."""
    shopper = visit.shopper
    if shopper is None or shopper.tier < Tier.PROVED or shopper.shopper_id != change.shopper_id:
        return visit
    after = replace(visit, shopper=replace(shopper, prepared=change.prepared))
    return _left(after) if after.page is Page.PREPARED and not waiting(after) else only_hers(after)


def only_hers(visit: Visit) -> Visit:
    """Where nothing was prepared for the present shopper, the page of what waits is left, and there is no way back."""
    if visit.shopper is not None and visit.shopper.prepared is not None:
        return visit
    if visit.page is Page.PREPARED:
        return _left(visit)
    trail = tuple(page for page in visit.navigation.trail if page is not Page.PREPARED)
    return replace(visit, navigation=replace(visit.navigation, trail=trail))


def _left(visit: Visit) -> Visit:
    """A mirror that is to show nothing goes on to show nothing."""
    return replace(visit, navigation=replace(HOME, dark=visit.navigation.dark))


def prepared_opened(visit: Visit, article: ArticleId) -> Visit:
    """The page of a piece that waits; from there she asks for it, or for another size."""
    found = next((one.garment for one in waiting(visit) if one.garment.article == article), None)
    if found is None:
        return visit
    return open_page(replace(visit, focus=Focus(found, None, found.colour, found.size)), Page.GARMENT)
