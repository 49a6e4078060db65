"""The tailor's note on the associates' page: written at the request, refused for a closed day, changed, and done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.domain.ids import AssociateId, Ticket
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.alterations.alteration_rows import AlterationRows
from kiosk.store.lifecycle import Store
from kiosk.store.staff.associates import Role
from kiosk.store.staff.staff_desk import StaffDesk
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.alterations.conftest import ask_for, move, note, with_hours, write
from tests.kiosk.store.http_clients import HttpClient, associate, mirror
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, ManualClock, sample_store, served

WHAT = "Hem <b>2 cm</b> shorter"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Store, str, HttpClient]]:
    """Room 1 has asked for an alteration."""
    settings = with_hours(tmp_path)
    with (
        sample_store(settings, ManualClock()) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as glass,
    ):
        glass.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        ask_for(glass)
        yield store, url, glass


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
def test_a_note_is_written_changed_and_done(
    browser: Browser, shop: tuple[Store, str, HttpClient], locale: str, width: int
) -> None:
    store, url, _ = shop
    page = browser.new_page(viewport={"width": width, "height": 844}, locale=locale)
    errors = Errors(page)
    sign_in(page, url, "Inès", "4711")
    card = page.locator("#request-list [data-request='t1.r1']")
    card.get_by_role("button").first.click()
    expect(card).to_have_attribute("data-state", "claimed", timeout=SIX_S)
    card.locator(".actions button").nth(2).click()
    what, price, day = (page.locator("#sheet input").nth(n) for n in range(3))
    save = page.locator("#sheet .actions button").first
    what.fill(WHAT)
    save.click()
    expect(page.locator("#sheet .trouble")).not_to_be_empty(timeout=SIX_S)  # no price is not free
    price.fill("18,5")
    day.evaluate("field => { field.value = '2026-09-27'; }")
    save.click()
    expect(page.locator("#sheet .trouble")).to_contain_text("28", timeout=SIX_S)  # closed: the next open day
    picture(page, f"alteration-form-{locale}-{width}")
    day.fill("2026-09-24")
    save.click()
    expect(card.locator(".tailor-note")).to_contain_text(WHAT, timeout=SIX_S)  # text is text
    expect(page.locator("#alteration-list > li")).to_have_count(1)
    picture(page, f"alteration-{locale}-{width}")
    (one,) = AlterationRows(store.resources.database).listed()
    assert (one.note.price.minor, one.note.ready, one.note.what) == (1850, "2026-09-24", WHAT)

    row = page.locator("#alteration-list > li")
    row.get_by_role("button").nth(1).click()
    expect(what).to_have_value(WHAT)
    expect(price).to_have_value("18.50")
    with associate(url, "m-mei", MANAGER_PIN) as mei:
        assert write(mei, note(what="Hem 3 cm", price=0, revision=1))[0] == 200
    price.fill("20")
    save.click()
    expect(what).to_have_value(
        "Hem 3 cm", timeout=SIX_S
    )  # somebody was faster: her note, and words that say so
    expect(page.locator("#sheet .trouble")).not_to_be_empty()
    price.fill("20")
    save.click()
    expect(row).to_contain_text("20", timeout=SIX_S)
    row.get_by_role("button").first.click()
    expect(row.get_by_role("button")).to_have_count(0, timeout=SIX_S)
    picture(page, f"alteration-done-{locale}-{width}")
    assert AlterationRows(store.resources.database).listed()[0].done_by == "a-ines"
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert errors.found == [], errors.found
    page.close()


def test_back_of_house_has_the_list_and_no_form(
    browser: Browser, shop: tuple[Store, str, HttpClient]
) -> None:
    store, url, _ = shop
    StaffDesk(store.resources.database, store.resources.associates.checks, store.clock).add(
        "test", "Sam", Role.BACK_OF_HOUSE, "4711", associate_id=AssociateId("s-stock")
    )
    with associate(url, "a-ines", PIN) as ines:
        assert move(ines, "claim") == 200
        assert write(ines, note())[0] == 200
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    errors = Errors(page)
    sign_in(page, url, "Sam", "4711")
    row = page.locator("#alteration-list > li")
    expect(row.get_by_role("button")).to_have_count(1, timeout=SIX_S)
    expect(row).to_contain_text("Room 1")
    picture(page, "alteration-back-of-house")
    row.get_by_role("button").click()
    expect(row.get_by_role("button")).to_have_count(0, timeout=SIX_S)
    assert errors.found == [], errors.found
    page.close()


def test_prices_are_read_digit_by_digit(browser: Browser, shop: tuple[Store, str, HttpClient]) -> None:
    page = browser.new_page()
    page.goto(f"{shop[1]}/associate")
    read = """async all => {
        const { minorOf } = await import('/associate/tailor/prices.js');
        return all.map((one) => minorOf(...one));
    }"""
    right = {
        ("18", 2): 1800, ("18,5", 2): 1850, ("18.05", 2): 1805, ("0", 2): 0, ("1800", 0): 1800, (" 7 ", 2): 700,
        ("١٨٫٥٠", 2): 1850, ("１８", 0): 18, ("1.234", 3): 1234, ("0.29", 2): 29,
    }  # fmt: skip
    wrong = [
        ("", 2), ("18.5", 0), ("1.234", 2), ("1,234.50", 2), ("-1", 2), ("1e3", 2), ("18 €", 2), ("NaN", 2), (",5", 2),
        ("123456789", 2), ("0x10", 2),
    ]  # fmt: skip
    assert page.evaluate(read, [list(one) for one in right]) == list(right.values())
    assert page.evaluate(read, [list(one) for one in wrong]) == [None] * len(wrong)
    page.close()
