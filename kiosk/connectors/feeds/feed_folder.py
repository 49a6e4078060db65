"""Finds the feed files of a folder and reads one kind at a time, against the digests that are known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Literal, overload

from kiosk.connectors.feeds.columns import FeedKind
from kiosk.connectors.feeds.deltas import merged
from kiosk.connectors.feeds.feed_file import FeedFile, FeedMistake, FeedNote
from kiosk.connectors.feeds.file_names import FEED_KINDS, FileStamp, Found, found_files, proves_kind, serving
from kiosk.connectors.feeds.file_reader import ReaderSettings, read_file
from kiosk.connectors.feeds.forms import columns_of
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)
from kiosk.connectors.feeds.text_files.opening import UnreadableError
from kiosk.connectors.feeds.text_files.text_file import Progress, TextFile
from kiosk.connectors.feeds.values.texts import shown
from kiosk.core.domain.promotions.rule import Rule


class FeedFolder:
    """The feed files of a folder. A file is opened when its kind is read."""

    def __init__(self, folder: Path, settings: ReaderSettings) -> None:
        """Raises OSError if the folder cannot be listed."""
        self._settings = settings
        found, notes = found_files(folder)
        found = [file for file in found if not file.synonym or _is_proved(file, notes)]
        self._files: dict[FeedKind, list[Found]] = {}
        for kind in FEED_KINDS:
            self._files[kind], unread = serving(found, kind)
            notes += unread
        self.notes: tuple[FeedNote, ...] = tuple(notes)
        """Files that are not read, and why."""

    def stamps(self, kind: FeedKind) -> tuple[FileStamp, ...]:
        """The files that serve a kind, a full file first, then deltas; empty if there is none."""
        return tuple(file.stamp for file in self._files[kind])

    @overload
    def read(
        self, kind: Literal["styles"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[StyleLine] | None: ...
    @overload
    def read(
        self, kind: Literal["items"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[SkuLine] | None: ...
    @overload
    def read(
        self, kind: Literal["stock"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[StockLine] | None: ...
    @overload
    def read(
        self, kind: Literal["shoppers"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[ShopperLine] | None: ...
    @overload
    def read(
        self, kind: Literal["associates"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[AssociateLine] | None: ...
    @overload
    def read(
        self, kind: Literal["looks"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[LookLine] | None: ...
    @overload
    def read(
        self, kind: Literal["promotions"], known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[Rule] | None: ...
    def read(
        self, kind: FeedKind, known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[Any] | None:
        """Reads the files of a kind; None if there is none.

        `known`: key to digest of the lines as they were taken; a line with the same digest is not parsed again.
        """
        files = self._files[kind]
        if not files:
            return None
        # every line of a delta is a change: it can state a count anew that was known before a sale
        read = [
            read_file(file.path, kind, known, self._settings, progress)
            if file.delta is None
            else read_file(file.path, kind, {}, self._settings, progress, delta=True)
            for file in files
        ]
        return merged(read[0], read[1:]) if files[0].delta is None else merged(None, read)


def open_folder(
    folder: Path, *, currency: str = "", zone: tzinfo = UTC, key: bytes = b"",
    on_mistake: Callable[[FeedKind, FeedMistake], None] = lambda *_: None,
) -> FeedFolder:  # fmt: skip
    """The feed files of a folder. Raises OSError if it cannot be listed.

    `currency` is the shop's (ISO 4217): prices in another one are mistakes, prices without one are in it. `zone` is
    the shop's time zone, for times without offset. `key` (at most 64 bytes) makes the digests keyed: a digest of an
    associate's line without key would give away a PIN of four digits. `on_mistake` gets every mistake; a `FeedFile`
    contains the first ones.
    """
    return FeedFolder(folder, ReaderSettings(currency, zone, key, on_mistake))


def _is_proved(file: Found, notes: list[FeedNote]) -> bool:
    """Whether a file with another name than usual has the columns of its kind; notes what it is read as, or why not."""
    name = shown(file.path.name)
    try:
        with TextFile(file.path) as text:
            columns = columns_of(text, file.kind, file.path.suffix.casefold())
    except UnreadableError as error:
        notes.append(FeedNote(name, 0, str(error)))
        return False
    except OSError as error:
        notes.append(FeedNote(name, 0, f"cannot be read: {(error.strerror or type(error).__name__).lower()}"))
        return False
    if proves_kind(columns, file.kind):
        notes.append(FeedNote(name, 0, f"is read as {file.kind}"))
        return True
    notes.append(
        FeedNote(name, 0, f"is not read: it has not the columns of {file.kind}; see `cheval schema feed`")
    )
    return False
