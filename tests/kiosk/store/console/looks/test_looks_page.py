"""An associate puts a look together and follows what becomes of it, in a real browser, up to a mirror's stream."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.clues.dislikes import Dislike, DislikeKind
from kiosk.core.domain.floor.staff_message import MessageStage
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportMessage, ReportVisit
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, fits
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, gtin_of, sample_store, served, settings_in

TABLET: Final = 1024
COAT, SCARF = gtin_of("C1", "NVY", "38"), gtin_of("A1", "NVY", "one")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        running.service.report_visit(RoomId("1"), ReportVisit(Ticket("t1"), began=True, at_us=now_us()))
        yield running


@contextmanager
def opened(
    browser: Browser, store: Store, locale: str, width: int
) -> Iterator[tuple[Page, HttpClient, EventStreamReader]]:
    """The page of Inès, the mirror of room 1, and its stream."""
    with (
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 800}, locale=locale) as context,
        mirror(url, store.settings.state, "1") as glass,
        read_stream(glass, "/api/v1/rooms/1/stream") as stream,
    ):
        page = context.new_page()
        errors = Errors(page)
        stream.named("Snapshot")
        sign_in(page, url, "Inès", PIN)
        yield page, glass, stream
        assert errors.found == []


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"look-{name}.png")


def add(page: Page, article: str) -> None:
    """Takes the piece of a label into the look."""
    page.locator("#tab-lookup").click()
    page.locator("#lookup-words").fill("")
    expect(page.locator("#lookup-list > li")).to_have_count(0, timeout=SIX_S)
    page.locator("#lookup-words").fill(article)
    page.locator("#lookup-words").press("Enter")
    colour = page.locator("#lookup-list .colour", has=page.locator("[aria-current]"))
    colour.locator(".to-look").click(timeout=SIX_S)


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("en-GB", PHONE),
        pytest.param("ar", 184, marks=pytest.mark.full),
        pytest.param("de-DE", TABLET, marks=pytest.mark.full),
    ],
)
def test_a_look_is_found_sent_and_followed(
    browser: Browser, store: Store, axe: str, locale: str, width: int
) -> None:
    with opened(browser, store, locale, width) as (page, glass, stream):
        add(page, COAT)
        add(page, SCARF)
        picture(page, f"lookup-{locale}-{width}")
        page.locator("#look-open").click()
        rows = page.locator("#sheet .look-pieces").first.locator(".piece-row")
        expect(rows).to_have_count(2)
        expect(rows.first.locator("select")).to_have_value(COAT)
        expect(rows.first.locator("p")).not_to_be_empty(timeout=SIX_S)
        expect(page.locator("#sheet .look-pieces").last.locator(".piece-row")).not_to_have_count(
            0, timeout=SIX_S
        )
        assert findings(page, axe) == []
        picture(page, f"form-{locale}-{width}")
        assert fits(page, width)
        page.locator("#sheet textarea").fill("<b>for tonight</b>")
        page.locator("#sheet .strong").click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        message = stream.named("StaffMessageShown")["message"]
        assert [one["garment"]["article"] for one in message["look"]] == [COAT, SCARF]
        assert "for tonight" not in page.content()
        assert not page.locator("#look-open").is_visible()
        page.locator("#tab-rooms").click() if page.locator("#tab-rooms").is_visible() else None
        page.locator("#tab-requests").click() if width == TABLET else None
        said = page.locator('#room-list [data-room="1"] .message-was')
        expect(said).to_have_attribute("data-stage", "sent", timeout=SIX_S)
        for stage in (MessageStage.SHOWN, MessageStage.CLOSED):
            report = ReportMessage(Ticket("t1"), message["message_id"], stage)
            assert glass.of_room("PUT", f"/messages/{message['message_id']}", report)[0] == 204
            expect(said).to_have_attribute("data-stage", stage.value, timeout=SIX_S)
        picture(page, f"closed-{locale}-{width}")
        assert fits(page, width)


def test_what_she_does_not_want_is_said_before_and_not_sent(browser: Browser, store: Store) -> None:
    with opened(browser, store, "en-GB", PHONE) as (page, _, stream):
        store.service.visits.add_dislike(RoomId("1"), Dislike(DislikeKind.CATEGORY, "accessories"))
        add(page, COAT)
        add(page, SCARF)
        page.locator("#tab-rooms").click()
        page.locator('#room-list [data-room="1"] .combine').click()
        rows = page.locator("#sheet .look-pieces").first.locator(".piece-row")
        expect(rows.last.locator(".trouble")).to_contain_text("does not want", timeout=SIX_S)
        page.locator("#sheet .strong").click()
        expect(page.locator("#sheet .look-view > .trouble")).to_contain_text("does not want", timeout=SIX_S)
        assert [name for name, _ in stream.messages if name == "StaffMessageShown"] == []


def test_with_the_keyboard_alone_a_look_is_made_of_what_is_suggested(browser: Browser, store: Store) -> None:
    with opened(browser, store, "en-GB", PHONE) as (page, _, stream):
        page.locator("#tab-rooms").click()
        page.locator('#room-list [data-room="1"] .combine').focus()
        page.keyboard.press("Enter")
        lists = page.locator("#sheet .look-pieces")
        for number in range(2):
            take = lists.last.locator("button").first
            expect(take).to_be_visible(timeout=SIX_S)
            take.focus()
            page.keyboard.press("Enter")
            expect(lists.first.locator(".piece-row")).to_have_count(number + 1, timeout=SIX_S)
        page.locator("#sheet .strong").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        assert len(stream.named("StaffMessageShown")["message"]["look"]) == 2


def test_nothing_of_the_look_stays_when_somebody_signs_out(browser: Browser, store: Store) -> None:
    with opened(browser, store, "en-GB", PHONE) as (page, _, _stream):
        add(page, COAT)
        expect(page.locator("#look-open")).to_be_visible()
        page.locator("#sign-out").click()
        sign_in(page, page.url.partition("/associate")[0], "Jonas", "1234")
        page.locator("#tab-lookup").click()
        expect(page.locator("#look-open")).to_be_hidden()
