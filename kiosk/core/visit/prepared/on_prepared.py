"""The pieces that wait for the shopper's appointment. Only the visit of a member who has proved her card has them."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.prepared import PreparedPiece
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.navigation import Focus, Page
from kiosk.core.visit.prepared.prepared_event import PreparedChanged
from kiosk.core.visit.state import Visit, home_page, open_page


def waiting(visit: Visit) -> tuple[PreparedPiece, ...]:
    """What still waits: the prepared pieces whose article does not hang in the room."""
    shopper = visit.shopper
    if shopper is None or shopper.prepared is None or shopper.tier < Tier.PROVED:
        return ()
    here = {p.garment.article for p in visit.pieces if p.garment is not None and p.visible}
    return tuple(one for one in shopper.prepared.pieces if one.garment.article not in here)


def prepared_changed(visit: Visit, change: PreparedChanged) -> Visit:
    """The visit with the changed appointment. A change of another one, of a card that was tapped before, is dropped."""
    shopper = visit.shopper
    if shopper is None or shopper.prepared is None:
        return visit
    if shopper.prepared.appointment_id != change.appointment_id:
        return visit
    after = replace(visit, shopper=replace(shopper, prepared=change.prepared))
    return home_page(after) if after.page is Page.PREPARED and not waiting(after) else after


def prepared_opened(visit: Visit, article: ArticleId) -> Visit:
    """The page of a piece that waits; from there she asks for it, or for another size."""
    found = next((one.garment for one in waiting(visit) if one.garment.article == article), None)
    if found is None:
        return visit
    return open_page(replace(visit, focus=Focus(found, None, found.colour, found.size)), Page.GARMENT)
