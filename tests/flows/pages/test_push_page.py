"""Notifications on the associates' page in a real browser: why there are none, that it is seen, what is shown.

A browser's subscription needs its maker's push service, which no test reaches. So the worker gets its message from the
browser's own tools (CDP), and the store a subscription at a service on this computer.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.sim.radio.certificate import new_certificate
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.lifecycle import Store
from tests.flows.browser import Errors, chromium, sign_in
from tests.flows.pages.test_connection_page import LONG
from tests.kiosk.store.push.pushed_shop import pushed_shop
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in

SUBSCRIBE = """(body) => fetch("/api/v1/push", {
  method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
}).then((answer) => answer.status)"""
SHOWN = """async (count) => {
  const registration = await navigator.serviceWorker.ready;
  for (;;) {
    const shown = await registration.getNotifications();
    if (shown.length >= count) return shown.map((one) => [one.title, one.tag, one.lang]);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def opened(browser: Browser, url: str, *, granted: bool = False, **more: bool) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", **more)  # type: ignore[arg-type]
    if granted:
        context.grant_permissions(["notifications"], origin=url)
    page = context.new_page()
    sign_in(page, url, "Inès", PIN)
    expect(page.locator("#notify-state")).to_be_visible(timeout=LONG)
    return page


@contextmanager
def over_tls(store: Store, folder: Path) -> Iterator[str]:
    """Serves the store with a certificate that the browser does not trust; gives its URL."""
    certificate, key = new_certificate(["127.0.0.1"])
    both = folder / "both.pem"
    both.touch(mode=0o600)
    both.write_bytes(certificate + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    door = HttpServer(http_of(store), "127.0.0.1", 0, store.settings.limits, context)
    door.open()
    try:
        assert door.wait_until_open()
        yield door.url.replace("http://", "https://")
    finally:
        door.close(5)


def deny(browser: Browser, page: Page, url: str) -> None:
    """Blocks notifications, as a person does in the browser's settings."""
    target = page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    setting = {"permission": {"name": "notifications"}, "setting": "denied", "origin": url}
    context = {"browserContextId": target["browserContextId"]}
    browser.new_browser_cdp_session().send("Browser.setPermission", setting | context)


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"notify-{name}.png")


def says(page: Page, words: str) -> None:
    expect(page.locator("#notify-state")).to_contain_text(words, timeout=LONG)


@pytest.mark.full
def test_the_page_says_why_there_are_no_notifications(browser: Browser, tmp_path: Path) -> None:
    with sample_store(settings_in(tmp_path / "plain")) as store, served(store) as url:
        says(opened(browser, url), "This shop has no notifications")
    with pushed_shop(tmp_path / "pushed") as shop, served(shop.store) as url:
        with over_tls(shop.store, tmp_path) as secured:
            page = opened(browser, secured, ignore_https_errors=True)
            says(page, "does not trust the store’s certificate")
            page.context.close()
        denied = opened(browser, url)
        deny(browser, denied, url)
        denied.reload()
        says(denied, "blocked for this page")
        expect(denied.locator("#notify-switch")).to_be_hidden()
        page = opened(browser, url, granted=True)
        says(page, "nothing rings on this device")
        picture(page, "off")
        page.locator("#notify-switch").click()
        says(page, "does not reach its push service")
        picture(page, "service")
        page.locator("#language").select_option("ar")
        picture(page, "ar")


def test_a_page_that_is_seen_is_not_notified_and_the_phone_is(browser: Browser, tmp_path: Path) -> None:
    with pushed_shop(tmp_path) as shop, served(shop.store) as url:
        page = opened(browser, url, granted=True)
        errors, phone = Errors(page), shop.service.browser()
        assert page.evaluate(SUBSCRIBE, phone.body()) == 204
        shop.round()
        with page.expect_response(lambda answer: answer.url.endswith("/push?seen=true"), timeout=LONG):
            page.reload()
        says(page, "You are notified here while this page is not open")
        picture(page, "on")
        shop.ask()
        assert shop.titles(phone) == []
        page.context.close()
        shop.pass_s(16)
        assert shop.titles(phone) == ["A request in Room 2"]
        assert errors.found == []


def deliver(page: Page, url: str, message: str) -> None:
    """As the browser does when its push service has a message."""
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    data = {"origin": url, "registrationId": found[-1], "data": message}
    tools.send("ServiceWorker.deliverPushMessage", data)


def test_the_worker_shows_every_message(browser: Browser, tmp_path: Path) -> None:
    said = {"title": "Ein Wunsch in Room 2", "tag": "t", "waiting": 2, "language": "de"}
    with pushed_shop(tmp_path) as shop, served(shop.store) as url:
        page = opened(browser, url, granted=True)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        deliver(page, url, json.dumps(said))
        assert page.evaluate(SHOWN, 1) == [["Ein Wunsch in Room 2", "t", "de"]]
        deliver(page, url, "no JSON")
        assert ["Cheval", "request", ""] in page.evaluate(SHOWN, 2)
        page.context.close()


@pytest.mark.full
def test_planted_a_shop_that_counts_no_page_as_seen_notifies_who_looks_at_it(
    browser: Browser, tmp_path: Path
) -> None:
    with pushed_shop(tmp_path) as shop, served(shop.store) as url:
        page = opened(browser, url, granted=True)
        phone = shop.service.browser()
        page.evaluate(SUBSCRIBE, phone.body())
        shop.ask()
        assert shop.titles(phone) == ["A request in Room 2"], "the page has not said yet that it is seen"
        page.context.close()
