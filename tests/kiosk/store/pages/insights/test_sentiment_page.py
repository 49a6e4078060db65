"""What members say of styles on the page, in a real browser, and in the files: widths, right to left, print, texts."""

from __future__ import annotations

import csv
import io
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from kiosk.clock import now_us
from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION, INSIGHT_OPINION_WEEK, OPINION_SUMS
from kiosk.store.insights.table import TableName
from kiosk.store.insights.weeks import ShopWeeks
from kiosk.store.lifecycle import Store
from tests.kiosk.store.console.test_accessibility import findings
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.pages.insights.test_insights_page import (
    HOSTILE,
    PHONE,
    TABLET,
    WATCH,
    Open,
    fill,
    number_cells,
)
from tests.kiosk.store.pages.insights.test_insights_page import browser as browser
from tests.kiosk.store.pages.insights.test_insights_page import opens as opens
from tests.kiosk.store.pages.insights.test_insights_page import store as store
from tests.kiosk.store.sample_shop import MANAGER_PIN, served

PAPER: Final = 720
"""CSS pixels of A4 between margins of 10 mm."""
TABLES: Final = (TableName.SENTIMENT, TableName.SENTIMENT_WEEKS, TableName.SENTIMENT_LANGUAGES)
SAID: Final = {
    "S1": (70, 12, 14, 30, 21),
    "C1": (4, 44, 6, 22, 8),
    HOSTILE: (12, 0, 0, 3, 3),
    "few": (6, 1, 1, 1, 0),
}


def say(store: Store) -> None:
    """Four weeks in which as much was said of some styles, in English, and without stars in German."""
    weeks = [w.isoformat() for w in ShopWeeks(ZoneInfo("Europe/Vienna")).before(now_us(), 4)]
    rows: list[dict[str, Any]] = []
    for week in weeks:
        for style_id, sums in SAID.items():
            if style_id != "few" or week == weeks[0]:
                key = {"added": weeks[0], "week": week, "style_id": style_id, "disclosed": style_id != "few"}
                rows.append(key | {"language": "en", **dict(zip(OPINION_SUMS, sums, strict=True))})
        rows.append(
            {"added": weeks[0], "week": week, "style_id": "S1", "disclosed": True, "language": "de",
             **dict(zip(OPINION_SUMS, (0, 0, 0, 25, 0), strict=True))}
        )  # fmt: skip
    with store.resources.database.writing() as connection:
        connection.execute(INSIGHT_OPINION.insert(), rows)
        connection.execute(INSIGHT_OPINION_WEEK.insert(), [{"added": weeks[0]}])


def of_table(page: Page, name: TableName) -> Any:
    return page.locator(f"section:has(#{name.value})")


def test_it_fits_every_width_and_names_no_small_group(opens: Open, store: Store, axe: str) -> None:
    fill(store.resources.database, styles=3, pieces=60)
    say(store)
    for width, language in ((WATCH, "de"), (PHONE, "ar"), (TABLET, "en")):
        shown = opens(width, "dark" if width == PHONE else "light")
        shown.open(language=language)
        shown.picture(f"sentiment-{language}-{width}")
        assert shown.fits()
        assert shown.page.title() != "1", "a name of a style is text"
        if width == PHONE:
            assert findings(shown.page, axe) == []
    styles = of_table(shown.page, TableName.SENTIMENT)
    expect(styles).to_contain_text("Groups under 10 that are not shown: 1.")
    assert styles.locator("tbody tr").first.locator("td.number").all_inner_texts() == [
        "605", "285", "47%", "45", "7%", "55", "225", "37%", "725", "645", "615",
    ]  # fmt: skip
    assert of_table(shown.page, TableName.SENTIMENT_WEEKS).locator("tbody tr").count() == 12
    languages = of_table(shown.page, TableName.SENTIMENT_LANGUAGES).locator("tbody tr")
    assert [row.split()[0] for row in languages.all_inner_texts()] == ["English", "German"]
    assert min(int(text) for text in number_cells(shown.page) if text.isdecimal()) >= 15


def test_one_week_has_no_table_of_weeks_and_an_unknown_language_is_its_code(
    opens: Open, store: Store
) -> None:
    say(store)
    with store.resources.database.writing() as connection:
        german = INSIGHT_OPINION.update().where(INSIGHT_OPINION.c.language == "de")
        connection.execute(german.values(language="qqq"))
    shown = opens(PHONE, "light")
    shown.open(weeks=1)
    assert of_table(shown.page, TableName.SENTIMENT_WEEKS).count() == 0
    expect(of_table(shown.page, TableName.SENTIMENT_LANGUAGES)).to_contain_text("qqq")


def test_it_is_printed_whole(opens: Open, store: Store) -> None:
    fill(store.resources.database, styles=3, pieces=60)
    say(store)
    shown = opens(PAPER, "light")
    shown.page.emulate_media(media="print")
    for language in ("de", "en", "fr"):
        shown.open(language=language)
        shown.picture(f"sentiment-print-{language}")
        for name in TABLES:
            table = shown.page.locator(f"#{name.value} ~ .wide").first
            assert table.evaluate("one => one.scrollWidth <= document.body.clientWidth"), (name, language)
    wide = "document.querySelectorAll('table').forEach(one => one.classList.remove('many'))"
    shown.page.evaluate(wide)
    styles = shown.page.locator("#sentiment ~ .wide").first
    assert styles.evaluate("one => one.scrollWidth > document.body.clientWidth"), (
        "planted: too wide for paper"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_and_parquet_have_the_same_rows(store: Store, language: str) -> None:
    say(store)
    with served(store) as url, associate(url, "m-mei", MANAGER_PIN) as mei:
        for name in TABLES:
            path = f"/api/v1/insights/tables/{name.value}"
            text = mei.open("GET", f"{path}.csv?language={language}").content
            rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
            content = mei.open("GET", f"{path}.parquet?language={language}").content
            found = pq.read_table(io.BytesIO(content)).to_pylist()
            assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in found] == rows
            assert rows
