"""The trials in the database, and what was counted in their cells. Methods raise SQLAlchemyError."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from kiosk.core.domain.ids import RoomId
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.insights import ROOM_TRIAL, TRIAL_CELL
from kiosk.store.trials.design import Cell, Design
from kiosk.store.trials.trial import Feature, Measure, Trial


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: visits, those with a sale, pieces and minor units sold in them."""

    visits: int = 0
    sales: int = 0
    pieces: int = 0
    money_minor: int = 0

    def __add__(self, more: Counts) -> Counts:
        return Counts(
            self.visits + more.visits, self.sales + more.sales, self.pieces + more.pieces,
            self.money_minor + more.money_minor,
        )  # fmt: skip

    def result(self, measure: Measure) -> int:
        """The result that a trial measures."""
        return {
            Measure.SALES: self.sales,
            Measure.PIECES: self.pieces,
            Measure.MONEY: self.money_minor,
        }[measure]


@dataclass(frozen=True, slots=True)
class CountedCell:
    """A cell, on or off, with its counts."""

    cell: Cell
    on: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class TrialBook:
    """All trials, the latest first."""

    database: Database

    def all(self) -> tuple[Trial, ...]:
        with self.database.reading() as connection:
            rows = connection.execute(select(ROOM_TRIAL).order_by(ROOM_TRIAL.c.trial_id.desc())).all()
        return tuple(_trial(row) for row in rows)

    def add(self, trial: Trial) -> Trial:
        """Writes a new trial; returns it with its number."""
        values = {
            "feature": trial.feature.value, "measure": trial.measure.value, "seed": trial.design.seed,
            "rooms": json.dumps(trial.design.rooms), "first_day": trial.first_day.isoformat(),
            "last_day": trial.last_day.isoformat(), "currency": trial.currency,
        }  # fmt: skip
        with self.database.writing() as connection:
            number = connection.scalar(insert(ROOM_TRIAL).values(values).returning(ROOM_TRIAL.c.trial_id))
        return Trial(
            number or 0, trial.feature, trial.measure, trial.design, trial.first_day, trial.last_day,
            trial.currency,
        )  # fmt: skip

    def stop(self, trial_id: int, day: date) -> None:
        """Marks a trial as stopped before its time."""
        mark = update(ROOM_TRIAL).where(ROOM_TRIAL.c.trial_id == trial_id, ROOM_TRIAL.c.stopped_day == "")
        with self.database.writing() as connection:
            connection.execute(mark.values(stopped_day=day.isoformat()))

    def count(self, trial_id: int, counted: Mapping[tuple[Cell, bool], Counts]) -> None:
        """Adds counts to cells."""
        with self.database.writing() as connection:
            for (cell, on), counts in counted.items():
                _add(connection, trial_id, CountedCell(cell, on, counts))

    def visits(self, trial_id: int) -> int:
        """How many visits were counted."""
        total = select(func.sum(TRIAL_CELL.c.visits)).where(TRIAL_CELL.c.trial_id == trial_id)
        with self.database.reading() as connection:
            return int(connection.scalar(total) or 0)

    def delete_before(self, day: date) -> None:
        """Deletes the trials whose last day is before this one, and what was counted of stopped ones."""
        old = select(ROOM_TRIAL.c.trial_id).where(ROOM_TRIAL.c.last_day < day.isoformat())
        stopped = select(ROOM_TRIAL.c.trial_id).where(ROOM_TRIAL.c.stopped_day != "")
        with self.database.writing() as connection:
            for these in (old, stopped):
                connection.execute(delete(TRIAL_CELL).where(TRIAL_CELL.c.trial_id.in_(these)))
            connection.execute(delete(ROOM_TRIAL).where(ROOM_TRIAL.c.last_day < day.isoformat()))

    def cells(self, trial_id: int) -> tuple[CountedCell, ...]:
        """The cells of a trial in which something was counted."""
        with self.database.reading() as connection:
            rows = connection.execute(select(TRIAL_CELL).where(TRIAL_CELL.c.trial_id == trial_id)).all()
        return tuple(
            CountedCell(
                Cell(RoomId(row.room), date.fromisoformat(row.day), row.hour),
                row.switched_on,
                Counts(row.visits, row.sales, row.pieces, row.money_minor),
            )
            for row in rows
        )


def _trial(row: Row[tuple[object, ...]]) -> Trial:
    rooms = tuple(RoomId(room) for room in json.loads(row.rooms))
    return Trial(
        trial_id=row.trial_id, feature=Feature(row.feature), measure=Measure(row.measure),
        design=Design(row.seed, rooms), first_day=date.fromisoformat(row.first_day),
        last_day=date.fromisoformat(row.last_day), currency=row.currency,
        stopped_day=date.fromisoformat(row.stopped_day) if row.stopped_day else None,
    )  # fmt: skip


def _add(connection: Connection, trial_id: int, counted: CountedCell) -> None:
    cell, counts, table = counted.cell, counted.counts, TRIAL_CELL
    key = {"trial_id": trial_id, "room": cell.room, "day": cell.day.isoformat(), "hour": cell.hour}
    more = {
        "visits": counts.visits, "sales": counts.sales, "pieces": counts.pieces,
        "money_minor": counts.money_minor,
    }  # fmt: skip
    sums = {name: table.c[name] + number for name, number in more.items()}
    same = [table.c[name] == found for name, found in key.items()]
    if not connection.execute(update(table).where(*same).values(sums)).rowcount:
        connection.execute(insert(table).values(**key, switched_on=counted.on, **more))
