"""A manager exports and erases a member on the associates' page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.clock import now_us
from kiosk.core.domain.ids import ShopperId
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        yield running


@pytest.mark.parametrize(
    ("locale", "width", "erased"),
    [("en-GB", PHONE, "Erased"), pytest.param("ar", WATCH, "تم المحو", marks=pytest.mark.full)],
)
def test_a_manager_exports_and_erases_a_member(
    browser: Browser, store: Store, locale: str, width: int, erased: str, tmp_path: Path
) -> None:
    with (
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 900}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Mei", "920713")
        page.locator("#tab-feed").click()
        page.locator("#member").fill("s1")
        with page.expect_download(timeout=SIX_S) as download:
            page.locator("#member-export").click()
        download.value.save_as(tmp_path / "member.zip")
        assert "Clara" in zipfile.ZipFile(tmp_path / "member.zip").read("member.html").decode()
        page.locator("#member-erase").click()
        page.locator("#sheet select").select_option("a-ines")
        page.locator("#sheet input").fill("0000")
        page.locator("#sheet .actions .strong").click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        page.locator("#sheet input").fill(PIN)
        assert fits(page, width)
        page.locator("#sheet .actions .strong").click()
        expect(page.locator("#sheet-title")).to_have_text(erased, timeout=SIX_S)
        expect(page.locator("#sheet p")).to_contain_text("E-")
        assert store.service.customers.customer(ShopperId("s1")) is None
        assert errors.found == []
