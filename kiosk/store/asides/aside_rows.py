"""The pieces that are put aside, in the database. Nothing is decided here."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from sqlalchemy import delete, select

from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.wire import from_json, to_json
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.table_groups.asides import ASIDE, ASIDE_MEMBER
from kiosk.store.db.upsert import upsert

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AsideRows:
    """Methods raise SQLAlchemyError."""

    database: Database

    def save(self, aside: Aside, at_us: int, *, durable: bool = False) -> None:
        """Writes a piece, new or changed. `durable`: a power cut from now on loses nothing of it."""
        with self.database.writing(durable=durable) as connection:
            upsert(connection, ASIDE, [{
                "aside_id": aside.aside_id, "state": aside.state.value, "until_us": aside.until_us,
                "changed_us": at_us, "body": compact_json(to_json(aside)),
            }])  # fmt: skip
            if not aside.state.waits_for_her:  # then nobody need know whose it was
                connection.execute(delete(ASIDE_MEMBER).where(ASIDE_MEMBER.c.aside_id == aside.aside_id))

    def find(self, aside_id: str) -> Aside | None:
        """A piece, also one that is not put aside any more. None for a row that cannot be read."""
        with self.database.reading() as connection:
            body = connection.scalar(select(ASIDE.c.body).where(ASIDE.c.aside_id == aside_id))
        return None if body is None else _parse(body)

    def open(self) -> tuple[Aside, ...]:
        """Those that have not ended, the oldest first. Rows that cannot be read are left out, and logged."""
        query = select(ASIDE.c.body).where(ASIDE.c.state != AsideState.ENDED.value)
        with self.database.reading() as connection:
            found = [_parse(body) for body in connection.scalars(query)]
        read = [one for one in found if one is not None]
        if len(read) < len(found):
            log.error("%d pieces that are put aside cannot be read and are left out", len(found) - len(read))
        return tuple(sorted(read, key=lambda one: (one.made_us, one.aside_id)))

    def delete_before(self, before_us: int) -> int:
        """Deletes those that ended before this time, and rows that nobody can end, as they cannot be read; how many."""
        over = (ASIDE.c.state == AsideState.ENDED.value) | (ASIDE.c.until_us < before_us)
        with self.database.writing() as connection:
            old = delete(ASIDE).where(over, ASIDE.c.changed_us < before_us)
            count = int(connection.execute(old).rowcount)
            known = select(ASIDE.c.aside_id).where(ASIDE.c.aside_id == ASIDE_MEMBER.c.aside_id)
            connection.execute(delete(ASIDE_MEMBER).where(~known.exists()))
        return count


def _parse(body: str) -> Aside | None:
    """None for what a later version has written, or nobody."""
    try:
        aside: Aside = from_json(Aside, json.loads(body))
    except ValueError:
        return None
    return aside
