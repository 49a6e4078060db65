"""What is to be sent or kept, on the associates' page: listed by day, moved, and a day that was missed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.promise.values import DeliveryWay
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from tests.flows.browser import SIX_S, Errors, chromium, show_rooms, sign_in
from tests.kiosk.store.http_clients import mirror, read_stream
from tests.kiosk.store.payments.payment_steps import CLARA, COAT, TICKET
from tests.kiosk.store.payments.promises.delivery_shop import SEND, delivering, pay, price
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, served
from tests.kiosk.store.shop_cards import link

DAY_S = 86_400


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("en-GB", 390),
        pytest.param("de-DE", 1024, marks=pytest.mark.full),
        pytest.param("ar", 390, marks=pytest.mark.full),
        pytest.param("es", 184, marks=pytest.mark.full),
    ],
)
def test_parcels_are_listed_and_moved(browser: Browser, tmp_path: Path, locale: str, width: int) -> None:
    settings, terminal, clock = delivering(tmp_path), InProcessTerminal(), ManualClock()
    with sample_store(settings, clock, terminal) as store, served(store) as url:
        with mirror(url, settings.state, "1") as room, read_stream(room, "/api/v1/rooms/1/stream") as stream:
            stream.named("Snapshot")
            room.of_room(
                "POST", "/identify", IdentifyShopper(TICKET, CardTapped(1, "ntag424", CLARA, link(CLARA, 5)))
            )
            price(room, (*SEND, (COAT[0], DeliveryWay.COLLECT)))
            pay(room, stream, terminal)
            store.payments.finish_pending()
        page = browser.new_page(viewport={"width": width, "height": 844}, locale=locale)
        errors = Errors(page)
        sign_in(page, url, "Inès", "4711")
        show_rooms(page)
        cards = page.locator("#parcel-list > li")
        expect(cards).to_have_count(2, timeout=SIX_S)
        expect(cards.nth(1)).to_contain_text("Linen <b>shirt</b>")  # text is text
        picture(page, f"parcels-{locale}-{width}")
        cards.nth(1).get_by_role("button").nth(1).click()
        page.locator("#sheet textarea").fill("Clara <b>Berg</b>\nRue de l'Été 7\n75003 Paris")
        picture(page, f"parcels-address-{locale}-{width}")
        page.locator("#sheet .actions button").first.click()
        expect(cards.nth(1).locator(".address p")).to_have_count(3, timeout=SIX_S)
        expect(cards.nth(1)).to_contain_text("Clara <b>Berg</b>")
        assert page.locator("textarea").count() == 0, "nothing of it stays in the form"
        cards.nth(1).get_by_role("button").first.click()
        expect(cards.nth(1).get_by_role("button")).to_have_count(2, timeout=SIX_S)
        cards.first.get_by_role("button").click()
        expect(cards).to_have_count(1, timeout=SIX_S)
        clock.pass_s(10 * DAY_S)
        store.payments.parcels.sweep()
        sign_in(page, url, "Inès", "4711")  # her session is over by now
        show_rooms(page)
        expect(page.locator("#parcel-list > li.alarm")).to_have_count(1, timeout=SIX_S)
        picture(page, f"parcels-missed-{locale}-{width}")
        (late,) = store.payments.parcels.listed()
        assert late.parcel.missed_us
        assert late.parcel.credit
        assert errors.found == [], errors.found
        page.close()
