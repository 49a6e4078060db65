"""The tab *Status* in a real browser: a card for each room and stand, on three widths, in every language."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import US, now_us
from kiosk.config.connectors.connector import Connector
from kiosk.config.stands import Stand
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import DeviceState, FrameFault, MirrorStatus, ShownFrame
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.staff.devices import pair_mirror
from kiosk.version import VERSION
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.sample_shop import PIN, gtin_of, sample_store, served, settings_in

FRAME = ShownFrame(700, 900, "00c0ffee", 4000, "rest")
WIDTHS = {"tablet": 1024, "phone": 412, "watch": 196}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A shop whose first mirror is well but for its card reader; the second one is frozen and restarts all the time.
    A stand has a wrong clock. A system was never read."""
    stand = Stand(article=gtin_of("C1", "NVY", "38"), title="Coats")
    system = Connector(uri="mapped+https://erp.example.com", description=Path("erp.yaml"))
    settings = settings_in(
        tmp_path_factory.mktemp("shop"), stands={"coat": stand}, connectors={"erp": system}
    )
    settings.state.mkdir(parents=True, exist_ok=True)
    for room in ("1", "2", "coat"):
        pair_mirror(settings.state, room)
    status = MirrorStatus(VERSION, now_us(), 60, FRAME, DeviceState.DOWN, DeviceState.NONE, 9400)
    frozen = replace(
        status, frame=replace(FRAME, fault=FrameFault.NO_FRAMES, age_ms=95_000), cards=DeviceState.UP
    )
    with sample_store(settings, now_us) as store, served(store) as at:
        store.fleet.reports.report(RoomId("1"), status)
        for start in range(5):
            store.fleet.reports.report(RoomId("2"), replace(frozen, process=str(start)))
        late = replace(status, frame=ShownFrame(), cards=DeviceState.UP, at_us=now_us() - 90 * US)
        store.fleet.stand_reports.report(RoomId("coat"), late)
        yield at


def kept(page: Page, name: str) -> None:
    """Keeps a picture for people, if a folder is named."""
    if folder := os.environ.get("CHEVAL_STATUS_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_every_room_every_stand_and_the_store_have_a_card(browser: Browser, url: str) -> None:
    with browser.new_context(viewport={"width": 1024, "height": 900}, locale="en-GB") as context:
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-status").click()
        cards = page.locator("#status-list > li")
        expect(cards).to_have_count(4, timeout=SIX_S)
        expect(cards.nth(0)).to_contain_text("Store computer")
        expect(cards.nth(0)).to_contain_text("Last read · erpnever")
        first, second = cards.nth(1), cards.nth(2)
        for words in ("Room 1", "The card reader does not answer", "0.9 sec · 00c0ffee", VERSION):
            expect(first).to_contain_text(words)
        for words in ("9.4 GB", "Free disk space"):
            expect(first).to_contain_text(words)
        expect(second).to_contain_text("The picture on the mirror is frozen")
        expect(second).to_contain_text("The mirror restarts again and again")
        expect(second).to_contain_text("Starts lately5")
        for words in ("Stand Coats", "The clock is wrong", "-90 sec", VERSION, "Card reader"):
            expect(cards.nth(3)).to_contain_text(words)
        assert "[object" not in page.locator("#status").inner_text()
        for language in LANGUAGES:
            page.locator("#language").select_option(language)
            for name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, name)
                kept(page, f"{language}-{name}")
        assert errors.found == []
        page.goto("about:blank")
