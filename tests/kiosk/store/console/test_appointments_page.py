"""Appointments on the associates' page in a real browser: kept, filled from the look-up, fetched, deleted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.ids import AssociateId
from kiosk.store.appointments.appointment import Appointment, ChosenPiece, NewAppointment, ShopDays
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.clues.conftest import CLARA, set_consents
from tests.kiosk.store.sample_shop import PIN, gtin_of, sample_store, served, settings_in

TABLET: Final = 1024
SCARF, COAT = gtin_of("A1", "NVY", "one"), gtin_of("C1", "NVY", "38")
HOSTILE: Final = "<img src=x onerror=alert(1)> likes linen"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A shop with an appointment of a guest in an hour, or earlier today if the day ends before."""
    with sample_store(settings_in(tmp_path), now_us) as running:
        set_consents(running, "clues")
        book, days = running.service.prepared.book, ShopDays(running.service.prepared.days.zone, now_us)
        new = NewAppointment("p1", now_us(), AssociateId("a-ines"), guest="Zephyrine", note=HOSTILE)
        book.put(Appointment(new, now_us(), days.end_us(now_us())))
        for piece in (ChosenPiece(SCARF, 1), ChosenPiece(COAT)):
            book.change("p1", partial(Appointment.with_piece, piece=piece), now_us())
        yield running


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"appointments-{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("en-GB", PHONE),
        pytest.param("ar", WATCH, marks=pytest.mark.full),
        pytest.param("de-DE", TABLET, marks=pytest.mark.full),
    ],
)
def test_an_appointment_is_kept_filled_fetched_and_deleted(
    browser: Browser, store: Store, locale: str, width: int
) -> None:
    with (
        served(store) as url,
        browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, timezone_id="Europe/Vienna"
        ) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-appointments").click()
        cards = page.locator(".appointment")
        expect(cards).to_have_count(1, timeout=SIX_S)
        expect(cards.first).to_contain_text(HOSTILE)
        expect(page.locator("#pick-list .rail ul li")).to_have_count(2)
        picture(page, f"list-{locale}")
        assert fits(page, width)
        page.locator("#pick-list [aria-pressed]").first.click()
        expect(page.locator("#pick-list .rail ul li")).to_have_count(1, timeout=SIX_S)
        page.locator("#appointment-new").click()
        page.locator("#sheet > .actions .strong").click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        page.locator("#sheet input").first.fill("Clara")
        page.locator("#sheet .appointment-view > button").click()
        page.locator("#sheet .appointment-view .actions button").click(timeout=SIX_S)
        picture(page, f"form-{locale}")
        assert fits(page, width)
        page.locator("#sheet > .actions .strong").click()
        expect(cards).to_have_count(2, timeout=SIX_S)
        page.locator("#tab-lookup").click()
        page.locator("#lookup-words").fill(SCARF)
        page.locator("#lookup-words").press("Enter")
        colour = page.locator("#lookup-list .colour", has=page.locator("[aria-current]"))
        colour.locator("button").last.click(timeout=SIX_S)
        hers = page.locator("#sheet select").first.locator("option", has_text="Clara").get_attribute("value")
        page.locator("#sheet select").first.select_option(hers)
        page.locator("#sheet select").last.select_option("2")
        picture(page, f"piece-{locale}")
        assert fits(page, width)
        page.locator("#sheet > .actions .strong").click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        page.locator("#tab-appointments").click()
        (made,) = store.service.prepared.book.of_member(CLARA, now_us())
        assert made.pieces == (ChosenPiece(SCARF, 2),)
        assert made.new.holder == "a-ines"
        guest = cards.filter(has_text="Zephyrine")
        guest.locator("> .actions button").last.click()
        page.locator("#sheet .danger").click()
        expect(cards).to_have_count(1, timeout=SIX_S)
        expect(page.locator("#sheet")).to_be_hidden()
        assert "Zephyrine" not in page.content()
        assert errors.found == []


def test_what_another_associate_changes_is_seen_and_nothing_stays_after_signing_out(
    browser: Browser, store: Store
) -> None:
    with served(store) as url, browser.new_context(viewport={"width": PHONE, "height": 800}) as context:
        page = context.new_page()
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-appointments").click()
        expect(page.locator(".wanted li")).to_have_count(2, timeout=SIX_S)
        with browser.new_context(viewport={"width": PHONE, "height": 800}) as other:
            jonas = other.new_page()
            sign_in(jonas, url, "Jonas", "1234")
            jonas.locator("#tab-appointments").click()
            jonas.locator(".wanted li .quiet").first.click(timeout=SIX_S)
            expect(page.locator(".wanted li")).to_have_count(1, timeout=SIX_S)
        page.locator("#sign-out").click()
        expect(page.locator("#people button").first).to_be_visible(timeout=SIX_S)
        assert "Zephyrine" not in page.content()


def note_of(store: Store, text: str) -> None:
    """Another associate changes the note."""
    book = store.service.prepared.book
    (known,) = book.all(now_us())
    book.put(replace(known, new=replace(known.new, note=text)))


@pytest.mark.parametrize("width", [PHONE, pytest.param(WATCH, marks=pytest.mark.full)])
def test_a_form_of_before_says_so_and_keeps_what_was_typed_without_a_network(
    browser: Browser, store: Store, width: int
) -> None:
    with served(store) as url, browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-appointments").click()
        edit = page.locator(".appointment > .actions button").first
        note, save = page.locator("#sheet textarea"), page.locator("#sheet > .actions .strong")
        trouble = page.locator("#sheet .trouble")
        edit.click(timeout=SIX_S)
        note_of(store, "comes with her sister")
        note.fill("likes linen")
        save.click()
        expect(trouble).to_contain_text("changed meanwhile", timeout=SIX_S)
        picture(page, f"changed-{width}")
        assert fits(page, width)
        page.locator("#sheet > .actions button").last.click()
        expect(page.locator(".appointment .note")).to_have_text("comes with her sister", timeout=SIX_S)

        edit.click()
        note.fill("likes linen")
        context.set_offline(True)
        save.click()
        expect(trouble).not_to_be_empty(timeout=SIX_S)
        expect(note).to_have_value("likes linen")
        context.set_offline(False)
        save.click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        expect(page.locator(".appointment .note")).to_have_text("likes linen", timeout=SIX_S)

        edit.click()
        store.service.prepared.book.delete("p1")
        save.click()
        expect(trouble).to_contain_text("not there any more", timeout=SIX_S)
        assert store.service.prepared.book.all(now_us()) == ()


def test_an_associate_who_is_no_choice_any_more_gives_it_to_nobody_else(
    browser: Browser, store: Store
) -> None:
    store.service.prepared.book.hand_over(AssociateId("a-ines"), AssociateId("a-left"))
    with served(store) as url, browser.new_context(viewport={"width": PHONE, "height": 800}) as context:
        page = context.new_page()
        sign_in(page, url, "Inès", PIN)
        page.locator("#tab-appointments").click()
        page.locator(".appointment > .actions button").first.click(timeout=SIX_S)
        expect(page.locator("#sheet select")).to_have_value("")
        page.locator("#sheet > .actions .strong").click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        (kept,) = store.service.prepared.book.all(now_us())
        assert kept.new.holder == ""
