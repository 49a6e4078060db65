"""An associate takes a payment at the shop's own terminal, on the associates' page in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.connectors.payments.attended import AttendedTerminal
from tests.flows.browser import Errors, chromium
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import SHIRT, collect, price
from tests.kiosk.store.sample_shop import PIN, ManualClock, build, served, settings_in

SIX_S = 6000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[str, HttpClient, EventStreamReader]]:
    """The store's address, the mirror of room 1 and its stream; the limit is below the shirt's price."""
    settings = replace(settings_in(tmp_path), second_person_above=10_000)
    with ExitStack() as open_:
        store = open_.enter_context(build(settings, ManualClock(), {"desk": AttendedTerminal("desk")}))
        url = open_.enter_context(served(store))
        room = open_.enter_context(mirror(url, settings.state, "1"))
        stream = open_.enter_context(read_stream(room, "/api/v1/rooms/1/stream"))
        stream.named("Snapshot")
        yield url, room, stream


@pytest.fixture
def page(browser: Browser, shop: tuple[str, HttpClient, EventStreamReader]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    opened = context.new_page()
    errors = Errors(opened)
    opened.goto(f"{shop[0]}/associate")
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
