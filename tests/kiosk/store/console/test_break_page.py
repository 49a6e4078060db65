"""A break on the associates' page in a real browser: on two devices, for the manager, at every width, in Arabic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

WIDTHS = {"watch": (184, 224), "phone": (390, 844), "tablet": (1024, 768)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with sample_store(settings_in(tmp_path)) as store, served(store) as at:
        yield at


def opened(
    browser: Browser, url: str, who: str, pin: str, size: str = "phone", locale: str = "en-GB"
) -> Page:
    width, height = WIDTHS[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale=locale).new_page()
    sign_in(page, url, who, pin)
    return page


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"break-{name}.png")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_break_begins_and_ends_on_all_devices_and_the_manager_sees_it(browser: Browser, url: str) -> None:
    phone, tablet = (opened(browser, url, "Inès", "4711", size) for size in ("phone", "tablet"))
    errors = Errors(phone)
    picture(phone, "before")
    phone.locator("#break-begin").click()
    for page in (phone, tablet):
        expect(page.locator("#on-break")).to_contain_text("Nothing rings for you", timeout=SIX_S)
        expect(page.locator("#break-begin")).to_be_hidden()
    manager = opened(browser, url, "Mei", "920713")
    manager.locator("#tab-staff").click()
    expect(manager.locator("#staff-list li", has_text="Inès")).to_contain_text(
        "on a break since", timeout=SIX_S
    )
    picture(phone, "phone")
    picture(tablet, "tablet")
    picture(manager, "manager")
    phone.reload()
    expect(phone.locator("#on-break")).to_be_visible(timeout=SIX_S)
    tablet.locator("#break-end").click()
    for page in (phone, tablet):
        expect(page.locator("#on-break")).to_be_hidden(timeout=SIX_S)
        expect(page.locator("#break-begin")).to_be_visible()
    assert errors.found == []


@pytest.mark.parametrize(
    ("size", "locale"),
    [
        ("watch", "de-DE"),
        pytest.param("phone", "ar", marks=pytest.mark.full),
        pytest.param("phone", "ja-JP", marks=pytest.mark.full),
    ],
)
def test_it_fits_every_device_and_language(browser: Browser, url: str, size: str, locale: str) -> None:
    page = opened(browser, url, "Inès", "4711", size, locale)
    page.locator("#break-begin").click()
    expect(page.locator("#on-break")).to_be_visible(timeout=SIX_S)
    picture(page, f"{size}-{locale[:2]}")
    assert fits(page)
