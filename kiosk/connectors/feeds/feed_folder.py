"""Finds the feed files of a folder and reads one kind at a time, against the digests that are known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Literal, overload

from kiosk.connectors.feeds.feed_file import FeedFile, FeedNote
from kiosk.connectors.feeds.folder import FEED_SUFFIXES, read_folder
from kiosk.connectors.feeds.line_types import (
    AssociateLine,
    LookLine,
    ShopperLine,
    SkuLine,
    StockLine,
    StyleLine,
)

FeedKind = Literal["styles", "items", "stock", "shoppers", "associates", "looks"]
FEED_KINDS: tuple[FeedKind, ...] = ("styles", "items", "stock", "shoppers", "associates", "looks")
"""In the order in which they are imported: lines refer to lines of earlier kinds only."""
Progress = Callable[[int, int], None]
"""Is called often while a file is read (every few milliseconds) with the bytes read and the bytes of the file. It may
sleep, so that other threads go on."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Identity of a file's content without reading it: the same stamp, the same content."""

    name: str
    size: int
    mtime_ns: int
    inode: int


class FeedFolder:
    """The feed files of a folder. Files are opened when their kind is read."""

    def __init__(self, folder: Path, currency: str, zone: tzinfo, key: bytes) -> None:
        self._folder, self._currency, self._zone, self._key = folder, currency, zone, key
        self.notes: tuple[FeedNote, ...] = ()
        """Files that are not read, and why."""

    def stamps(self, kind: FeedKind) -> tuple[FileStamp, ...]:
        """The files that serve a kind; empty if there is none."""
        found = next((p for s in FEED_SUFFIXES if (p := self._folder / (kind + s)).exists()), None)
        if found is None:
            return ()
        stat = found.stat()
        return (FileStamp(found.name, stat.st_size, stat.st_mtime_ns, stat.st_ino),)

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
    def read(
        self, kind: FeedKind, known: Mapping[str, bytes], progress: Progress | None = None
    ) -> FeedFile[Any] | None:
        """Reads the files of a kind; None if there is none.

        `known`: key to digest of the lines as they were taken; a line with the same digest is not parsed again.
        """
        stamps = self.stamps(kind)
        if not stamps:
            return None
        if progress is not None:
            progress(stamps[0].size, stamps[0].size)
        feed = read_folder(self._folder)
        found = {
            "styles": feed.styles, "items": feed.skus, "stock": feed.stock, "shoppers": feed.shoppers,
            "associates": feed.associates, "looks": feed.looks,
        }[kind]  # fmt: skip
        by_key = {_key(line): line for line in found or ()}
        digests = {
            k: hashlib.blake2b(_plain(line), digest_size=16, key=self._key).digest()
            for k, line in by_key.items()
        }
        mistakes = tuple(m for m in feed.mistakes if m.file == stamps[0].name)
        return FeedFile(
            kind=kind,
            name=stamps[0].name,
            changed={k: line for k, line in by_key.items() if known.get(k) != digests[k]},
            digests=digests,
            unreadable=len({m.line for m in mistakes}),
            mistakes=mistakes,
            as_of_us=stamps[0].mtime_ns // 1000,
        )


def open_folder(folder: Path, *, currency: str = "", zone: tzinfo = UTC, key: bytes = b"") -> FeedFolder:
    """The feed files of a folder. Raises OSError if it cannot be listed.

    `currency` is the shop's (ISO 4217): prices in another one are mistakes. `zone` is the shop's time zone, for times
    without offset. `key` (at most 64 bytes) makes the digests keyed: a digest of an associate's line without key would
    give away a PIN of four digits.
    """
    next(folder.iterdir(), None)
    return FeedFolder(folder, currency, zone, key)


def _key(line: object) -> str:
    match line:
        case StyleLine():
            return line.style_id
        case SkuLine():
            return line.article
        case StockLine():
            return f"{line.article} {line.place}"
        case ShopperLine():
            return line.shopper_id
        case AssociateLine():
            return line.associate_id
        case LookLine():
            return line.look_id
        case _:
            raise TypeError(type(line).__name__)


def _plain(line: object) -> bytes:
    return "\x00".join(str(getattr(line, name)) for name in line.__dataclass_fields__).encode()  # type: ignore[attr-defined]
