"""Reads documents from the ledgers, page by page from a mark on, and counts what follows a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.connectors.sales_out.port import Document
from kiosk.store.errors import NotFoundError
from kiosk.store.payments.books.history import KINDS, Page, Position
from kiosk.store.payments.books.pages import SLICE, LedgerPages
from kiosk.store.payments.books.period import Period
from kiosk.store.payments.ledger.reader import LedgerReader
from kiosk.store.sales_out.documents import WITH_DOCUMENT, documents_of, has_document

EVER: Final = Period()


class NoSuchLedgerError(NotFoundError):
    """The ledger of a mark is not among those that can be read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry: its ledger, which is known by the hash of its first entry, and its number in it; 0: before all."""

    ledger: str
    seq: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Documents in the order of the entries, each with the mark of its entry. `end`: where the next page begins.

    `more`: there may be further ones now. `damaged`: entries that cannot be read; they have no documents.
    """

    documents: tuple[tuple[Mark, Document], ...]
    end: Mark
    more: bool
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What follows a mark: how many documents, at most (a refund whose entry was written twice counts twice), and when
    the oldest happened, in microseconds since 1970; None if there is none."""

    count: int = 0
    oldest_us: int | None = None

    def with_more(self, later: Waiting) -> Waiting:
        """Together with what was counted after it."""
        oldest_us = self.oldest_us if self.oldest_us is not None else later.oldest_us
        return Waiting(self.count + later.count, oldest_us)


class DocumentReader:
    """The documents of a ledger and of those before it. Safe to use from any thread.

    `entries`: how many are read while the ledger is locked; some 5 ms for 1,000. Each method raises NoSuchLedgerError,
    LedgerDamagedError, SQLAlchemyError.
    """

    def __init__(self, ledger: LedgerReader, entries: int = SLICE) -> None:
        self._ledger, self._slice = ledger, entries
        self._names: tuple[tuple[LedgerReader, str], ...] = ()
        self._pages = LedgerPages(ledger, KINDS | WITH_DOCUMENT, entries)

    @property
    def newest(self) -> Mark:
        """The last entry that is on the disk."""
        return Mark(self._named()[-1][1], self._ledger.head.seq)

    def page(self, mark: Mark) -> DocumentPage:
        """The documents after a mark, of some hundreds of entries."""
        position = Position(self._number(mark.ledger), mark.seq + 1)
        page = self._pages.page(EVER, position)
        found = [
            (Mark(self._named()[entry.ledger - 1][1], entry.seq), document)
            for history in page.histories
            for entry, document in documents_of(history)
        ]
        found.sort(key=lambda each: each[0].seq)  # all of one ledger
        end, more = self._end(position, page)
        return DocumentPage(tuple(found), end, more, page.damaged)

    def waiting(self, mark: Mark, to: Mark | None = None) -> Waiting:
        """What follows a mark, up to the newest entry or that of `to`. Takes some 0.5 ms for each 1,000 entries."""
        last = to or self.newest
        first, found = self._number(mark.ledger), Waiting()
        for number in range(first, self._number(last.ledger) + 1):
            ledger, name = self._named()[number - 1]
            start = mark.seq + 1 if number == first else self._pages.first_own(number)
            end = last.seq if name == last.ledger else ledger.head.seq
            found = found.with_more(self._counted(ledger, start, end))
        return found

    def mark_before(self, at_us: int) -> Mark:
        """The mark before the first document of a time or later; the newest if there is none."""
        for ledger, name in self._named():
            for first in range(1, ledger.head.seq + 1, self._slice):
                last = min(first + self._slice - 1, ledger.head.seq)
                for entry in ledger.outlines(first, last):
                    if entry.at_us >= at_us and has_document(entry.kind, entry.state):
                        return Mark(name, entry.seq - 1)
        return self.newest

    def _counted(self, ledger: LedgerReader, first: int, last: int) -> Waiting:
        """The entries from `first` to `last` from which documents follow."""
        found = Waiting()
        for start in range(first, last + 1, self._slice):
            outlines = ledger.outlines(start, min(start + self._slice - 1, last))
            times = [each.at_us for each in outlines if has_document(each.kind, each.state)]
            found = found.with_more(Waiting(len(times), next(iter(times), None)))
        return found

    def _end(self, position: Position, page: Page) -> tuple[Mark, bool]:
        names, following = self._named(), page.following
        if following is not None:
            return Mark(names[following.ledger - 1][1], following.seq - 1), True
        # not the ledger's present end: entries may have been added since the page was read
        before = sum(each.head.seq for each, _ in names[: position.ledger - 1])
        return Mark(names[position.ledger - 1][1], page.done - before), False

    def _number(self, name: str) -> int:
        """The number of a ledger for `LedgerPages`: 1 is the oldest that can be read."""
        found = [number for number, (_, each) in enumerate(self._named(), start=1) if each == name]
        if not found:
            raise NoSuchLedgerError("the ledger up to which documents were given cannot be read any more")
        return found[-1]

    def _named(self) -> tuple[tuple[LedgerReader, str], ...]:
        """The ledgers, the oldest first, with their names: a ledger never changes its first entry."""
        if not self._names:
            ledgers = (*reversed(self._ledger.archives), self._ledger)
            self._names = tuple((each, each.chain_at(1)) for each in ledgers)
        return self._names
