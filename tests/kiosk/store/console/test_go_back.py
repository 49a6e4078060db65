"""What hangs in a room after its visit is on the associates' page by its rail, until it leaves the room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Zone
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.integrators.event_readers import carry
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

RAILS = (Rail("long rail", frozenset({"shirts"})), Rail("shelf", frozenset({"shoes"})))
PLAN = FloorPlan((Zone("shop", (RoomId("1"), RoomId("2")), 2.0, RAILS, stockroom=True),))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    settings = replace(settings_in(tmp_path), floor_plan=PLAN)
    with sample_store(settings) as store, served(store) as url:
        yield store, url


def test_pieces_are_to_be_put_back_after_the_visit_and_gone_when_they_left(
    browser: Browser, shop: tuple[Store, str]
) -> None:
    store, url = shop
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    errors = Errors(page)
    sign_in(page, url, "Inès", "4711")
    page.locator("#tab-rooms").click()
    with (
        mirror(url, store.settings.state, "1") as room,
        read_stream(room, "/api/v1/rooms/1/stream") as stream,
    ):
        stream.named("Snapshot")
        room.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        carry(store, 7)
        expect(page.locator("#room-list")).to_contain_text("shirt", timeout=SIX_S)
        expect(page.locator("#go-back")).to_be_hidden()
        room.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=False, at_us=2))
        expect(page.locator("#go-back-list .rail")).to_contain_text("long rail", timeout=SIX_S)
        if folder := os.environ.get("CHEVAL_PICTURES"):
            page.screenshot(path=Path(folder) / "go-back.png", full_page=True)
        carry(store, 7, out=True)
        expect(page.locator("#go-back")).to_be_hidden(timeout=SIX_S)
    assert errors.found == []
