"""One kind of the feed while it is imported: its file, what is known of it, and what was done with its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypeVar

from kiosk.connectors.feeds import MAX_KEPT, FeedFile, MistakeList
from kiosk.store.feed_import.known_lines import READ_AGAIN
from kiosk.store.feed_import.report import KindReport, Loss

T = TypeVar("T")
REFUSED: Final = "was refused by the database, although its form is right; tell the developers"


@dataclass(slots=True)
class KindReading(Generic[T]):
    """One kind as its file has it, what is known of it, and what the import does with it.

    `known`: digests by key. `waiting`: valid lines whose style or item is not known.
    """

    file: FeedFile[T]
    known: Mapping[str, bytes]
    mistakes: MistakeList
    """What only the import finds; what the reader found is in the file."""
    changed: int = 0
    deleted: int = 0
    waiting: int = 0
    lines: int = 0
    named: frozenset[str] | None = None
    """The keys of a delta; set by `close`, None for a whole file."""
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = len(self.file.digests)

    def close(self) -> None:
        """Forgets the lines, so that only one kind is in memory."""
        if self.file.partial:
            self.named = frozenset(self.file.digests) | self.file.deleted
        self.file = replace(
            self.file, changed={}, digests={}, lines={}, mistaken=frozenset(), deleted=frozenset()
        )
        self.known = {}

    @property
    def kind(self) -> str:
        return self.file.kind

    def gone(self) -> list[str]:
        """Known rows that the file does not contain, or that a delta deletes."""
        file = self.file
        if file.partial:
            return [key for key in file.deleted if key in self.known]
        return [key for key in self.known if key not in file.digests and key not in file.mistaken]

    @property
    def cause(self) -> Loss:
        """Why rows are missing."""
        if self.file.partial:
            return Loss.ROWS
        if self.file.truncated:
            return Loss.TRUNCATED
        # a file of which no line can be read says nothing about what is missing, as an empty one
        unread = bool(self.file.unreadable) and not self.file.has_keys
        return Loss.EMPTY if self.file.empty or unread else Loss.ROWS

    @property
    def uncertain(self) -> bool:
        """Whether a line that cannot be read may be about a row that the file does not seem to contain."""
        return bool(self.file.unreadable) and not self.file.partial and self.cause is Loss.ROWS

    def wait(self, key: str, why: str) -> None:
        """Leaves a line until what it names is known."""
        self.waiting += 1
        self.mistakes.add(self.file.mistake(key, why))

    def refuse(self, line: tuple[str, T]) -> None:
        """Leaves a line that the database refuses."""
        self.mistakes.add(self.file.mistake(line[0], REFUSED))

    def note(self, what: str) -> None:
        self.notes.append(f"{self.file.name}: {what}")

    def digest(self, key: str, *, again: bool = False) -> tuple[str, bytes]:
        """Key and digest of a line as they are noted. `again`: the line must be read again next time."""
        return key, READ_AGAIN if again else self.file.digests.get(key, READ_AGAIN)

    def report(self, now_us: int) -> KindReport:
        kept = (*self.file.mistakes, *self.mistakes.kept)
        more = self.file.more_mistakes + self.mistakes.more
        return KindReport(
            self.kind, self.file.name, read=True, read_us=now_us, lines=self.lines, changed=self.changed,
            deleted=self.deleted, unchanged=max(0, self.lines - self.changed - self.waiting),
            mistakes=tuple(map(str, kept[:MAX_KEPT])), more_mistakes=more + len(kept[MAX_KEPT:]),
            notes=(*(str(n) for n in self.file.notes), *self.notes),
        )  # fmt: skip
