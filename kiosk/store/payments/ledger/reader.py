"""Reads a ledger's entries and derived tables, and those of the ledgers before it; each look-up uses an index."""

from __future__ import annotations

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from threading import RLock
from typing import Any

from kiosk.core.domain.ids import PieceId
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.port import Entry, Head, LostArchive, Outline, PieceHold
from kiosk.store.payments.ledger.queries import OlderQueries, Queries
from kiosk.store.payments.ledger.rebuild import count_differences
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.ledger.state import LedgerState
from kiosk.store.payments.ledger.verification import Damage, Verification


class LedgerReader(ABC):
    """The reading half of `port.Ledger` for the ledgers in SQLite and PostgreSQL."""

    def __init__(self, key: ChainKey, sql: Statements, place: str) -> None:
        self.place = place
        """Where it is, for messages: a path, or a database without password."""
        self._key, self._sql = key, sql
        self._lock = RLock()
        self._head = self._durable = Head()
        """The last entry, also of a transaction that has not ended; and the last one that is on the disk."""
        self._state = LedgerState()
        self._derived = Derived(self._execute, sql)
        self._verification = Verification(self._execute, sql, key, place)
        self._queries: tuple[Queries, ...] = (Queries(self._execute, sql),)
        self._older: tuple[OlderQueries, ...] = ()
        self._archives: tuple[LedgerReader, ...] = ()
        self._known_damage: tuple[str, ...] = ()
        self._lost: tuple[LostArchive, ...] = ()
        self._unchecked: Iterator[LostArchive | None] = iter(())
        self._failed_archive: Callable[[LedgerReader, LedgerDamagedError], None] = lambda *_: None

    @property
    def state(self) -> LedgerState:
        return self._state

    @property
    def head(self) -> Head:
        return self._durable

    @property
    def receipts(self) -> int:
        return self._head.receipts

    @contextmanager
    def held(self) -> Iterator[Head]:
        """Nothing is added in the block; gives the last entry."""
        with self._lock:
            yield self._durable

    def last(self, kind: str, *, order_id: str = "", key: str = "") -> Any:
        with self._lock:
            for queries in self._queries:
                if (found := queries.last(kind, order_id, key)) is not None:
                    return self._parsed(found)
            return None

    def of_order(self, kind: str, order_id: str) -> list[Any]:
        found: dict[str, tuple[int, int, str]] = {}
        with self._lock:
            for age, queries in enumerate(self._queries):
                for seq, key, body in queries.of_order(kind, order_id):
                    if key not in found or found[key][0] == -age:
                        found[key] = (-age, seq, body)
        return self._all_parsed(body for _, _, body in sorted(found.values()))

    def spent(self, card_day_hash: str) -> list[Any]:
        with self._lock:
            found = dict(row for q in reversed(self._queries) for row in q.spent(card_day_hash))
        return self._all_parsed(found.values())

    def open_entries(self, kind: str, wanted: Callable[[str], bool] = lambda _text: True) -> list[Any]:
        with self._lock:
            rows = self._execute(self._sql.open_entries, (kind,))
        return self._all_parsed(text for _, text in rows if wanted(text))

    def open_orders(self, kind: str) -> list[str]:
        with self._lock:
            return [row[0] for row in self._execute(self._sql.open_keys, (kind,))]

    def orders_with_open(self) -> list[str]:
        """Ids of the orders with anything that is not finished."""
        with self._lock:
            return [row[0] for row in self._execute(self._sql.orders_with_open, ())]

    def open_keys(self) -> list[tuple[str, str]]:
        """Kind and key of everything that is not finished, also where its entry cannot be read any more."""
        with self._lock:
            return [(str(kind), str(key)) for kind, key in self._execute(self._sql.all_open, ())]

    def pieces_of(self, order_id: str) -> Sequence[str]:
        with self._lock:
            return self._derived.order_pieces(order_id, self._head.seq)

    def taken(self, pieces: Collection[PieceId], but: str = "") -> Mapping[PieceId, PieceHold]:
        with self._lock:
            return self._derived.taken(pieces, but)

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """Read in pieces, so that entries can be appended meanwhile."""
        for start in range(first, last + 1, 500):
            with self._lock:
                rows = self._execute(self._sql.between, (start, min(start + 499, last)))
            yield from map(Entry._make, rows)

    def outlines(self, first: int, last: int) -> list[Outline]:
        """The entries with these numbers, in order, without what is in them; at most some thousands at once."""
        with self._lock:
            return list(map(Outline._make, self._execute(self._sql.outlines, (first, last))))

    def verify(self, newest: int | None = None) -> tuple[int, str]:
        with self._lock:
            return self._verification.check_newest(newest)

    def damages(self, first: int, last: int) -> list[Damage]:
        """What is wrong with the entries from `first` to `last`."""
        with self._lock:
            return list(self._verification.damages(first, last))

    def chain_at(self, seq: int) -> str:
        """The hash of an entry; empty where there is none."""
        with self._lock:
            rows = self._execute(self._sql.chain_at, (seq,))
            return str(rows[0][0]) if rows else ""

    def before(self) -> dict[str, Any]:
        """What the ledger says of the one before it; empty if there is none."""
        with self._lock:
            return self._verification.before()

    def sound_before(self) -> dict[str, Any]:
        """As `before`; empty too if the entry that says it is not as it was written."""
        with self._lock:
            return self._verification.sound_before()

    def says_what_was_before(self) -> bool:
        """Whether its first entry, which says it, is as it was written."""
        with self._lock:
            return self._verification.has_sound_mark()

    def attach(
        self, archives: Sequence[LedgerReader], lost: Sequence[LostArchive] = (),
        failed: Callable[[LedgerReader, LedgerDamagedError], None] = lambda *_: None,
        unchecked: Iterator[LostArchive | None] | None = None, known_damage: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Looks entries up in the ledgers before this one too, the newest first. `lost`: what is wrong with them;
        `failed` is called with one of them that cannot be read any more: nothing is found in it. Each step of
        `unchecked` checks some of their entries, and gives what is wrong. `known_damage`: those that were damaged when
        they were closed."""
        self._known_damage = tuple(known_damage)
        self._archives, self._lost, self._failed_archive = tuple(archives), tuple(lost), failed
        self._unchecked = unchecked or iter(())
        self._older = tuple(
            OlderQueries(
                a._execute, a._sql, a._verification.is_sound, a._lock, partial(self.archive_failed, a)
            )
            for a in archives
        )
        self._queries = (self._queries[0], *self._older)

    def archive_failed(self, archive: LedgerReader, error: LedgerDamagedError) -> None:
        """A ledger before this one cannot be read any more."""
        self._failed_archive(archive, error)

    def name_lost(self, lost: LostArchive) -> bool:
        """Something is wrong with a ledger before this one. False if something was known of it: that stays."""
        with self._lock:
            known = any(each.place == lost.place for each in self._lost)
            if not known:
                self._lost = (*self._lost, lost)
            return not known

    @property
    def gap(self) -> str:
        away = ("one in the database, which does not answer" for each in self._older if each.away)
        return ", ".join(dict.fromkeys((*(each.place for each in self._lost), *away, *self._known_damage)))

    @property
    def lost_archives(self) -> tuple[LostArchive, ...]:
        """Ledgers before this one that cannot be read, or are not as they were closed."""
        return self._lost

    @property
    def archives(self) -> tuple[LedgerReader, ...]:
        """The ledgers before this one, the newest first."""
        return self._archives

    def pieces_after(self, piece: str, limit: int) -> list[tuple[Any, ...]]:
        """Pieces that an order holds (piece, as ordered, order, sold), after one, in the order of their ids."""
        with self._lock:
            return self._derived.pieces_after(piece, limit)

    def sound_entries_of(self, order_id: str) -> list[Entry]:
        """The entries of an order that are as they were written."""
        with self._lock:
            rows = map(Entry._make, self._execute(self._sql.all_of_order, (order_id,)))
            return [entry for entry in rows if self._verification.is_sound(entry.seq)]

    def readable_entries_of(self, order_id: str) -> list[Entry]:
        """The entries of an order; of a ledger that is closed, those that are as they were written."""
        if self._state.closed:
            return self.sound_entries_of(order_id)
        with self._lock:
            return list(map(Entry._make, self._execute(self._sql.all_of_order, (order_id,))))

    def orders_between(self, first: int, last: int, from_us: int, to_us: int) -> list[tuple[int, str]]:
        """Numbers and order ids of the entries of orders with numbers from `first` to `last`, whose time is from
        `from_us` on and before `to_us`."""
        with self._lock:
            rows = self._execute(self._sql.orders_between, (first, last, from_us, to_us))
            return [(int(seq), str(order_id)) for seq, order_id in rows]

    def different_rows(self, scratch: sqlite3.Connection) -> int:
        """How many rows of the derived tables differ from those of `scratch`, which has tables of the same form."""
        with self._lock:
            return count_differences(self._execute, self._sql, scratch)

    def _parsed(self, body: str) -> Any:
        try:
            return json.loads(body)
        except (ValueError, TypeError) as error:
            raise LedgerDamagedError(self.place, 0, "an entry cannot be read") from error

    def _all_parsed(self, bodies: Iterable[str]) -> list[Any]:
        """Parsed bodies; of a damaged ledger those that can be read."""
        found = []
        for body in bodies:
            try:
                found.append(self._parsed(body))
            except LedgerDamagedError:
                if not self._state.closed:
                    raise
        return found

    def _read_end(self) -> Head:
        """The number and the hash of the last entry, without the receipts."""
        rows = self._execute(self._sql.end, ())
        return Head(int(rows[0][0]), str(rows[0][1])) if rows else Head()

    def _read_head(self) -> Head:
        return self._read_end()._replace(receipts=self._derived.receipts)

    @abstractmethod
    def close(self) -> None: ...
    @abstractmethod
    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]: ...
