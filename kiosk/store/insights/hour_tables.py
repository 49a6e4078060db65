"""The tables of the day's hours and of the kinds of requests: time in the room, requests, how fast they are
answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.store.disclosure.groups import shown_count, shown_percent, shown_quantile
from kiosk.store.insights.room_times import ROOM
from kiosk.store.insights.table import Cell, Column, Table, TableName, Unit, table_of
from kiosk.store.insights.week_reading import NEVER

MEDIAN, MOST = 50, 90
_ANSWERS: Final = (
    Column("requests", Unit.PIECES), Column("answered_percent", Unit.PERCENT),
    Column("answer_median", Unit.SECONDS), Column("answer_p90", Unit.SECONDS),
)  # fmt: skip
_HOURS: Final = (
    Column("hour", Unit.HOUR), Column("visits", Unit.PIECES), Column("room_median", Unit.MINUTES),
    Column("room_p90", Unit.MINUTES), *_ANSWERS,
)  # fmt: skip
_REQUESTS: Final = (Column("kind", Unit.REQUEST_KIND), *_ANSWERS)


@dataclass(frozen=True, slots=True)
class Measured:
    """How often (`pieces`) a value was measured in an hour of the day; `measure`: time in the room, or a request's
    kind."""

    hour: int
    measure: str
    value: int
    pieces: int


def hour_tables(measured: Iterable[Measured]) -> dict[TableName, Table]:
    """Both tables; hours in order, the most frequent kinds first."""
    found = tuple(measured)
    kinds = {m.measure for m in found if m.measure != ROOM}
    hours: list[tuple[Cell, ...]] = [_hour(hour, found) for hour in sorted({m.hour for m in found})]
    asked = {kind: _values(m for m in found if m.measure == kind) for kind in kinds}
    ordered = sorted(asked, key=lambda kind: (-(shown_count(asked[kind].total()) or 0), kind))
    requests: list[tuple[Cell, ...]] = [(kind, *_answers(asked[kind])) for kind in ordered]
    return {
        TableName.HOURS: table_of(TableName.HOURS, _HOURS, hours),
        TableName.REQUESTS: table_of(TableName.REQUESTS, _REQUESTS, requests),
    }


def _hour(hour: int, found: tuple[Measured, ...]) -> tuple[Cell, ...]:
    here = [m for m in found if m.hour == hour]
    stays = _values(m for m in here if m.measure == ROOM)
    return (
        hour, shown_count(stays.total()), shown_quantile(stays, MEDIAN), shown_quantile(stays, MOST),
        *_answers(_values(m for m in here if m.measure != ROOM)),
    )  # fmt: skip


def _answers(values: Counter[int]) -> tuple[Cell, ...]:
    answered = Counter({value: pieces for value, pieces in values.items() if value != NEVER})
    return (
        shown_count(values.total()), shown_percent(answered.total(), values.total()),
        shown_quantile(answered, MEDIAN), shown_quantile(answered, MOST),
    )  # fmt: skip


def _values(measured: Iterable[Measured]) -> Counter[int]:
    found: Counter[int] = Counter()
    for each in measured:
        found[each.value] += each.pieces
    return found
