"""The port of the ledger: what the books of orders and refunds need of it, and its values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.store.payments.ledger.state import LedgerState


class Entry(NamedTuple):
    """An entry as it is stored. `body` is JSON, `at_us` microseconds UTC, `chain` its hash."""

    seq: int
    at_us: int
    kind: str
    order_id: str
    key: str
    state: str
    body: str
    chain: str


class Outline(NamedTuple):
    """An entry without its content. `at_us` is microseconds UTC."""

    seq: int
    at_us: int
    kind: str
    state: str


class Head(NamedTuple):
    """The end of a ledger: number and hash of its last entry, and the highest number of a receipt.

    Kept outside of the ledger too (`heads`), so that a ledger from which the end is missing is noticed.
    """

    seq: int = 0
    chain: str = ""
    receipts: int = 0


LOST_ADVICE: Final = (
    "put these files back as they were when they were closed, from a back-up, and restart the store; until then the"
    " receipts and returns of what is lost in them are not found"
)
"""What to do about lost archives."""


@dataclass(frozen=True, slots=True)
class LostArchive:
    """A ledger before the present one that cannot be read, is damaged, or is not the one that was closed."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


@dataclass(frozen=True, slots=True)
class PieceHold:
    """Which order holds a piece: it is `sold`, or reserved for an open payment."""

    order_id: OrderId
    sold: bool


class Ledger(Protocol):
    """A ledger. Safe to use from any thread. Each method may raise LedgerDamagedError or a database error.

    Promises, tested in `tests/contracts/test_ledgers.py`:
    - An entry is on the disk when `append`, or the outermost `transaction`, returns.
    - Entries are never changed or removed. Numbers begin at 1 and have no gap.
    - A piece is reserved for, or sold by, one order at a time; this changes in the same transaction as the entry.
    - A ledger whose `state` is closed takes no entry; what is readable is read.
    """

    @property
    def state(self) -> LedgerState: ...
    @property
    def head(self) -> Head:
        """The last entry that is on the disk; entries of a transaction that has not ended are not counted."""
        ...

    @property
    def receipts(self) -> int:
        """The highest number of a receipt, in a transaction with those of its entries."""
        ...

    @property
    def gap(self) -> str:
        """The ledgers before this one in which entries may not be found, because they are lost, damaged or away; empty
        if all entries are."""
        ...

    def found_orders(self) -> Sequence[str]:
        """Orders of entries that seemed not to be written, because the answer to a commit was lost, and were found
        later; each once. What follows from these entries is still to be done."""
        ...

    def check(self) -> None:
        """To be called before each order: raises PaymentsClosedError if payments are closed, or if the ledger was
        deleted, replaced or changed by another program meanwhile."""
        ...

    def close_payments(self, state: LedgerState) -> None:
        """Takes no new orders and refunds from now on, for this reason; the first reason stays."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All entries appended in the block are on the disk when it ends, or none is. May be nested; what fails in an
        inner one ends the outermost one too, also if the error is caught in between.

        If the answer to a commit is lost, the ledger is asked again. While it cannot be asked, the error is raised;
        what is true is found out before the next transaction (`found_orders`).
        """
        ...

    def append(
        self, kind: str, order_id: str, body: object, at_us: int, *, key: str = "", state: str = ""
    ) -> int:
        """Appends an entry and returns its number.

        Raises PaymentsClosedError; KnownKeyError for a second `keyed` entry of a key; PieceTakenError if a `keyed`
        payment attempt contains a piece that another order holds.
        """
        ...

    def last(self, kind: str, *, order_id: str = "", key: str = "") -> Any:
        """Parsed body of the newest entry of a kind with this key or order id; None where there is none."""
        ...

    def of_order(self, kind: str, order_id: str) -> list[Any]:
        """Parsed bodies of the newest entry of each key of an order, ordered by that entry."""
        ...

    def spent(self, card_day_hash: str) -> list[Any]:
        """Parsed bodies of the entries of kind `spent` with this state."""
        ...

    def open_entries(self, kind: str, wanted: Callable[[str], bool] = ...) -> list[Any]:
        """Parsed bodies of the newest entry of each key that is not final (`open_keys`), the oldest first.

        `wanted` chooses by their JSON which ones are parsed; by default all.
        """
        ...

    def open_orders(self, kind: str) -> list[str]:
        """Order ids, or keys, for which something is still to be done: kinds `unsettled`, `unrestocked`, `unexchanged`,
        `unreturned`."""
        ...

    def pieces_of(self, order_id: str) -> Sequence[str]:
        """The pieces of an order, after exchanges; none if it is not in the ledger."""
        ...

    def taken(self, pieces: Collection[PieceId], but: str = "") -> Mapping[PieceId, PieceHold]:
        """Those of the pieces that an order other than `but` holds. A piece that was scanned without serial and
        identified later is the same piece."""
        ...

    def identify(self, scanned: PieceId, piece: PieceId, at_us: int, *, ordered: bool = False) -> None:
        """A piece that was scanned without serial is this one. Written once, and only if an order holds the scanned
        piece, or is about to (`ordered`)."""
        ...

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """The entries of this ledger with these numbers, in order; those of earlier files are not among them."""
        ...

    def check_some(self, count: int) -> None:
        """Checks the next `count` entries; called again and again, it checks all of them. Closes payments if one is
        damaged."""
        ...

    def verify(self, newest: int | None = None) -> tuple[int, str]:
        """Checks the chain of the `newest` entries, or of all; the last entry's number and hash.

        Raises LedgerDamagedError with the first entry that is missing or changed.
        """
        ...

    def close(self) -> None: ...
