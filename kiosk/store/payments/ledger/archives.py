"""The ledgers before the present one: closed when a new one was begun, still read for receipts and returns."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.postgres.link import TIMEOUT_S
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
_ARCHIVED = LedgerState(Condition.ARCHIVED, "a new ledger was begun after this one")


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """`postgres`: the address of the store's PostgreSQL database; empty for SQLite. `in_database`: the ledger is there;
    else it is in the file. The other place may have an earlier ledger."""

    file: Path
    postgres: str = ""
    in_database: bool = False
    timeout_s: int = TIMEOUT_S
    """How long the database may take for an answer."""


def archives_of(ledger: SqlLedger, place: LedgerPlace, key: ChainKey) -> list[SqlLedger]:
    """The ledgers before one, the newest first; one that cannot be read ends the list, with a warning."""
    found: list[SqlLedger] = []
    before = ledger.before()
    while before.get("file") or before.get("number"):
        try:
            archive = _open(before, place, key)
        except (LedgerDamagedError, SQLAlchemyError, OSError) as error:
            log.warning("a ledger of earlier days cannot be read; its receipts are not found: %s", error)
            break
        found.append(archive)
        before = archive.before()
    return found


def _open(before: dict[str, Any], place: LedgerPlace, key: ChainKey) -> SqlLedger:
    if before.get("file"):
        return ReadableLedger(place.file.with_name(str(before["file"])), key, _ARCHIVED)
    archive = PostgresLedger(
        place.postgres, key, number=int(before["number"]), checked=False, timeout_s=place.timeout_s
    )
    archive.close_payments(_ARCHIVED)
    return archive
