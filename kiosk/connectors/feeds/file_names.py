"""Which files of a folder serve which kind of the feed, and why the others are not read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kiosk.connectors.feeds.columns import COLUMNS, KEYS, FeedKind
from kiosk.connectors.feeds.feed_file import FeedNote
from kiosk.connectors.feeds.limits import MAX_FILES
from kiosk.connectors.feeds.values.texts import shown

FEED_KINDS: Final[tuple[FeedKind, ...]] = (
    "styles", "items", "stock", "shoppers", "associates", "looks", "promotions",
)  # fmt: skip
"""In the order in which they are imported: lines refer to lines of earlier kinds only."""
FEED_SUFFIXES: Final = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
SYNONYMS: Final[dict[str, FeedKind]] = {
    "products": "styles", "variants": "items", "skus": "items", "inventory": "stock", "customers": "shoppers",
    "staff": "associates", "employees": "associates", "outfits": "looks",
}  # fmt: skip
"""Other names of files, which are taken only if the file has the columns of that kind."""
REPORT_NAME: Final = "feed-report.txt"
"""The report beside the feed; not a file of the feed."""
_DELTA: Final = re.compile(r"(?P<stem>.+?)\.delta(?:[.-]?(?P<number>\d{1,15}))?", re.IGNORECASE)
_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers")
_PACKED: Final = (".gz", ".zip", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar")
_UNFINISHED: Final = (".part", ".filepart", ".tmp", ".crdownload", ".swp", ".bak", ".old", ".orig")


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Identity of a file's content without reading it: the same stamp, the same content."""

    name: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the name of a feed file."""

    path: Path
    kind: FeedKind
    stamp: FileStamp
    delta: int | None
    """Number of a delta, 0 without a number; None for a full file."""
    synonym: bool

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """The last in this order serves the kind: its own name before a synonym, then the newest file."""
        suffix = FEED_SUFFIXES.index(self.path.suffix.casefold())
        return not self.synonym, self.stamp.mtime_ns, -suffix, self.path.name


def found_files(folder: Path) -> tuple[list[Found], list[FeedNote]]:
    """The files with names of feed files, and a note for each other entry that may be meant as one.

    Raises OSError if the folder cannot be listed.
    """
    found: list[Found] = []
    notes: list[FeedNote] = []
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry, _ in zip(entries, range(MAX_FILES + 1), strict=False))
    if len(names) > MAX_FILES:
        notes.append(
            FeedNote(
                shown(folder.name), 0, f"contains more than {MAX_FILES} entries; the others are not looked at"
            )
        )
        names = names[:MAX_FILES]
    for name in names:
        file = _found(folder / name)
        if file is not None:
            found.append(file)
        elif what := _why_not(name):
            notes.append(FeedNote(shown(name), 0, what))
    return found, notes


def serving(found: Iterable[Found], kind: FeedKind) -> tuple[list[Found], list[FeedNote]]:
    """The files that serve a kind: the full file, if there is one, then its deltas in order; and notes on the rest."""
    ours = [file for file in found if file.kind == kind]
    full = sorted((file for file in ours if file.delta is None), key=lambda file: file.order)
    notes = [
        FeedNote(
            shown(file.path.name),
            0,
            f"is not read, because {shown(full[-1].path.name)} is; delete the one that is not used",
        )
        for file in full[:-1]
    ]
    deltas = sorted((file for file in ours if file.delta is not None), key=_delta_order)
    if full:
        name = shown(full[-1].path.name)
        newer = [file for file in deltas if file.stamp.mtime_ns >= full[-1].stamp.mtime_ns]
        notes += [
            FeedNote(
                shown(file.path.name),
                0,
                f"is not read, because {name} is newer than this delta",
            )
            for file in deltas
            if file not in newer
        ]
        deltas = newer
    return full[-1:] + deltas, notes


def _delta_order(file: Found) -> tuple[int, int, str]:
    return file.delta or 0, file.stamp.mtime_ns, file.path.name


def _found(path: Path) -> Found | None:
    if path.suffix.casefold() not in FEED_SUFFIXES or path.name.startswith((".", "~")):
        return None
    stem = path.name[: -len(path.suffix)]
    delta = _DELTA.fullmatch(stem)
    plain = (delta["stem"] if delta else stem).casefold()
    kind = next((k for k in FEED_KINDS if k == plain), None) or SYNONYMS.get(plain)
    if kind is None:
        return None
    number = int(delta["number"] or 0) if delta else None
    return Found(path, kind, _stamp(path), number, synonym=plain in SYNONYMS)


def _stamp(path: Path) -> FileStamp:
    """The stamp of a file; zeros for one that cannot be examined (its reading says why)."""
    try:
        state = path.stat()
    except OSError:
        return FileStamp(path.name, 0, 0, 0)
    return FileStamp(path.name, state.st_size, state.st_mtime_ns, state.st_ino)


def _why_not(name: str) -> str:
    """Why an entry is not read; empty where nobody expects it to be (pictures, hidden files, the report)."""
    if name.startswith((".", "~")) or name == REPORT_NAME:
        return ""
    stem, suffix = Path(name.casefold()).stem, Path(name.casefold()).suffix
    if suffix in _WORKBOOKS:
        return 'is a workbook and is not read; save it as CSV (in Excel: "CSV UTF-8"), one file for each kind'
    near = _near(stem)
    if suffix in _PACKED:
        return "is packed and is not read; unpack it" if _near(stem.partition(".")[0]) else ""
    if suffix in _UNFINISHED:
        return f"is not read (name ends with {suffix})" if _near(stem.partition(".")[0]) else ""
    if suffix in FEED_SUFFIXES:
        hint = f"; is {near}{suffix} meant?" if near else ""
        return f"is not read: the files of a feed are called {', '.join(FEED_KINDS)}{hint}"
    if near:
        return f"is not read; a feed file ends with {', '.join(FEED_SUFFIXES)}"
    return ""


def _near(stem: str) -> str:
    near = get_close_matches(stem, FEED_KINDS, 1, 0.75)
    return near[0] if near else ""


def proves_kind(columns: Iterable[str], kind: FeedKind) -> bool:
    """Whether a file with these columns has lines of that kind: its key and all required columns."""
    names = set(columns)
    keyed = all(any(name in names for name in group) for group in KEYS[kind])
    return keyed and all(column.name in names for column in COLUMNS[kind] if column.required)
