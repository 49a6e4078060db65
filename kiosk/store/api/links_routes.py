"""Route of the link on a shop's card, which a phone opens."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from kiosk.store.api import problems
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.rate_limit import Rate, RateLimiter
from kiosk.store.customers.card_links import LinkStatus, open_link
from kiosk.store.customers.customers import Customers
from kiosk.store.pages.card_link import STATUS, busy_page, card_page
from kiosk.store.pages.render import CSP, language_for
from kiosk.store.settings import ShopSettings

RATE_PER_ADDRESS: Final = Rate(burst=10, per_s=0.2)
"""One phone. A guesser of the 2**64 codes gets ten tries, then one every 5 s."""
TOTAL_RATE: Final = Rate(burst=100, per_s=20)
"""All phones together, so that requests from many addresses do not slow down the mirrors."""
RETRY_AFTER_S: Final = 60


def links_router(
    customers: Customers, shop: ShopSettings, now_us: Callable[[], int], steady_us: Callable[[], int]
) -> APIRouter:
    """The route of card links. Its address is `listen.public_url` + /m, or what `cards.link_base` redirects here."""
    router = APIRouter(tags=["open"], dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)
    limiter = RateLimiter(RATE_PER_ADDRESS, TOTAL_RATE, steady_us)

    refused = problems.pages(
        _403="It proves nothing", _410="The link was used", _429="Too many requests", _503="A prefetch"
    )

    @router.get("/m", summary="A card's link", response_class=HTMLResponse, responses=refused)
    def opened(request: Request) -> Response:
        """The page for a phone that has read a card. `picc_data` and `cmac` prove the card once; only then does the
        page show the shopper's first name. 410: the link was used; 403: it proves nothing; 429: too many requests."""
        language = language_for(request.headers.get("accept-language", ""), shop)
        if request.headers.get("sec-purpose", "").startswith("prefetch"):
            # A prefetch must not use up the proof.
            return Response(status_code=503)
        if not limiter.allows(request.client.host if request.client else ""):
            return _page(busy_page(shop, language), language, 429, {"Retry-After": str(RETRY_AFTER_S)})
        found = open_link(customers, request.url.query, now_us())
        if found.status is LinkStatus.PROVED and not request.headers.get("accept-language"):
            language = found.language or language
        return _page(card_page(found, shop, language), language, STATUS[found.status])

    return router


def _page(page: str, language: str, status: int, more: dict[str, str] | None = None) -> Response:
    return HTMLResponse(
        page, status, {"Content-Security-Policy": CSP, "Content-Language": language, **(more or {})}
    )
