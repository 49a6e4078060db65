"""Remembers which closed ledger files were checked, so that a start does not read all of them again.

The note is a file of the state folder. What it says of a file counts as long as that file has the same inode, size and
times; a file of which it says nothing is checked.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
NOTE_FILE: Final = "ledger.checked"
_MAX_BYTES: Final = 1 << 20
_SETTLED_NS: Final = 2_000_000_000
"""A file that was written later than this before its check is not remembered: a second write might have the same time
(the clock of a file system has steps of up to 2 s)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `damage`: of the pages and the schema; empty if none. `entries`: the first damaged entry in
    words, empty if all are as they were written, None if not all were checked."""

    damage: str = ""
    entries: str | None = None


class CheckedFiles:
    """The note beside a ledger's file. It is read once."""

    def __init__(self, beside: Path) -> None:
        """`beside`: the ledger's file, or any other of its folder."""
        self._file = beside.with_name(NOTE_FILE)
        self._notes = _read(self._file)

    def of(self, file: Path) -> Checked | None:
        """What was found in a file; None if it was not checked, or has changed since."""
        note = self._notes.get(file.name)
        if not isinstance(note, dict) or note.get("stamp") != _stamp(file):
            return None
        damage, entries = note.get("damage"), note.get("entries")
        if isinstance(damage, str) and (entries is None or isinstance(entries, str)):
            return Checked(damage, entries)
        return None

    def keep(self, file: Path, found: Checked, *, own: bool = False) -> None:
        """Notes what was found in a file. `own`: nobody else writes it, so it may be new."""
        stamp = _stamp(file)
        if stamp is None or found == self.of(file):
            return
        if not own and stamp[2] > time.time_ns() - _SETTLED_NS:
            return
        self._notes[file.name] = {"stamp": stamp, "damage": found.damage, "entries": found.entries}
        self._write()

    def forget(self, file: Path) -> None:
        """The file is checked at the next start."""
        if self._notes.pop(file.name, None) is not None:
            self._write()

    def _write(self) -> None:
        try:
            write_secret(self._file, json.dumps(self._notes).encode())
        except OSError as error:
            log.warning("%s cannot be written (%s); closed ledgers are checked again", self._file, error)


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_regular(file, _MAX_BYTES))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("%s cannot be read (%s); closed ledgers are checked again", file, error)
        return {}
    return found if isinstance(found, dict) else {}


def _stamp(file: Path) -> list[int] | None:
    """Inode, size, and times of the last change of the content and of the file (ns)."""
    try:
        found = file.stat()
    except OSError:
        return None
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
