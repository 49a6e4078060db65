"""The state of destinations in the database, and what persons decided about them."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from enum import Enum, unique
from typing import Final

from sqlalchemy import delete, insert, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.sales_out import SALES_OUT, SALES_OUT_LOG
from kiosk.store.db.upsert import upsert
from kiosk.store.sales_out.reading import Mark
from kiosk.store.staff.staff_desk import KEEP_LOG_US

MAX_WHY: Final = 200
MAX_REASON: Final = 300
SHOWN_ACTS: Final = 20


@unique
class Act(Enum):
    """What a person decided. SKIP: the document that is refused is never given; RETRY: it is given once more; REPLAY:
    all documents from a day on are given again."""

    SKIP = "skip"
    RETRY = "retry"
    REPLAY = "replay"


@dataclass(frozen=True, slots=True)
class DestinationState:
    """How far a destination has come: the row of `sales_out`."""

    name: str
    ledger: str
    seq: int
    taken: int = 0
    taken_us: int = 0
    tries: int = 0
    why: str = ""
    stopped: str = ""

    @property
    def mark(self) -> Mark:
        """All documents up to this entry are taken or skipped."""
        return Mark(self.ledger, self.seq)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: the row of `sales_out_log`. `by`: an associate's id, or `command/USER`."""

    name: str
    act: Act
    document: str
    why: str
    reason: str
    by: str
    at_us: int


class StateRows:
    """Safe from any thread. Every method raises SQLAlchemyError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, name: str) -> DestinationState | None:
        """None for a destination that has never run."""
        with self._database.reading() as connection:
            row = connection.execute(select(SALES_OUT).where(SALES_OUT.c.name == name)).one_or_none()
        return None if row is None else DestinationState(*row)

    def save(self, state: DestinationState) -> None:
        """A power cut may lose the last second of it: then documents are given again."""
        with self._database.writing() as connection:
            upsert(connection, SALES_OUT, [asdict(state)])

    def decide(self, state: DestinationState, decision: Decision) -> None:
        """Keeps what a person decided, and the state that follows from it, or neither."""
        row = asdict(decision) | {"act": decision.act.value, "act_id": secrets.token_hex(16)}
        with self._database.writing(durable=True) as connection:
            connection.execute(insert(SALES_OUT_LOG), [row])
            upsert(connection, SALES_OUT, [asdict(state)])

    def decisions(self, name: str, limit: int = SHOWN_ACTS) -> tuple[Decision, ...]:
        """The newest ones about a destination, the newest first."""
        columns = [each for each in SALES_OUT_LOG.c if each.name != "act_id"]
        query = (
            select(*columns)
            .where(SALES_OUT_LOG.c.name == name)
            .order_by(SALES_OUT_LOG.c.at_us.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Decision(row.name, Act(row.act), *row[2:]) for row in rows)

    def delete_decisions_before(self, before_us: int) -> None:
        """Deletes decisions that are older than `KEEP_LOG_US`, counted from a time."""
        with self._database.writing() as connection:
            connection.execute(delete(SALES_OUT_LOG).where(SALES_OUT_LOG.c.at_us < before_us - KEEP_LOG_US))
