"""The page that a phone opens when a card of the house is held to it: a greeting, and what the card is for."""

from __future__ import annotations

from html import escape
from typing import Final

from kiosk.store.customers.card_links import LinkResult, LinkStatus
from kiosk.store.pages.base import paper
from kiosk.store.pages.card_link_texts import WORDS
from kiosk.store.settings import ShopSettings

STATUS: Final = {LinkStatus.PROVED: 200, LinkStatus.PLAIN: 200, LinkStatus.USED: 410, LinkStatus.REFUSED: 403}
_STYLE: Final = """
main{min-height:100dvh;display:flex;flex-direction:column;justify-content:center;padding-block:4rem}
.house{color:var(--soft);margin:0 0 2.5rem;letter-spacing:.02em}
h1{font-size:2.4rem;margin:0 0 1rem}
.says{font-size:1.15rem;margin:0 0 3rem;max-width:26em}
"""


def card_page(opened: LinkResult, shop: ShopSettings, language: str) -> str:
    """The page for a link of this worth; a name stands on it only where the link has proved it."""
    words = WORDS.get(language) or WORDS["en"]
    line = {
        LinkStatus.PROVED: words.proved,
        LinkStatus.PLAIN: words.plain,
        LinkStatus.USED: words.used,
        LinkStatus.REFUSED: words.refused,
    }[opened.worth]
    greeting = words.hello.format(name=opened.first_name) if opened.first_name else words.welcome
    return _page(shop, language, greeting, line, words.found)


def busy_page(shop: ShopSettings, language: str) -> str:
    """The page for whoever comes too often."""
    words = WORDS.get(language) or WORDS["en"]
    return _page(shop, language, words.welcome, words.busy, words.found)


def _page(shop: ShopSettings, language: str, greeting: str, line: str, found: str) -> str:
    body = (
        f'<p class="house">{escape(shop.name)}</p><h1>{escape(greeting)}</h1><p class="says">{escape(line)}</p>'
        f'<footer class="small">{escape(found)}</footer>'
    )
    return paper(shop.name, body, language, _STYLE)
