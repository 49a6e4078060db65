"""What the ledgers say of one order, and a page of such histories; where they come from is the matter of `pages`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from kiosk.store.payments.books.period import Period
from kiosk.store.payments.ledger.open_keys import ATTEMPT, EXCHANGE, FOLLOW_UP, REFUND, TAKEN_BACK

ORDER: Final = "order"
RECEIPT: Final = "receipt"
ENTERED: Final = "attended"
"""Kinds of the ledger's entries, as `order_book` and `attended.attended_desk` write them."""
KINDS: Final = frozenset({ORDER, RECEIPT, ATTEMPT, REFUND, FOLLOW_UP, EXCHANGE, TAKEN_BACK, ENTERED})
"""Kinds of entries that are read. Not among them are hashes of cards and the working entries of the store."""


class Placed(NamedTuple):
    """An entry with its place: the number of its ledger (1 is the oldest that can be read) and its own in it.

    `kind`, `key`, `state` and `body` (JSON) are those of the entry, `at_us` is its time.
    """

    ledger: int
    seq: int
    at_us: int
    kind: str
    key: str
    state: str
    body: str


@dataclass(frozen=True, slots=True)
class History:
    """The entries of an order of kinds `KINDS`, the oldest first. `marked`: the places of those that are asked for; the
    others are there because these cannot be understood without them."""

    order_id: str
    entries: tuple[Placed, ...]
    marked: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: a ledger, and the number of an entry in it."""

    ledger: int = 1
    seq: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the ledgers. `following`: where the next page begins; None after the last one.

    `done` of `total` entries are read. `damaged`: entries of this part that are missing or not as they were written;
    they are left out. `notices`: what cannot be read as a whole, in words for a technician.
    """

    histories: tuple[History, ...]
    following: Position | None
    done: int
    total: int
    damaged: int = 0
    notices: tuple[str, ...] = ()


class Pages(Protocol):
    """Reads the ledgers page by page, so that memory is bounded and a running store is not held up."""

    def page(self, period: Period, position: Position) -> Page:
        """The page that begins there. Raises LedgerDamagedError, SQLAlchemyError, ConnectionError."""
        ...


def all_pages(pages: Pages, period: Period) -> Iterator[Page]:
    """All pages of a period."""
    position: Position | None = Position()
    while position is not None:
        page = pages.page(period, position)
        yield page
        position = page.following
