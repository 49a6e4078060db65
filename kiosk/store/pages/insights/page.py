"""Renders the page of the insights: each table with a bar in each row, readable in print and without colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.texts import LANGUAGES
from kiosk.store.insights.report import Report
from kiosk.store.insights.table import Cell, Table, TableName, Unit
from kiosk.store.insights.weeks import Period
from kiosk.store.pages.insights.cells import Words, own_name
from kiosk.store.pages.insights.trial_view import trial_views
from kiosk.store.pages.render import render
from kiosk.store.settings import ShopSettings
from kiosk.store.texts import page_texts
from kiosk.store.trials.trial_desk import TrialReport

PAGE: Final = "insights"
MAX_ROWS: Final = 20
"""Rows of a table on the page; all of them are in the files. A day has 24 hours."""
BAR: Final = 100
_ALL: Final = 24
_BARS: Final = {
    TableName.STYLES: ("tried", "kept"), TableName.SIZES: ("tried", "kept"),
    TableName.COLOURS: ("tried", "kept"), TableName.ARTICLES: ("tried", "kept"),
    TableName.SUGGESTIONS: ("suggested", "suggested_tried"), TableName.SIZE_ADVICE: ("advised", "advice_followed"),
    TableName.UNMET: ("lacking", ""),
    TableName.SENTIMENT: ("opinions", "positive"), TableName.SENTIMENT_WEEKS: ("opinions", "positive"),
    TableName.SENTIMENT_LANGUAGES: ("opinions", "unsure"),
    TableName.HOURS: ("requests", ""), TableName.REQUESTS: ("requests", ""),
}  # fmt: skip
"""What the bars show: a frame for the first column, of which the second one is filled."""
_NOT_ON_PAGE: Final = frozenset({"style_id", "currency"})


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: its cells as text, and the widths of its bar in percent of the longest; -1 for no bar."""

    cells: tuple[str, ...]
    frame: int
    filled: int


@dataclass(frozen=True, slots=True)
class HeadView:
    """A heading; `number`: its cells are numbers, `label`: they name the row, `day`: by a day."""

    text: str
    number: bool
    label: bool
    day: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page shows it. `more`: rows that only its files have."""

    name: str
    heads: tuple[HeadView, ...]
    rows: tuple[RowView, ...]
    more: int
    hidden: int
    bar: str
    """What the bar shows, in words."""


def insights_page(report: Report, trials: tuple[TrialReport, ...], shop: ShopSettings, language: str) -> str:
    """The page of a period."""
    words = Words(language, page_texts(PAGE, language))
    return render(
        PAGE, language,
        shop=shop,
        languages=[(code, own_name(code)) for code in LANGUAGES],
        weeks=int(report.period),
        periods=[(int(period), words.texts[f"weeks-{int(period)}"]) for period in Period],
        first=words.day(report.first), last=words.day(report.last),
        is_short=0 < report.weeks < report.period, is_empty=not any(t.rows for t in report.tables.values()),
        known=words.count(report.weeks),
        tables=[_table(table, words) for table in report.tables.values() if _is_on_page(table, report)],
        trials=trial_views(trials, words),
    )  # fmt: skip


def _is_on_page(table: Table, report: Report) -> bool:
    """By week is for several of them."""
    return table.name is not TableName.SENTIMENT_WEEKS or report.period is not Period.WEEK


def _table(table: Table, words: Words) -> TableView:
    on_page = [place for place, column in enumerate(table.columns) if column.key not in _NOT_ON_PAGE]
    heads = tuple(_head(table, place, words) for place in on_page)
    limit = _ALL if table.name is TableName.HOURS else MAX_ROWS
    rows, (whole, part) = table.rows[:limit], _BARS[table.name]
    longest = max((_number(table, row, whole) for row in rows), default=0)
    bar = words.texts[f"col-{whole}"]
    return TableView(
        name=table.name.value,
        heads=heads,
        rows=tuple(
            RowView(
                tuple(_text(table, row, place, words) for place in on_page),
                _width(_number(table, row, whole), longest),
                _width(_number(table, row, part), longest),
            )
            for row in rows
        ),
        more=len(table.rows) - len(rows),
        hidden=table.hidden,
        bar=f"{bar} / {words.texts[f'col-{part}']}" if part else bar,
    )


def _head(table: Table, place: int, words: Words) -> HeadView:
    column = table.columns[place]
    is_label = column.unit.is_label
    return HeadView(words.texts[f"col-{column.key}"], not is_label, is_label, column.unit is Unit.WEEK)


def _text(table: Table, row: tuple[Cell, ...], place: int, words: Words) -> str:
    keys = [column.key for column in table.columns]
    currency = str(row[keys.index("currency")]) if "currency" in keys else ""
    return words.cell(row[place], table.columns[place].unit, currency)


def _number(table: Table, row: tuple[Cell, ...], key: str) -> int:
    """A cell by the key of its column; 0 where it is not shown."""
    cell = next((c for column, c in zip(table.columns, row, strict=True) if column.key == key), 0)
    return cell if isinstance(cell, int) else 0


def _width(number: int, longest: int) -> int:
    return BAR * number // longest if longest else 0
