"""A table of the insights as data: the page, CSV and Parquet are written from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

Cell = str | int | None
"""None: a group under 10, or a number that would tell of one."""


@unique
class TableName(Enum):
    """The tables, in the order of the page."""

    STYLES = "styles"
    SIZES = "sizes"
    COLOURS = "colours"
    ARTICLES = "articles"
    SUGGESTIONS = "suggestions"
    SIZE_ADVICE = "size-advice"
    UNMET = "unmet"
    SENTIMENT = "sentiment"
    SENTIMENT_WEEKS = "sentiment-weeks"
    SENTIMENT_LANGUAGES = "sentiment-languages"
    HOURS = "hours"
    REQUESTS = "requests"


@unique
class Unit(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    REQUEST_KIND = "request-kind"
    LANGUAGE = "language"
    """ISO 639 code; `und`: not given."""
    WEEK = "week"
    """Monday of a week: `2026-11-23`."""
    HOUR = "hour"
    """Hour of the day, 0 to 23."""
    PIECES = "pieces"
    PERCENT = "percent"
    MINUTES = "minutes"
    SECONDS = "seconds"
    MINOR = "minor"
    """Minor units of the currency in the column `currency`."""

    @property
    def is_label(self) -> bool:
        """Names the group of a row; else it is measured."""
        return self in (Unit.TEXT, Unit.REQUEST_KIND, Unit.LANGUAGE, Unit.WEEK, Unit.HOUR)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `key` is its name in files and in the translations."""

    key: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order, each with a cell for each column. `hidden`: how many groups are left out."""

    name: TableName
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hidden: int = 0


def table_of(name: TableName, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Table:
    """The table without rows of which no number is shown."""
    measured = [place for place, column in enumerate(columns) if not column.unit.is_label]
    shown = tuple(row for row in rows if any(row[place] is not None for place in measured))
    return Table(name, columns, shown, len(rows) - len(shown))
