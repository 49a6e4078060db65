"""Opens the file of a closed ledger in whatever condition it is. The file itself is never changed.

A damaged file is not served as it is: a look-up by a damaged index finds nothing, or fails. Its readable entries are
copied to another file (`on_disk.readable_copy`), which is served instead and kept until the damaged one is replaced.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.on_disk.checked_files import Checked, CheckedFiles
from kiosk.store.payments.ledger.on_disk.readable_copy import copy_readable
from kiosk.store.payments.ledger.readable import FileDamage, ReadableLedger, file_damage
from kiosk.store.payments.ledger.sql_ledger import CHECKED_AT_START
from kiosk.store.payments.ledger.sqlite_ledger import require_own_file
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
ARCHIVED: Final = LedgerState(Condition.ARCHIVED, "a new ledger was begun after this one")
COPY_SUFFIX: Final = ".salvaged.db"
"""In place of `.db`: the copy of what can be read of a damaged file."""
_SLICE: Final = 200
"""Entries that are checked each time beside other work; some 3 ms."""


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A ledger that is served for a file, and what is wrong with the file; empty if nothing is."""

    file: Path
    ledger: ReadableLedger
    damage: str = ""


class ClosedFiles:
    """Opens closed ledger files, and remembers which ones were checked."""

    def __init__(self, beside: Path, key: ChainKey) -> None:
        """`beside`: the present ledger's file, or where it would be."""
        self._key, self._checked = key, CheckedFiles(beside)

    def open(self, file: Path) -> ClosedFile:
        """The ledger of a file, or of what can be read of it. Raises LedgerDamagedError if nothing can be read."""
        if not file.exists():
            raise LedgerDamagedError(str(file), 0, "is missing")
        require_own_file(file.resolve())
        known = self._checked.of(file)
        damage = FileDamage(known.damage) if known is not None else file_damage(file)
        if not damage.why:
            try:
                ledger = ReadableLedger(file, self._key, ARCHIVED)
            except LedgerDamagedError as error:
                damage = FileDamage(error.why, lasting=False)
            else:
                if known is None:
                    self._is_sound(file)
                return ClosedFile(file, ledger)
        return self._salvaged(file, damage)

    def newest_damage(self, opened: ClosedFile) -> str:
        """The first damaged one of the newest entries, or of all if that is known; empty if none is damaged."""
        known = self._checked.of(opened.file)
        if known is not None and known.entries is not None:
            return known.entries
        last = opened.ledger.head.seq
        first = max(1, last - CHECKED_AT_START + 1)
        try:
            found = _first_damage(opened.ledger, first, last)
        except LedgerDamagedError as error:
            return error.why
        if first == 1 or found:
            self._checked.keep(opened.file, Checked(entries=found))
        return found

    def older_damage(self, opened: ClosedFile) -> Iterator[str]:
        """Checks the entries that `newest_damage` has not checked, a slice for each step, which gives what is wrong.

        It ends with the first damaged entry. All is remembered at the end.
        """
        known = self._checked.of(opened.file)
        if known is not None and known.entries is not None:
            return
        end, found = opened.ledger.head.seq - CHECKED_AT_START, ""
        for first in range(1, end + 1, _SLICE):
            try:
                found = _first_damage(opened.ledger, first, min(first + _SLICE - 1, end))
            except LedgerDamagedError as error:
                yield error.why
                return
            yield found
            if found:
                break
        self._checked.keep(opened.file, Checked(entries=found))

    def forget(self, file: Path) -> None:
        """A look-up in the file has failed: it is checked again at the next start."""
        self._checked.forget(file)
        self._checked.forget(salvaged_file(file))

    def _is_sound(self, file: Path) -> None:
        self._checked.keep(file, Checked())
        with suppress(OSError):
            # an undamaged file was put back
            salvaged_file(file).unlink(missing_ok=True)

    def _salvaged(self, file: Path, damage: FileDamage) -> ClosedFile:
        copy = salvaged_file(file)
        try:
            self._copy(file, copy, damage)
            ledger = ReadableLedger(copy, self._key, ARCHIVED, str(file))
        except (LedgerDamagedError, sqlite3.Error, UnicodeDecodeError, OSError) as error:
            log.error("%s: what can be read cannot be copied (%s)", file, error)
            self._checked.forget(copy)
            return ClosedFile(file, self._as_it_is(file, damage.why), damage.why)
        if ledger.head.seq == 0:
            ledger.close()
            raise LedgerDamagedError(str(file), 0, f"{damage.why}; nothing can be read")
        return ClosedFile(file, ledger, f"{damage.why}; what can be read is served from {copy.name}")

    def _copy(self, file: Path, copy: Path, damage: FileDamage) -> None:
        """Copies what can be read, unless there is a copy of this damaged file from an earlier start."""
        known = self._checked.of(file)
        if known is not None and known.damage and self._checked.of(copy) is not None:
            return
        self._checked.forget(copy)
        count = copy_readable(file, copy)
        log.warning("%s: %d entries can be read; they are served from %s", file, count, copy)
        if damage.lasting:
            self._checked.keep(file, Checked(damage.why))
            self._checked.keep(copy, Checked(), own=True)

    def _as_it_is(self, file: Path, damage: str) -> ReadableLedger:
        """Without a copy (the disk is full, or fails) some look-ups may succeed in the damaged file."""
        try:
            return ReadableLedger(file, self._key, ARCHIVED)
        except LedgerDamagedError as error:
            raise LedgerDamagedError(str(file), 0, f"{damage}; nothing can be read") from error


def salvaged_file(file: Path) -> Path:
    """Where the copy of a damaged file is."""
    return file.with_name(file.stem + COPY_SUFFIX)


def _first_damage(ledger: ReadableLedger, first: int, last: int) -> str:
    return next((f"entry {found.seq} {found.why}" for found in ledger.damages(first, last)), "")
