"""All mistakes of the last reading of each kind, as text files in the store's own folder.

An export with a fault in each line has hundreds of thousands of mistakes. They are written while they are found, and
the report beside the feed is put together from these files; memory and database contain the first ones only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from kiosk.connectors.feeds import FeedMistake
from kiosk.store.feed_import.report import KindReport

_FOLDER: Final = "feed-mistakes"


class MistakeFiles:
    """A file for each kind. What cannot be written, because a disk is full, is missing in the report, which says so."""

    def __init__(self, state: Path | None) -> None:
        """`state`: the store's own folder; None: nothing is written, for a dry run."""
        self._write = state is not None
        self._folder = (state or Path()) / _FOLDER
        self._new: dict[str, TextIO] = {}
        self._failed: set[str] = set()

    def begin(self, kind: str) -> None:
        """A kind is read anew; the file of the reading before stays until `finish`."""
        self._close(kind)
        self._failed.discard(kind)

    def add(self, kind: str, mistake: FeedMistake) -> None:
        """Appends a mistake."""
        if not self._write or kind in self._failed:
            return
        try:
            if kind not in self._new:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                self._new[kind] = self._part(kind).open("w", encoding="utf-8", errors="backslashreplace")
            self._new[kind].write(f"{mistake}\n")
        except OSError:
            self._failed.add(kind)

    def finish(self, kind: str) -> None:
        """All of a kind is read: its new file replaces that of the reading before."""
        if not self._write:
            return
        written = kind in self._new
        self._close(kind)
        try:
            if written:
                self._part(kind).replace(self._file(kind))
            else:
                self._file(kind).unlink(missing_ok=True)
        except OSError:
            self._failed.add(kind)

    def close(self) -> None:
        """Ends an import; kinds that were not finished keep the file of the reading before."""
        for kind in list(self._new):
            self._close(kind)

    def forget(self, kind: str) -> None:
        """There is no file of this kind any more."""
        self.begin(kind)
        self.finish(kind)

    def of(self, report: KindReport) -> Iterator[str]:
        """All mistakes of a kind whose last reading this is."""
        if not report.more_mistakes:
            yield from report.mistakes
            return
        found = 0
        with suppress(OSError), self._file(report.kind).open(encoding="utf-8") as file:
            for line in file:
                found += 1
                yield line.rstrip("\n")
        if not found:
            yield from report.mistakes
            found = len(report.mistakes)
        if found < report.mistake_count:
            yield f"{report.file}: {report.mistake_count - found} more, which are not kept"

    def _close(self, kind: str) -> None:
        file = self._new.pop(kind, None)
        if file is not None:
            try:
                file.close()
            except OSError:
                self._failed.add(kind)

    def _file(self, kind: str) -> Path:
        return self._folder / f"{kind}.txt"

    def _part(self, kind: str) -> Path:
        return self._folder / f"{kind}.part"
