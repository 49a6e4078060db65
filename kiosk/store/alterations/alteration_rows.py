"""The tailor's notes in the database. Nothing is decided here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select

from kiosk.clock import US
from kiosk.core.domain.floor.alteration import TailorNote
from kiosk.core.domain.ids import RequestId, RoomId, ShopperId
from kiosk.core.domain.money import Money
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.alterations import ALTERATION
from kiosk.store.db.upsert import upsert

MAX_LISTED: Final = 500


@dataclass(frozen=True, slots=True)
class Alteration:
    """A note with who wrote it, changed it last, and has finished the work, by id, and when."""

    request_id: RequestId
    room: RoomId
    note: TailorNote
    revision: int = 1
    """Counts the changes."""
    made_us: int = 0
    made_by: str = ""
    changed_us: int = 0
    changed_by: str = ""
    done_us: int = 0
    """0: not done."""
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class AlterationRows:
    """Methods raise SQLAlchemyError."""

    database: Database = field(repr=False)

    def save(self, one: Alteration, member: ShopperId | None = None) -> None:
        """Writes a note, new or changed. The shopper goes home with the promise: no power cut may forget it.

        `member`: whose it is, if she is known by consent; None changes nothing of that."""
        row = asdict(one) | {
            "what": one.note.what, "price_minor": one.note.price.minor, "currency": one.note.price.currency,
            "ready": one.note.ready,
        }  # fmt: skip
        del row["note"]
        if member is not None:
            row["shopper_id"] = member
        with self.database.writing(durable=True) as connection:
            upsert(connection, ALTERATION, [row])

    def find(self, request_id: RequestId) -> Alteration | None:
        """The note of a request."""
        query = select(ALTERATION).where(ALTERATION.c.request_id == request_id)
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _alteration(row)

    def listed(self) -> tuple[Alteration, ...]:
        """Those that are not done first, by day; then the done ones, the last one first."""
        order = (ALTERATION.c.done_us != 0, -ALTERATION.c.done_us, ALTERATION.c.ready, ALTERATION.c.made_us)
        with self.database.reading() as connection:
            rows = connection.execute(select(ALTERATION).order_by(*order).limit(MAX_LISTED)).all()
        return tuple(map(_alteration, rows))

    def delete_before(self, before_us: int) -> int:
        """Deletes those that nobody has changed since then and that are done, or whose day is before it; how many."""
        day = datetime.fromtimestamp(before_us / US, UTC).date().isoformat()
        over = (ALTERATION.c.done_us != 0) | (ALTERATION.c.ready < day)
        with self.database.writing() as connection:
            old = delete(ALTERATION).where(over, ALTERATION.c.changed_us < before_us)
            return int(connection.execute(old).rowcount)


def _alteration(row: object) -> Alteration:
    of = dict(row._mapping)  # type: ignore[attr-defined]
    note = TailorNote(of.pop("what"), Money(of.pop("price_minor"), of.pop("currency")), of.pop("ready"))
    del of["shopper_id"]
    return Alteration(note=note, **of)
