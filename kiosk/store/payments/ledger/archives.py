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
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.closed_files import ARCHIVED, ClosedFile, ClosedFiles
from kiosk.store.payments.ledger.earlier.descriptions import (
    Description,
    closed_before,
    closed_files,
    descriptions,
    has_content,
    name_of,
    names_one,
    original_of,
)
from kiosk.store.payments.ledger.earlier.table_check import damages_in_tables
from kiosk.store.payments.ledger.heads import agree
from kiosk.store.payments.ledger.port import Head, LostArchive
from kiosk.store.payments.ledger.postgres.link import TIMEOUT_S, generation
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
    ledger.attach(
        search.found, search.lost, partial(search.failed, ledger), search.older_damage(), search.known_damage
    )


class _Search:
    """Looks for the ledgers before one, from the newest to the oldest."""

    def __init__(self, place: LedgerPlace, key: ChainKey) -> None:
        self._place, self._key = place, key
        self._files = ClosedFiles(place.file, key)
        self.found: list[SqlLedger] = []
        self.lost: list[LostArchive] = []
        self._seen: set[str] = set()
        self.known_damage: list[str] = []
        """Those that were closed because they were damaged."""
        self._silent: set[str] = set()
        """Those that do not say which ledger was before them."""
        self._unchecked: list[ClosedFile] = []
        """Files whose older entries may not have been checked yet."""
        self._tables: list[tuple[Description, PostgresLedger]] = []
        """Ledgers in the database whose entries have not been checked."""

    def run(self, ledger: SqlLedger) -> None:
        waiting = self._before(ledger)
        for _ in range(_MOST):
            if not waiting:
                break
            before, *waiting = waiting
            if not names_one(before):
                waiting = waiting or self._not_named(ledger)
            elif name_of(before) not in self._seen:
                self._seen.add(name_of(before))
                waiting = [*self._add(before), *waiting] or self._guessed(before, ledger)

    def _before(self, ledger: SqlLedger) -> list[Description]:
        """What the ledger says of those before it. One of which nothing is left says nothing: there may be some."""
        try:
            found = descriptions(ledger.before())
        except LedgerDamagedError as error:
            log.error("%s: the ledgers before it are looked for by their names", error)
            found = []
        return found or ([{}] if ledger.state.closed else [])

    def _not_named(self, ledger: SqlLedger) -> list[Description]:
        """The newest ones that are not known yet, by their names: of files, and in the database.

        An empty file was closed when it was empty: the ledger after it says what was lost with it (`lost_entries`).
        """
        found: list[Description] = []
        for file in closed_files(self._place.file):
            if file.name not in self._seen and has_content(file):
                found.append({"file": file.name})
                break
        number = self._newest_number(ledger)
        if number and name_of({"number": number}) not in self._seen:
            found.append({"number": number})
        return found

    def _newest_number(self, ledger: SqlLedger) -> int:
        """Number of the newest closed ledger of the database; 0 if there is none."""
        if isinstance(ledger, PostgresLedger):
            return ledger.number - 1
        try:
            return generation(self._place.postgres, self._place.timeout_s) if self._place.postgres else 0
        except SQLAlchemyError as error:
            log.error("ledgers in the database are not looked for (%s)", type(error).__name__)
            return 0

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
        for before, archive in self._tables:
            for why in damages_in_tables(archive):
                yield _lost(before, why) if why else None

    def _add(self, before: Description) -> list[Description]:
        """Opens one, and gives those before it as it names them; none if it cannot be read, or does not say."""
        try:
            archive, why = self._open(before)
        except _UNUSABLE as error:
            self._name(before, error.why if isinstance(error, LedgerDamagedError) else str(error))
            return []
        try:
            why = why or _other_end(before, archive).why
            earlier = descriptions(archive.sound_before())
            if not archive.says_what_was_before():
                self._silent.add(name_of(before))
        except _UNUSABLE as error:
            why, earlier = str(error), []
        if why:
            self._name(before, why)
        if before.get("why") in _DAMAGED_BEFORE:
            self.known_damage.append(name_of(before))
        self.found.append(archive)
        return earlier

    def _name(self, before: Description, why: str) -> None:
        self.lost.append(_lost(before, why))

    def _guessed(self, before: Description, ledger: SqlLedger) -> list[Description]:
        """The ledger before one that is lost, or of which something is: it may not name it any more."""
        if any(each.place == name_of(before) for each in self.lost):
            return closed_before(before) or self._not_named(ledger)
        return self._not_named(ledger) if name_of(before) in self._silent else []

    def _open(self, before: Description) -> tuple[SqlLedger, str]:
        """A ledger, and what is wrong with it; empty if nothing is."""
        if before.get("file"):
            file = self._place.file.with_name(str(before["file"]))
            original = original_of(file)
            if original is not None:
                self._seen.add(original.name)
                if not file.exists() and original.exists():
                    # the copy that was made when it was closed is gone: it is made again
                    file = original
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
        if before.get("why") not in _DAMAGED_BEFORE:
            self._tables.append((before, archive))
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


def _other_end(before: Description, archive: SqlLedger) -> LedgerState:
    """Whether it has the end with which it was closed."""
    seq, chain = before.get("seq"), before.get("chain")
    if not isinstance(seq, int) or not isinstance(chain, str):
        return LedgerState()
    return agree(Head(seq, chain), archive.head.seq, archive.chain_at)


def _lost(before: Description, why: str) -> LostArchive:
    place = name_of(before)
    log.error(
        "%s, a ledger of earlier days, is not as it was closed; receipts in it may not be found: %s",
        place,
        why,
    )
    return LostArchive(place, why)
