"""The staff on the associates' page in a real browser: a manager adds, removes, is refused; widths, Arabic."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, Errors, chromium, sign_in
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

PHONE, TABLET = (390, 844), (1024, 768)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    with sample_store(settings_in(tmp_path)) as store, served(store) as url:
        yield store, url


def picture(page: Page, name: str) -> None:
    """Kept where `CHEVAL_PICTURES` says, to be looked at."""
    if folder := os.environ.get("CHEVAL_PICTURES"):
        page.screenshot(path=Path(folder) / f"staff-{name}.png", full_page=True)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def press(page: Page, person: str, words: str) -> None:
    page.locator("#staff-list li", has_text=person).get_by_role("button", name=words, exact=True).click()


def test_a_manager_keeps_the_staff(browser: Browser, shop: tuple[Store, str]) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    errors = Errors(page)
    sign_in(page, shop[1], "Mei", "920713")
    page.locator("#tab-staff").click()
    expect(page.locator("#staff-list li")).to_have_count(3, timeout=SIX_S)
    page.locator("#staff-name").fill("Ana <b>Sofía</b>")
    page.locator("#staff-go").click()
    expect(page.locator("#sheet .digits")).to_be_visible(timeout=SIX_S)
    pin = page.locator("#sheet .digits").inner_text()
    assert pin.isdigit()
    picture(page, "pin-phone")
    page.locator("#sheet .actions button").click()
    expect(page.locator("#staff-list")).to_contain_text("Ana <b>Sofía</b>", timeout=SIX_S)
    press(page, "Mei", "Remove")
    page.locator("#sheet .actions button").first.click()
    expect(page.locator("#trouble")).to_contain_text("last manager", timeout=SIX_S)
    press(page, "Inès", "Remove")
    picture(page, "remove-phone")
    page.locator("#sheet .actions button").first.click()
    expect(page.locator("#staff-list")).not_to_contain_text("Inès", timeout=SIX_S)
    expect(page.locator("#staff-log")).to_contain_text("Mei removed", timeout=SIX_S)
    expect(page.locator("#trouble")).to_be_hidden(timeout=SIX_S)
    picture(page, "phone")
    assert fits(page)
    assert [e for e in errors.found if "409" not in e] == []
    page.close()
    signs_in_with_a_pin_for_one_time(browser, shop[1], pin)


def signs_in_with_a_pin_for_one_time(browser: Browser, url: str, pin: str) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en-GB")
    page.goto(f"{url}/associate")
    page.get_by_role("radio", name="Ana <b>Sofía</b>", exact=True).click()
    page.locator("#pin").fill(pin)
    page.locator("#pin-go").click()
    expect(page.locator("#new-pin-form")).to_be_visible(timeout=SIX_S)
    picture(page, "new-pin-phone")
    for new, again, words in (("7392", "7393", "differ"), ("1111", "1111", "4 to 12 digits")):
        page.locator("#new-pin").fill(new)
        page.locator("#new-pin-again").fill(again)
        page.locator("#new-pin-go").click()
        expect(page.locator("#sign-in-trouble")).to_contain_text(words, timeout=SIX_S)
    page.locator("#new-pin").fill("7392")
    page.locator("#new-pin-again").fill("7392")
    page.locator("#new-pin-go").click()
    expect(page.locator("#floor")).to_be_visible(timeout=SIX_S)
    page.close()


def test_an_associate_has_no_such_tab(browser: Browser, shop: tuple[Store, str]) -> None:
    page = browser.new_page(locale="en-GB")
    sign_in(page, shop[1], "Jonas", "1234")
    expect(page.locator("#tab-staff")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(("locale", "size", "title"), [
    pytest.param("ar-EG", PHONE, "الموظفون", id="Arabic on a phone"),
    pytest.param("de-DE", TABLET, "Team", id="German on a tablet", marks=pytest.mark.full),
    pytest.param("ar-EG", TABLET, "الموظفون", id="Arabic on a tablet", marks=pytest.mark.full),
    pytest.param("ja-JP", PHONE, "スタッフ", id="Japanese on a phone", marks=pytest.mark.full),
])  # fmt: skip
def test_in_other_languages(
    browser: Browser, shop: tuple[Store, str], locale: str, size: tuple[int, int], title: str
) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale=locale)
    sign_in(page, shop[1], "Mei", "920713")
    page.locator("#tab-staff").click()
    expect(page.locator("#staff-list li")).to_have_count(3, timeout=SIX_S)
    expect(page.locator("#staff-title")).to_have_text(title)
    picture(page, f"{locale}-{size[0]}")
    assert fits(page)
    assert (page.locator("html").get_attribute("dir") == "rtl") is locale.startswith("ar")
    page.close()
