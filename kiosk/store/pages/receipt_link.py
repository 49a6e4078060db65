"""The pages of a receipt's link that has expired, or that no receipt has; they say nothing of a sale."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from kiosk.store.pages.render import render
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE: Final = "receipt_link"
EXPIRED: Final = HTTPStatus.GONE
UNKNOWN: Final = HTTPStatus.NOT_FOUND


def expired_page(shop: ShopSettings, language: str, days: int) -> str:
    """The page for a link that was open for `days` days."""
    return render(PAGE, language, shop=shop, says=page_texts(PAGE, language)["says"].format(days=days))


def unknown_page(shop: ShopSettings, language: str) -> str:
    """The page for a link that no receipt has, for example a part of one."""
    return render("receipt_posted", language, shop=shop, says=page_texts(PAGE, language)["unknown"])
