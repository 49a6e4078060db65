"""Routes without sign-in: shop, pictures, files of the associates' page."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from kiosk.core.domain.floor.services import ServiceKind
from kiosk.core.domain.tax import percent_of_ppm
from kiosk.core.domain.texts import LANGUAGES, RIGHT_TO_LEFT
from kiosk.core.exchanges import PICTURE_HEADER, SILHOUETTE
from kiosk.store.api.auth import OPEN_TO_ALL
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.catalogue.pictures.cache import Picture, PictureCache, Wanted
from kiosk.store.errors import NotFoundError, PicturesBusyError
from kiosk.store.pages.amount_forms import AmountForms, amount_forms
from kiosk.store.pages.page_files import CONSOLE, INDEX, SCOPE, TYPES, WORKER, PageFiles
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PICTURE_WAIT_S = 3.0
"""Less than what a mirror waits for an answer."""
ICONS = (("192", 192, "any"), ("512", 512, "any"), ("maskable", 512, "maskable"))
VERSION_HEADER = "Cheval-Page"
"""The version of the page to which a file belongs (`pages/page_files`)."""


class ShopAnswer(JsonObject):
    """The shop as a mirror shows it."""

    name: str
    language: str
    currency: str
    languages: tuple[str, ...]
    time_zone: str
    tax_percent: str
    """Rate in percent of the pieces that have no other one: `19`, `8.875`."""
    tax_included: bool
    """Whether prices contain the tax; else it is added to them."""
    services: Wire[tuple[ServiceKind, ...]]
    """What a shopper can ask for at the mirror besides garments."""


class PageTexts(JsonObject):
    """The texts of a page by language and name, the languages from right to left, and how each writes amounts."""

    languages: dict[str, dict[str, str]]
    right_to_left: tuple[str, ...]
    amounts: AmountForms


def public_router(
    shop: ShopSettings,
    pictures: PictureCache,
    services: tuple[ServiceKind, ...],
    files: PageFiles | None = None,
) -> APIRouter:
    """The routes that need no sign-in. `files`: of the page, by default those of this program. Raises OSError."""
    router = APIRouter(tags=["open"], dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)
    _shop(router, shop, services)
    _pictures(router, pictures)
    _console(router, shop, files or page_files(shop))
    return router


def _shop(router: APIRouter, shop: ShopSettings, services: tuple[ServiceKind, ...]) -> None:
    @router.get("/api/v1/shop", summary="The shop")
    def describe() -> ShopAnswer:
        """Name, languages, currency, time zone, tax, and the services that shoppers can ask for."""
        return ShopAnswer(
            name=shop.name,
            language=shop.language,
            currency=shop.currency,
            languages=shop.languages,
            time_zone=shop.time_zone,
            tax_percent=percent_of_ppm(shop.tax.default_ppm),
            tax_included=not shop.tax.added,
            services=services,
        )


def _pictures(router: APIRouter, pictures: PictureCache) -> None:
    @router.get("/api/v1/pictures/{path:path}", summary="A picture", response_class=Response)
    async def picture(
        request: Request, path: str, h: Annotated[int, Query(ge=16, le=4320)] = 800
    ) -> Response:
        """About `h` pixels high. 503 if it is not ready soon: ask again.

        A broken file gives a silhouette, and the header `Cheval-Picture: silhouette`.
        """
        found = await run_in_threadpool(pictures.known, path, h)
        if isinstance(found, Wanted):
            found = await _scaled(pictures, found, request.client.host if request.client else "")
        if found is None:
            raise NotFoundError("there is no such picture")
        headers = {"ETag": found.etag, "Cache-Control": "private, max-age=60"}
        if found.silhouette:
            headers[PICTURE_HEADER] = SILHOUETTE
        if found.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)


async def _scaled(pictures: PictureCache, wanted: Wanted, caller: str) -> Picture:
    """Waits without a thread. Raises PicturesBusyError; the picture is made all the same."""
    made = asyncio.wrap_future(pictures.scaled(wanted, caller))
    try:
        return await asyncio.wait_for(asyncio.shield(made), PICTURE_WAIT_S)
    except TimeoutError:
        raise PicturesBusyError from None


def _console(router: APIRouter, shop: ShopSettings, files: PageFiles) -> None:
    @router.get("/associate/texts.json", summary="Texts of the associates' page")
    def texts(response: Response) -> PageTexts:
        """In every language: each text by its name, with {placeholders}."""
        response.headers.update(_headers(files))
        return _texts()

    @router.get("/associate/app.webmanifest", include_in_schema=False, response_class=Response)
    def manifest() -> Response:
        return JSONResponse(web_manifest(shop), media_type=TYPES[".webmanifest"], headers=_headers(files))

    @router.get("/associate", include_in_schema=False, response_class=Response)
    def page(request: Request) -> Response:
        return _file(files, INDEX, request)

    @router.get("/associate/{path:path}", include_in_schema=False, response_class=Response)
    def part(path: str, request: Request) -> Response:
        return _file(files, path or INDEX, request)


def page_files(shop: ShopSettings, folder: Path = CONSOLE) -> PageFiles:
    """The files of the page, with what the store makes for it. Raises OSError."""
    made = {
        "app.webmanifest": json.dumps(web_manifest(shop)).encode(),
        "texts.json": _texts().model_dump_json().encode(),
    }
    return PageFiles(folder, made)


def _texts() -> PageTexts:
    return PageTexts(
        languages={language: dict(page_texts("associates", language)) for language in LANGUAGES},
        right_to_left=tuple(sorted(RIGHT_TO_LEFT)),
        amounts=amount_forms(),
    )


def _headers(files: PageFiles) -> dict[str, str]:
    return {"Cache-Control": "no-cache", VERSION_HEADER: files.version}


def _file(files: PageFiles, name: str, request: Request) -> Response:
    found = files.get(name)
    if found is None:
        raise NotFoundError("there is no such page")
    headers = {**_headers(files), "ETag": found.etag}
    if name == WORKER:
        headers["Service-Worker-Allowed"] = SCOPE
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


def web_manifest(shop: ShopSettings) -> dict[str, object]:
    """How a device installs the associates' page (W3C Web Application Manifest)."""
    return {
        "id": SCOPE,
        "name": shop.name,
        "short_name": shop.name,
        "start_url": SCOPE,
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#12110f",
        "theme_color": "#12110f",
        "icons": [
            {
                "src": f"{SCOPE}/icons/{name}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in ICONS
        ],
    }
