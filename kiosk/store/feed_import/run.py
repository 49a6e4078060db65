"""One import in progress: what all kinds share, and the reading of one kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from kiosk.connectors.feeds import FeedFile, FeedMistake
from kiosk.core.domain.money import Money
from kiosk.store.feed_import.known_lines import READ_AGAIN
from kiosk.store.feed_import.limits import ImportLimits
from kiosk.store.feed_import.losses import Losses
from kiosk.store.feed_import.report import KindReport, Loss, PriceChange
from kiosk.store.feed_import.slices import Slices

T = TypeVar("T")
REFUSED: Final = "was refused by the database, although its form is right; tell the developers"


@dataclass(slots=True)
class Reading(Generic[T]):
    """One kind as its file has it, what is known of it, and what the import does with it.

    `known`: digests by key. `waiting`: valid lines whose style or item is not known.
    """

    file: FeedFile[T]
    known: Mapping[str, bytes]
    changed: int = 0
    deleted: int = 0
    waiting: int = 0
    lines: int = 0
    named: frozenset[str] | None = None
    """The keys of a delta; set by `close`, None for a whole file."""
    mistakes: list[FeedMistake] = field(default_factory=list)
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
        unread = bool(self.file.unreadable) and not (self.file.digests or self.file.mistaken)
        return Loss.EMPTY if self.file.empty or unread else Loss.ROWS

    @property
    def uncertain(self) -> bool:
        """Whether a line that cannot be read may be about a row that the file does not seem to contain."""
        return bool(self.file.unreadable) and not self.file.partial and self.cause is Loss.ROWS

    def wait(self, key: str, why: str) -> None:
        """Leaves a line until what it names is known."""
        self.waiting += 1
        self.mistakes.append(self.file.mistake(key, why))

    def refuse(self, line: tuple[str, T]) -> None:
        """Leaves a line that the database refuses."""
        self.mistakes.append(self.file.mistake(line[0], REFUSED))

    def note(self, what: str) -> None:
        self.notes.append(f"{self.file.name}: {what}")

    def digest(self, key: str, *, again: bool = False) -> tuple[str, bytes]:
        """Key and digest of a line as they are noted. `again`: the line must be read again next time."""
        return key, READ_AGAIN if again else self.file.digests.get(key, READ_AGAIN)

    def report(self, now_us: int) -> KindReport:
        return KindReport(
            self.kind, self.file.name, read=True, read_us=now_us, lines=self.lines, changed=self.changed,
            deleted=self.deleted, unchanged=max(0, self.lines - self.changed - self.waiting),
            mistakes=tuple(str(m) for m in (*self.file.mistakes, *self.mistakes)),
            notes=(*(str(n) for n in self.file.notes), *self.notes),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceStep:
    """The price of a style before and after an import; before a new style there was none."""

    before: Money | None
    after: Money

    @classmethod
    def of(cls, known: Any, row: Mapping[str, Any]) -> PriceStep:
        """From the known row of a style, None if it is new, and the row to be written."""
        before = None if known is None else Money(known.price_minor, known.currency)
        return cls(before, Money(row["price_minor"], row["currency"]))


@dataclass(slots=True)
class ImportRun:
    """What the kinds of one import share.

    `changed_styles`, `changed_articles`, `changed_kinds`: what was written since the last `flush`. `at_end`: deletions
    of the catalogue, in the order of the kinds; they are made after everything else, the last kind first.
    """

    slices: Slices
    losses: Losses
    limits: ImportLimits
    now_us: int
    mac: Callable[[str], str]
    listener: Callable[[frozenset[str], frozenset[str], frozenset[str]], None]
    changed_styles: set[str] = field(default_factory=set)
    changed_articles: set[str] = field(default_factory=set)
    changed_kinds: set[str] = field(default_factory=set)
    leaving_styles: set[str] = field(default_factory=set)
    leaving_colours: set[tuple[str, str]] = field(default_factory=set)
    leaving_articles: set[str] = field(default_factory=set)
    style_prices: dict[str, PriceStep] = field(default_factory=dict)
    """Prices of changed styles before and after this import."""
    new_colours: dict[str, set[str]] = field(default_factory=dict)
    """Colours of styles that this import adds or changes."""
    new_articles: set[str] = field(default_factory=set)
    """Articles that this import adds or changes."""
    articles_of_sku: dict[str, str] = field(default_factory=dict)
    """Articles of the shop's own SKUs that this import adds or changes."""
    renamed_articles: set[str] = field(default_factory=set)
    """Articles with a SKU only that have a GTIN now."""
    sku_moved: bool = False
    """Whether a SKU names another article than before, so that stock by SKU must be read again."""
    forgotten_articles: int = 0
    """Number of deleted articles; if they come back, their stock must be read again."""
    catalogue_grew: bool = False
    """Whether there are new styles or colours, which items may wait for."""
    stock_grew: bool = False
    at_end: list[Callable[[], None]] = field(default_factory=list)

    def may_lose(self, reading: Reading[Any], keys: Collection[str], known: int) -> bool:
        """Whether these rows of a kind may be deleted now; otherwise they are held."""
        cause = reading.cause
        within = cause is Loss.ROWS and self.limits.allows(len(keys), known)
        return self.losses.allows(reading.kind, cause, keys, known, within=within)

    def flush(self) -> None:
        """Reports what was written to the listener, so that caches can follow."""
        if not self.slices.dry and (self.changed_styles or self.changed_articles or self.changed_kinds):
            self.listener(
                frozenset(self.changed_styles),
                frozenset(self.changed_articles),
                frozenset(self.changed_kinds),
            )
        for changed in (self.changed_styles, self.changed_articles, self.changed_kinds):
            changed.clear()


class PriceGuard:
    """Holds the prices of one kind that move too far."""

    def __init__(self, run: ImportRun, kind: str) -> None:
        self._limits, self._losses, self._kind = run.limits, run.losses, kind
        self._accepted = run.losses.accepted_prices(kind)

    def holds(self, key: str, before: Money, after: Money) -> PriceChange | None:
        """The change if it must wait; None if the new price may be taken."""
        if before == after or before.currency != after.currency:
            return None
        if self._limits.allows_price(before.minor, after.minor):
            return None
        if (key, after.minor, after.currency) in self._accepted:
            return None
        return PriceChange(key, before, after)

    def close(self, held: Sequence[PriceChange], known: int) -> None:
        """Stores the prices that wait."""
        self._losses.hold_prices(self._kind, held, known)
