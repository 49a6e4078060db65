"""What was said in a period by style, by style and week, and by language, without names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from kiosk.store.db.table_groups.opinions import INSIGHT_OPINION
from kiosk.store.disclosure.groups import SMALLEST_GROUP
from kiosk.store.insights.item_groups import add_sums
from kiosk.store.insights.opinions.opinion_book import row_of
from kiosk.store.insights.opinions.opinion_count import STANCES, OpinionRow
from kiosk.store.insights.opinions.said import NO_TEXT

_ROWS = 200


@dataclass(slots=True)
class OpinionGroups:
    """Sums in the order of `OPINION_SUMS`, only of groups that are shown; `hidden_styles` and `hidden_weeks`: how many
    others there are. Languages have what was disclosed alone: a sum over styles that are not shown would show them."""

    styles: dict[str, list[int]] = field(default_factory=dict)
    weeks: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """By style and week."""
    languages: dict[str, list[int]] = field(default_factory=dict)
    hidden_styles: int = 0
    hidden_weeks: int = 0

    def add(self, row: OpinionRow) -> None:
        """Adds a row."""
        add_sums(self.styles, row.style_id, row.sums)
        add_sums(self.weeks, (row.style_id, row.week), row.sums)
        if row.disclosed and row.language != NO_TEXT:
            add_sums(self.languages, row.language, row.sums)

    def leave_out(self) -> None:
        """Forgets the styles and weeks that are not shown, so that no answer has to look at them."""
        styles, weeks = len(self.styles), len(self.weeks)
        self.styles = {key: sums for key, sums in self.styles.items() if _is_shown(sums)}
        self.weeks = {key: sums for key, sums in self.weeks.items() if _is_shown(sums)}
        self.hidden_styles, self.hidden_weeks = styles - len(self.styles), weeks - len(self.weeks)


def _is_shown(sums: Sequence[int]) -> bool:
    return sum(sums[:STANCES]) >= SMALLEST_GROUP


def opinion_groups(rows: Iterable[OpinionRow], step: Callable[[], None] = lambda: None) -> OpinionGroups:
    """The groups of a period. `step` is called after each row."""
    found = OpinionGroups()
    for row in rows:
        found.add(row)
        step()
    found.leave_out()
    return found


def read_groups(connection: Connection, first: date, last: date, step: Callable[[], None]) -> OpinionGroups:
    """The groups of the weeks from `first` to `last` (Mondays), of the count up to `last`; none without it."""
    table = INSIGHT_OPINION.c
    weeks = table.week.between(first.isoformat(), last.isoformat())
    found = connection.execute(select(INSIGHT_OPINION).where(table.added == last.isoformat(), weeks))
    return opinion_groups((row_of(row) for rows in found.partitions(_ROWS) for row in rows), step)
