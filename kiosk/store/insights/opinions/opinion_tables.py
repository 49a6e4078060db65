"""The tables of what was said of styles: beside what was tried, bought and returned, by week, and by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kiosk.store.db.table_groups.insights import ITEM_SUMS
from kiosk.store.db.table_groups.opinions import OPINION_SUMS
from kiosk.store.disclosure.groups import shown_count, shown_percent
from kiosk.store.insights.opinions.opinion_count import STANCES
from kiosk.store.insights.opinions.opinion_groups import OpinionGroups
from kiosk.store.insights.table import Cell, Column, Table, TableName, Unit, table_of

StyleName = Callable[[str], str]
Sums = Sequence[int]
_STYLE: Final = (Column("style_id", Unit.TEXT), Column("style", Unit.TEXT))
_OPINIONS: Final = Column("opinions", Unit.PIECES)
_STANCES: Final = (
    _OPINIONS, Column("positive", Unit.PIECES), Column("positive_percent", Unit.PERCENT),
    Column("negative", Unit.PIECES), Column("negative_percent", Unit.PERCENT), Column("mixed", Unit.PIECES),
    Column("unsure", Unit.PIECES), Column("unsure_percent", Unit.PERCENT),
)  # fmt: skip
_BESIDE: Final = ("tried", "bought", "returned")
_LANGUAGES: Final = (
    Column("language", Unit.LANGUAGE), _OPINIONS, Column("by_author", Unit.PIECES), Column("by_reading", Unit.PIECES),
    Column("unsure", Unit.PIECES), Column("unsure_percent", Unit.PERCENT),
)  # fmt: skip


def opinion_tables(
    found: OpinionGroups, items: Mapping[str, Sums], name: StyleName
) -> dict[TableName, Table]:
    """All three. `items`: the sums of styles in the order of `ITEM_SUMS`."""
    return {
        TableName.SENTIMENT: _styles(found, items, name),
        TableName.SENTIMENT_WEEKS: _weeks(found, name),
        TableName.SENTIMENT_LANGUAGES: _languages(found),
    }


def _styles(found: OpinionGroups, items: Mapping[str, Sums], name: StyleName) -> Table:
    columns = (*_STYLE, *_STANCES, *(Column(key, Unit.PIECES) for key in _BESIDE))
    places = [ITEM_SUMS.index(key) for key in _BESIDE]
    rows: list[tuple[Cell, ...]] = []
    for style_id, sums in sorted(found.styles.items(), key=lambda entry: (*_order(entry[1]), entry[0])):
        beside = items.get(style_id)
        counts = [shown_count(beside[place]) if beside else None for place in places]
        rows.append((style_id, name(style_id), *_stances(sums), *counts))
    return Table(TableName.SENTIMENT, columns, tuple(rows), found.hidden_styles)


def _weeks(found: OpinionGroups, name: StyleName) -> Table:
    """The style of which most was said first, its latest week first."""
    latest = sorted(found.weeks.items(), key=lambda entry: entry[0][1], reverse=True)
    ordered = sorted(latest, key=lambda entry: (*_order(found.styles[entry[0][0]]), entry[0][0]))
    rows: list[tuple[Cell, ...]] = [
        (style_id, name(style_id), week, *_stances(sums)) for (style_id, week), sums in ordered
    ]
    columns = (*_STYLE, Column("week", Unit.WEEK), *_STANCES)
    return Table(TableName.SENTIMENT_WEEKS, columns, tuple(rows), found.hidden_weeks)


def _languages(found: OpinionGroups) -> Table:
    """How many of a language are known from their stars or an associate, read by a lexicon, and unsure."""
    rows: list[tuple[Cell, ...]] = []
    for language, sums in sorted(found.languages.items(), key=lambda entry: (*_order(entry[1]), entry[0])):
        known = dict(zip(OPINION_SUMS, sums, strict=True))
        every, unsure, read = sum(sums[:STANCES]), known["unsure"], known["by_reading"]
        rows.append(
            (language, shown_count(every), shown_count(every - unsure - read), shown_count(read),
             shown_count(unsure), shown_percent(unsure, every))
        )  # fmt: skip
    return table_of(TableName.SENTIMENT_LANGUAGES, _LANGUAGES, rows)


def _stances(sums: Sums) -> tuple[Cell, ...]:
    positive, negative, mixed, unsure = sums[:STANCES]
    every = positive + negative + mixed + unsure
    return (
        shown_count(every), shown_count(positive), shown_percent(positive, every),
        shown_count(negative), shown_percent(negative, every), shown_count(mixed),
        shown_count(unsure), shown_percent(unsure, every),
    )  # fmt: skip


def _order(sums: Sums) -> tuple[int]:
    """By the shown number, so that the order tells no more than it."""
    return (-(shown_count(sum(sums[:STANCES])) or 0),)
