"""The trial that runs now: what is on in a room's visit, and what its visits buy.

A visit stays what it was when it began, also over the end of the hour: nothing vanishes from the glass. Its sales count
for the hour in which it began, those at the desk too if they carry its ticket. After a restart of the store, sales of
visits of before are not counted, on both sides alike.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.store.db.database import Database
from kiosk.store.trials.design import Cell
from kiosk.store.trials.trial import Feature, Trial, TrialState
from kiosk.store.trials.trial_book import Counts, TrialBook

MAX_VISITS: Final = 2000
"""Visits whose hour is remembered, for sales after their end."""
WRITE_US: Final = 60 * US


@dataclass(slots=True)
class _Visit:
    cell: Cell
    on: bool
    trial_id: int
    currency: str
    has_bought: bool = False


class RunningTrial:
    """Safe from any thread. `tick` is called by the store's timer and writes once a minute."""

    def __init__(self, database: Database, zone: tzinfo, now_us: Callable[[], int]) -> None:
        self.book = TrialBook(database)
        self._zone, self._now = zone, now_us
        self._lock = database.new_lock()
        self._visits: OrderedDict[tuple[RoomId, Ticket], _Visit] = OrderedDict()
        self._waiting: dict[int, dict[tuple[Cell, bool], Counts]] = {}
        self._written_us = 0
        self._trials: tuple[Trial, ...] = ()
        self.reload()

    def reload(self) -> None:
        """Reads the trials again, after one was started or stopped. Raises SQLAlchemyError."""
        self._trials = tuple(t for t in self.book.all() if t.stopped_day is None)

    def local_now(self) -> datetime:
        """The shop's clock."""
        return self._local(self._now())

    def today(self) -> date:
        """The day of the shop's clock."""
        return self.local_now().date()

    def is_on(self, feature: Feature, room: RoomId, ticket: Ticket) -> bool:
        """Whether a feature is on in this visit; always, if no trial of it runs or the room takes no part."""
        with self._lock:
            visit = self._visits.get((room, ticket))
            trial = next((t for t in self._trials if visit and t.trial_id == visit.trial_id), None)
        return visit is None or trial is None or trial.feature is not feature or visit.on

    def began(self, room: RoomId, ticket: Ticket, at_us: int) -> None:
        """A visit began."""
        local = self._local(at_us)
        trial = next((t for t in self._trials if t.state(local.date()) is TrialState.RUNNING), None)
        if trial is None or room not in trial.design.rooms:
            return
        cell = Cell(room, local.date(), local.hour)
        visit = _Visit(cell, trial.design.is_on(cell), trial.trial_id, trial.currency)
        with self._lock:
            if (room, ticket) in self._visits:
                return
            self._visits[room, ticket] = visit
            while len(self._visits) > MAX_VISITS:
                self._visits.popitem(last=False)
            self._count(visit, Counts(visits=1))

    def sold(self, room: RoomId, ticket: Ticket, pieces: int, money: Money) -> None:
        """An order of a visit is paid. Money of another currency than the trial's is left out."""
        with self._lock:
            visit = self._visits.get((room, ticket))
            if visit is not None:
                first, visit.has_bought = not visit.has_bought, True
                minor = money.minor if money.currency == visit.currency else 0
                self._count(visit, Counts(sales=int(first), pieces=pieces, money_minor=minor))

    def tick(self, steady_us: int) -> None:
        """Writes what waits, once a minute. Raises SQLAlchemyError; then it waits on."""
        if steady_us - self._written_us >= WRITE_US:
            self._written_us = steady_us
            self.write()

    def write(self) -> None:
        """Writes what waits. Raises SQLAlchemyError."""
        with self._lock:
            taken, self._waiting = self._waiting, {}
        done: list[int] = []
        try:
            for trial_id, counted in taken.items():
                self.book.count(trial_id, counted)
                done.append(trial_id)
        except SQLAlchemyError:
            with self._lock:
                for trial_id in taken.keys() - set(done):
                    for key, counts in taken[trial_id].items():
                        self._add(trial_id, key, counts)
            raise

    def _count(self, visit: _Visit, counts: Counts) -> None:
        self._add(visit.trial_id, (visit.cell, visit.on), counts)

    def _add(self, trial_id: int, key: tuple[Cell, bool], counts: Counts) -> None:
        cells = self._waiting.setdefault(trial_id, {})
        cells[key] = cells.get(key, Counts()) + counts

    def _local(self, at_us: int) -> datetime:
        return datetime.fromtimestamp(at_us / US, self._zone)
