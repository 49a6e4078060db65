"""The page when answers about pieces that are put aside come late, what is not hung back meanwhile, and until when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from tests.flows.browser import SIX_S, chromium, sign_in
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    START_US,
    gtin_of,
    piece_of,
    sample_store,
    served,
    settings_in,
)

COAT, PIECE = gtin_of("C1", "NVY", "38"), piece_of("C1", "NVY", "38")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def test_an_answer_that_comes_late_shows_no_old_task(browser: Browser, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store, served(store) as url, mirror(url, settings.state, "1") as room:
        room.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
        sign_in(page, url, "Inès", "4711")
        room.of_room("PUT", "/asides/t1.a1", PutAside(Ticket("t1"), "t1.a1", COAT))
        tasks = page.locator("#aside-tasks li")
        expect(tasks).to_have_count(1, timeout=SIX_S)
        with associate(url, "m-mei", MANAGER_PIN) as mei:
            old = json.dumps(mei.ask("GET", "/api/v1/asides")[1])
        held: list[Route] = []

        def answer(route: Route) -> None:
            # the first answer stays away, until that of a later question is there
            if held:
                route.continue_()
            else:
                held.append(route)

        page.route(re.compile(r"/api/v1/asides$"), answer)
        room.of_room("DELETE", "/asides/t1.a1")
        while not held:
            page.wait_for_timeout(20)
        room.of_room("PUT", "/asides/t1.a2", PutAside(Ticket("t1"), "t1.a2", gtin_of("A1", "RED", "one")))
        expect(tasks).to_have_count(1, timeout=SIX_S)
        expect(tasks).to_contain_text("Scarf")
        held[0].fulfill(status=200, content_type="application/json", body=old)
        page.wait_for_timeout(300)
        expect(tasks).to_contain_text("Scarf")
        assert "Long coat" not in tasks.inner_text(), "planted: the last answer that came was shown"


def test_what_is_put_aside_is_not_to_be_put_back_as_well(browser: Browser, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store, served(store) as url, mirror(url, settings.state, "1") as room:
        other = piece_of("A1", "RED", "one")
        with read_stream(room, "/api/v1/rooms/1/stream?visit=m.1&at_us=1") as stream:
            stream.named("Snapshot")
            room.of_room("PUT", "/visit", ReportVisit(Ticket("m.1"), began=True, at_us=1))
            arrived = [TagArrived("1", piece, True, 0.99, START_US) for piece in (PIECE, other)]
            store.service.floor.rooms_changed(arrived)
            room.of_room("PUT", "/asides/m.1.a1", PutAside(Ticket("m.1"), "m.1.a1", COAT, PIECE))
            room.of_room("PUT", "/visit", ReportVisit(Ticket("m.1"), began=False, at_us=2))
            page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
            sign_in(page, url, "Inès", "4711")
            expect(page.locator("#aside-tasks li")).to_have_count(1, timeout=SIX_S)
            page.locator("#tab-rooms").click()
            behind = page.locator("#go-back-list li li")
            expect(behind).to_have_count(1, timeout=SIX_S)
            expect(behind).to_contain_text("Scarf")
            room.of_room("DELETE", "/asides/m.1.a1")
            expect(behind).to_have_count(2, timeout=SIX_S)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "UTC"])
def test_the_time_is_that_of_the_shop_wherever_the_device_believes_to_be(
    browser: Browser, tmp_path: Path, zone: str
) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store, served(store) as url, mirror(url, settings.state, "1") as room:
        room.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        _, aside = room.of_room("PUT", "/asides/t1.a1", PutAside(Ticket("t1"), "t1.a1", COAT))
        assert aside["until"] == "2026-09-23T00:00"
        context = browser.new_context(locale="en-GB", timezone_id=zone)
        page = context.new_page()
        sign_in(page, url, "Inès", "4711")
        expect(page.locator("#aside-tasks li")).to_contain_text(
            re.compile("23 Sept? 2026, (00:00|12:00 AM)|Sep 23, 2026, 12:00"), timeout=SIX_S
        )
        context.close()
