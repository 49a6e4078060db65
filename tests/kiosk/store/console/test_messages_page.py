"""An associate shows a line or a piece on a mirror, from the page in a real browser to the scene of a real mirror."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.flows.pages.test_feed_page import PHONE, WATCH, fits
from tests.kiosk.store.http_clients import EventStreamReader, mirror, read_stream
from tests.kiosk.store.sample_shop import PIN, gtin_of, sample_store, served, settings_in

SHIRT: Final = gtin_of("S1", "WHI", "M")
LINE: Final = "<b>Ihr Kleid</b> ist da"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as running:
        begin(running, "1", "t1")
        yield running


def begin(store: Store, room: str, ticket: str, *, began: bool = True) -> None:
    store.service.report_visit(RoomId(room), ReportVisit(Ticket(ticket), began=began, at_us=now_us()))


@contextmanager
def opened(
    browser: Browser, store: Store, locale: str, width: int
) -> Iterator[tuple[Page, EventStreamReader]]:
    """The page of Inès, and the stream of room 1's mirror."""
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
        yield page, stream
        assert [error for error in errors.found if "ERR_FAILED" not in error] == []  # a lost answer


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"message-{name}.png")


def shown(stream: EventStreamReader) -> list[dict[str, Any]]:
    return [body["message"] for name, body in stream.messages if name == "StaffMessageShown"]


def write(page: Page) -> None:
    page.locator("#tab-rooms").click()
    page.locator('#room-list [data-room="1"] .write').click()


@pytest.mark.parametrize(
    ("locale", "width"), [("en-GB", PHONE), pytest.param("ar", WATCH, marks=pytest.mark.full)]
)
def test_a_line_reaches_the_mirror_and_leaves_the_page(
    browser: Browser, store: Store, locale: str, width: int
) -> None:
    with opened(browser, store, locale, width) as (page, stream):
        write(page)
        picture(page, f"line-{locale}")
        assert fits(page, width)
        line, show = page.locator("#sheet textarea"), page.locator("#sheet .strong")
        show.click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        line.fill("for you \U0001f600")
        show.click()
        expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)
        picture(page, f"refused-{locale}")
        assert fits(page, width)
        line.fill(LINE)
        show.click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        stream.named("StaffMessageShown")
        assert [(one["by"], one["text"], one["garment"]) for one in shown(stream)] == [("Inès", LINE, None)]
        assert "Ihr Kleid" not in page.content()
        assert "Ihr Kleid" not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize(
    ("locale", "width"), [("de-DE", PHONE), pytest.param("ja-JP", WATCH, marks=pytest.mark.full)]
)
def test_a_piece_is_found_and_shown_in_the_room_that_is_chosen(
    browser: Browser, store: Store, locale: str, width: int
) -> None:
    with opened(browser, store, locale, width) as (page, stream):
        begin(store, "2", "t2")
        expect(page.locator('#room-list [data-room="2"] .write')).to_have_count(1, timeout=SIX_S)
        page.locator("#tab-lookup").click()
        page.locator("#lookup-words").fill(SHIRT)
        page.locator("#lookup-words").press("Enter")
        product = page.locator("#lookup-list .colour", has=page.locator("[aria-current]"))
        product.locator(".to-mirror").click(timeout=SIX_S)
        rooms = page.locator("#sheet select").last
        expect(rooms.locator("option")).to_have_count(2)
        expect(page.locator("#sheet select").first).to_have_value(SHIRT)
        rooms.select_option("1")
        picture(page, f"piece-{locale}")
        assert fits(page, width)
        page.locator("#sheet .strong").click()
        assert stream.named("StaffMessageShown")["message"]["garment"]["article"] == SHIRT


def test_sent_again_after_a_lost_answer_it_is_shown_once(browser: Browser, store: Store) -> None:
    with opened(browser, store, "en-GB", PHONE) as (page, stream):
        lost: list[int] = []

        def lose(route: Any) -> None:
            """The store gets it; its answer is lost."""
            if not lost:
                lost.append(route.fetch().status)
                route.abort()
            else:
                route.continue_()

        page.route("**/api/v1/messages/1", lose)
        write(page)
        page.locator("#sheet textarea").fill("once")
        page.locator("#sheet .strong").click()
        expect(page.locator("#sheet .trouble")).to_contain_text("connection", timeout=SIX_S)
        page.locator("#sheet .strong").click()
        expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        write(page)
        page.locator("#sheet textarea").fill("end")
        page.locator("#sheet .strong").click()
        stream.wait(lambda name, body: name == "StaffMessageShown" and body["message"]["text"] == "end")
        assert [one["text"] for one in shown(stream)] == ["once", "end"]
        assert lost == [204]


def test_nothing_reaches_the_shopper_who_came_after(browser: Browser, store: Store) -> None:
    with opened(browser, store, "en-GB", PHONE) as (page, stream):
        write(page)
        page.locator("#sheet textarea").fill("for the one before")
        begin(store, "1", "t1", began=False)
        begin(store, "1", "t2")
        page.locator("#sheet .strong").click()
        expect(page.locator("#sheet .trouble")).to_contain_text("ended", timeout=SIX_S)
        assert shown(stream) == []
