"""The associates' page examined by axe-core: WCAG 2.2 A and AA, landmarks, headings; every tab, dark and light."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.lifecycle import Store
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.flows.browser import SIX_S, chromium, sign_in
from tests.kiosk.store.http_clients import associate, mirror
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, gtin_of, sample_store, served, settings_in

MINOR = "minor"
TABS = (
    "requests",
    "rooms",
    "appointments",
    "lookup",
    "insights",
    "desk",
    "status",
    "feed",
    "devices",
    "staff",
)
RUN = "() => axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@dataclass(frozen=True)
class Shop:
    """A store and its address."""

    store: Store
    url: str


@pytest.fixture(scope="module")
def url(shop: Shop) -> str:
    return shop.url


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop with a request that waits and one that another associate has claimed."""
    settings = settings_in(tmp_path_factory.mktemp("shop"))
    with (
        sample_store(settings, now_us) as store,
        served(store) as at,
        mirror(at, settings.state, "1") as room,
    ):
        for number, (kind, article) in enumerate(
            [(RequestKind.HELP, None), (RequestKind.SIZE, gtin_of("S1", "WHI", "L"))]
        ):
            made = RequestId(f"t1.r{number}")
            request = ServiceRequest(
                made, RoomId("1"), Ticket("t1"), kind, now_us(), article=article, size="L"
            )
            assert room.of_room("PUT", f"/requests/{made}", request)[0] == 200
        with associate(at, "a-ines", PIN) as ines:
            assert ines.move("t1.r1", "claim")[0] == 200
            body = {"at_us": now_us(), "guest": "Ana", "note": "for a wedding"}
            assert ines.ask("PUT", "/api/v1/appointments/p1", body)[0] == 204
            piece = {"article": gtin_of("S1", "WHI", "L"), "look": 1}
            assert ines.ask("PUT", "/api/v1/appointments/p1/pieces", piece)[0] == 204
        yield Shop(store, at)


def findings(page: Page, axe: str) -> list[str]:
    """Violations by rule and element; what axe calls minor apart."""
    page.evaluate(axe)
    return [
        f"{one['id']}: {node['target']}"
        for one in page.evaluate(RUN)
        if one["impact"] != MINOR
        for node in one["nodes"]
    ]


def examined(page: Page, url: str, axe: str) -> dict[str, list[str]]:
    """Findings of the sign-in and of each tab."""
    page.goto(f"{url}/associate")
    expect(page.locator("#people button").first).to_be_visible(timeout=SIX_S)
    page.locator("#people button").first.click()
    found = {"sign-in": findings(page, axe)}
    sign_in(page, url, "Mei", MANAGER_PIN)
    expect(page.locator(".request")).to_have_count(2, timeout=SIX_S)
    for tab in TABS:
        if page.locator(f"#tab-{tab}").is_visible():
            page.locator(f"#tab-{tab}").click()
        found[tab] = findings(page, axe)
    page.locator("#staff-list button").first.click()
    expect(page.locator("#sheet")).to_be_visible()
    return {**found, "sheet": findings(page, axe)}


@pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [
        ("ar", 184, "dark"),
        pytest.param("en-GB", 390, "light", marks=pytest.mark.full),
        pytest.param("de-DE", 1024, "light", marks=pytest.mark.full),
        pytest.param("ja-JP", 184, "light", marks=pytest.mark.full),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, url: str, axe: str, locale: str, width: int, scheme: str
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 700},
        locale=locale,
        reduced_motion="reduce",
        color_scheme="dark" if scheme == "dark" else "light",
    ) as context:
        page = context.new_page()
        found = examined(page, url, axe)
        assert {place: what for place, what in found.items() if what} == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto("about:blank")


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (Role.BACK_OF_HOUSE, {"sign-in", "requests", "lookup"}),
        pytest.param(Role.ANALYST, {"sign-in", "insights"}, marks=pytest.mark.full),
        pytest.param(
            Role.ASSOCIATE,
            {"sign-in", "requests", "appointments", "lookup", "desk", "status"},
            marks=pytest.mark.full,
        ),
    ],
    ids=["back of house", "analyst", "associate"],
)
def test_axe_finds_nothing_on_the_pages_of_the_other_roles(
    browser: Browser, shop: Shop, axe: str, role: Role, tabs: set[str]
) -> None:
    name, pin = role.value.title(), "471108"
    store = shop.store
    desk = StaffDesk(store.resources.database, store.resources.associates.checks, store.clock)
    desk.add("test", name, role, pin, associate_id=AssociateId(role.value))
    with browser.new_context(
        viewport={"width": 1024, "height": 700}, locale="de-DE", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto(f"{shop.url}/associate")
        page.get_by_role("radio", name=name).click()
        found = {"sign-in": findings(page, axe)}
        page.locator("#pin").fill(pin)
        page.locator("#pin-go").click()
        for tab in TABS:
            expect(page.locator("#floor")).to_be_visible(timeout=SIX_S)
            if page.locator(f"#tab-{tab}").is_visible():
                page.locator(f"#tab-{tab}").click()
                found[tab] = findings(page, axe)
        assert found == {place: [] for place in tabs}
        page.goto("about:blank")


def test_planted_faults_are_found(browser: Browser, url: str, axe: str) -> None:
    with browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{url}/associate")
        expect(page.locator("#people button").first).to_be_visible(timeout=SIX_S)
        page.evaluate(
            "() => { const one = document.querySelector('#sign-in-hint'); one.style.color = '#ccc';"
            " document.querySelector('#sign-in').append(document.createElement('button')); }"
        )
        found = {one.split(":")[0] for one in findings(page, axe)}
        assert {"button-name", "color-contrast"} <= found
        page.goto("about:blank")


def test_the_script_is_of_the_version_that_the_lock_names(axe: str) -> None:
    lock = (Path(__file__).parents[3] / "peers" / "axe" / "package-lock.json").read_text("utf-8")
    assert f'"version": "{axe.split("axe v", 1)[1].split()[0]}"' in lock
