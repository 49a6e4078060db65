"""The hint that a room is in use unusually long, on the associates' page: its words, "Asked", every width."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.sample_shop import PIN, ManualClock, sample_store, served, settings_in

TABLET = 1024
WORDS = {"en-GB": "Room 1 has been in use for 31 min", "ar": "31", "de-DE": "Room 1 ist seit 31 Min. belegt"}
ONE = RoomId("1")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    """A shop with 30 minutes in its configuration, whose room 1 has been in use for 31."""
    plain = settings_in(tmp_path)
    with sample_store(
        replace(plain, timeouts=replace(plain.timeouts, overstay_minutes=30, idle_us=0)), clock
    ) as opened:
        opened.service.report_visit(ONE, ReportVisit(Ticket("t1"), began=True, at_us=clock()))
        opened.service.floor.room(ONE).streams = 1
        opened.presence.tick()
        clock.pass_s(31 * 60 + 1)
        opened.presence.tick()
        yield opened


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("en-GB", PHONE),
        pytest.param("ar", WATCH, marks=pytest.mark.full),
        pytest.param("de-DE", TABLET, marks=pytest.mark.full),
    ],
)
def test_it_is_told_kindly_and_goes_once_somebody_has_asked(
    browser: Browser, store: Store, axe: str, locale: str, width: int
) -> None:
    with (
        served(store) as url,
        browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, reduced_motion="reduce"
        ) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        if width < TABLET:
            page.locator("#tab-rooms").click()
        hint = page.locator("#room-list .long-stay")
        expect(hint).to_have_count(1, timeout=SIX_S)
        expect(hint).to_contain_text(WORDS[locale])
        if folder := os.environ.get("CHEVAL_PICTURES"):
            page.screenshot(path=Path(folder) / f"long-stay-{locale}.png", full_page=True)
        assert fits(page, width)
        assert findings(page, axe) == []
        hint.get_by_role("button").click()
        expect(hint).to_have_count(0, timeout=SIX_S)
        store.service.floor.publish_room(ONE)
        page.wait_for_timeout(300)
        expect(hint).to_have_count(0)
        assert errors.found == []


def test_the_next_visit_of_the_room_is_another_one(
    browser: Browser, store: Store, clock: ManualClock
) -> None:
    with served(store) as url, browser.new_context(viewport={"width": PHONE, "height": 800}) as context:
        page = context.new_page()
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-rooms").click()
        hint = page.locator("#room-list .long-stay")
        hint.get_by_role("button").click(timeout=SIX_S)
        expect(hint).to_have_count(0, timeout=SIX_S)
        for ticket, began in (("t1", False), ("t2", True)):
            store.service.report_visit(ONE, ReportVisit(Ticket(ticket), began=began, at_us=clock()))
        for seconds in (10, 32 * 60):
            clock.pass_s(seconds)
            store.presence.tick()
        expect(hint).to_have_count(1, timeout=SIX_S)
