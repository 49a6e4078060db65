"""Reads what happened in a week, in short reads with pauses: item events, requests, prices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, Select, literal, select, tuple_

from kiosk.clock import US
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, ITEM_EVENT, REQUEST, SKU, STYLE
from kiosk.store.insights.item_events import ItemEventKind
from kiosk.store.insights.pace import Pace
from kiosk.store.insights.request_kinds import kind_of_body
from kiosk.store.insights.room_times import ROOM
from kiosk.store.insights.week_sums import Event, ItemSize
from kiosk.store.insights.weeks import ShopWeeks

NEVER: Final = -1
"""Value of a request without an answer."""
MAX_ANSWER_S: Final = 3600
PAGE: Final = 300
"""Rows of one read: about a millisecond."""
_STEP_S: Final = 5
_KINDS: Final = {kind.value: kind for kind in ItemEventKind}
Answers = Counter[tuple[int, str, int]]
"""How often each (hour, kind, seconds) was measured; seconds in steps of 5."""


@dataclass(frozen=True, slots=True)
class Priced:
    """Style, colour and price of an item and size now."""

    style_id: str
    colour: str
    price_minor: int
    currency: str


GONE: Final = Priced("", "", 0, "")


@dataclass(frozen=True, slots=True)
class WeekReading:
    """Reads one week, `bounds_us`: its first microsecond and that of the next one. Methods raise SQLAlchemyError,
    ImportStoppedError."""

    database: Database
    pace: Pace
    bounds_us: tuple[int, int]

    def events(self) -> Iterator[Event]:
        """The item events, by time and in the order in which they were written."""
        at_us, number = ITEM_EVENT.c.at_us, ITEM_EVENT.c.mark_id
        query = select(
            at_us, number, ITEM_EVENT.c.kind, ITEM_EVENT.c.item, ITEM_EVENT.c.size, ITEM_EVENT.c.basket
        )
        for row in self._rows(query, at_us, number):
            if row.kind in _KINDS:
                yield Event(_KINDS[row.kind], row.item, row.size, row.basket)

    def answers(self, weeks: ShopWeeks) -> Answers:
        """How fast the requests were answered, by the shop's hour and by kind."""
        columns = REQUEST.c.arrived_us, REQUEST.c.request_id, REQUEST.c.answered_us, REQUEST.c.body
        found: Answers = Counter()
        for row in self._rows(select(*columns), REQUEST.c.arrived_us, REQUEST.c.request_id):
            if kind := _kind_of(row.body):
                found[weeks.hour(row.arrived_us), kind, _seconds(row.arrived_us, row.answered_us)] += 1
        return found

    def prices(self, items: Iterable[str]) -> dict[ItemSize, Priced]:
        """Each of these items with an empty size, and each of their articles that has a price of its own."""
        found: dict[ItemSize, Priced] = {}
        left = iter(items)
        while some := list(islice(left, PAGE)):
            with self.database.reading() as connection:
                found.update(_priced(connection, some))
            self.pace.step()
        return found

    def _rows(self, query: Select[Any], stamp: Column[int], key: Column[Any]) -> Iterator[Row[Any]]:
        """The week's rows in the order of `stamp` and `key`."""
        first_us, next_us = self.bounds_us
        query = query.where(stamp >= first_us, stamp < next_us).order_by(stamp, key).limit(PAGE)
        rows: Sequence[Row[Any]] | None = None
        while rows is None or len(rows) == PAGE:
            page = query
            if rows is not None:
                last = [literal(getattr(rows[-1], column.name), column.type) for column in (stamp, key)]
                page = query.where(tuple_(stamp, key) > tuple_(*last))
            with self.database.reading() as connection:
                rows = connection.execute(page).all()
            self.pace.step()
            yield from rows
            self.pace.step()


def _kind_of(body: str) -> str:
    """The kind of a stored request; empty for one that cannot be read. A kind that has the name of the time in the room
    gets another one."""
    kind = kind_of_body(body)
    return f"{kind}." if kind == ROOM else kind


def _seconds(arrived_us: int, answered_us: int | None) -> int:
    if answered_us is None:
        return NEVER
    seconds = min(MAX_ANSWER_S, max(0, answered_us - arrived_us) // US)
    return int(_STEP_S * round(seconds / _STEP_S))


def _priced(connection: Connection, items: Sequence[str]) -> dict[ItemSize, Priced]:
    same_style = STYLE.c.style_id == COLOURWAY.c.style_id
    same_colour = (SKU.c.style_id == COLOURWAY.c.style_id) & (SKU.c.colour == COLOURWAY.c.code)
    named = (STYLE.c.style_id, COLOURWAY.c.code)
    styles = (
        select(COLOURWAY.c.item, literal(""), *named, STYLE.c.price_minor, STYLE.c.currency)
        .join(STYLE, same_style)
        .where(COLOURWAY.c.item.in_(items))
    )
    articles = (
        select(COLOURWAY.c.item, SKU.c.size, *named, SKU.c.price_minor, STYLE.c.currency)
        .join(STYLE, same_style)
        .join(SKU, same_colour)
        .where(COLOURWAY.c.item.in_(items), SKU.c.price_minor.is_not(None))
    )
    rows = [*connection.execute(styles), *connection.execute(articles)]
    return {(item, size): Priced(*rest) for item, size, *rest in rows}
