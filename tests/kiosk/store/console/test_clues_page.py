"""The card of a member on the associates' page: opened from her room, answered, and closed when she withdraws."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hardware.rooms.changes import TagArrived
from kiosk.clock import now_us
from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.clues.conftest import CLARA, ROOM, TICKET, enter, set_consents
from tests.kiosk.store.sample_shop import PIN, piece_of, sample_store, served, settings_in

HOSTILE = "<img src=x onerror=alert(1)> prefers linen"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        set_consents(running, "clues", "history", "sizes")
        enter(running)
        change = TagArrived("1", piece_of("T1", "GRY", "38"), True, 0.99, now_us())
        running.service.floor.rooms_changed([change])
        yield running


@pytest.mark.parametrize(
    ("locale", "width", "refused"),
    [("en-GB", PHONE, "health"), pytest.param("ar", WATCH, "الصحة", marks=pytest.mark.full)],
)
def test_an_associate_reads_answers_and_writes(
    browser: Browser, store: Store, locale: str, width: int, refused: str
) -> None:
    with (
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 900}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-rooms").click()
        page.locator('#room-list [data-room="1"] .open-clues').click()
        clues = page.locator("#sheet .clue")
        expect(clues).to_have_count(2, timeout=SIX_S)
        expect(page.locator("#sheet-title")).to_contain_text("Clara")
        assert fits(page, width)
        if os.environ.get("CHEVAL_PICTURES"):
            page.screenshot(path=f"{os.environ['CHEVAL_PICTURES']}/clues-{locale}.png")
        clues.first.locator("button").last.click()
        expect(clues).to_have_count(1, timeout=SIX_S)
        page.locator("#sheet > .actions button").nth(2).click()
        page.locator("#sheet textarea").fill("is pregnant")
        page.locator("#sheet > .actions .strong").click()
        expect(page.locator("#sheet .trouble")).to_contain_text(refused, timeout=SIX_S)
        page.locator("#sheet textarea").fill(HOSTILE)
        page.locator("#sheet > .actions .strong").click()
        expect(clues.filter(has_text=HOSTILE)).to_have_count(1, timeout=SIX_S)
        assert fits(page, width)
        page.locator("#sheet > .actions button").nth(4).click()
        page.locator("#sheet > .actions .strong").click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        expect(page.locator('#room-list [data-room="1"] .open-clues')).to_have_count(0, timeout=SIX_S)
        assert errors.found == []


def withdrawn(store: Store) -> None:
    set_consents(store, "history", "sizes")
    store.presence.forget_erased()
    assert store.service.floor.room(ROOM).visit is not None
    assert store.service.customers.customer(CLARA) is not None


def another(store: Store) -> None:
    """Henrik, who agreed to clues too, proves his card in Clara's visit."""
    shopper = Shopper(ShopperId("s2"), Tier.PROVED, "Henrik", "de")
    with store.service.writer:
        store.service.visits.identify(ROOM, TICKET, shopper, "mac2", clues=True)


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(withdrawn, id="withdrawn", marks=pytest.mark.full),
        pytest.param(another, id="another member"),
        pytest.param(None, id="store away"),
    ],
)
def test_an_open_card_closes_and_leaves_nothing_in_the_page(
    browser: Browser, store: Store, ends: Callable[[Store], None] | None
) -> None:
    with browser.new_context(viewport={"width": PHONE, "height": 900}) as context:
        with served(store) as url:
            page = context.new_page()
            sign_in(page, url, "Inès", PIN)
            page.locator("#tab-rooms").click()
            page.locator('#room-list [data-room="1"] .open-clues').click()
            expect(page.locator("#sheet .clue")).to_have_count(2, timeout=SIX_S)
            if ends:
                ends(store)
                expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        assert "Clara" not in page.content()
