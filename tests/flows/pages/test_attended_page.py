"""An associate takes a payment at the shop's own terminal, on the associates' page in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.connectors.payments.attended import AttendedTerminal
from kiosk.connectors.payments.port import PaymentTerminal
from tests.flows.browser import Errors, chromium
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import SHIRT, collect, price
from tests.kiosk.store.sample_shop import PIN, InProcessTerminal, ManualClock, build, served, settings_in

SIX_S = 6000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@contextmanager
def opened_shop(
    folder: Path, terminals: dict[str, PaymentTerminal]
) -> Iterator[tuple[str, HttpClient, EventStreamReader]]:
    """The store's address, the mirror of room 1 and its stream; the limit is below the shirt's price."""
    plain = settings_in(folder)
    settings = replace(
        plain, second_person_above=10_000, timeouts=replace(plain.timeouts, first_query_us=1000)
    )
    with ExitStack() as open_:
        store = open_.enter_context(build(settings, ManualClock(), terminals))
        store.payments.resume()
        url = open_.enter_context(served(store))
        room = open_.enter_context(mirror(url, settings.state, "1"))
        stream = open_.enter_context(read_stream(room, "/api/v1/rooms/1/stream"))
        stream.named("Snapshot")
        yield url, room, stream


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[str, HttpClient, EventStreamReader]]:
    with opened_shop(tmp_path, {"desk": AttendedTerminal("desk")}) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, shop: tuple[str, HttpClient, EventStreamReader]) -> Iterator[Page]:
    with desk_page(browser, shop[0], "en-GB") as opened:
        yield opened


@contextmanager
def desk_page(browser: Browser, url: str, locale: str) -> Iterator[Page]:
    """The desk of the associates' page on a phone; no unexpected error is reported by the browser."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=locale)
    opened = context.new_page()
    errors = Errors(opened)
    opened.goto(f"{url}/associate")
    opened.get_by_role("radio", name="Inès").click()
    opened.locator("#pin").fill(PIN)
    opened.locator("#pin-go").click()
    opened.locator("#tab-desk").click()
    yield opened
    opened.goto("about:blank")
    context.close()
    # a refused entry is an answer 409, which the browser reports
    assert [error for error in errors.found if "409" not in error] == []


def test_a_payment_is_taken_and_entered_with_a_second_person(
    page: Page, shop: tuple[str, HttpClient, EventStreamReader]
) -> None:
    _, room, stream = shop
    price(room, pieces=(SHIRT,))
    collect(room)
    row = page.locator("#attended-list li")
    expect(row).to_contain_text("€129", timeout=SIX_S)
    expect(page.locator("#tab-desk")).to_contain_text("(1)")
    row.get_by_role("button", name="I take it").click()
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("Charge €129 at terminal desk", timeout=SIX_S)
    sheet.get_by_label("Number on the slip").fill("4111 1111 1111 1111")
    sheet.get_by_label("Second associate").select_option(label="Jonas")
    sheet.get_by_label("PIN").fill("0000")
    sheet.get_by_role("button", name="It was paid").click()
    expect(sheet).to_contain_text("This number was not taken", timeout=SIX_S)
    sheet.get_by_label("Number on the slip").fill("0042")
    sheet.get_by_role("button", name="It was paid").click()
    expect(sheet).to_contain_text("It was not confirmed", timeout=SIX_S)
    sheet.get_by_label("PIN").fill("1234")
    sheet.get_by_role("button", name="It was paid").click()
    assert stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "paid")
    expect(page.locator("#attended")).to_be_hidden(timeout=SIX_S)
    expect(page.locator("#sign-in")).to_be_hidden()


@pytest.mark.parametrize("locale", ["en-GB", "ar"])
def test_a_payment_of_a_terminal_that_is_gone_is_settled_with_a_second_person(
    browser: Browser, tmp_path: Path, locale: str
) -> None:
    with opened_shop(tmp_path, {"desk": AttendedTerminal("desk")}) as (_, room, stream):
        price(room, pieces=(SHIRT,))
        collect(room)
        stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "sent")
    with (
        opened_shop(tmp_path, {"other": InProcessTerminal("sim:other")}) as (url, _, stream),
        desk_page(browser, url, locale) as page,
    ):
        words = page.evaluate("() => import('/associate/base/texts.js').then((m) => Object.fromEntries("
                              "['settle', 'slip', 'secondPerson', 'pin', 'wasPaid', 'secondPersonWrong']"
                              ".map((name) => [name, m.text(name)])))")  # fmt: skip
        page.locator(".unknown").get_by_role("button", name=words["settle"]).click(timeout=SIX_S)
        sheet = page.locator("#sheet")
        sheet.get_by_label(words["slip"]).fill("0042")
        paid = sheet.get_by_role("button", name=words["wasPaid"], exact=True)
        paid.click()
        expect(sheet.locator(".trouble")).to_have_text(words["secondPersonWrong"], timeout=SIX_S)
        sheet.get_by_label(words["secondPerson"]).select_option(label="Jonas")
        sheet.get_by_label(words["pin"]).fill("1234")
        narrow = page.evaluate("() => document.querySelector('#sheet').scrollWidth <= 390")
        assert narrow, "the sheet fits a phone"
        paid.click()
        expect(sheet).to_be_hidden(timeout=SIX_S)
        assert stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == "paid")
