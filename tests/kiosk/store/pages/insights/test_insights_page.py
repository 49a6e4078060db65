"""The page of the insights in a real browser: no figures, few, many; widths, right to left, print, accessibility."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import INSIGHT_HOUR, INSIGHT_ITEM, INSIGHT_WEEK, ITEM_SUMS
from kiosk.store.insights.weeks import ShopWeeks
from kiosk.store.lifecycle import Store
from tests.flows.browser import Errors, chromium
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.sample_shop import MANAGER_PIN, sample_store, served, settings_in

WATCH, PHONE, TABLET = 184, 390, 1024
WEEKS = 4
HOSTILE = '<img src=x onerror="document.title=1">'
KNOWN = ("S1", "C1")
"""Styles of the catalogue; the others have left it, and their ids are shown."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@dataclass(frozen=True)
class Shown:
    """A page of the browser that is signed in as a manager."""

    page: Page
    url: str
    errors: Errors

    def open(self, weeks: int = WEEKS, language: str = "en") -> None:
        answer = self.page.goto(f"{self.url}/insights?weeks={weeks}&language={language}")
        assert answer is not None
        assert answer.status == 200
        assert self.errors.found == []

    def fits(self) -> bool:
        """Whether only tables scroll to the side."""
        found = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        return bool(self.page.evaluate(found))

    def picture(self, name: str) -> None:
        """Kept where `CHEVAL_PICTURES` says, to be looked at."""
        if folder := os.environ.get("CHEVAL_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"insights-{name}.png", full_page=True)


Open = Callable[[int, Literal["light", "dark"]], Shown]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with sample_store(settings_in(tmp_path), now_us) as opened:
        yield opened


@pytest.fixture
def opens(browser: Browser, store: Store) -> Iterator[Open]:
    """Opens pages of a width."""
    with served(store) as url, associate(url, "m-mei", MANAGER_PIN) as mei:
        contexts = []

        def opened(width: int, scheme: Literal["light", "dark"] = "light") -> Shown:
            context = browser.new_context(
                viewport={"width": width, "height": 700}, color_scheme=scheme, reduced_motion="reduce"
            )
            contexts.append(context)
            context.add_cookies([{"name": "cheval_session", "value": mei.token, "url": url}])
            page = context.new_page()
            return Shown(page, url, Errors(page))

        yield opened
        for context in contexts:
            context.close()


def fill(database: Database, *, styles: int, pieces: int) -> None:
    """Four whole weeks, in each so many pieces of each style in three sizes, and requests in ten hours."""
    weeks = ShopWeeks(ZoneInfo("Europe/Vienna"))
    rows: dict[str, list[dict[str, Any]]] = {"weeks": [], "items": [], "hours": []}
    for week in (w.isoformat() for w in weeks.before(now_us(), WEEKS)):
        rows["weeks"].append({"week": week})
        for number in range(styles):
            style = KNOWN[number] if number < len(KNOWN) else f"{HOSTILE}-{number}-{'long' * 8}"[:64]
            for size in ("S", "M", "one" * 4):
                sums = {name: max(0, pieces - number - 3 * place) for place, name in enumerate(ITEM_SUMS)}
                key = {"week": week, "item": f"i{number}", "size": size, "style_id": style}
                rows["items"].append(
                    key | {"colour": "NVY", "currency": "EUR", "price_minor": 12_900, **sums}
                )
        for hour in range(10, 20):
            measured = {"week": week, "hour": hour, "value": 10, "pieces": pieces}
            rows["hours"] += [
                measured | {"measure": measure} for measure in ("room", "size", "help", "gift-wrap")
            ]
    with database.writing() as connection:
        for table, name in ((INSIGHT_WEEK, "weeks"), (INSIGHT_ITEM, "items"), (INSIGHT_HOUR, "hours")):
            connection.execute(table.insert(), rows[name])


def number_cells(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("td.number").all_inner_texts()]


def test_many_figures_fit_every_width_and_direction(opens: Open, store: Store, axe: str) -> None:
    fill(store.resources.database, styles=3, pieces=60)
    for width, language in ((WATCH, "de"), (PHONE, "ar"), (TABLET, "en")):
        shown = opens(width, "dark" if width == PHONE else "light")
        shown.open(language=language)
        page = shown.page
        shown.picture(f"many-{language}-{width}")
        assert shown.fits(), f"the page scrolls to the side at {width} px"
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        assert page.locator("section").count() == 10
        first = page.locator("#styles ~ .wide tbody tr").first
        number = first.locator("td.number").first.bounding_box()
        assert number is not None
        assert number["x"] + number["width"] <= width, "the first number is seen without scrolling"
        bar = first.locator("rect.filled").bounding_box()
        assert (bar is None) is (width == WATCH)
        assert page.title() != "1", "a name of a style is text"
        if width == PHONE:
            assert findings(page, axe) == []


def test_a_table_is_reached_and_moved_by_the_keyboard(opens: Open, store: Store) -> None:
    fill(store.resources.database, styles=5, pieces=60)
    shown = opens(PHONE, "light")
    shown.open()
    table = shown.page.get_by_role("region", name="Tried and kept, by style")
    table.focus()
    assert table.evaluate("one => one.scrollLeft") == 0
    shown.page.keyboard.press("ArrowRight")
    shown.page.wait_for_function("one => one.scrollLeft > 0", arg=table.element_handle())


def test_an_empty_shop_and_one_with_few_figures_say_so(opens: Open, store: Store) -> None:
    shown = opens(PHONE, "light")
    shown.open()
    shown.picture("empty")
    expect(shown.page.locator("main")).to_contain_text("appear on the Monday after it")
    assert shown.page.locator("table").count() == 0
    fill(store.resources.database, styles=2, pieces=2)
    shown.open()
    shown.picture("few")
    expect(shown.page.locator("main")).to_contain_text("Groups under 10 that are not shown: 6.")
    assert "under 10" in number_cells(shown.page)
    numbers = [int(text) for text in number_cells(shown.page) if text.isdecimal()]
    assert min(numbers) >= 15, "no count under 10 is on the page"


def test_print_has_no_links_of_the_screen_and_black_text_on_white(opens: Open, store: Store) -> None:
    fill(store.resources.database, styles=6, pieces=60)
    shown = opens(TABLET, "dark")
    shown.open()
    page = shown.page
    page.emulate_media(media="print", color_scheme="dark")
    shown.picture("print")
    for hidden in page.locator("nav, .files").all():
        assert not hidden.is_visible()
    colours = page.evaluate("() => ['color', 'backgroundColor'].map(c => getComputedStyle(document.body)[c])")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    clipped = page.locator(".wide").evaluate_all(
        "all => all.filter(w => getComputedStyle(w).overflowX !== 'visible').length"
    )
    assert clipped == 0, "no table is cut off on paper"
    assert page.locator("#articles ~ .wide").first.evaluate(
        "one => one.scrollWidth <= document.body.clientWidth"
    )


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fits_every_width(opens: Open, store: Store, axe: str, language: str) -> None:
    fill(store.resources.database, styles=30, pieces=60)
    for width in (WATCH, PHONE, TABLET):
        shown = opens(width, "light")
        shown.open(language=language)
        shown.picture(f"all-{language}-{width}")
        assert shown.fits()
        assert shown.page.locator("#styles ~ .wide tbody tr").count() == 20, "the others are in the files"
        assert findings(shown.page, axe) == []


def test_planted_a_table_that_does_not_scroll_is_found(opens: Open, store: Store) -> None:
    fill(store.resources.database, styles=2, pieces=60)
    shown = opens(PHONE, "light")
    shown.open()
    shown.page.evaluate("document.querySelector('.wide').style.overflow = 'visible'")
    assert not shown.fits()
