"""What was read of one feed file: its new or changed lines, the digests of all valid lines, mistakes and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _AboutLine:
    """What is said about a line of a file (1-based), or about the whole file (line 0)."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class FeedMistake(_AboutLine):
    """A mistake in a feed file. The line is not taken."""


@dataclass(frozen=True, slots=True)
class FeedNote(_AboutLine):
    """What a retailer should know of a file or line that was taken, or of a file that is not read."""


@dataclass(frozen=True, slots=True)
class FeedFile(Generic[T]):
    """One kind of the feed, read against what is known of it.

    Keys are texts: style_id; article; article, space and place; shopper_id; associate_id; look_id. Lines and keys can
    be about persons and are not in the `repr`.
    """

    kind: str
    name: str
    """Name of the file; of the first delta where there are only deltas."""
    changed: Mapping[str, T] = field(default_factory=dict, repr=False)
    """Valid lines by key that are new or whose digest differs from the known one."""
    digests: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Digest of every valid line, changed or not."""
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Line number of every valid line, for mistakes that only the database shows (see `mistake`)."""
    delta_files: Mapping[str, tuple[str, int]] = field(default_factory=dict, repr=False)
    """For each line that is from another file than `name`: that file's name and its time in microseconds UTC."""
    mistaken: frozenset[str] = field(default=frozenset(), repr=False)
    """Known keys of lines with mistakes; of a delta, all keys. What is known about them stays."""
    deleted: frozenset[str] = field(default=frozenset(), repr=False)
    """Keys of lines that are marked as deleted."""
    unreadable: int = 0
    """Number of lines with mistakes whose key could not be read."""
    unknown_mistaken: int = 0
    """Number of lines with mistakes whose key is not known, so that nothing of it can stay."""
    mistakes: tuple[FeedMistake, ...] = ()
    """The first mistakes, at most `mistake_list.MAX_KEPT` of each file."""
    more_mistakes: int = 0
    """Number of the others."""
    notes: tuple[FeedNote, ...] = ()
    partial: bool = False
    """Whether this is a delta: what it does not name stays."""
    truncated: str = ""
    """Why the file is surely incomplete, for example cut in the middle of a line; empty if it is not."""
    failed: str = ""
    """Why nothing of the file could be read (no permission, a pipe, unknown encoding, a column missing); empty if it
    was read. What is known of this kind stays, and there is nothing to accept; `mistakes` contains the reason."""
    as_of_us: int = 0
    """Time of the file's last modification, in microseconds UTC."""

    @property
    def empty(self) -> bool:
        """Whether the file was read and contains no line at all, or a header only."""
        return not (self.failed or self.deleted or self.unreadable or self.has_keys)

    @property
    def has_keys(self) -> bool:
        """Whether the key of any line that is not marked as deleted could be read."""
        return bool(self.digests or self.mistaken or self.unknown_mistaken)

    def mistake(self, key: str, what: str) -> FeedMistake:
        """A mistake about the line of that key."""
        name, _ = self.delta_files.get(key, (self.name, 0))
        return FeedMistake(name, self.lines.get(key, 0), what)

    def time_us(self, key: str) -> int:
        """When the file that contains the line of that key was modified, in microseconds UTC."""
        _, time_us = self.delta_files.get(key, ("", self.as_of_us))
        return time_us
