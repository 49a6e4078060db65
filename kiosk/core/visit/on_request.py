"""Touches about service requests: asking for a piece or a person, and withdrawing a request."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.floor.services import AskedService
from kiosk.core.domain.garment import Colourway, Garment, Piece, SizeStock
from kiosk.core.domain.ids import ArticleId, RequestId
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.visit.effects import SendRequest, WithdrawRequest
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.state import StepResult, Visit, open_page
from kiosk.core.visit.touches import ServiceRequested


def request_service(visit: Visit, touch: ServiceRequested) -> StepResult:
    """Send the request and open its page. A request that is open already is shown, not sent again."""
    wanted = (touch.kind, touch.article, touch.service)
    same = next((r for r in visit.open_requests if (r.kind, r.article, _own_service(r)) == wanted), None)
    if same is not None:
        return open_page(visit, Page.REQUEST), ()
    request = _request(visit, touch)
    if request is None:
        return visit, ()
    visit = replace(visit, requests=(*visit.requests, request), last_number=visit.last_number + 1)
    return open_page(visit, Page.REQUEST), (SendRequest(visit.ticket, request),)


def _own_service(request: ServiceRequest) -> str:
    """The key of a service that the mirror has no kind for; empty for everything else."""
    return request.service.key if request.service and request.kind is RequestKind.SERVICE else ""


def _request(visit: Visit, touch: ServiceRequested) -> ServiceRequest | None:
    request = ServiceRequest(
        request_id=RequestId(f"{visit.ticket}.r{visit.last_number + 1}"),
        room=visit.room,
        ticket=visit.ticket,
        kind=touch.kind,
        made_us=visit.now_us,
        changed_us=visit.now_us,
        language=visit.language,
        at_door=touch.at_door,
    )
    if touch.kind is RequestKind.SERVICE:
        offered = next((each for each in visit.settings.services if each.key == touch.service), None)
        if offered is None:
            return None
        return replace(
            request, name=offered.label, service=AskedService(offered.key, offered.icon, offered.brought)
        )
    if touch.kind not in (RequestKind.SIZE, RequestKind.PIECE):
        return request
    found = found_garment(visit, touch.article)
    if found is None:
        return None
    garment, colour, stock = found
    paid = paid_piece(visit, garment, stock.article)
    if stock.here == 0:
        # A size that is not in this shop cannot be brought; the page says so and has no button for it.
        return None
    return replace(
        request,
        article=stock.article,
        name=garment.name,
        colour=colour.name,
        size=stock.size,
        picture=colour.picture,
        lies=_lies(stock),
        second=_second(garment, stock, touch.second) if paid is None else None,
        instead_of=paid.piece_id if paid else None,
    )


def _lies(stock: SizeStock) -> str:
    return "floor" if stock.floor else "stockroom"


def _second(garment: Garment, stock: SizeStock, article: ArticleId | None) -> SecondSize | None:
    """Another size of the same garment that can be brought as well; None where there is none."""
    found = garment.stock_of(article) if article is not None and article != stock.article else None
    if found is None or found[1].here == 0:
        return None
    return SecondSize(found[1].article, found[1].size, _lies(found[1]))


def paid_piece(visit: Visit, garment: Garment, article: ArticleId) -> Piece | None:
    """The paid piece in the room that can be changed for this article of its style: an even exchange.

    The one whose page is open, if there are several. None where there is none.
    """
    found = [
        p
        for p in visit.pieces
        if p.piece_id in visit.pay.bought
        and p.garment is not None
        and p.garment.style_id == garment.style_id
        and p.garment.article != article
        and p.garment.price_of(p.garment.article).now == garment.price_of(article).now
    ]
    opened = visit.focus.piece if visit.focus else None
    return next((p for p in found if p.piece_id == opened), found[0] if found else None)


def found_garment(visit: Visit, article: ArticleId | None) -> tuple[Garment, Colourway, SizeStock] | None:
    """A garment that is shown with this article in one of its sizes, with its colour and stock; None where none is."""
    if article is None:
        return None
    focused = (visit.focus.garment,) if visit.focus else ()
    in_room = tuple(p.garment for p in visit.pieces if p.garment)
    for garment in (*focused, *in_room, *(s.garment for s in visit.looks.suggestions)):
        stock = garment.stock_of(article)
        if stock is not None:
            return (garment, *stock)
    return None


def withdraw_request(visit: Visit, request_id: RequestId) -> StepResult:
    """Cancel an open request on the mirror at once, and in the store."""
    request = visit.request(request_id)
    if request is None or not request.state.open:
        return visit, ()
    gone = replace(request, state=RequestState.CANCELLED, changed_us=visit.now_us)
    requests = tuple(gone if r.request_id == request_id else r for r in visit.requests)
    return replace(visit, requests=requests), (WithdrawRequest(visit.ticket, request_id),)
