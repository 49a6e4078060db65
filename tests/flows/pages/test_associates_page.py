"""The associates' page in a real Chromium, against a real store: requests arrive, are claimed, answered, done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.ids import ArticleId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.visit.effects import ReportVisit, SendRequest, WithdrawRequest
from kiosk.demo.environment import DemoEnvironment
from kiosk.demo.script import ScriptPiece
from kiosk.mirror.store_client import StoreClient
from tests.flows.browser import Errors, chromium
from tests.flows.conftest import mirror_client

TICKET = Ticket("1.test.1")
SIX_S = 6000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def mirror(environment: DemoEnvironment) -> Iterator[StoreClient]:
    with mirror_client(environment) as client:
        client.ask(ReportVisit(TICKET, began=True, at_us=1))
        yield client


@pytest.fixture
def page(browser: Browser, environment: DemoEnvironment) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 412, "height": 880}, locale="en-GB")
    opened = context.new_page()
    errors = Errors(opened)
    opened.goto(f"{environment.url}/associate")
    yield opened
    context.close()
    assert errors.found == []


def sign_in(page: Page, name: str = "Inès", pin: str = "2741") -> None:
    page.get_by_role("radio", name=name).click()
    page.locator("#pin").fill(pin)
    page.locator("#pin-go").click()


def jonas_beside(browser: Browser, environment: DemoEnvironment, locale: str) -> Page:
    """Another associate's page, signed in."""
    other = browser.new_context(locale=locale).new_page()
    other.goto(f"{environment.url}/associate")
    sign_in(other, "Jonas", "5830")
    return other


def signed_out(page: Page) -> None:
    """Signs out and closes: a session that is left is still there for the next test."""
    page.locator("#sign-out").click()
    expect(page.get_by_role("radio").first).to_be_visible(timeout=SIX_S)
    page.context.close()


def ask(
    mirror: StoreClient, number: int, kind: RequestKind, gtin: str | None = None, name: str = ""
) -> RequestId:
    request_id = RequestId(f"{TICKET}.r{number}")
    words = LocalizedText.of(name)
    found = ArticleId(gtin) if gtin else None
    request = ServiceRequest(request_id, RoomId("1"), TICKET, kind, 1, article=found, name=words, size="L")
    mirror.ask(SendRequest(TICKET, request))
    return request_id


def test_a_wrong_pin_is_said_kindly_and_a_right_one_opens_the_floor(page: Page) -> None:
    sign_in(page, pin="0000")
    expect(page.locator("#sign-in-trouble")).to_have_text("This PIN is not correct.", timeout=SIX_S)
    sign_in(page)
    expect(page.locator("#link")).to_have_text("live", timeout=SIX_S)
    expect(page.locator("#no-requests")).to_be_visible()


def test_a_request_from_the_glass_to_the_door(
    page: Page, environment: DemoEnvironment, mirror: StoreClient
) -> None:
    sign_in(page)
    expect(page.locator("#link")).to_have_text("live", timeout=SIX_S)
    gtin = environment.gtin(ScriptPiece("S301", "WHI", "L"))
    request_id = ask(mirror, 1, RequestKind.SIZE, gtin, "Poplin shirt")
    card = page.locator(f"[data-request='{request_id}']")
    expect(card).to_be_visible(timeout=SIX_S)
    expect(card).to_contain_text("Room 1")
    expect(card.locator(".size")).to_have_text("L")
    card.get_by_role("button", name="I'm on it").click()
    expect(card).to_have_attribute("data-state", "claimed", timeout=SIX_S)
    card.get_by_role("button", name="5 minutes").click()
    expect(card.locator(".state")).to_contain_text("5 minutes", timeout=SIX_S)
    card.get_by_role("button", name="At the door").click()
    expect(card).to_have_attribute("data-state", "at-the-door", timeout=SIX_S)
    card.get_by_role("button", name="Done").click()
    expect(card).to_have_count(0, timeout=SIX_S)


def test_a_claimed_request_is_shown_to_others_who_cannot_claim_it(
    page: Page, browser: Browser, environment: DemoEnvironment, mirror: StoreClient
) -> None:
    sign_in(page)
    other = jonas_beside(browser, environment, "de-DE")
    request_id = ask(mirror, 2, RequestKind.DRINK)
    mine, theirs = (p.locator(f"[data-request='{request_id}']") for p in (page, other))
    expect(theirs.get_by_role("button", name="Ich übernehme")).to_be_visible(timeout=SIX_S)
    mine.get_by_role("button", name="I'm on it").click()
    expect(theirs.locator(".state")).to_contain_text("Inès übernimmt", timeout=SIX_S)
    expect(theirs.get_by_role("button", name="Ich übernehme")).to_have_count(0)
    signed_out(other)


def test_what_was_brought_is_closed_by_anybody_once_its_associate_has_signed_out(
    page: Page, browser: Browser, environment: DemoEnvironment, mirror: StoreClient
) -> None:
    sign_in(page)
    other = jonas_beside(browser, environment, "en-GB")
    request_id = ask(mirror, 6, RequestKind.DRINK)
    mine, theirs = (p.locator(f"[data-request='{request_id}']") for p in (page, other))
    theirs.get_by_role("button", name="I'm on it").click()
    theirs.get_by_role("button", name="At the door").click()
    expect(mine).to_have_attribute("data-state", "at-the-door", timeout=SIX_S)
    expect(mine.get_by_role("button", name="Done")).to_have_count(0)
    signed_out(other)
    mine.get_by_role("button", name="Done").click()
    expect(mine).to_have_count(0, timeout=SIX_S)


def test_a_withdrawn_request_leaves_the_page(page: Page, mirror: StoreClient) -> None:
    sign_in(page)
    request_id = ask(mirror, 3, RequestKind.HELP)
    card = page.locator(f"[data-request='{request_id}']")
    expect(card).to_be_visible(timeout=SIX_S)
    assert mirror.ask(WithdrawRequest(TICKET, request_id)).state is RequestState.CANCELLED
    expect(card).to_have_count(0, timeout=SIX_S)


def test_text_from_outside_stays_text(page: Page, mirror: StoreClient) -> None:
    sign_in(page)
    evil = "<img src=x onerror=\"document.title='owned'\">"
    request_id = ask(mirror, 4, RequestKind.HELP, name=evil)
    card = page.locator(f"[data-request='{request_id}']")
    expect(card).to_be_visible(timeout=SIX_S)
    assert page.locator(".what img").count() == 0
    assert "owned" not in page.title()
    mirror.ask(WithdrawRequest(TICKET, request_id))


def test_the_board_shows_the_pieces_of_each_room(page: Page, environment: DemoEnvironment) -> None:
    sign_in(page)
    page.locator("#tab-rooms").click()
    epc = environment.tag(environment.gtin(ScriptPiece("S301", "WHI", "L")), 7001)
    environment.carrier.bring(epc, 2)
    room = page.locator("[data-room='2']")
    expect(room).to_contain_text("Poplin shirt", timeout=15_000)
    expect(room).to_contain_text("L")
    environment.carrier.take(epc)
    expect(room).to_contain_text("free", timeout=40_000)


def test_the_page_is_german_if_german_is_chosen(page: Page) -> None:
    sign_in(page)
    names = page.locator("#language option").all_inner_texts()
    assert {"Deutsch", "Français", "日本語", "العربية"} <= set(names), (
        "in their own language, whichever is chosen"
    )
    page.locator("#language").select_option("de")
    expect(page.locator("#tab-rooms")).to_have_text("Kabinen")
    page.reload()
    expect(page.locator("#tab-rooms")).to_have_text("Kabinen", timeout=SIX_S)


def test_no_wider_than_the_hand(page: Page) -> None:
    sign_in(page)
    expect(page.locator("#link")).to_have_text("live", timeout=SIX_S)
    for width in (320, 412, 1180):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
