"""The retailer's data on the associates' page: a manager sees what waits, accepts it after a second question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.api.test_feed_routes import lines, season_change, write
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in, write_feed
from tests.optional_values import present

PHONE, TABLET, WATCH = 412, 820, 200
WAITS = "styles rows lost"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        yield running


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize(
    ("locale", "width", "title", "yes"),
    [
        ("en-GB", WATCH, "Styles: 3 of 5 are missing in the new data", "Yes, accept"),
        pytest.param(
            "de-DE",
            TABLET,
            "Modelle: 3 von 5 fehlen in den neuen Daten",
            "Ja, übernehmen",
            marks=pytest.mark.full,
        ),
        (
            "ar",
            PHONE,
            "\u2068الموديلات\u2069: \u20683\u2069 من أصل \u20685\u2069 غير موجودة في البيانات الجديدة",
            "نعم، قبول",
        ),
        pytest.param(
            "ja-JP",
            WATCH,
            "スタイル：新しいデータに 5 件中 3 件がありません",
            "はい、反映する",
            marks=pytest.mark.full,
        ),
    ],
)
def test_a_manager_is_shown_what_waits_and_takes_it_over(
    browser: Browser, store: Store, locale: str, width: int, title: str, yes: str, tmp_path: Path
) -> None:
    with (
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 900}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Mei", "920713")
        page.locator("#tab-feed").click()
        expect(page.locator("#feed-kinds .kind")).to_have_count(7, timeout=SIX_S)
        expect(page.locator(".loss")).to_have_count(0)
        season_change(present(store.settings.feeds))
        store.service.feed.start()
        loss = page.locator(f"[data-loss='{WAITS}']")
        expect(loss.locator(".where")).to_have_text(title, timeout=SIX_S)
        expect(page.locator("#tab-feed")).to_contain_text("(")
        expect(page.locator("[data-loss='styles prices changed'] .prices")).to_contain_text("980")
        expect(page.locator("#feed-mistakes li").first).to_contain_text("items.jsonl:")
        assert fits(page, width), "nothing is wider than the screen"
        page.screenshot(path=tmp_path / "feed.png", full_page=True)
        loss.locator("button").click()
        expect(page.locator("#sheet")).to_be_visible()
        assert fits(page, width)
        page.screenshot(path=tmp_path / "feed-sure.png")
        page.locator("#sheet button").first.click()
        expect(loss).to_be_visible()
        assert store.service.feed.state().held, "nothing is accepted without the second yes"
        loss.locator("button").click()
        page.locator("#sheet").get_by_role("button", name=yes).click()
        expect(loss).to_have_count(0, timeout=SIX_S)
        assert errors.found == []
        page.goto("about:blank")


@pytest.mark.parametrize("width", [PHONE, pytest.param(1280, marks=pytest.mark.full)])
def test_an_associate_sees_nothing_of_it(browser: Browser, store: Store, width: int) -> None:
    with (
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB") as context,
    ):
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        sign_in(page, url, "Inès", PIN)
        season_change(present(store.settings.feeds))
        store.service.feed.start()
        store.service.feed.close()
        expect(page.locator("#requests")).to_be_visible()
        expect(page.locator("#tab-feed")).to_be_hidden()
        expect(page.locator("#feed")).to_be_hidden()
        assert not [one for one in asked if "/feed" in one.replace("feed.js", "")]
        page.goto("about:blank")


@contextmanager
def second_question(browser: Browser, store: Store, feed: Path) -> Iterator[Page]:
    """The page of a manager who is asked whether what a new feed loses is right, and has touched the first answer."""
    season_change(feed)
    with (
        served(store) as url,
        browser.new_context(viewport={"width": PHONE, "height": 900}, locale="en-GB") as context,
    ):
        page = context.new_page()
        store.service.feed.start()
        sign_in(page, url, "Mei", "920713")
        page.locator("#tab-feed").click()
        page.locator(f"[data-loss='{WAITS}']").locator("button").click(timeout=SIX_S)
        yield page


def test_a_feed_that_loses_more_than_was_shown_is_said_on_the_page(browser: Browser, store: Store) -> None:
    """The export is written again while the second question is on the screen."""
    feed = present(store.settings.feeds)
    with second_question(browser, store, feed) as page:
        loss = page.locator(f"[data-loss='{WAITS}']")
        write(feed / "styles.jsonl", lines(feed / "styles.jsonl")[:1])
        page.locator("#sheet").get_by_role("button", name="Yes, accept").click()
        expect(page.locator("#trouble")).to_have_text(
            "The data has changed meanwhile. Please look again.", timeout=SIX_S
        )
        expect(loss.locator(".where")).to_have_text("Styles: 4 of 5 are missing in the new data")
        page.goto("about:blank")


def test_what_has_changed_meanwhile_is_not_taken_over(browser: Browser, store: Store) -> None:
    feed = present(store.settings.feeds)
    with second_question(browser, store, feed) as page:
        # the export is corrected meanwhile; what this page shows is over
        write_feed(feed)
        store.resources.importer.run(feed, now_us())
        page.locator("#sheet").get_by_role("button", name="Yes, accept").click()
        expect(page.locator("#trouble")).to_have_text(
            "The data has changed meanwhile. Please look again.", timeout=SIX_S
        )
        page.goto("about:blank")
