"""The associates' page as back of house and as an analyst, in a real browser: tabs, a role that changes, widths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.ids import AssociateId, OrderId, PieceId, RequestId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import OrderLine
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.store.floor.bag_tasks import BagTask
from kiosk.store.lifecycle import Store
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.flows.browser import SIX_S, Errors, chromium
from tests.kiosk.store.sample_shop import START_US, gtin_of, sample_store, served, settings_in

PHONE, WATCH = (390, 844), (184, 224)
SAM, PIN = AssociateId("s-sam"), "4711"
SHIRT = gtin_of("S1", "WHI", "L")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        yield store, url


def desk(store: Store) -> StaffDesk:
    return StaffDesk(store.resources.database, store.resources.associates.checks, store.clock)


def something_to_do(store: Store) -> None:
    """A request of each kind, and a bag task."""
    for kind in (one for one in RequestKind if one is not RequestKind.SERVICE):
        named = {"article": SHIRT, "name": LocalizedText.of("Shirt"), "size": "L", "lies": "stockroom"}
        words = named if kind in (RequestKind.SIZE, RequestKind.PIECE) else {}
        asked = ServiceRequest(RequestId(kind.value), RoomId("1"), Ticket("t"), kind, START_US, **words)  # type: ignore[arg-type]
        store.service.requests.receive(asked, store.clock())
    line = OrderLine(PieceId("p1"), SHIRT, LocalizedText.of("Shirt"), NO_TEXT, "L", Money(4900, "EUR"))
    task = BagTask(OrderId("o1"), RoomId("2"), (line,), "17", store.clock())
    store.service.floor.bags.add(Ticket("t"), task)


def tabs(page: Page) -> list[str]:
    return [str(tab.get_attribute("id")) for tab in page.get_by_role("tab").all() if tab.is_visible()]


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"roles-{name}.png", full_page=True)


def enter(page: Page, name: str, pin: str) -> None:
    """Signs in where the page asks for it."""
    page.get_by_role("radio", name=name, exact=True).click()
    page.locator("#pin").fill(pin)
    page.locator("#pin-go").click()
    expect(page.locator("#floor")).to_be_visible(timeout=SIX_S)


def offers_a_mirror(page: Page) -> bool:
    """Whether what the look-up finds can be shown on a mirror."""
    page.locator("#tab-lookup").click()
    page.locator("#lookup-words").fill("S1")
    expect(page.locator("#lookup-list .colour")).not_to_have_count(0, timeout=SIX_S)
    return page.locator("#lookup-list .to-mirror").count() > 0


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_the_page_has_what_the_role_may_use_also_after_it_changes(
    browser: Browser, shop: tuple[Store, str]
) -> None:
    store, url = shop
    staff = desk(store)
    staff.add("test", "Sam", Role.BACK_OF_HOUSE, PIN, associate_id=SAM)
    something_to_do(store)
    page = browser.new_page(viewport={"width": 1024, "height": 768}, locale="en-GB")
    errors = Errors(page)
    page.goto(f"{url}/associate")
    enter(page, "Sam", PIN)
    expect(page.locator("#request-list li")).to_have_count(2, timeout=SIX_S)
    assert tabs(page) == ["tab-requests", "tab-lookup"]
    expect(page.locator("#requests-title")).to_have_text("To bring")
    expect(page.locator("#request-list button")).to_have_count(0)
    for hidden in ("#rooms", "#break-begin"):
        expect(page.locator(hidden)).to_be_hidden()
    page.locator("#alarm-list button", has_text="Bagged").click()
    expect(page.locator("#alarm-list li")).to_have_count(0, timeout=SIX_S)
    assert not offers_a_mirror(page), "back of house meets no shopper"
    assert errors.found == []

    something_to_do(store)
    staff.set_role("test", SAM, Role.ANALYST)
    store.access.watch.look(store.clock())
    expect(page.locator("#sign-in")).to_be_visible(timeout=SIX_S)
    errors.found.clear()
    enter(page, "Sam", PIN)
    expect(page.locator("#insights-file")).to_be_visible(timeout=SIX_S)
    assert tabs(page) == ["tab-insights"]
    expect(page.locator("#alarm-list li, #request-list li, #room-list li")).to_have_count(0)
    expect(page.locator("#link")).to_be_hidden()

    staff.set_role("test", SAM, Role.ASSOCIATE)
    page.reload()
    enter(page, "Sam", PIN)
    expect(page.locator("#request-list li")).to_have_count(len(RequestKind) - 1, timeout=SIX_S)
    assert tabs(page) == ["tab-requests", "tab-appointments", "tab-lookup", "tab-desk", "tab-status"]
    expect(page.locator("#break-begin")).to_be_visible()
    assert offers_a_mirror(page)
    assert [error for error in errors.found if "401" not in error] == []
    page.close()


def test_a_manager_gives_a_role(browser: Browser, shop: tuple[Store, str]) -> None:
    store, url = shop
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    page.goto(f"{url}/associate")
    enter(page, "Mei", "920713")
    page.locator("#tab-staff").click()
    row = page.locator("#staff-list li", has_text="Jonas")
    row.get_by_role("button", name="Change role").click()
    picture(page, "choice-phone")
    page.locator("#sheet").get_by_role("button", name="Back of house").click()
    expect(row).to_contain_text("Back of house", timeout=SIX_S)
    assert {m.name: m.role for m in desk(store).all()}["Jonas"] is Role.BACK_OF_HOUSE
    page.locator("#staff-role").select_option(label="Analyst")
    page.close()


@pytest.mark.parametrize(("locale", "size", "role"), [
    pytest.param("ar-EG", WATCH, Role.BACK_OF_HOUSE, id="Arabic stockroom on a watch", marks=pytest.mark.full),
    pytest.param("de-DE", PHONE, Role.BACK_OF_HOUSE, id="German stockroom on a phone", marks=pytest.mark.full),
    pytest.param("ar-EG", PHONE, Role.BACK_OF_HOUSE, id="Arabic stockroom on a phone", marks=pytest.mark.full),
    pytest.param("de-DE", WATCH, Role.ANALYST, id="German analyst on a watch", marks=pytest.mark.full),
    pytest.param("de-DE", PHONE, Role.ANALYST, id="German analyst on a phone", marks=pytest.mark.full),
    pytest.param("ar-EG", PHONE, Role.ANALYST, id="Arabic analyst on a phone", marks=pytest.mark.full),
])  # fmt: skip
def test_in_other_languages_and_widths(
    browser: Browser, shop: tuple[Store, str], locale: str, size: tuple[int, int], role: Role
) -> None:
    store, url = shop
    desk(store).add("test", "Sam", role, PIN, associate_id=SAM)
    something_to_do(store)
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale=locale)
    page.goto(f"{url}/associate")
    enter(page, "Sam", PIN)
    shown = "#insights-file" if role is Role.ANALYST else "#request-list li"
    expect(page.locator(shown).first).to_be_visible(timeout=SIX_S)
    picture(page, f"{role.value}-{locale}-{size[0]}")
    assert fits(page)
    page.close()
