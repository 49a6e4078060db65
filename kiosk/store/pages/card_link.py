"""The page that a phone opens when it reads a shop's card: a greeting, and what the card is for."""

from __future__ import annotations

from typing import Final

from kiosk.store.customers.card_links import LinkResult, LinkStatus
from kiosk.store.pages.render import render
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts

PAGE: Final = "card_link"
STATUS: Final = {LinkStatus.PROVED: 200, LinkStatus.PLAIN: 200, LinkStatus.USED: 410, LinkStatus.REFUSED: 403}
"""HTTP status of the page for each kind of link."""


def card_page(opened: LinkResult, shop: ShopSettings, language: str) -> str:
    """The page for a link; it shows a first name only if the link proved the card."""
    texts = page_texts(PAGE, language)
    greeting = texts["hello"].format(name=opened.first_name) if opened.first_name else texts["welcome"]
    return render(PAGE, language, shop=shop, greeting=greeting, message=texts[opened.status.value])


def busy_page(shop: ShopSettings, language: str) -> str:
    """The page for a client that the rate limiter refuses."""
    texts = page_texts(PAGE, language)
    return render(PAGE, language, shop=shop, greeting=texts["welcome"], message=texts["busy"])
