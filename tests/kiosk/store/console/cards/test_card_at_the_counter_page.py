"""Finding an appointment by a card on the associates' page: a reader that types, a device that reads, and each refusal.

The link is a real one of the shop's keys. What a phone reads (Web NFC) comes from a script in the page: the browser of
the tests has no such reader.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.ids import AssociateId, RoomId, Ticket
from kiosk.store.appointments.appointment import Appointment, NewAppointment, ShopDays
from kiosk.store.asides.aside_members import AsideMembers
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.clues.conftest import CLARA, set_consents
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.sample_shop import PIN, gtin_of, sample_store, served, settings_in
from tests.kiosk.store.shop_cards import key_file, link

TABLET: Final = 1024
CARD: Final = "04A1B2C3D4E501"
PHONE_READS: Final = """window.NDEFReader = class extends EventTarget {
  async scan({ signal }) {
    window.laid = (link) => {
      const data = new DataView(new TextEncoder().encode(link).buffer);
      const read = Object.assign(new Event("reading"), { message: { records: [{ recordType: "url", data }] } });
      if (!signal.aborted) this.dispatchEvent(read);
    };
  }
};"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A shop with appointments of seven guests and, below them, of Clara; room 2 is free."""
    with sample_store(settings_in(tmp_path, keys=key_file(tmp_path)), now_us) as running:
        set_consents(running, "clues")
        keep(running, "p1", member=CLARA)
        for number in range(7):
            keep(running, f"g{number}", guest=f"Guest {number}")
        running.service.floor.rooms()[1].streams = 1
        yield running


def keep(store: Store, name: str, **who: str) -> None:
    prepared = store.service.prepared
    days, at_us = ShopDays(prepared.days.zone, now_us), now_us() + (10**6 if "member" in who else 0)
    new = NewAppointment(name, min(at_us, days.end_us(now_us()) - 1), AssociateId("a-ines"), **who)  # type: ignore[arg-type]
    prepared.book.put(Appointment(new, now_us(), days.end_us(now_us())))


def opened(page: Page, url: str) -> None:
    sign_in(page, url, "Inès", PIN)
    page.locator("#tab-appointments").click()
    expect(page.locator(".appointment")).to_have_count(8, timeout=SIX_S)
    page.locator("#card-find").click()


def typed(page: Page, text: str) -> None:
    """As a reader does it that is a keyboard: the focus is in the field already."""
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("en-GB", PHONE),
        pytest.param("ar", WATCH, marks=pytest.mark.full),
        pytest.param("de-DE", TABLET, marks=pytest.mark.full),
    ],
)
def test_the_list_opens_at_hers_and_a_room_is_named(
    browser: Browser, store: Store, axe: str, locale: str, width: int
) -> None:
    with (
        served(store) as url,
        browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, reduced_motion="reduce"
        ) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        opened(page, url)
        picture(page, f"asked-{locale}")
        assert fits(page, width)
        assert findings(page, axe) == []
        typed(page, link(CARD, 1))
        hers = page.locator('.appointment[data-key="p1"]')
        expect(hers).to_be_focused(timeout=SIX_S)
        expect(hers).to_be_in_viewport()
        expect(hers).to_contain_text("Clara")
        expect(page.locator("#trouble")).to_contain_text("Clara")
        expect(page.locator("#trouble")).to_contain_text("Room 2")
        if locale == "en-GB":
            expect(hers).to_contain_text("Arrived:")
            expect(page.locator("#trouble")).to_have_text("Clara is here. Free now: Room 2")
        picture(page, f"found-{locale}")
        assert fits(page, width)
        assert findings(page, axe) == []
        assert errors.found == []


def test_each_refusal_has_its_words_and_the_next_card_can_be_read(browser: Browser, store: Store) -> None:
    with served(store) as url, browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        opened(page, url)
        says = page.locator("#sheet .trouble")
        for text, words in (
            ("<img src=x onerror=alert(1)>", "This card cannot show whose it is"),
            (link(CARD, 1, bytes(16)), "This card is not known here"),
        ):
            typed(page, text)
            expect(says).to_contain_text(words, timeout=SIX_S)
        cards = store.service.customers.book
        stored = cards.card(CARD)
        assert stored is not None
        cards.block(stored.short, True)
        typed(page, link(CARD, 2))
        expect(says).to_have_text("This card is not valid any more.", timeout=SIX_S)
        cards.block(stored.short, False)
        typed(page, link(CARD, 2))
        expect(says).to_contain_text("This was read before", timeout=SIX_S)
        store.service.prepared.book.delete("p1")
        typed(page, link(CARD, 3))
        expect(says).to_have_text("There is no appointment with this card.", timeout=SIX_S)
        tomorrow = NewAppointment("p2", now_us() + 86_400_000_000, AssociateId(""), CLARA)
        store.service.prepared.book.put(Appointment(tomorrow, now_us(), now_us() + 2 * 86_400_000_000))
        typed(page, link(CARD, 4))
        expect(says).to_contain_text("No appointment today. The next one:", timeout=SIX_S)
        keep(store, "p1", member=CLARA)
        typed(page, link(CARD, 5))
        expect(page.locator('.appointment[data-key="p1"]')).to_be_focused(timeout=SIX_S)


def test_what_is_put_aside_for_her_is_told_with_its_code(browser: Browser, store: Store) -> None:
    garment = store.service.catalogue.garment(gtin_of("A1", "RED", "one"))
    assert garment is not None
    aside = Aside(
        "t0.a1", RoomId("1"), Ticket("t0"), garment.article, AsideState.TAKEN, name=garment.name, size="one",
        colour=garment.colourway.name, code="K7PX", until_us=now_us() + 10**10,
    )  # fmt: skip
    with store.service.writer:
        store.asides._save(aside)
    AsideMembers(store.resources.database).add(CLARA, ["t0.a1"])
    with served(store) as url, browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        opened(page, url)
        typed(page, link(CARD, 1))
        expect(page.locator("#trouble")).to_contain_text(
            "Put aside with this card: K7PX (Scarf, Red)", timeout=SIX_S
        )
        store.service.prepared.book.delete("p1")
        page.locator("#card-find").click()
        typed(page, link(CARD, 2))
        expect(page.locator("#sheet .trouble")).to_have_text(
            "There is no appointment with this card. Put aside with this card: K7PX (Scarf, Red)",
            timeout=SIX_S,
        )


def test_a_device_that_reads_cards_needs_no_other_reader(browser: Browser, store: Store) -> None:
    with served(store) as url, browser.new_context(locale="en-GB") as context:
        context.add_init_script(PHONE_READS)
        page = context.new_page()
        opened(page, url)
        page.evaluate("link => window.laid(link)", link(CARD, 1))
        expect(page.locator('.appointment[data-key="p1"]')).to_be_focused(timeout=SIX_S)
        page.evaluate("link => window.laid(link)", link(CARD, 2))
        page.locator("#card-find").click()
        page.locator("#sheet .actions .quiet").click()
        page.evaluate("link => window.laid(link)", link(CARD, 2))
        page.wait_for_timeout(300)
        stored = store.service.customers.book.card(CARD)
        assert stored is not None
        assert stored.counter == 1, "nothing is read while the dialog is closed"


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"card-{name}.png")
