"""The floor on the associates' page in a real browser: who is asked, and a manager who takes a request over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.core.domain.floor.second_size import SecondSize
from kiosk.core.domain.floor.service_icons import ICON_PATHS, ServiceIcon
from kiosk.core.domain.floor.services import HELP, AskedService, ServiceKind
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.lifecycle import Store
from kiosk.store.texts import page_texts
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.sample_shop import (
    MANAGER_PIN,
    PIN,
    START_US,
    ManualClock,
    gtin_of,
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


GIFT = ServiceKind(
    "gift-wrap", LocalizedText((("en", "Gift wrapping"), ("de", "Als Geschenk"))), icon=ServiceIcon.GIFT
)  # fmt: skip
OWN = replace(ASK, request_id=RequestId("own"), kind=RequestKind.SERVICE, service=AskedService("gift-wrap"))
BOTH = replace(
    ASK, request_id=RequestId("both"), kind=RequestKind.SIZE, article=gtin_of("S1", "WHI", "M"), size="M", lies="floor",
    name=LocalizedText.of("Shirt"), second=SecondSize(gtin_of("S1", "WHI", "L"), "L", "stockroom"),
)  # fmt: skip


def test_a_service_has_its_name_and_sign_and_two_sizes_their_places(
    browser: Browser, tmp_path: Path, clock: ManualClock
) -> None:
    with (
        sample_store(settings_in(tmp_path, services=(HELP, GIFT)), clock) as store,
        served(store) as url,
    ):
        for request in (OWN, BOTH):
            store.service.submit_request(request.room, request)
        page = browser.new_page(locale="de-DE")
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        service, both = (page.locator(f"[data-request='{each.request_id}']") for each in (OWN, BOTH))
        expect(service.locator(".what")).to_have_text("Als Geschenk", timeout=SIX_S)
        expect(service.locator(".sign path")).to_have_attribute("d", ICON_PATHS[ServiceIcon.GIFT])
        words = page_texts("associates", "de")
        expect(both.locator(".size")).to_have_text("M / L")
        expect(both.locator(".stock-place")).to_contain_text(
            f"M: {words['floor']} · L: {words['stockroom']} · {words['either-size']}"
        )
        assert errors.found == []
        page.close()


Request = dict[str, str | int | bool | None]
WAITS: Request = {"request_id": "r", "is_open": True, "waits": True, "asked_id": None, "rung": 0}
RINGS: tuple[tuple[str, Request | None, Request, bool], ...] = (
    ("it is new", None, {}, True),
    ("it is new and asks me first", None, {"asked_id": "me"}, True),
    ("it is new and asks another one first", None, {"asked_id": "other"}, False),
    ("everybody is asked after another one", {"asked_id": "other"}, {}, True),
    ("everybody is asked after me", {"asked_id": "me"}, {}, False),
    ("an escalation asks me", {}, {"asked_id": "me", "rung": 1}, True),
    ("an escalation asks another one", {}, {"asked_id": "other", "rung": 1}, False),
    ("I am asked once more", {"asked_id": "me", "rung": 1}, {"asked_id": "me", "rung": 2}, True),
    ("nothing that concerns me has changed", {}, {}, False),
    ("it waits again", {"waits": False}, {}, True),
    ("somebody has it", {}, {"waits": False}, False),
)


def test_a_device_rings_when_it_is_asked(browser: Browser, shop: tuple[Store, str]) -> None:
    page = browser.new_page()
    page.goto(f"{shop[1]}/associate")
    found = page.evaluate(
        """async (cases) => {
          const { Floor } = await import("/associate/floor/floor.js");
          return cases.map(([before, now]) => {
            const floor = new Floor();
            if (before) floor.request(before, "me");
            const told = floor.request(now, "me");
            return before ? [told] : [told, new Floor().replace({ requests: [now], rooms: [] }, "me")];
          });
        }""",
        [[None if before is None else WAITS | before, WAITS | now] for _, before, now, _ in RINGS],
    )
    page.close()
    assert {name: set(each) for (name, *_), each in zip(RINGS, found, strict=True)} == {
        name: {rings} for name, _, _, rings in RINGS
    }
