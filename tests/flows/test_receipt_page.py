"""The receipt's page in a real browser: on a watch, a phone and a tablet nothing is wider than the screen."""

from __future__ import annotations

from playwright.sync_api import Page

from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_link import expired_page
from tests.flows.browser import chromium
from tests.kiosk.connectors.printers.sample_sale import SHOP, sample_sale

WIDTHS = (162, 320, 390, 820)


def too_wide(page: Page, html: str) -> list[int]:
    """The widths of a screen in pixels at which the page is wider than it."""
    page.set_content(html)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def test_nothing_is_wider_than_the_screen() -> None:
    sale = sample_sale(is_signed=True)
    with chromium() as browser:
        page = browser.new_page()
        for language in ("en", "de", "fr", "ar"):
            receipt = receipt_page(sale, SHOP, language, mail_form=True)
            assert too_wide(page, receipt) == [], language
            assert too_wide(page, expired_page(SHOP, language, 90)) == [], language
        planted = receipt_page(sale, SHOP, "de").replace("@media (max-width:20rem)", "@media (max-width:1px)")
        assert too_wide(page, planted) == [162]
