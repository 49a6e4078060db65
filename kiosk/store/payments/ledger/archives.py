"""The ledgers before the present one: closed when a new one was begun, still read for receipts and returns.

One that is missing, damaged, or another one than was closed, does not stop anything: what is there is served, and what
is wrong is named (`LostArchive`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.closed_files import ARCHIVED, ClosedFile, ClosedFiles
from kiosk.store.payments.ledger.heads import agree
from kiosk.store.payments.ledger.port import Head, LostArchive
from kiosk.store.payments.ledger.postgres.link import TIMEOUT_S
from kiosk.store.payments.ledger.postgres_ledger import PostgresLedger
from kiosk.store.payments.ledger.readable import ReadableLedger
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
_UNUSABLE: Final = (LedgerDamagedError, SQLAlchemyError, OSError, ValueError, TypeError)
_DAMAGED_BEFORE: Final = tuple(
    each.value for each in (Condition.DAMAGED, Condition.OTHER_KEY, Condition.NEWER)
)
"""Conditions for which a ledger was closed in which damaged entries are known since then: they are not named again."""
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


def attach_archives(ledger: SqlLedger, place: LedgerPlace, key: ChainKey) -> None:
    """Opens the ledgers before one, and attaches them to it: the newest first, with what is wrong with each.

    Where one cannot be read, those before it are looked for all the same. Raises sqlalchemy.exc.SQLAlchemyError if the
    ledger itself is away.
    """
    search = _Search(place, key)
    search.run(ledger)
    ledger.attach(search.found, search.lost, partial(search.failed, ledger), search.older_damage())


class _Search:
    """Looks for the ledgers before one, from the newest to the oldest."""

    def __init__(self, place: LedgerPlace, key: ChainKey) -> None:
        self._place, self._key = place, key
        self._files = ClosedFiles(place.file, key)
        self.found: list[SqlLedger] = []
        self.lost: list[LostArchive] = []
        self._seen: set[str] = set()
        self._unchecked: list[ClosedFile] = []
        """Files whose older entries may not have been checked yet."""

    def run(self, ledger: SqlLedger) -> None:
        try:
            waiting = _descriptions(ledger.before())
        except LedgerDamagedError as error:
            log.error("%s: the ledgers before it are looked for by their names", error)
            waiting = _newest(self._place.file)
        for _ in range(_MOST):
            if not waiting:
                break
            before, *waiting = waiting
            if (before.get("file") or before.get("number")) and _name_of(before) not in self._seen:
                self._seen.add(_name_of(before))
                waiting = self._add(before) or waiting or self._guessed(before)

    def failed(self, ledger: SqlLedger, archive: LedgerReader, error: LedgerDamagedError) -> None:
        """A look-up in an archive has failed. What can be read of it is copied at the next start."""
        if isinstance(archive, ReadableLedger):
            self._files.forget(Path(archive.place))
            lost = LostArchive(Path(archive.place).name, error.why)
            if ledger.name_lost(lost):
                log.error("%s, a ledger of earlier days, cannot be read any more: %s", lost.place, lost.why)

    def older_damage(self) -> Iterator[LostArchive | None]:
        """Checks the entries that are not checked at the start, a slice for each step; gives what is wrong with one."""
        for each in self._unchecked:
            for why in self._files.older_damage(each):
                yield _lost({"file": each.file.name}, why) if why else None

    def _add(self, before: Description) -> list[Description]:
        """Opens one, and gives those before it as it names them; none if it cannot be read, or has no such entry."""
        try:
            archive, why = self._open(before)
        except _UNUSABLE as error:
            self._name(before, error.why if isinstance(error, LedgerDamagedError) else str(error))
            return []
        try:
            why = why or _other_end(before, archive).why
            earlier = _descriptions(archive.sound_before())
        except _UNUSABLE as error:
            why, earlier = str(error), []
        if why:
            self._name(before, why)
        self.found.append(archive)
        return earlier

    def _name(self, before: Description, why: str) -> None:
        self.lost.append(_lost(before, why))

    def _guessed(self, before: Description) -> list[Description]:
        """The ledger before one that is lost, or of which something is: it may not name it any more."""
        named = any(each.place == _name_of(before) for each in self.lost)
        return _guessed(before) if named else []

    def _open(self, before: Description) -> tuple[SqlLedger, str]:
        """A ledger, and what is wrong with it; empty if nothing is."""
        if before.get("file"):
            file = self._place.file.with_name(str(before["file"]))
            opened = self._files.open(file)
            if opened.damage or before.get("why") in _DAMAGED_BEFORE:
                return opened.ledger, opened.damage
            why = _other_end(before, opened.ledger).why or self._files.newest_damage(opened)
            if not why:
                self._unchecked.append(opened)
            return opened.ledger, why
        if not self._place.postgres:
            raise LedgerDamagedError("the database", 0, "is not configured any more (`database`)")
        archive = PostgresLedger(
            self._place.postgres, self._key, number=int(before["number"]), checked=False,
            timeout_s=self._place.timeout_s,
        )  # fmt: skip
        archive.close_payments(ARCHIVED)
        return archive, ""


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
    place = _name_of(before)
    log.error(
        "%s, a ledger of earlier days, is not as it was closed; receipts in it may not be found: %s",
        place,
        why,
    )
    return LostArchive(place, why)


def _name_of(before: Description) -> str:
    return str(before.get("file") or f"ledger {before.get('number')} of the database")


def _newest(file: Path) -> list[Description]:
    """The last one of the ledgers beside a file that were closed, by its number."""
    numbers = [
        int(number)
        for each in file.parent.glob(f"{file.stem}-*.db")
        if (number := each.stem.removeprefix(f"{file.stem}-")).isdecimal()
    ]
    return [{"file": f"{file.stem}-{max(numbers)}.db"}] if numbers else []
