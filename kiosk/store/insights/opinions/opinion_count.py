"""Counts what was said of styles: a member counts once for a style, so that the first ten are ten persons.

Of more statements of a member about a style, one that is not unsure counts before one that is, then the newest. Weeks
of a style that are part of a group which has been shown are not counted again (`disclosed`): their numbers stay as they
were given. The others are counted from what exists now, so that they have nothing of a member who was erased or has
withdrawn her consent. Who was counted in a disclosed week is not stored: a member with a statement in such a week
counts in no other, so that the weeks after the first ten members are not one who says something each week.

Disclosed weeks that have not come yet are kept: the computer's clock is behind.

A style is shown from ten in the last 52 weeks on. All shorter periods are within them, so what they show is shown there
too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.core.domain.ids import ShopperId
from kiosk.store.db.table_groups.opinions import OPINION_SUMS
from kiosk.store.disclosure.groups import SMALLEST_GROUP
from kiosk.store.insights.opinions.said import Said, Stance
from kiosk.store.insights.weeks import ShopWeeks

STANCES: Final = len(Stance)
_BY_READING: Final = OPINION_SUMS.index("by_reading")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What was said of a style in a week (its Monday, `2026-11-23`) and language; `sums` in the order of
    `OPINION_SUMS`."""

    week: str
    style_id: str
    language: str
    sums: tuple[int, ...]
    disclosed: bool

    @property
    def members(self) -> int:
        """How many members have said it."""
        return sum(self.sums[:STANCES])


class OpinionCount:
    """Counts statements of some weeks (Mondays), beside rows that are `disclosed` already."""

    def __init__(self, weeks: ShopWeeks, counted: Iterable[date], disclosed: Sequence[OpinionRow]) -> None:
        self._weeks = weeks
        self._counted = frozenset(week.isoformat() for week in counted)
        latest = max(self._counted, default="")
        known = [row for row in disclosed if row.disclosed]
        self._disclosed = [row for row in known if row.week in self._counted]
        self._to_come = [row for row in known if row.week > latest]
        self._closed = {(row.week, row.style_id) for row in self._disclosed}
        self._of: dict[tuple[ShopperId, str], Said] = {}
        self._in_closed: set[tuple[ShopperId, str]] = set()

    def wants(self, member: ShopperId, style_id: str, at_us: int) -> bool:
        """Whether a statement about this style at this time is counted; to be asked for each."""
        week = self._week(at_us)
        if (week, style_id) in self._closed:
            self._in_closed.add((member, style_id))
            return False
        return week in self._counted

    def add(self, said: Said) -> None:
        """Counts one statement that is wanted."""
        key = said.member, said.style_id
        known = self._of.get(key)
        if known is None or _weight(said) > _weight(known):
            self._of[key] = said

    def rows(self) -> Iterator[OpinionRow]:
        """All rows: those that were disclosed before as they were, and the others."""
        fresh: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * len(OPINION_SUMS))
        for key, said in self._of.items():
            if key in self._in_closed:
                continue
            sums = fresh[self._week(said.at_us), said.style_id, said.language]
            sums[said.stance] += 1
            sums[_BY_READING] += said.by_reading
        shown = self._shown(fresh)
        yield from self._disclosed
        yield from self._to_come
        for (week, style_id, language), sums in fresh.items():
            yield OpinionRow(week, style_id, language, tuple(sums), style_id in shown)

    def _shown(self, fresh: Mapping[tuple[str, str, str], Sequence[int]]) -> set[str]:
        """The styles that are shown now."""
        members: dict[str, int] = defaultdict(int)
        for row in self._disclosed:
            members[row.style_id] += row.members
        for (_, style_id, _), sums in fresh.items():
            members[style_id] += sum(sums[:STANCES])
        return {style_id for style_id, count in members.items() if count >= SMALLEST_GROUP}

    def _week(self, at_us: int) -> str:
        return self._weeks.week_of(at_us).isoformat()


def _weight(said: Said) -> tuple[bool, int]:
    return said.stance is not Stance.UNSURE, said.at_us
