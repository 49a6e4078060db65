"""The associates' page while the store is silent or the device offline: what it says, and what becomes of actions."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from tests.flows.browser import Errors, chromium, sign_in
from tests.kiosk.store.http_clients import HttpClient, associate, mirror
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN
from tests.kiosk.store.store_process import StoreProcess

LONG = 30_000
"""Milliseconds; long enough for a busy machine."""
NUMBERS = count(1)
NOTHING_WAITS = """() => new Promise((done) => {
  const look = () => { if (localStorage.outbox === "[]") done(); else setTimeout(look, 50); };
  look();
})"""
WATCH = """() => {
  window.watched = { changed: 0, gap: 0, begun: performance.now() };
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    watched.gap = Math.max(watched.gap, now - last);
    last = now;
  }, 100);
  new MutationObserver(() => { watched.changed ||= performance.now(); }).observe(
    document.getElementById("link"), { childList: true, characterData: true, subtree: true });
}"""
"""Notes when the text of the connection changes, and the longest time for which the page did not run."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A store process with the mirror of room 1."""

    process: StoreProcess
    room: HttpClient

    @property
    def url(self) -> str:
        return self.process.url

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The process is stopped, as by a machine that hangs: connections stay open and nothing answers."""
        os.kill(self.process.number, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process.number, signal.SIGCONT)


@contextmanager
def running_shop(folder: Path) -> Iterator[Shop]:
    """A store's process with the client of a room's mirror."""
    process = StoreProcess(folder, "sim://127.0.0.1:1")
    try:
        process.start()
        with mirror(process.url, process.state, "1") as room:
            yield Shop(process, room)
    finally:
        process.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running_shop(tmp_path_factory.mktemp("shop")) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, shop: Shop) -> Iterator[Page]:
    # without the service worker, since `route` sees no request that it answers
    with browser.new_context(
        viewport={"width": 412, "height": 900}, locale="en-GB", service_workers="block"
    ) as context:
        opened = context.new_page()
        errors = Errors(opened)
        sign_in(opened, shop.url, "Inès", PIN)
        expect(opened.locator("#link")).to_have_text("live", timeout=LONG)
        yield opened
        opened.goto("about:blank")
    assert [one for one in errors.found if "ERR_" not in one] == []


def ask(shop: Shop) -> RequestId:
    """A call for help from room 1."""
    made = RequestId(f"t1.r{next(NUMBERS)}")
    request = ServiceRequest(made, RoomId("1"), Ticket("t1"), RequestKind.HELP, now_us())
    assert shop.room.of_room("PUT", f"/requests/{made}", request)[0] == 200
    return made


def card(page: Page, request: RequestId) -> Locator:
    return page.locator(f"[data-request='{request}']")


def test_a_frozen_store_is_told_within_six_seconds_and_an_action_is_done_when_it_is_back(
    page: Page, shop: Shop
) -> None:
    request = ask(shop)
    claim = card(page, request).get_by_role("button", name="I'm on it")
    expect(claim).to_be_visible(timeout=LONG)
    page.evaluate(WATCH)
    with shop.frozen():
        expect(page.locator("#link")).to_contain_text("not connected since", timeout=LONG)
        found = page.evaluate("watched")
        assert found["changed"] - found["begun"] <= 6000 + found["gap"]
        claim.click()
        expect(card(page, request)).to_contain_text("Will be sent when the connection is back: I'm on it")
        assert card(page, request).get_attribute("data-state") == "received", "nothing is claimed that is not"
    expect(page.locator("#link")).to_have_text("live", timeout=LONG)
    expect(card(page, request)).to_have_attribute("data-state", "claimed", timeout=LONG)
    page.evaluate(NOTHING_WAITS)
    card(page, request).get_by_role("button", name="Done").click()
    expect(card(page, request)).to_have_count(0, timeout=LONG)


def test_a_conflict_is_told_until_it_is_read(page: Page, shop: Shop) -> None:
    request = ask(shop)
    claim = card(page, request).get_by_role("button", name="I'm on it")
    expect(claim).to_be_visible(timeout=LONG)
    page.context.set_offline(True)
    expect(page.locator("#link")).to_contain_text("not connected since", timeout=LONG)
    claim.click()
    with associate(shop.url, "a-jonas", "1234") as jonas:
        assert jonas.move(request, "claim")[0] == 200
        page.context.set_offline(False)
        notice = page.locator("#alarm-list li")
        expect(notice).to_contain_text("Not done: I'm on it, Room 1.", timeout=LONG)
        expect(notice).to_contain_text("Jonas is on it")
        notice.get_by_role("button").click()
        expect(notice).to_have_count(0)
        assert jonas.move(request, "done")[0] == 200
    expect(card(page, request)).to_have_count(0, timeout=LONG)


@pytest.mark.full
def test_an_action_that_was_not_sent_can_be_given_up_and_outlives_the_page(page: Page, shop: Shop) -> None:
    request = ask(shop)
    claim = card(page, request).get_by_role("button", name="I'm on it")
    expect(claim).to_be_visible(timeout=LONG)
    page.context.set_offline(True)
    expect(page.locator("#link")).to_contain_text("not connected since", timeout=LONG)
    claim.click()
    card(page, request).get_by_role("button", name="Do not send").click()
    assert page.evaluate("localStorage.outbox") == "[]"
    claim.click()
    page.context.set_offline(False)
    page.reload()
    expect(card(page, request)).to_have_attribute("data-state", "claimed", timeout=LONG)
    card(page, request).get_by_role("button", name="Done").click()
    expect(card(page, request)).to_have_count(0, timeout=LONG)


def box_of(shown: Locator) -> FloatRect:
    """The place of an element; the planted page takes it away for a moment with each message."""
    end = time.monotonic() + LONG / 1000
    while (box := shown.bounding_box(timeout=LONG)) is None:
        assert time.monotonic() < end
    return box


def pressed_while_a_message_arrives(page: Page, shop: Shop) -> str | None:
    """The state of a request whose button is pressed, and released after another one has come."""
    first = ask(shop)
    claim = card(page, first).get_by_role("button", name="I'm on it")
    expect(claim).to_be_visible(timeout=LONG)
    box = box_of(claim)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    second = ask(shop)
    expect(page).to_have_title("(2) Ostrevane", timeout=LONG)
    page.mouse.up()
    expect(card(page, second)).to_be_visible(timeout=LONG)
    with associate(shop.url, "m-mei", MANAGER_PIN) as mei:
        states = {one["request_id"]: one["state"] for one in mei.ask("GET", "/api/v1/floor")[1]["requests"]}
    for request in (first, second):
        shop.room.of_room("POST", f"/requests/{request}/withdraw")
        expect(card(page, request)).to_have_count(0, timeout=LONG)
    return states.get(first)


def test_a_message_between_press_and_release_takes_no_tap(page: Page, shop: Shop) -> None:
    assert pressed_while_a_message_arrives(page, shop) == "claimed"


def test_the_focus_stays_while_messages_arrive_and_escape_leads_to_the_tab(page: Page, shop: Shop) -> None:
    first = ask(shop)
    claim = card(page, first).get_by_role("button", name="I'm on it")
    claim.focus(timeout=LONG)
    second = ask(shop)
    expect(card(page, second)).to_be_visible(timeout=LONG)
    expect(claim).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, first)).to_have_attribute("data-state", "claimed", timeout=LONG)
    assert page.evaluate("document.querySelector('#request-list').contains(document.activeElement)")
    shop.room.of_room("POST", f"/requests/{first}/withdraw")
    expect(card(page, first)).to_have_count(0, timeout=LONG)
    assert page.evaluate("document.querySelector('#request-list').contains(document.activeElement)"), (
        "the focus goes to what is in its place"
    )
    page.keyboard.press("Escape")
    expect(page.locator("#tab-requests")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-rooms")).to_be_focused()
    expect(page.locator("#tab-rooms")).to_have_attribute("aria-selected", "true")
    shop.room.of_room("POST", f"/requests/{second}/withdraw")


def test_a_second_tab_needs_no_pin_and_ends_with_the_first(page: Page, shop: Shop) -> None:
    with page.context.expect_page():
        page.evaluate("window.open('about:blank')")
    second = page.context.pages[-1]
    second.goto(f"{shop.url}/associate")
    expect(second.locator("#link")).to_have_text("live", timeout=LONG)
    page.locator("#sign-out").click()
    expect(second.locator("#people")).to_be_visible(timeout=LONG)
    choice = second.locator("#sign-in-language")
    assert {"Deutsch", "Français", "日本語", "العربية"} <= set(choice.locator("option").all_inner_texts())
    choice.select_option("de")
    expect(second.locator("#sign-in-hint")).to_have_text("Wer ist auf der Fläche?")
    sign_in(second, shop.url, "Inès", PIN)
    expect(page.locator("#link")).to_have_text("live", timeout=LONG)


@pytest.mark.full
def test_a_sign_out_while_the_store_is_away_ends_the_session(page: Page, shop: Shop) -> None:
    page.context.set_offline(True)
    page.locator("#sign-out").click()
    expect(page.locator("#sign-in")).to_be_visible(timeout=LONG)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#people button").first).to_be_visible(timeout=LONG)
    expect(page.locator("#floor")).to_be_hidden()
    assert not [one for one in page.context.cookies() if "session" in one["name"].lower()]


def planted(script: str, before: str, after: str) -> str:
    text = (Path(__file__).parents[3] / "kiosk/store/console" / script).read_text("utf-8")
    assert before in text
    return text.replace(before, after)


def test_planted_lists_that_are_replaced_at_once_lose_the_tap(page: Page, shop: Shop) -> None:
    body = planted("base/hold.js", "if (held) waiting.add(draw); else draw();", "draw();")
    page.route("**/base/hold.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    keyed = planted("base/keyed.js", "  replace(list, wanted);\n", "  list.replaceChildren(...wanted);\n")
    page.route("**/base/keyed.js", lambda route: route.fulfill(body=keyed, content_type="text/javascript"))
    page.reload()
    expect(page.locator("#link")).to_have_text("live", timeout=LONG)
    assert pressed_while_a_message_arrives(page, shop) == "received"
