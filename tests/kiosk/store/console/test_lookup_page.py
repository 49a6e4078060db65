"""Look-up of products on the associates' page in a real browser: words, a scanned label, every width, Arabic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.sample_shop import gtin_of, sample_store, served, settings_in

WIDTHS = {"watch": (184, 224), "phone": (390, 844), "tablet": (1024, 768)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sample_store(settings_in(tmp_path_factory.mktemp("shop"))) as store, served(store) as at:
        yield at


def opened(browser: Browser, url: str, size: str, locale: str = "en-GB") -> Page:
    width, height = WIDTHS[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale=locale).new_page()
    sign_in(page, url, "Inès", "4711")
    page.locator("#tab-lookup").click()
    return page


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"lookup-{name}.png", full_page=True)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_words_and_labels_find_products_with_their_stock(browser: Browser, url: str) -> None:
    page = opened(browser, url, "phone")
    errors = Errors(page)
    words, products = page.locator("#lookup-words"), page.locator("#lookup-list details")
    words.fill("a")
    expect(products).not_to_have_count(0, timeout=SIX_S)
    picture(page, "many")
    words.fill(gtin_of("S1", "WHI", "M"))
    words.press("Enter")
    expect(page.locator("#lookup-list [aria-current]")).to_contain_text(
        "2 on the floor, 2 in the stockroom", timeout=SIX_S
    )
    expect(products).to_have_count(1)
    picture(page, "phone")
    words.fill("<b>nothing</b>")
    expect(page.locator("#lookup-says")).to_contain_text("Nothing found", timeout=SIX_S)
    words.fill("")
    expect(page.locator("#lookup-says")).to_be_empty(timeout=SIX_S)
    assert errors.found == []


@pytest.mark.parametrize(
    ("size", "locale"),
    [("watch", "de-DE"), ("phone", "ar"), pytest.param("tablet", "ja-JP", marks=pytest.mark.full)],
)
def test_it_fits_every_device_and_language(browser: Browser, url: str, size: str, locale: str) -> None:
    page = opened(browser, url, size, locale)
    page.locator("#lookup-words").fill("S1")
    expect(page.locator("#lookup-list li li")).not_to_have_count(0, timeout=SIX_S)
    picture(page, f"{size}-{locale[:2]}")
    assert fits(page)
