"""The floor on the associates' page in a real browser: who is asked, and a manager who takes a request over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    PIN,
    START_US,
    ManualClock,
    sample_store,
    served,
    settings_in,
)

ASK = ServiceRequest(RequestId("r1"), RoomId("1"), Ticket("t"), RequestKind.DRINK, START_US)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def shop(tmp_path: Path, clock: ManualClock) -> Iterator[tuple[Store, str]]:
    with sample_store(settings_in(tmp_path), clock) as store, served(store) as url:
        yield store, url


def test_the_page_names_who_is_asked_and_a_manager_takes_over(
    browser: Browser, shop: tuple[Store, str], clock: ManualClock
) -> None:
    store, url = shop
    page = browser.new_page(locale="en-GB")
    errors = Errors(page)
    sign_in(page, url, "Mei", MANAGER_PIN)
    with associate(url, "a-ines", PIN) as ines:
        store.service.submit_request(ASK.room, ASK)
        store.tick(clock.pass_s(60))
        card = page.locator("[data-request='r1']")
        expect(card.locator(".state")).to_contain_text("Inès is asked now", timeout=SIX_S)
        assert ines.move("r1", "claim")[0] == 200
        card.get_by_role("button", name="Take over").click()
        expect(card.locator(".state")).to_contain_text("You are on it", timeout=SIX_S)
        assert ines.move("r1", "at-the-door")[0] == 409
    assert errors.found == []
    page.close()
