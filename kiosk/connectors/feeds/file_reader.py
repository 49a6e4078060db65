"""Reads one feed file against the digests that are known of its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Final

from kiosk.connectors.feeds.columns import DELETED, PERSONAL, REFUSED, FeedKind
from kiosk.connectors.feeds.feed_file import FeedFile, FeedMistake, FeedNote
from kiosk.connectors.feeds.fields import FieldReader
from kiosk.connectors.feeds.forms import records_of
from kiosk.connectors.feeds.kinds import KINDS
from kiosk.connectors.feeds.mistake_list import MistakeList
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.records import RecordError, Records
from kiosk.connectors.feeds.text_files.text_file import Progress, TextFile
from kiosk.connectors.feeds.unknown_columns import UnknownColumns
from kiosk.connectors.feeds.values.texts import shown
from kiosk.connectors.feeds.values.value_types import Reading

READER_VERSION: Final = 2
"""To be raised when the same line is read in another way, so that all lines are read again."""
_DIGEST_BYTES: Final = 16
_MAX_NOTES: Final = 1_000
MAX_REFUSED_CHARS: Final = 400
"""Characters of the reason that a line gives for being refused."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What the meaning of a line depends on besides the file. `key` (at most 64 bytes) makes digests keyed.

    `on_mistake` gets every mistake, also those that a `FeedFile` does not contain.
    """

    currency: str = ""
    zone: tzinfo = UTC
    key: bytes = field(default=b"", repr=False)
    on_mistake: Callable[[FeedKind, FeedMistake], None] = lambda *_: None


def read_file(
    path: Path,
    kind: FeedKind,
    known: Mapping[str, bytes],
    settings: ReaderSettings,
    progress: Progress | None = None,
    *,
    delta: bool = False,
) -> FeedFile[Any]:
    """Reads a file; one that cannot be read is told by `failed`."""
    reader = _FileReader(path.name, kind, known, settings, delta=delta)
    try:
        with TextFile(path, progress) as file:
            reader.read(file, path.suffix.casefold())
    except UnreadableError as error:
        return _failed(path.name, kind, str(error), settings)
    except OSError as error:
        # a network drive that is away, a disk with a fault
        why = f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
        return _failed(path.name, kind, why, settings)
    return reader.result()


def _failed(name: str, kind: FeedKind, why: str, settings: ReaderSettings) -> FeedFile[Any]:
    mistake = FeedMistake(name, 0, why)
    settings.on_mistake(kind, mistake)
    return FeedFile(kind=kind, name=name, failed=why, mistakes=(mistake,))


class _FileReader:
    """The state of reading one file."""

    def __init__(
        self, name: str, kind: FeedKind, known: Mapping[str, bytes], settings: ReaderSettings, *, delta: bool
    ) -> None:
        self._name, self._kind, self._rules, self._known, self._settings = (
            name,
            kind,
            KINDS[kind],
            known,
            settings,
        )
        self._changed: dict[str, Any] = {}
        self._digests: dict[str, bytes] = {}
        self._lines: dict[str, int] = {}
        self._mistaken: set[str] = set()
        self._deleted: set[str] = set()
        self._items: dict[str, int] = {}
        self._mistakes = MistakeList(partial(settings.on_mistake, kind))
        self._delta, self._unknown_mistaken = delta, 0
        self._notes: dict[str, tuple[int, int]] = {}
        self._unknown = UnknownColumns(kind)
        self._unreadable = 0
        self._cut, self._as_of_us = "", 0
        self._reading = Reading()

    def read(self, file: TextFile, suffix: str) -> None:
        """Reads all records. Raises UnreadableError."""
        records, mark = records_of(file, self._kind, suffix)
        self._reading = Reading(self._settings.currency, self._settings.zone, mark)
        self._as_of_us = file.modified_us
        if file.encoding.note:
            self._note(0, file.encoding.note)
        key_of = {digest: key for key, digest in self._known.items()}
        salt = self._salt(records, mark)
        digests, lines, blake2b = self._digests, self._lines, hashlib.blake2b
        for number, raw in records.records():
            digest = blake2b(
                raw.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES, key=salt
            ).digest()
            key = key_of.get(digest)
            if key is not None and key not in digests:
                digests[key] = digest
                lines[key] = number
            else:
                self._read_line(records, number, raw, digest)
        self._cut = records.cut

    def result(self) -> FeedFile[Any]:
        if self._cut:
            self._mistakes.add(FeedMistake(self._name, 0, f"is incomplete: {self._cut}"))
        notes = [
            FeedNote(self._name, line, what if count == 1 else f"{what} ({count} times, first here)")
            for what, (line, count) in self._notes.items()
        ]
        notes.extend(FeedNote(self._name, line, what) for line, what in self._unknown.notes())
        return FeedFile(
            kind=self._kind,
            name=self._name,
            changed=self._changed,
            digests=self._digests,
            lines=self._lines,
            mistaken=frozenset(self._mistaken - self._digests.keys()),
            deleted=frozenset(self._deleted - self._digests.keys()),
            unreadable=self._unreadable,
            unknown_mistaken=self._unknown_mistaken,
            mistakes=self._mistakes.kept,
            more_mistakes=self._mistakes.more,
            notes=tuple(notes),
            truncated=self._cut,
            as_of_us=self._as_of_us,
        )

    def _salt(self, records: Records, mark: str) -> bytes:
        parts = (str(READER_VERSION), self._kind, self._settings.currency, str(self._settings.zone), mark)
        about = "\x00".join(parts).encode() + b"\x00" + records.form
        return hashlib.blake2b(about, digest_size=32, key=self._settings.key).digest()

    def _read_line(self, records: Records, number: int, raw: str, digest: bytes) -> None:
        try:
            fields = records.fields(raw)
        except RecordError as error:
            self._unreadable += 1
            self._mistakes.add(FeedMistake(self._name, number, str(error)))
            return
        if isinstance(refused := fields.get(REFUSED), str):
            key = self._rules.read_key(FieldReader(fields, Reading()))
            self._mistake(number, [shown(refused)[:MAX_REFUSED_CHARS]], key)
            return
        self._unknown.see(number, fields)
        reader = FieldReader(fields, self._reading, personal=self._kind in PERSONAL)
        if DELETED.name in fields and reader.read(DELETED):
            self._delete(number, reader)
        elif not reader.mistakes:
            self._take(number, reader, digest)
        else:
            self._mistake(number, reader.mistakes, self._rules.read_key(FieldReader(fields, Reading())))

    def _take(self, number: int, reader: FieldReader, digest: bytes) -> None:
        line = self._rules.build(reader)
        key = self._rules.key(line)
        if not reader.mistakes and not key:
            reader.mistakes.append("the key is missing")
        if not reader.mistakes:
            reader.mistakes.extend(self._repeats(key, line))
        if reader.mistakes:
            self._mistake(number, reader.mistakes, key)
            return
        self._digests[key] = digest
        self._lines[key] = number
        if self._known.get(key) != digest:
            self._changed[key] = line
        for item in self._rules.items(line):
            self._items[item] = number
        self._take_notes(number)

    def _repeats(self, key: str, line: Any) -> list[str]:
        """What the line has in common with an earlier one and must not have."""
        if key in self._lines:
            return [f"repeats line {self._lines[key]}"]
        return [
            f"the item {item} is also in line {self._items[item]}; give one of them an item_id of its own"
            for item in self._rules.items(line)
            if item in self._items
        ]

    def _delete(self, number: int, reader: FieldReader) -> None:
        key = self._rules.read_key(reader)
        if reader.mistakes:
            self._mistake(number, reader.mistakes, "")
        elif key in self._lines:
            self._mistake(number, [f"deletes what line {self._lines[key]} gives"], key)
        else:
            self._deleted.add(key)

    def _mistake(self, number: int, what: list[str], key: str) -> None:
        self._reading.notes.clear()
        for one in what:
            self._mistakes.add(FeedMistake(self._name, number, one))
        if not key:
            self._unreadable += 1
        elif self._delta or key in self._known:
            self._mistaken.add(key)
        else:
            self._unknown_mistaken += 1

    def _take_notes(self, number: int) -> None:
        if self._reading.notes:
            for what in dict.fromkeys(self._reading.notes):
                self._note(number, what)
            self._reading.notes.clear()

    def _note(self, number: int, what: str) -> None:
        if what not in self._notes and len(self._notes) >= _MAX_NOTES:
            what = "more notes, of other kinds, are not shown"
        line, count = self._notes.get(what, (number, 0))
        self._notes[what] = (line, count + 1)
