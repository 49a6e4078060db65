"""Records which items are asked for: in another size or as another piece, and those that are not there."""

from __future__ import annotations

from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents


def record_request(
    item_events: ItemEvents, request: ServiceRequest, garment: Garment, at_us: int, basket: str
) -> None:
    """A request for `garment`, the article that it names, and for its second size. Requests for people and drinks are
    not recorded."""
    if request.article is None or request.kind not in (RequestKind.SIZE, RequestKind.PIECE):
        return
    for article in articles_of(request):
        found = garment.stock_of(article)
        if found is None and article != request.article:
            continue  # not of this garment
        size = garment.size if article == request.article or found is None else found[1].size
        lacking = found is not None and found[1].here == 0
        kind = ItemEventKind.LACKING if lacking else ItemEventKind.ASKED
        item_events.add(kind, [(garment.item, size)], at_us, basket)
