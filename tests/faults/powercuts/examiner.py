"""Opens the files that a power cut has left, as a store does, and compares them with what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.opening import open_file
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.faults.powercuts.checkout import Acknowledged

LEDGER, DATABASE = "ledger.db", "store.db"
KINDS = ("attempt", "refund", "follow-up")
"""Kinds of entries whose keys a terminal hears of."""


class Examiner:
    """`folder` is emptied for each cut. `pieces`: those of each order."""

    def __init__(self, folder: Path, key: bytes, pieces: Mapping[str, tuple[PieceId, ...]]) -> None:
        self._folder, self._key, self._pieces = folder, ChainKey(key), pieces

    def wrong(self, files: Mapping[str, bytes], said: Acknowledged) -> list[str]:
        """What is missing or unsound after a cut, where `said` was acknowledged before it."""
        for old in self._folder.iterdir():
            old.unlink()
        for name, content in files.items():
            (self._folder / name).write_bytes(content)
        try:
            kept, sold = self._database()
        except sqlite3.DatabaseError as error:
            return [f"the store's database cannot be opened: {error}"]
        ledger = open_file(self._folder / LEDGER, self._key, kept)
        try:
            return list(self._of_ledger(ledger, said, sold))
        finally:
            ledger.close()

    def _database(self) -> tuple[Head | None, frozenset[str]]:
        """The head that was kept, and the pieces that are marked as sold."""
        file = self._folder / DATABASE
        if not file.exists():
            return None, frozenset()
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not {"ledger_head", "sold"} <= names:
                return None, frozenset()
            row = connection.execute("SELECT seq, chain, receipts FROM ledger_head").fetchone()
            sold = frozenset(piece for (piece,) in connection.execute("SELECT ordered_as FROM sold"))
        return (Head(*row) if row else None), sold

    def _of_ledger(self, ledger: SqlLedger, said: Acknowledged, sold: frozenset[str]) -> Iterator[str]:
        if ledger.state.closed:
            yield f"the ledger takes no entries: {ledger.state}"
            return
        if ledger.head.seq < said.head.seq:
            yield f"entries {ledger.head.seq + 1} to {said.head.seq} were acknowledged and are lost"
            return
        if said.head.seq and ledger.chain_at(said.head.seq) != said.head.chain:
            yield f"entry {said.head.seq} is not the one that was acknowledged"
            return
        for key in said.keys:
            if all(ledger.last(kind, key=key) is None for kind in KINDS):
                yield f"a terminal knows key {key}, and the ledger does not"
        yield from self._sales(OrderBook(ledger), said, sold)

    def _sales(self, book: OrderBook, said: Acknowledged, sold: frozenset[str]) -> Iterator[str]:
        unsettled = frozenset(book.unsettled())
        for name in said.sold:
            order = OrderId(name)
            paid = book.paid_attempt(order)
            if paid is None or paid.state is not PaymentState.PAID or book.receipt(order) is None:
                yield f"{order} was shown as paid and is not"
            missing = set(self._pieces[order]) - sold - RefundBook(book.ledger).refunded(order)
            if missing and order not in unsettled and not book.exchanges(order):
                yield f"{order} counts as settled, and {len(missing)} of its pieces are not marked as sold"
