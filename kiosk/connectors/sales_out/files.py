"""Writes documents to a folder: for each day of the shop a file of JSON lines, and the day's totals as CSV.

`sales-DAY.jsonl` is only added to, in whole lines, each on the disk before the next documents are taken; a document
that is in it already is not added again. `totals-DAY.csv` is written anew as a whole after each change. A reader never
sees half a line of totals; of the JSON lines it leaves out a last one without line end.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.connectors.sales_out.day_file import DayFile
from kiosk.connectors.sales_out.port import DestinationLostError, Document

MIN_FREE_BYTES: Final = 100_000_000
"""Below this free space nothing is written: the ledger keeps what waits."""
MAX_DAYS: Final = 3
"""Days whose ids and totals are kept in memory; those of an earlier one are read again from its file."""


def folder_mistake(folder: Path) -> str:
    """Why a folder cannot be written to by this user now; empty if it can."""
    if not folder.is_dir():
        return f"{folder} is no folder"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{folder} may not be written to by this user"
    return ""


class FilesDestination:
    """A folder. `zone`: the shop's, for its days."""

    batch = 500

    def __init__(self, folder: Path, zone: ZoneInfo, min_free_bytes: int = MIN_FREE_BYTES) -> None:
        """Writes nothing. The folder may come later, for instance with a network drive."""
        self._folder, self._zone, self._min_free = folder, zone, min_free_bytes
        self._days: dict[str, DayFile] = {}

    def take(self, documents: Sequence[Document]) -> None:
        try:
            if shutil.disk_usage(self._folder).free < self._min_free:
                raise DestinationLostError("the disk of the folder is almost full")
            for day, of_day in groupby(documents, key=lambda each: self._day_of(each.at_us)):
                self._file(day).add(tuple(of_day))
        except OSError as error:
            self._days.clear()  # what is in the files is read again
            raise DestinationLostError(f"the folder cannot be written to ({error.strerror})") from error

    def close(self) -> None:
        """Forgets what is in the files."""
        self._days.clear()

    def _file(self, day: str) -> DayFile:
        found = self._days.pop(day, None)
        if found is None or found.changed_outside():
            found = DayFile(self._folder, day)
        self._days[day] = found
        if len(self._days) > MAX_DAYS:
            del self._days[next(iter(self._days))]
        return found

    def _day_of(self, at_us: int) -> str:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
        return at.astimezone(self._zone).date().isoformat()
