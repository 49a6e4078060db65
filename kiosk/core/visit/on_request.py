"""Asking for a piece or a person, and taking it back."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.garment import Colourway, Garment, SizeStock
from kiosk.core.domain.ids import Gtin, RequestId
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.visit.effects import Effect, SendRequest, WithdrawRequest
from kiosk.core.visit.state import Page, Visit, open_page
from kiosk.core.visit.touches import ServiceRequested

Moved = tuple[Visit, tuple[Effect, ...]]


def request_service(visit: Visit, wish: ServiceRequested) -> Moved:
    """Send the request and show how it stands. The same thing asked for twice is shown, not sent, again."""
    twin = next((r for r in visit.open_requests if (r.kind, r.gtin) == (wish.kind, wish.gtin)), None)
    if twin is not None:
        return open_page(visit, Page.REQUEST), ()
    request = _request(visit, wish)
    if request is None:
        return visit, ()
    visit = replace(visit, requests=(*visit.requests, request), made=visit.made + 1)
    return open_page(visit, Page.REQUEST), (SendRequest(visit.ticket, request),)


def _request(visit: Visit, wish: ServiceRequested) -> ServiceRequest | None:
    request = ServiceRequest(
        request_id=RequestId(f"{visit.ticket}.r{visit.made + 1}"),
        room=visit.room,
        ticket=visit.ticket,
        kind=wish.kind,
        made_us=visit.now_us,
        changed_us=visit.now_us,
        language=visit.language,
        at_door=wish.at_door,
    )
    if wish.kind not in (RequestKind.SIZE, RequestKind.PIECE):
        return request
    found = _found(visit, wish.gtin)
    if found is None:
        return None
    garment, colour, offer = found
    if offer.here == 0:
        # What is not in the house cannot be brought; the page says so and offers nothing else to touch.
        return None
    return replace(
        request,
        gtin=offer.gtin,
        name=garment.name,
        colour=colour.name,
        size=offer.size,
        picture=colour.picture,
        lies="floor" if offer.floor else "stockroom",
    )


def _found(visit: Visit, gtin: Gtin | None) -> tuple[Garment, Colourway, SizeStock] | None:
    if gtin is None:
        return None
    focused = (visit.focus.garment,) if visit.focus else ()
    in_room = tuple(p.garment for p in visit.pieces if p.garment)
    for garment in (*focused, *in_room, *(s.garment for s in visit.suggestions)):
        offer = garment.offer(gtin)
        if offer is not None:
            return (garment, *offer)
    return None


def withdraw_request(visit: Visit, request_id: RequestId) -> Moved:
    """Take an open request back at once; the store is told."""
    request = visit.request(request_id)
    if request is None or not request.state.open:
        return visit, ()
    gone = replace(request, state=RequestState.CANCELLED, changed_us=visit.now_us)
    requests = tuple(gone if r.request_id == request_id else r for r in visit.requests)
    return replace(visit, requests=requests), (WithdrawRequest(visit.ticket, request_id),)
