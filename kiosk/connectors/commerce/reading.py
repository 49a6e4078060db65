"""Reads a list of a system whole into a file of JSON lines, also while it changes.

Pages may move when entries come and go: an entry can be read twice, or not at all. A missing entry would be taken for
one that was deleted. A total proves nothing: one entry may go while another comes. So a reading of such pages counts
only if no entry came twice, their number is the total if there is one, and the reading before had the same entries. In
a list that has not changed since the last time, that is the last good reading. One page alone cannot move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.connectors.commerce.errors import AnswerError, ChangedError
from kiosk.connectors.commerce.port import Listing
from kiosk.connectors.commerce.web.json_text import json_line

READINGS: Final = 4
MAX_ROWS: Final = 2_000_000
MAX_FILE_BYTES: Final = 1 << 31
MAX_STUCK: Final = 3
"""Pages one after the other without a new entry."""
Progress = Callable[[str, int, int | None], None]
"""Gets the list's name, the entries that were read and the total, None if it is not known. It may raise, which ends the
reading."""


@dataclass(slots=True)
class _Reading:
    """Keys by a digest of 16 bytes."""

    keys: set[bytes] = field(default_factory=set)
    rows: int = 0
    total: int | None = None
    pages: int = 0

    @property
    def digest(self) -> str:
        """Of the entries, in any order."""
        return hashlib.blake2b(b"".join(sorted(self.keys)), digest_size=16).hexdigest()

    def is_plausible(self) -> bool:
        """Whether no entry came twice, and all came of which the system knows."""
        return len(self.keys) == self.rows and self.total in (None, self.rows)


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list that was read whole. `digest`: of its entries, for the next time."""

    entries: int
    digest: str


def read_listing(listing: Listing, file: Path, progress: Progress, known: str = "") -> ReadList:
    """Writes all records of a list, one a line. `known`: the digest of the last good reading.

    Raises CommerceError, OSError.
    """
    before = known
    for _ in range(READINGS):
        found = _read(listing, file, progress)
        if not found.is_plausible():
            before = ""
            continue
        if listing.steady or found.pages <= 1 or found.digest == before:
            return ReadList(found.rows, found.digest)
        before = found.digest
    raise ChangedError(
        f"{listing.name}: it changes while it is read, or its total is wrong; pages by a cursor would not move"
    )


def _read(listing: Listing, file: Path, progress: Progress) -> _Reading:
    found, size, stuck = _Reading(), 0, 0
    with file.open("w", encoding="ascii") as lines:
        for page in listing.pages():
            known = len(found.keys)
            found.total = page.total if page.total is not None else found.total
            for row in page.rows:
                found.rows += 1
                found.keys.add(hashlib.blake2b(row.key.encode("utf-8", "replace"), digest_size=16).digest())
                for record in row.records:
                    size += lines.write(json_line(record) + "\n")
            found.pages += bool(page.rows)
            stuck = stuck + 1 if page.rows and len(found.keys) == known else 0
            if stuck == MAX_STUCK:
                raise AnswerError(f"{listing.name}: it gives the same entries again and again; see `pages`")
            if found.rows > MAX_ROWS or size > MAX_FILE_BYTES:
                raise AnswerError(
                    f"{listing.name}: it has more than {MAX_ROWS} entries or {MAX_FILE_BYTES >> 30} GiB"
                )
            progress(listing.name, found.rows, found.total)
    return found
