"""The ledgers before the present one: closed when a new one was begun, still read for receipts and returns.

One that is missing, or is another one than was closed, does not stop anything: what is there is served, and what is
wrong is named (`LostArchive`).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.heads import agree
from kiosk.store.payments.ledger.port import Head, LostArchive
from kiosk.store.payments.ledger.postgres.link import TIMEOUT_S
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.sqlite_ledger import require_own_file
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
_ARCHIVED = LedgerState(Condition.ARCHIVED, "a new ledger was begun after this one")
_MOST: Final = 1000
"""More ledgers than any shop begins; ends a chain that leads back to itself."""
Description = dict[str, Any]
"""What a ledger says of the one before it: its `file` or `number`, its end (`seq`, `chain`)."""


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """`postgres`: the address of the store's PostgreSQL database; empty for SQLite. `in_database`: the ledger is there;
    else it is in the file. The other place may have an earlier ledger."""

    file: Path
    postgres: str = ""
    in_database: bool = False
    timeout_s: int = TIMEOUT_S
    """How long the database may take for an answer."""


@dataclass(frozen=True, slots=True)
class Archives:
    """The earlier ledgers that can be read, the newest first, and what is wrong with others."""

    found: tuple[SqlLedger, ...] = ()
    lost: tuple[LostArchive, ...] = ()


def archives_of(ledger: SqlLedger, place: LedgerPlace, key: ChainKey) -> Archives:
    """The ledgers before one. Where one cannot be read, those before it are looked for all the same."""
    found: list[SqlLedger] = []
    lost: list[LostArchive] = []
    waiting = _descriptions(ledger.before())
    for _ in range(_MOST):
        if not waiting:
            break
        before, *waiting = waiting
        if not before.get("file") and not before.get("number"):
            continue
        try:
            archive = _open(before, place, key)
        except (LedgerDamagedError, SQLAlchemyError, OSError, ValueError) as error:
            why = error.why if isinstance(error, LedgerDamagedError) else str(error)
            lost.append(_lost(before, why))
            waiting = waiting or _guessed(before)
            continue
        if (end := _other_end(before, archive)).closed:
            lost.append(_lost(before, end.why))
        found.append(archive)
        waiting = _descriptions(archive.before()) or waiting
    return Archives(tuple(found), tuple(lost))


def lost_entries(before: Description) -> tuple[int, int] | None:
    """First and last of the entries that the store had written into the ledger before, and that were not there any more
    when the new one was begun; None if all were."""
    kept = before.get("kept") or (0, "")
    first, last = int(before.get("seq", 0)) + 1, int(kept[0])
    return (first, last) if first <= last else None


def described(archive: SqlLedger) -> Description:
    """How a new ledger names this one among those before the one before it."""
    if isinstance(archive, PostgresLedger):
        return {"number": archive.number}
    return {"file": Path(archive.place).name}


def _descriptions(before: Description) -> list[Description]:
    """The ledger before and those before that, as far as they are named."""
    earlier = before.get("earlier", ()) if before else ()
    return [before, *(each for each in earlier if isinstance(each, dict))] if before else []


def _guessed(before: Description) -> list[Description]:
    """The ledger that was closed before a missing one, by its number: ledgers of earlier versions do not name it."""
    if before.get("number"):
        number = int(before["number"])
        return [{"number": number - 1}] if number > 1 else []
    stem, _, number_text = Path(str(before["file"])).stem.removesuffix(".readable").rpartition("-")
    if not stem or not number_text.isdecimal() or int(number_text) <= 1:
        return []
    return [{"file": f"{stem}-{int(number_text) - 1}.db"}]


def _other_end(before: Description, archive: SqlLedger) -> LedgerState:
    """Whether it has the end with which it was closed."""
    seq, chain = before.get("seq"), before.get("chain")
    if not isinstance(seq, int) or not isinstance(chain, str):
        return LedgerState()
    return agree(Head(seq, chain), archive.head.seq, archive.chain_at)


def _lost(before: Description, why: str) -> LostArchive:
    place = str(before.get("file") or f"ledger {before.get('number')} of the database")
    log.error(
        "%s, a ledger of earlier days, is not as it was closed; receipts in it may not be found: %s",
        place,
        why,
    )
    return LostArchive(place, why)


def _open(before: Description, place: LedgerPlace, key: ChainKey) -> SqlLedger:
    if before.get("file"):
        file = place.file.with_name(str(before["file"]))
        if not file.exists():
            raise LedgerDamagedError(str(file), 0, "is missing")
        require_own_file(file.resolve())
        return ReadableLedger(file, key, _ARCHIVED)
    if not place.postgres:
        raise LedgerDamagedError("the database", 0, "is not configured any more (`database`)")
    archive = PostgresLedger(
        place.postgres, key, number=int(before["number"]), checked=False, timeout_s=place.timeout_s
    )
    archive.close_payments(_ARCHIVED)
    return archive
