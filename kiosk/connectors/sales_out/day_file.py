"""The two files of one day: the documents as JSON lines, and their totals."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kiosk.connectors.sales_out.day_totals import DayTotals
from kiosk.connectors.sales_out.port import Document

MODE: Final = 0o640
"""The group may read, whatever the program's umask is: the other system's user is put into it."""


class DayFile:
    """The files of a day in a folder. Used by one thread at a time. Every method raises OSError."""

    def __init__(self, folder: Path, day: str) -> None:
        """Reads what is there; half a line at the end, which a power cut has left, is removed."""
        self._folder = folder
        self._lines, self._totals_file = folder / f"sales-{day}.jsonl", folder / f"totals-{day}.csv"
        self._ids: set[str] = set()
        self._totals = DayTotals(day)
        self._size = self._read()

    def add(self, documents: Sequence[Document]) -> None:
        """Adds those that are not there yet, and writes the totals. All are on the disk when it returns."""
        fresh = [each for each in documents if each.document_id not in self._ids]
        fresh = list({each.document_id: each for each in fresh}.values())
        if fresh:
            self._append(b"".join(each.body + b"\n" for each in fresh))
            for each in fresh:
                self._ids.add(each.document_id)
                self._totals.add(json.loads(each.body))
        if fresh or not self._totals_file.exists():
            self._write_totals()

    def changed_outside(self) -> bool:
        """Whether the file of documents is another one than was written last."""
        try:
            return self._lines.stat().st_size != self._size
        except FileNotFoundError:
            return self._size != 0

    def _read(self) -> int:
        """The size up to the last whole line."""
        size = 0
        try:
            number = os.open(self._lines, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return 0
        with os.fdopen(number, "r+b") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    file.truncate(size)
                    os.fsync(file.fileno())
                    break
                size += len(line)
                self._known(line)
        return size

    def _known(self, line: bytes) -> None:
        """A line that somebody else has written, and that is no document, is left alone."""
        try:
            body = json.loads(line)
            self._ids.add(str(body["id"]))
            self._totals.add(body)
        except (ValueError, KeyError, TypeError):
            return

    def _append(self, text: bytes) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        number = os.open(self._lines, flags, MODE)
        try:
            if not self._size:
                os.fchmod(number, MODE)
            try:
                _write_all(number, text)
                os.fsync(number)
            except OSError:
                os.ftruncate(number, self._size)
                raise
        finally:
            os.close(number)
        if not self._size:
            self._sync_folder()
        self._size += len(text)

    def _write_totals(self) -> None:
        fresh = self._totals_file.with_name(f".{self._totals_file.name}.new")
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, MODE)
        try:
            os.fchmod(number, MODE)
            _write_all(number, self._totals.text().encode())
            os.fsync(number)
        finally:
            os.close(number)
        fresh.replace(self._totals_file)
        self._sync_folder()

    def _sync_folder(self) -> None:
        number = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _write_all(number: int, text: bytes) -> None:
    left = memoryview(text)
    while left:
        left = left[os.write(number, left) :]
