"""The take-over sheet of the associates' page shows what the mirror shows: each piece's price, and why it is lower."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportBasket
from tests.flows.browser import Errors, chromium
from tests.flows.pages.test_desk_page import HANDHELD, SIX_S, sign_in
from tests.kiosk.store.payments.pricing.test_promotions_over_http import PROMOTIONS, SHIRTS, write
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, sample_store, served, settings_in
from tests.optional_values import present


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The desk of a shop with promotions; three shirts hang in room 1 and are chosen."""
    settings = settings_in(tmp_path)
    write(present(settings.feeds), *PROMOTIONS)
    with ExitStack() as open_:
        store = open_.enter_context(
            sample_store(replace(settings, public_url="https://r.shop.example"), terminal=InProcessTerminal())
        )
        for piece, _ in SHIRTS:
            store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, START_US)])
        store.service.report_basket(
            RoomId("1"), ReportBasket(Ticket("t"), tuple(piece for piece, _ in SHIRTS))
        )
        url = open_.enter_context(served(store))
        context = browser.new_context(viewport=HANDHELD, locale="en-GB")  # type: ignore[arg-type]
        opened = context.new_page()
        errors = Errors(opened)
        sign_in(opened, url)
        yield opened
        opened.goto("about:blank")
        context.close()
        assert errors.found == []


def test_each_line_says_why_and_follows_what_is_ticked(page: Page) -> None:
    basket = page.locator("[data-basket='1']")
    expect(basket).to_contain_text("€258", timeout=SIX_S)
    basket.get_by_role("button", name="Take over").click()
    sheet = page.locator("#sheet")
    rows = sheet.locator("label.piece-row")
    expect(sheet.get_by_role("button", name="Collect €258")).to_be_enabled(timeout=SIX_S)
    for row in rows.all():
        expect(row).to_contain_text("€86")
        expect(row.locator("s")).to_have_text("€129")
        expect(row).to_contain_text("3 for 2")
    sheet.locator("input[type=checkbox]").first.uncheck()
    expect(sheet.locator("s")).to_have_count(0, timeout=SIX_S)
    expect(sheet.get_by_role("button", name="Collect €258")).to_be_enabled(timeout=SIX_S)
    sheet.locator("input[type=checkbox]").first.check()
    expect(sheet.locator("s")).to_have_count(3, timeout=SIX_S)
