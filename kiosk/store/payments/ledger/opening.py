"""Opens the ledger of a store in whatever condition it is: for writing, or only for reading, with the reason."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Final

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.archives import LedgerPlace, attach_archives
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.earlier.descriptions import closed_files, has_content
from kiosk.store.payments.ledger.on_disk.damage_note import DamageNote
from kiosk.store.payments.ledger.on_disk.readable_copy import copy_readable
from kiosk.store.payments.ledger.on_disk.rescue import adopt_saved
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.postgres.link import generation
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.readable import ReadableLedger, is_readable
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger, nothing_of, require_own_file
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)


READABLE_FILE: Final = "ledger.readable.db"
"""What can be read of a damaged file, made at each start."""


def open_ledger(place: LedgerPlace, key: ChainKey, kept: Head | None) -> SqlLedger:
    """The ledger of a store with those before it; one that takes no entries if it is damaged, missing, or not the one
    that `kept` describes.

    Raises LedgerBusyError, OSError, sqlalchemy.exc.SQLAlchemyError.
    """
    ledger = _open_in_database(place, key, kept) if place.in_database else _open_as_file(place, key, kept)
    _recall_damage(ledger, DamageNote(place.file))
    attach_archives(ledger, place, key)
    return ledger


def _recall_damage(ledger: SqlLedger, note: DamageNote) -> None:
    """Closes payments for damage that was found before this start, if it is still there."""
    seq = note.read()
    if seq is not None and not ledger.state.closed:
        found = _damage_at(ledger, seq)
        if found is None:
            note.clear()
        else:
            ledger.close_payments(LedgerState(Condition.DAMAGED, found, seq))
    ledger.note_damage(note)


def _damage_at(ledger: SqlLedger, seq: int) -> str | None:
    """What is wrong with an entry, or with the pages of a file (0); None if nothing is."""
    if seq:
        damages = ledger.damages(seq, seq) if seq <= ledger.head.seq else []
        return next((f"entry {found.seq} {found.why}" for found in damages), None)
    if isinstance(ledger, SqliteLedger) and ledger.path is not None:
        try:
            ledger.require_sound_pages()
        except LedgerDamagedError as error:
            return error.why
    return None


def _open_as_file(place: LedgerPlace, key: ChainKey, kept: Head | None) -> SqlLedger:
    if (
        place.postgres
        and not has_content(place.file)
        and (number := generation(place.postgres, place.timeout_s))
    ):
        return _open_to_read(place, key, number, _elsewhere("the database"))
    return open_file(place.file, key, kept)


def _open_in_database(place: LedgerPlace, key: ChainKey, kept: Head | None) -> SqlLedger:
    number = generation(place.postgres, place.timeout_s)
    if not number and has_content(place.file):
        return open_for_reading(place.file, key, _elsewhere(str(place.file)))
    if not number and _was_one(place.file, kept):
        missing = LedgerState(Condition.MISSING, "the ledger's tables are missing in the database")
        return nothing_of(place.file, key, missing)
    try:
        return PostgresLedger(place.postgres, key, kept, timeout_s=place.timeout_s)
    except LedgerDamagedError as damaged:
        state = LedgerState(Condition(damaged.condition), str(damaged), damaged.seq)
        return _open_to_read(place, key, number, state)


def _open_to_read(place: LedgerPlace, key: ChainKey, number: int, state: LedgerState) -> SqlLedger:
    ledger = PostgresLedger(place.postgres, key, number=number, checked=False, timeout_s=place.timeout_s)
    ledger.close_payments(state)
    return ledger


def _elsewhere(where: str) -> LedgerState:
    """The ledger that was used until now is in another place (`payments.ledger` was changed)."""
    return LedgerState(Condition.MISSING, f"payments.ledger was changed: the ledger is in {where}")


def open_file(path: Path, key: ChainKey, kept: Head | None) -> SqlLedger:
    """The ledger of a file; one that takes no entries if the file is damaged, missing, or not the one that `kept`
    describes.

    Raises LedgerBusyError, OSError.
    """
    adopt_saved(path)
    if not has_content(path) and _was_one(path, kept):
        return nothing_of(path, key, LedgerState(Condition.MISSING, f"{path} is missing"))
    try:
        return SqliteLedger(path, key, kept)
    except LedgerDamagedError as damaged:
        state = LedgerState(Condition(damaged.condition), str(damaged), damaged.seq)
        log.error("%s", state)
        return open_for_reading(path, key, state)


def open_for_reading(path: Path, key: ChainKey, state: LedgerState) -> SqlLedger:
    """What is readable of a file; an empty ledger if nothing is."""
    try:
        require_own_file(path.resolve())
        if is_readable(path):
            return ReadableLedger(path, key, state)
        copy = path.with_name(READABLE_FILE)
        count = copy_readable(path, copy)
        log.warning("%s: %d entries can be read; they are served from %s", path, count, copy)
        return ReadableLedger(copy, key, state, str(path))
    except (LedgerDamagedError, sqlite3.Error, UnicodeDecodeError, OSError) as error:
        log.error("%s: nothing can be read (%s)", path, error)
        return nothing_of(path, key, state)


def _was_one(path: Path, kept: Head | None) -> bool:
    """Whether there was a ledger: its head was kept, or closed ones are beside its place. A first one is begun in no
    such place, since its receipts would have numbers that were given already."""
    return (kept is not None and kept.seq > 0) or next(closed_files(path), None) is not None
