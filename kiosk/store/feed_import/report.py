"""What an import has done, and what waits for a yes: values without any name of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, unique

from kiosk.core.domain.money import Money

MAX_SAMPLE = 20


@unique
class Loss(Enum):
    """Why something waits for a yes."""

    ROWS = "rows lost"
    """More rows of the kind are missing in the file, or marked as deleted, than the limit allows."""
    COLOURS = "colours lost"
    """More colours of styles are missing than the limit allows."""
    PRICES = "prices changed"
    """Prices changed by more than the limit; each keeps its old price."""
    EMPTY = "file empty"
    """The file contains no line, a header only, or no line that can be read."""
    TRUNCATED = "file truncated"
    """The file ends in the middle; what it does not name may have been cut off."""
    ACCESS = "associates"
    """Associates would lose access: they are missing in the file, or have no PIN or role any more."""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that changed by more than the limit. `key` is the style's id, or the article of a variant."""

    key: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class HeldLoss:
    """What waits for a yes, identified by `kind` and `digest`.

    `count` of `known` rows are concerned. `sample` has at most 20 keys, none for shoppers; `prices` the changes of
    these keys. `since_us`: when an import first found a loss of this kind and cause, in microseconds UTC.
    """

    kind: str
    what: Loss
    count: int
    known: int
    sample: tuple[str, ...]
    digest: str
    since_us: int
    prices: tuple[PriceChange, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.what.value}: {self.count} of {self.known}"


def revision_of(held: Iterable[HeldLoss]) -> str:
    """Identifies a list of what waits, so that a yes can name the list that was shown; empty if nothing waits."""
    found = sorted(f"{loss.kind} {loss.digest}" for loss in held)
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:12] if found else ""


@dataclass(frozen=True, slots=True)
class Yes:
    """The yes to one loss, and who gave it: an associate's id, or a user of the command line."""

    kind: str
    digest: str
    who: str


@dataclass(frozen=True, slots=True)
class KindReport:
    """The last reading of one kind. `read`: it was read by this import, not by an earlier one.

    `lines` are the valid lines of the file; `changed` of them were written, `unchanged` were not, the rest waits for
    its style or item. `deleted` rows are gone. Mistakes and notes begin with file and line. `mistakes` are the first
    ones, in limited number; `more_mistakes` is the number of the others, which are in the report beside the feed.
    """

    kind: str
    file: str = ""
    read: bool = False
    read_us: int = 0
    lines: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    mistakes: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    more_mistakes: int = 0

    @property
    def mistake_count(self) -> int:
        """The number of all mistakes."""
        return len(self.mistakes) + self.more_mistakes


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import, with what earlier imports have read of files that have not changed since.

    `failed`: why a kind could not be imported, in a few words; it is tried again. `notes` concern the whole folder.
    `not_accepted`: why a yes that came with the import was not carried out; empty if there was none, or it was.
    """

    at_us: int
    folder: str = ""
    kinds: tuple[KindReport, ...] = ()
    held: tuple[HeldLoss, ...] = ()
    notes: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    dry_run: bool = False
    not_accepted: str = ""

    def kind(self, name: str) -> KindReport:
        """The report of one kind; an empty one if there never was a file of it."""
        return next((k for k in self.kinds if k.kind == name), KindReport(name))

    @property
    def revision(self) -> str:
        """Identifies the list of what waits."""
        return revision_of(self.held)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The first mistakes of each kind, by line."""
        return tuple(m for kind in self.kinds for m in kind.mistakes)

    @property
    def mistake_count(self) -> int:
        """The number of all mistakes."""
        return sum(kind.mistake_count for kind in self.kinds)

    @property
    def every_note(self) -> tuple[str, ...]:
        """The notes on the folder, then those of each kind."""
        return (*self.notes, *(note for kind in self.kinds for note in kind.notes))

    @property
    def changed(self) -> bool:
        """Whether this import wrote or deleted anything."""
        return any(kind.read and (kind.changed or kind.deleted) for kind in self.kinds)
