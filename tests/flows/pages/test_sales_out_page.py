"""Sales for other systems on the associates' page: a manager sees what is refused, and skips it with a reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import fits
from tests.kiosk.store.integrators.hooks.test_web_hooks_of_a_store import soon
from tests.kiosk.store.sales_out.test_sales_out_of_a_store import shop
from tests.kiosk.store.sample_shop import MANAGER_PIN, settings_in

PHONE, TABLET, WATCH = 390, 1024, 184


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def kept(page: Page, name: str) -> None:
    """Keeps a picture for people, if a folder is named."""
    if folder := os.environ.get("CHEVAL_SALES_OUT_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(
    ("locale", "width", "refused", "skip"),
    [
        ("en-GB", PHONE, "It refuses sale.o1.000001. Nothing more is sent until you decide.", "Skip"),
        pytest.param("de-DE", TABLET, "Es lehnt sale.o1.000001 ab.", "Überspringen", marks=pytest.mark.full),
        pytest.param("de-DE", WATCH, "Es lehnt sale.o1.000001 ab.", "Überspringen", marks=pytest.mark.full),
        ("ar", PHONE, "يرفض \u2068sale.o1.000001\u2069.", "تخطٍّ"),
    ],
)
def test_a_manager_skips_what_is_refused(
    browser: Browser, tmp_path: Path, locale: str, width: int, refused: str, skip: str
) -> None:
    with (
        shop(settings_in(tmp_path), tmp_path) as place,
        browser.new_context(viewport={"width": width, "height": 900}, locale=locale) as context,
    ):
        place.erp.script.append(422)
        place.sell("o1")
        soon(lambda: bool(place.state("erp")["stopped"]) and place.written == ["sale"])
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, place.url, "Mei", MANAGER_PIN)
        page.locator("#tab-feed").click()
        cards = page.locator("#sales-out-list > li")
        expect(cards).to_have_count(2, timeout=SIX_S)
        card = page.locator('[data-destination="erp"]')
        expect(card).to_contain_text(refused)
        expect(card).to_contain_text("the receiver answers 422")
        assert fits(page, width)
        lines = page.locator('[data-destination="books"] p').evaluate_all(
            "all => all.map((one) => one.offsetWidth)"
        )
        assert min(lines) > width / 2, "planted: beside each other they have a letter a line on a phone"
        card.scroll_into_view_if_needed()
        kept(page, f"{locale}-{width}")
        card.get_by_role("button", name=skip).click()
        page.locator("#sheet input").fill("entered by hand")
        assert fits(page, width)
        kept(page, f"{locale}-{width}-skip")
        page.locator("#sheet .actions .danger").click()
        expect(card.get_by_role("button")).to_have_count(0, timeout=SIX_S)
        assert place.state("erp")["decisions"][0]["reason"] == "entered by hand"
        assert errors.found == []


def test_nothing_is_shown_without_destinations_or_to_associates(browser: Browser, tmp_path: Path) -> None:
    from tests.kiosk.store.sample_shop import sample_store, served

    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        page = browser.new_page()
        sign_in(page, url, "Mei", MANAGER_PIN)
        page.locator("#tab-feed").click()
        expect(page.locator("#feed-title")).not_to_be_empty(timeout=SIX_S)
        expect(page.locator("#sales-out")).to_be_hidden()
        page.close()
