"""Pieces that are put aside, on the associates' page: the task, who has them, and what is to be hung back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Zone
from kiosk.core.domain.ids import ArticleId, RoomId, Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import gtin_of, sample_store, served, settings_in

RAILS = (Rail("long rail", frozenset({"coats"})),)
PLAN = FloorPlan((Zone("shop", (RoomId("1"), RoomId("2")), 2.0, RAILS, stockroom=True),))
COAT, SCARF = gtin_of("C1", "NVY", "38"), gtin_of("A1", "RED", "one")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Store, str, HttpClient]]:
    settings = replace(settings_in(tmp_path), floor_plan=PLAN)
    with sample_store(settings) as store, served(store) as url, mirror(url, settings.state, "1") as room:
        room.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        yield store, url, room


def put(room: HttpClient, name: str, article: ArticleId) -> str:
    status, answer = room.of_room("PUT", f"/asides/{name}", PutAside(Ticket("t1"), name, article))
    assert status == 200, answer
    return str(answer["code"])


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_task_is_taken_handed_over_or_released_and_hung_back(
    browser: Browser, shop: tuple[Store, str, HttpClient], axe: str
) -> None:
    _, url, room = shop
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB", reduced_motion="reduce")
    errors = Errors(page)
    sign_in(page, url, "Inès", "4711")
    code, other = put(room, "t1.a1", COAT), put(room, "t1.a2", SCARF)
    tasks = page.locator("#aside-tasks li")
    expect(tasks).to_have_count(2, timeout=SIX_S)
    expect(tasks.first).to_contain_text("long rail")
    expect(tasks.first).to_contain_text(code)
    picture(page, "aside-tasks-390")
    assert findings(page, axe) == []
    tasks.first.get_by_role("button", name="It is put aside").click()
    expect(tasks).to_have_count(1, timeout=SIX_S)
    tasks.first.get_by_role("button", name="It is put aside").click()
    expect(tasks).to_have_count(0, timeout=SIX_S)
    page.locator("#tab-rooms").click()
    kept = page.locator("#aside-list > li")
    expect(kept).to_have_count(2, timeout=SIX_S)
    expect(kept.nth(1)).to_contain_text(other)
    expect(kept.nth(1)).to_contain_text("Inès")
    picture(page, "aside-kept-390")
    assert findings(page, axe) == []
    kept.first.get_by_role("button", name="Release").click()
    behind = page.locator("#go-back-list .hang-back li")
    expect(behind).to_have_count(1, timeout=SIX_S)
    expect(kept).to_have_count(1, timeout=SIX_S)
    for width in (184, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        picture(page, f"aside-behind-{width}")
        assert findings(page, axe) == []
    behind.get_by_role("button", name="Hung back").click()
    expect(page.locator("#go-back")).to_be_hidden(timeout=SIX_S)
    kept.get_by_role("button", name="Handed over").click()
    expect(page.locator("#asides")).to_be_hidden(timeout=SIX_S)
    assert errors.found == []


def test_signed_out_nothing_of_it_stays_in_the_page(
    browser: Browser, shop: tuple[Store, str, HttpClient]
) -> None:
    _, url, room = shop
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ar")
    sign_in(page, url, "Inès", "4711")
    code = put(room, "t1.a1", COAT)
    expect(page.locator("#aside-tasks li")).to_have_count(1, timeout=SIX_S)
    picture(page, "aside-tasks-ar")
    page.locator("#sign-out").click()
    expect(page.locator("#pin-form, #people").first).to_be_visible(timeout=SIX_S)
    assert code not in page.content()
