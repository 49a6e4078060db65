"""The client book on the associates' page in a real browser: written, changed, done, handed over, and gone with her."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hardware.rooms.changes import TagArrived
from kiosk.clock import now_us
from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.shopper import Shopper, Tier
from kiosk.store.customers.book.entries import ClientBook
from kiosk.store.customers.book.entry import EntryKind, NewEntry, Occasion
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.clues.conftest import CLARA, ROOM, TICKET, enter, set_consents
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, piece_of, sample_store, served, settings_in

TABLET: Final = 1024
HOSTILE: Final = "<img src=x onerror=alert(1)> likes linen"
SAVE: Final = "#sheet > .actions .strong"


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


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"book-{name}.png", full_page=True)


def open_book(page: Page, url: str, name: str = "Inès", pin: str = PIN) -> None:
    sign_in(page, url, name, pin)
    if page.locator("#tab-rooms").is_visible():
        page.locator("#tab-rooms").click()
    page.locator('#room-list [data-room="1"] .open-clues').click()
    page.locator("#sheet > .actions button").nth(1).click(timeout=SIX_S)
    expect(page.locator("#sheet .book-part")).to_have_count(6, timeout=SIX_S)


def form(page: Page, sort: str) -> None:
    page.locator(SAVE).click()
    page.locator("#sheet .book-form select").first.select_option(sort, timeout=SIX_S)


def saved(page: Page) -> None:
    page.locator(SAVE).click()
    expect(page.locator("#sheet .book-part")).to_have_count(6, timeout=SIX_S)


def part(page: Page, number: int) -> Locator:
    """The rows of follow-ups, preferences, sizes, days."""
    return page.locator("#sheet .book-part").nth(number).locator("li")


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("ar", WATCH),
        pytest.param("en-GB", PHONE, marks=pytest.mark.full),
        pytest.param("de-DE", TABLET, marks=pytest.mark.full),
    ],
)
def test_a_book_is_written_changed_and_done(
    browser: Browser, store: Store, axe: str, locale: str, width: int
) -> None:
    with (
        served(store) as url,
        browser.new_context(
            viewport={"width": width, "height": 900}, locale=locale, reduced_motion="reduce"
        ) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        open_book(page, url)
        form(page, "birthday")
        page.locator("#sheet input[type=date]").fill(in_days(30))
        page.locator(SAVE).click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        picture(page, f"form-{locale}")
        assert fits(page, width)
        assert findings(page, axe) == []
        page.locator("#sheet .told input").check()
        saved(page)
        form(page, "follow-up")
        page.locator("#sheet textarea").fill(HOSTILE)
        page.locator("#sheet input[type=date]").fill(in_days(2))
        saved(page)
        form(page, "size")
        page.locator("#sheet .book-form select").nth(1).select_option("coats")
        page.locator("#sheet .book-form input:visible").fill("42")
        saved(page)
        form(page, "like")
        saved(page)
        form(page, "note")
        page.locator("#sheet textarea").fill("prefers mornings")
        saved(page)
        expect(part(page, 0)).to_have_count(1)
        expect(part(page, 0)).to_contain_text(HOSTILE)
        expect(part(page, 1)).to_have_count(2)
        expect(part(page, 2).first).to_contain_text("42")
        expect(part(page, 2)).to_have_count(3)
        expect(part(page, 3)).to_have_count(1)
        part(page, 1).filter(has_text="prefers mornings").locator("button").first.click()
        page.locator("#sheet textarea").fill("prefers evenings")
        saved(page)
        expect(part(page, 1).filter(has_text="prefers evenings")).to_have_count(1)
        part(page, 0).locator("button").first.click()
        expect(part(page, 0).locator("button")).to_have_count(2, timeout=SIX_S)
        page.locator("#sheet summary").click()
        expect(page.locator("#sheet details li")).to_have_count(7)
        picture(page, f"open-{locale}")
        assert fits(page, width)
        assert findings(page, axe) == []
        part(page, 3).locator("button").last.click()
        expect(part(page, 3)).to_have_count(0, timeout=SIX_S)
        book = ClientBook(store.resources.database)
        assert {one.new.kind.value for one in book.of(CLARA, now_us())} == {
            "note",
            "like",
            "size",
            "follow-up",
        }
        assert errors.found == []


def test_what_a_colleague_changed_is_not_overwritten(browser: Browser, store: Store) -> None:
    book = ClientBook(store.resources.database)
    note = NewEntry(EntryKind.NOTE, "likes linen")
    with served(store) as url, browser.new_context(viewport={"width": PHONE, "height": 900}) as context:
        page = context.new_page()
        entry = book.add(CLARA, note, store.resources.associates.all()[0].associate_id, now_us())
        open_book(page, url)
        part(page, 1).locator("button").first.click()
        book.change(
            CLARA,
            entry.entry_id,
            entry.made_us,
            NewEntry(EntryKind.NOTE, "likes silk"),
            entry.author,
            now_us(),
        )
        page.locator("#sheet textarea").fill("likes wool")
        page.locator(SAVE).click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        page.locator("#sheet > .actions .quiet").click()
        expect(part(page, 1)).to_contain_text("likes silk", timeout=SIX_S)


def test_the_book_closes_with_another_member_and_nothing_stays(browser: Browser, store: Store) -> None:
    book = ClientBook(store.resources.database)
    birthday = NewEntry(EntryKind.DATE, value=Occasion.BIRTHDAY.value, due_us=now_us())
    book.add(CLARA, birthday, store.resources.associates.all()[0].associate_id, now_us())
    book.add(
        CLARA, NewEntry(EntryKind.NOTE, HOSTILE), store.resources.associates.all()[0].associate_id, now_us()
    )
    with served(store) as url, browser.new_context(viewport={"width": PHONE, "height": 900}) as context:
        page = context.new_page()
        open_book(page, url)
        expect(part(page, 1)).to_contain_text(HOSTILE)
        with store.service.writer:
            shopper = Shopper(ShopperId("s2"), Tier.PROVED, "Henrik", "de")
            store.service.visits.identify(ROOM, TICKET, shopper, "mac2", clues=True)
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        assert "likes linen" not in page.content()


def test_follow_ups_are_done_and_handed_over_by_a_manager(browser: Browser, store: Store, axe: str) -> None:
    book, people = ClientBook(store.resources.database), store.resources.associates.all()
    (ines,) = (one.associate_id for one in people if one.name == "Inès")
    for number in range(2):
        call = NewEntry(EntryKind.FOLLOW_UP, f"call {number}", due_us=now_us() - number * 3 * 86_400_000_000)
        book.add(CLARA, call, ines, now_us())
    with (
        served(store) as url,
        browser.new_context(viewport={"width": PHONE, "height": 900}, reduced_motion="reduce") as context,
    ):
        page = context.new_page()
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-appointments").click()
        rows = page.locator("#follow-up-list .follow-up")
        expect(rows).to_have_count(2, timeout=SIX_S)
        expect(page.locator("#hand-over")).to_be_hidden()
        picture(page, "follow-ups")
        assert fits(page, PHONE)
        rows.first.locator("button").click()
        expect(rows).to_have_count(1, timeout=SIX_S)
        with browser.new_context(viewport={"width": PHONE, "height": 900}, reduced_motion="reduce") as other:
            mei = other.new_page()
            sign_in(mei, url, "Mei", MANAGER_PIN)
            mei.locator("#tab-appointments").click()
            mei.locator("#hand-over").click(timeout=SIX_S)
            mei.locator("#sheet select").first.select_option(label="Inès")
            mei.locator("#sheet select").last.select_option(label="Mei")
            picture(mei, "hand-over")
            assert findings(mei, axe) == []
            mei.locator(SAVE).click()
            expect(mei.locator("#sheet-title")).to_contain_text("2", timeout=SIX_S)
            mei.locator(SAVE).click()
            expect(mei.locator("#follow-up-list .follow-up")).to_have_count(1, timeout=SIX_S)
        page.locator("#tab-rooms").click()
        page.locator("#tab-appointments").click()
        expect(rows).to_have_count(0, timeout=SIX_S)
        assert "call 0" not in page.content()


def test_today_can_be_entered_where_the_page_is(browser: Browser, store: Store) -> None:
    """At any hour one of both places has another day than UTC; before, its today could not be entered, or its
    yesterday could."""
    with served(store) as url:
        for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
            with browser.new_context(timezone_id=zone, locale="en-GB") as context:
                page = context.new_page()
                open_book(page, url)
                form(page, "follow-up")
                day = page.locator("#sheet input[type=date]")
                today = page.evaluate("new Date().toLocaleDateString('sv')")
                assert day.get_attribute("min") == today
                day.fill(today)
                page.locator("#sheet textarea").fill("call")
                saved(page)
