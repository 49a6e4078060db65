"""Writes to the sold pieces which of them are known by their serial now; what cannot be written waits.

A room that identifies a piece must not wait for the database, nor lose the piece where it cannot be written.
"""

from __future__ import annotations

import logging

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import PieceId
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SOLD

log = logging.getLogger(__name__)


class IdentityRows:
    """The identities that the table of sold pieces does not have yet. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[PieceId, PieceId] = {}
        self._lock = database.new_lock()
        self._failing = False

    def add(self, scanned: PieceId, piece: PieceId) -> None:
        """A piece that was scanned without a serial is this one. Written now, or else by a later `write`."""
        with self._lock:
            self._waiting[scanned] = piece
            self.write()

    def write(self) -> None:
        """Writes what waits; to be called often."""
        with self._lock:
            if not self._waiting:
                return
            try:
                with self._database.writing() as connection:
                    for scanned, piece in self._waiting.items():
                        connection.execute(update(SOLD).where(SOLD.c.piece == scanned).values(piece=piece))
            except SQLAlchemyError as error:
                if not self._failing:
                    log.error(
                        "identified pieces are kept until the database accepts them (%s)",
                        type(error).__name__,
                    )
                self._failing = True
            else:
                self._waiting.clear()
                self._failing = False

    def scanned_as(self, pieces: frozenset[PieceId]) -> dict[PieceId, PieceId]:
        """Those of these pieces whose identity waits, with the id that the table has for them."""
        if not self._waiting:
            return {}  # the usual case: nobody waits for a writer
        with self._lock:
            return {piece: scanned for scanned, piece in self._waiting.items() if piece in pieces}
