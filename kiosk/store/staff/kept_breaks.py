"""Breaks of associates in the database, so that a restart of the store calls nobody back from one."""

from __future__ import annotations

import logging

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.floor import STAFF_BREAK
from kiosk.store.db.upsert import upsert

log = logging.getLogger(__name__)


class KeptBreaks:
    """Who is on a break, and since when. Not to be used under the writer's lock.

    A break that cannot be written holds until the next restart, and the log says so: nobody has to stay on the floor
    because of a full disk.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[AssociateId, int]:
        """The breaks that have begun and not ended. Raises sqlalchemy.exc.SQLAlchemyError."""
        with self._database.reading() as connection:
            rows = connection.execute(select(STAFF_BREAK)).all()
        return {AssociateId(row.associate_id): row.since_us for row in rows}

    def begin(self, associate_id: AssociateId, since_us: int) -> None:
        """Stores that a break has begun."""
        try:
            with self._database.writing() as connection:
                upsert(connection, STAFF_BREAK, [{"associate_id": associate_id, "since_us": since_us}])
        except SQLAlchemyError as error:
            log.warning("a break was not stored; it ends with the store: %s", type(error).__name__)

    def end(self, associate_id: AssociateId) -> None:
        """Stores that there is no break any more."""
        try:
            with self._database.writing() as connection:
                connection.execute(delete(STAFF_BREAK).where(STAFF_BREAK.c.associate_id == associate_id))
        except SQLAlchemyError as error:
            log.warning("the end of a break was not stored: %s", type(error).__name__)
