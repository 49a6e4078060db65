"""What a stand shows on the associates' page, in a real browser and every language: refused taps, and the bag task."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.floor.bag_tasks import BagTask
from kiosk.store.floor.stand_notices import StandNotice
from kiosk.store.lifecycle import Store
from tests.contracts.ledger_orders import order
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.sample_shop import PIN, gtin_of, piece_of, sample_store, served, settings_in

WIDTHS = {"phone": 412, "watch": 196}
REASONS = (
    "unknown-card", "not-agreed", "no-means", "over-limit", "sold-out", "unsure", "declined-by-the-bank",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A shop with a stand for each reason; the title of one is long."""
    article = gtin_of("C1", "NVY", "38")
    stands = {why: Stand(article=article, title=f"Coat 38 ({why})") for why in REASONS}
    with sample_store(settings_in(tmp_path_factory.mktemp("shop"), stands=stands), now_us) as opened:
        for why in REASONS:
            opened.service.floor.stands.add(StandNotice(RoomId(why), stands[why].title, why, now_us()))
        line = order("stand-1", piece_of("C1", "NVY", "38")).lines
        bought = BagTask(OrderId("stand-1"), RoomId("unsure"), line, "000001", now_us())
        opened.service.floor.bags.add(Ticket("stand-1"), bought)
        yield opened


def kept(page: Page, name: str) -> None:
    """Keeps a picture for people, if a folder is named."""
    if folder := os.environ.get("CHEVAL_STATUS_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"stands-{name}.png"), full_page=True)


def test_every_refused_tap_is_a_notice_that_an_associate_confirms(browser: Browser, store: Store) -> None:
    with served(store) as url, browser.new_context(viewport={"width": 1024, "height": 900}) as context:
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        cards = page.locator("li.alarm[data-stand]")
        expect(cards).to_have_count(len(REASONS), timeout=SIX_S)
        bags: set[str] = set()
        for language in LANGUAGES:
            page.locator("#language").select_option(language)
            texts = cards.all_inner_texts()
            titles = [f"Coat 38 ({why})" for why in REASONS]
            assert all(title in text for title, text in zip(titles, texts, strict=True)), language
            words = {text.replace(title, "") for title, text in zip(titles, texts, strict=True)}
            assert len(words) == len(REASONS), (language, "each reason has its own words")
            bags.add(page.locator("li.bag p").first.inner_text())
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, name)
                kept(page, f"{language}-{name}")
        assert (len(bags), all("Coat 38 (unsure)" in text for text in bags)) == (len(LANGUAGES), True)
        assert "Paid at stand Coat 38 (unsure): please bag and remove the tags. Receipt 000001." in bags
        page.locator("#language").select_option("en")
        page.set_viewport_size({"width": 1024, "height": 900})
        cards.first.get_by_role("button").click()
        expect(cards).to_have_count(len(REASONS) - 1, timeout=SIX_S)
        assert [notice.why for notice in store.service.floor.stands.open()] == list(REASONS[1:])
        assert errors.found == []
        page.goto("about:blank")
