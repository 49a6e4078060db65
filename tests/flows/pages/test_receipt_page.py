"""The receipt's page and e-mail in a real browser: on watch, phone and tablet nothing is wider than the screen."""

from __future__ import annotations

import re
from base64 import b64encode

from playwright.sync_api import Page

from kiosk.connectors.messages.port import mail_address
from kiosk.store.pages.receipt import receipt_page
from kiosk.store.pages.receipt_link import expired_page
from kiosk.store.pages.receipt_mail import receipt_mail
from tests.flows.browser import chromium
from tests.kiosk.connectors.printers.sample_sale import LINK, SHOP, sample_sale

WIDTHS = (162, 200, 320, 390, 820)


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
        assert too_wide(page, planted) == [162, 200]


def mail_html(language: str) -> str:
    """The HTML of the e-mail, with its picture inside as a mail program shows it."""
    mail = receipt_mail(
        sample_sale(is_signed=True), SHOP, language, LINK, mail_address("clara@example.com"), "m@shop.example"
    )
    (image,) = mail.images
    return mail.html.replace(
        f"cid:{image.content_id}", f"data:image/png;base64,{b64encode(image.png).decode()}"
    )


def without_style(html: str) -> str:
    """As in a mail program that drops the style sheet, and keeps the styles of the elements."""
    return re.sub("<style>.*?</style>", "", html)


def test_the_e_mail_is_not_wider_than_the_screen() -> None:
    with chromium() as browser:
        page = browser.new_page()
        for language in ("de", "ja", "ar"):
            html = mail_html(language)
            assert too_wide(page, html) == [], language
            assert set(too_wide(page, without_style(html))) <= {162}, language
            side = page.evaluate("getComputedStyle(document.querySelector('table')).direction")
            assert side == ("rtl" if language == "ar" else "ltr")
            drawn = page.evaluate("document.images[0].complete && document.images[0].naturalWidth")
            assert drawn > 100
        # a planted fault: long words are not broken
        planted = (
            without_style(mail_html("de"))
            .replace("overflow-wrap:anywhere", "")
            .replace("word-break:break", "x:")
        )
        assert 200 in too_wide(page, planted)
