"""The page of a receipt by its unguessable link, which a phone opens."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.errors import NotFoundError
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_link import EXPIRED, expired_page
from kiosk.store.pages.render import CSP, language_for
from kiosk.store.payments.order_book import Sale
from kiosk.store.payments.receipts.links import ReceiptLinks
from kiosk.store.settings import ShopSettings

SaleOf = Callable[[str], Sale | None]


def receipt_link_router(shop: ShopSettings, sale_of: SaleOf, links: ReceiptLinks) -> APIRouter:
    """The route of receipts' links."""
    router = APIRouter(tags=["open"], dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)

    @router.get("/r/{token}", summary="A receipt", response_class=HTMLResponse)
    def receipt(request: Request, token: str) -> Response:
        """The page that the QR code on the mirror opens on the shopper's phone. 410: the link has expired."""
        language = language_for(request.headers.get("accept-language", ""), shop)
        sale = sale_of(token)
        if sale is None:
            raise NotFoundError("there is no such receipt")
        if links.is_expired(sale.receipt):
            return _page(expired_page(shop, language, links.days), language, EXPIRED)
        return _page(receipt_page(sale, shop, language), language)

    return router


def _page(page: str, language: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, {"Content-Security-Policy": CSP, "Content-Language": language})
