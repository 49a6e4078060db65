"""Opens the ledger of a store in whatever condition it is: for writing, or only for reading, with the reason."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Final

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.readable import ReadableLedger, copy_readable, is_readable
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
READABLE_FILE: Final = "ledger.readable.db"
"""What can be read of a damaged file, made at each start."""


def open_file(path: Path, key: ChainKey, kept: Head | None) -> SqlLedger:
    """The ledger of a file; one that takes no entries if the file is damaged, missing, or not the one that `kept`
    describes.

    Raises LedgerBusyError, OSError.
    """
    if kept is not None and kept.seq and not _has_content(path):
        return _empty(path, key, LedgerState(Condition.MISSING, f"{path} is missing"))
    try:
        return SqliteLedger(path, key, kept)
    except LedgerDamagedError as damaged:
        state = LedgerState(Condition(damaged.condition), str(damaged), damaged.seq)
        log.error("%s", state)
        return open_for_reading(path, key, state)


def open_for_reading(path: Path, key: ChainKey, state: LedgerState) -> SqlLedger:
    """What is readable of a file; an empty ledger if nothing is."""
    try:
        if is_readable(path):
            return ReadableLedger(path, key, state)
        copy = path.with_name(READABLE_FILE)
        count = copy_readable(path, copy)
        log.warning("%s: %d entries can be read; they are served from %s", path, count, copy)
        return ReadableLedger(copy, key, state, str(path))
    except (LedgerDamagedError, sqlite3.Error, OSError) as error:
        log.error("%s: nothing can be read (%s)", path, error)
        return _empty(path, key, state)


def _empty(path: Path, key: ChainKey, state: LedgerState) -> SqlLedger:
    ledger = SqliteLedger(None, key)
    ledger.place = str(path)
    ledger.close_payments(state)
    return ledger


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
