"""The pick list on the associates' page: what is on her way is taken along by one touch; at every width, in Arabic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.floor.plan import FloorPlan, Way, Zone
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.lifecycle import Store
from tests.flows.browser import Errors, chromium, sign_in
from tests.kiosk.store.http_clients import HttpClient, associate
from tests.kiosk.store.sample_shop import START_US, ManualClock, sample_store, served, settings_in

PLAN = FloorPlan(
    (Zone("rooms", (RoomId("1"), RoomId("2")), 3.0), Zone("cellar", stockroom=True)),
    (Way("rooms", "cellar", 20.0),),
)
SHIRT = LocalizedText((("en", "Poplin shirt"), ("ar", "قميص بوبلين")))
LONG_MS = 30_000
"""On a busy machine."""
WIDTHS = {"watch": (184, 224), "phone": (390, 844), "tablet": (1024, 768)}


@dataclass(frozen=True)
class Shop:
    store: Store
    url: str
    clock: ManualClock

    def ask(self, room: str, size: str) -> None:
        request = ServiceRequest(
            RequestId(f"r{room}"), RoomId(room), Ticket(f"t{room}"), RequestKind.SIZE, START_US, name=SHIRT, size=size,
            lies="stockroom",
        )  # fmt: skip
        self.store.service.submit_request(RoomId(room), request)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    clock = ManualClock()
    settings = replace(settings_in(tmp_path), floor_plan=PLAN)
    with sample_store(settings, clock) as store, served(store) as url:
        yield Shop(store, url, clock)


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"pick-{name}.png", full_page=True)


def opened(browser: Browser, shop: Shop, size: str, locale: str = "en-GB") -> Page:
    width, height = WIDTHS[size]
    page = browser.new_context(viewport={"width": width, "height": height}, locale=locale).new_page()
    sign_in(page, shop.url, "Inès", "4711")
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def stops(who: HttpClient) -> tuple[list[tuple[bool, list[str]]], list[str]]:
    status, found = who.ask("GET", "/api/v1/pick-list")
    assert status == 200
    return [(stop["fetch"], stop["requests"]) for stop in found["stops"]], found["take_along"]


def test_one_touch_takes_along_and_the_list_is_in_walking_order(browser: Browser, shop: Shop) -> None:
    shop.ask("1", "M")
    page = opened(browser, shop, "phone")
    errors = Errors(page)
    page.locator("[data-request=r1] .strong").click()
    expect(page.locator("#request-list .mine")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("#my-way")).to_be_hidden()
    shop.ask("2", "L")
    offer = page.locator("#take-along-list li")
    expect(offer).to_contain_text("L Poplin shirt", timeout=LONG_MS)
    picture(page, "offer")
    offer.get_by_role("button", name="Take along").click()
    lines = page.locator("#my-way-list li")
    expect(lines).to_have_count(3, timeout=LONG_MS)
    expect(offer).to_have_count(0)
    assert [line.replace("\n", " ") for line in lines.all_inner_texts()] == [
        "in the stockroom M Poplin shirt, L Poplin shirt", "Room 1 M Poplin shirt", "Room 2 L Poplin shirt",
    ]  # fmt: skip
    picture(page, "phone")
    others = {}
    for size, locale in (("watch", "en-GB"), ("tablet", "en-GB"), ("phone", "ar"), ("watch", "ar")):
        other = opened(browser, shop, size, locale)
        expect(other.locator("#my-way-list li")).to_have_count(3, timeout=LONG_MS)
        picture(other, f"{size}-{locale}")
        others[size, locale] = fits(other)
    assert all(others.values()), others
    page.locator("[data-request=r1] .actions .strong").click()
    expect(page.locator("#my-way")).to_be_hidden(timeout=LONG_MS)
    assert errors.found == []


def test_it_is_hers_alone_and_ends_when_she_has_left_the_goods(shop: Shop) -> None:
    shop.ask("1", "M")
    with (
        associate(shop.url, "a-ines", "4711") as ines,
        associate(shop.url, "a-jonas", "1234") as jonas,
    ):
        assert stops(ines) == ([], [])
        assert ines.move("r1", "claim")[0] == 200
        shop.ask("2", "L")
        assert stops(ines) == ([(True, ["r1"]), (False, ["r1"])], ["r2"])
        assert stops(jonas) == ([], [])
        shop.clock.pass_s(90)
        assert stops(ines)[1] == []


def test_planted_fault_a_shop_without_plan_has_no_list(tmp_path: Path) -> None:
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        bare = Shop(store, url, ManualClock())
        bare.ask("1", "M")
        with associate(url, "a-ines", "4711") as ines:
            assert ines.move("r1", "claim")[0] == 200
            assert stops(ines) == ([], [])
