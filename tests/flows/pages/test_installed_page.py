"""The associates' page as an app: it can be installed, and opens while the store does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.flows.browser import chromium, sign_in
from tests.flows.pages.test_connection_page import LONG, Shop, running_shop
from tests.kiosk.store.sample_shop import PIN

KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const look = async () => {
    const cache = await caches.open((await caches.keys())[0] ?? "none");
    const kept = (await cache.keys()).map((one) => new URL(one.url).pathname);
    return kept.includes("/associate/texts.json") && kept.includes("/associate/base/keyed.js") ? kept : null;
  };
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
"""What the service worker keeps, once it has all."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running_shop(tmp_path_factory.mktemp("shop")) as opened:
        yield opened


@contextmanager
def page_of(browser: Browser, shop: Shop, workers: Literal["allow", "block"]) -> Iterator[Page]:
    with browser.new_context(locale="en-GB", service_workers=workers) as context:
        page = context.new_page()
        sign_in(page, shop.url, "Inès", PIN)
        expect(page.locator("#link")).to_have_text("live", timeout=LONG)
        yield page


def test_the_page_can_be_installed_and_opens_while_the_store_is_frozen(browser: Browser, shop: Shop) -> None:
    with page_of(browser, shop, "allow") as page:
        browser_side = page.context.new_cdp_session(page)
        found = browser_side.send("Page.getAppManifest")
        assert (found["url"], found["errors"]) == (f"{shop.url}/associate/app.webmanifest", [])
        wrong = browser_side.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert {one["errorId"] for one in wrong} <= {"in-incognito"}, "a test's window keeps nothing"
        kept = page.evaluate(KEPT)
        assert not [one for one in kept if not one.startswith("/associate")], "nothing of the API"
        with shop.frozen():
            page.reload(timeout=LONG)
            expect(page.locator("#sign-in-trouble")).to_have_text(
                "connection lost, trying again", timeout=2 * LONG
            )
        expect(page.locator("#link")).to_have_text("live", timeout=2 * LONG)


def test_planted_without_the_worker_it_does_not_open(browser: Browser, shop: Shop) -> None:
    with page_of(browser, shop, "block") as page, shop.frozen(), pytest.raises(Error):
        page.reload(timeout=3000)
