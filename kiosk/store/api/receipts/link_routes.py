"""The page of a receipt by its unguessable link, which a phone opens, and its form for an e-mail address."""

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from kiosk.store.api import problems
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.rate_limit import Rate, RateLimiter
from kiosk.store.errors import TooManyMailsError
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_link import EXPIRED, UNKNOWN, expired_page, unknown_page
from kiosk.store.pages.receipt_mail import STATUS, Posted, posted_page
from kiosk.store.pages.render import CSP, FORM_CSP, language_for
from kiosk.store.payments.order_book import Sale
from kiosk.store.receipts.receipt_desk import ReceiptDesk
from kiosk.store.settings import ShopSettings

POSTS_PER_ADDRESS: Final = Rate(burst=5, per_s=1 / 60)
ALL_POSTS: Final = Rate(burst=30, per_s=0.5)
"""So that nobody sends many messages through the shop's mail server; each receipt has a limit of its own too."""
MAX_FORM_BYTES: Final = 2048


def receipt_link_router(shop: ShopSettings, desk: ReceiptDesk, steady_us: Callable[[], int]) -> APIRouter:
    """The routes of receipts' links."""
    router = APIRouter(tags=["open"], dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)
    pages = _ReceiptPages(shop, desk, RateLimiter(POSTS_PER_ADDRESS, ALL_POSTS, steady_us))

    gone = problems.pages(_404="No receipt has this link", _410="The link has expired")

    @router.get("/r/{token}", summary="A receipt", response_class=HTMLResponse, responses=gone)
    def receipt(request: Request, token: str) -> Response:
        """The page that the QR code on the mirror opens on the shopper's phone. 410: the link has expired;
        404: no receipt has it."""
        return pages.shown(request, token)

    @router.post(
        "/r/{token}", summary="Send a receipt by e-mail", status_code=202, response_class=HTMLResponse,
        responses={**gone, **problems.pages(_422="It is no e-mail address", _429="Sent too often")},
    )  # fmt: skip
    async def send(request: Request, token: str) -> Response:
        """A form with one field, `address`. 422: it is no e-mail address; 429: this receipt, or everything together,
        was sent too often."""
        return await run_in_threadpool(pages.posted, request, token, await request.body())

    return router


class _ReceiptPages:
    def __init__(self, shop: ShopSettings, desk: ReceiptDesk, limiter: RateLimiter) -> None:
        self._shop, self._desk, self._limiter = shop, desk, limiter

    def shown(self, request: Request, token: str) -> Response:
        sale, language = self._desk.sale(token), self._language(request)
        if sale is None:
            return self._unknown(language)
        if self._desk.links.is_expired(sale.receipt):
            return self._expired(language)
        mail_form = self._desk.mail is not None
        page = receipt_page(sale, self._shop, language, mail_form=mail_form)
        return _page(page, language, policy=FORM_CSP if mail_form else CSP)

    def posted(self, request: Request, token: str, body: bytes) -> Response:
        sale, language = self._desk.sale(token), self._language(request)
        if sale is None:
            return self._unknown(language)
        if self._desk.links.is_expired(sale.receipt):
            return self._expired(language)
        caller = request.client.host if request.client else ""
        posted = self._send(sale, _address(body), language, caller)
        return _page(posted_page(self._shop, language, posted), language, STATUS[posted])

    def _send(self, sale: Sale, address: str, language: str, caller: str) -> Posted:
        if not self._desk.is_address(address):
            return Posted.WRONG
        if not self._limiter.allows(caller):
            return Posted.MANY
        try:
            self._desk.send(sale.order.order_id, address, language)
        except TooManyMailsError:
            return Posted.MANY
        return Posted.WAITING

    def _expired(self, language: str) -> Response:
        return _page(expired_page(self._shop, language, self._desk.links.days), language, EXPIRED)

    def _unknown(self, language: str) -> Response:
        return _page(unknown_page(self._shop, language), language, UNKNOWN)

    def _language(self, request: Request) -> str:
        return language_for(request.headers.get("accept-language", ""), self._shop)


def _address(body: bytes) -> str:
    """The field `address` of a form (application/x-www-form-urlencoded); empty if there is none."""
    if len(body) > MAX_FORM_BYTES:
        return ""
    try:
        return parse_qs(body.decode(), max_num_fields=4).get("address", [""])[0]
    except ValueError:
        return ""


def _page(page: str, language: str, status: int = 200, policy: str = CSP) -> Response:
    return HTMLResponse(page, status, {"Content-Security-Policy": policy, "Content-Language": language})
