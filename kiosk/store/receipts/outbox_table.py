"""The outbox in the store's database: which receipts wait to be sent, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select, update

from kiosk.core.domain.ids import OrderId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import OUTBOX


@unique
class MailState(Enum):
    """WAITING: it is sent, or sent again. FAILED: given up; nothing is sent any more."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One receipt for one address. `sealed` is the encrypted address; empty once it is sent or given up.

    `next_us`: when it is sent. `why`: the last failure, in a few words without the address.
    """

    message_id: str
    order_id: OrderId
    language: str
    sealed: bytes = field(repr=False)
    state: MailState
    tries: int
    next_us: int
    made_us: int
    why: str = ""


class OutboxTable:
    """Reads and writes the entries. Only the outbox writes here, so nothing waits for the writer's lock.

    Every method may raise sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entry: OutboxEntry) -> None:
        row = {
            "message_id": entry.message_id, "order_id": entry.order_id, "language": entry.language,
            "sealed": entry.sealed, "state": entry.state.value, "tries": entry.tries, "next_us": entry.next_us,
            "made_us": entry.made_us, "why": entry.why,
        }  # fmt: skip
        with self._database.writing_beside() as connection:
            connection.execute(insert(OUTBOX).values(**row))

    def waiting(self) -> int:
        """How many are not sent yet."""
        query = select(func.count()).where(OUTBOX.c.state == MailState.WAITING.value)
        with self._database.reading() as connection:
            return int(connection.scalar(query) or 0)

    def of_order(self, order_id: OrderId) -> tuple[OutboxEntry, ...]:
        """The entries of an order, the oldest first."""
        return self._read(select(OUTBOX).where(OUTBOX.c.order_id == order_id).order_by(OUTBOX.c.made_us))

    def due(self, now_us: int, latest_us: int) -> tuple[OutboxEntry, ...]:
        """Those to be sent now, the oldest first; also those whose time is after `latest_us`, which only a clock that
        was set back can explain."""
        late = or_(OUTBOX.c.next_us <= now_us, OUTBOX.c.next_us > latest_us)
        waiting = OUTBOX.c.state == MailState.WAITING.value
        return self._read(select(OUTBOX).where(waiting, late).order_by(OUTBOX.c.made_us).limit(50))

    def later(self, message_id: str, *, tries: int, next_us: int, why: str) -> None:
        """It is sent again at that time."""
        self._change(message_id, tries=tries, next_us=next_us, why=why)

    def end(self, message_id: str, state: MailState, why: str = "") -> None:
        """It was sent, or given up: its address is erased."""
        self._change(message_id, state=state.value, sealed=b"", why=why)

    def delete_ended_before(self, before_us: int) -> None:
        """Deletes what was made before, and was sent or given up."""
        ended = OUTBOX.c.state != MailState.WAITING.value
        with self._database.writing_beside() as connection:
            connection.execute(delete(OUTBOX).where(OUTBOX.c.made_us < before_us, ended))

    def _change(self, message_id: str, **values: object) -> None:
        with self._database.writing_beside() as connection:
            connection.execute(update(OUTBOX).where(OUTBOX.c.message_id == message_id).values(**values))

    def _read(self, query: Select[Any]) -> tuple[OutboxEntry, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            OutboxEntry(
                row.message_id, OrderId(row.order_id), row.language, bytes(row.sealed), MailState(row.state),
                row.tries, row.next_us, row.made_us, row.why,
            )
            for row in rows
        )  # fmt: skip
