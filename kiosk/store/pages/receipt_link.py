"""The page of a receipt's link that has expired; it says nothing of the sale."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from kiosk.store.pages.render import render
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE: Final = "receipt_link"
EXPIRED: Final = HTTPStatus.GONE


def expired_page(shop: ShopSettings, language: str, days: int) -> str:
    """The page for a link that was open for `days` days."""
    return render(PAGE, language, shop=shop, says=page_texts(PAGE, language)["says"].format(days=days))
