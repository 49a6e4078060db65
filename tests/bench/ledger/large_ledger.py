"""A ledger file with many paid orders, written directly as rows: the entries of each order as the store writes them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.schema import Statements
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import attempt, order
from tests.kiosk.store.sample_shop import gtin_of

ARTICLE = gtin_of("S1", "WHI", "M")


def write_orders(path: Path, key: ChainKey, orders: int) -> None:
    """Adds paid and settled orders to the end of a ledger file that no store has open."""
    SqliteLedger(path, key).close()
    sql = Statements("")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        # an index is made in a third of the time when all rows are there
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'journal' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        seq, chain = connection.execute(sql.end).fetchone()

        def rows() -> Iterator[tuple[Any, ...]]:
            nonlocal seq, chain
            for entry in _entries(orders):
                seq += 1
                row = (seq, *entry)
                chain = key.link(chain, row)
                yield (*row, chain)

        connection.executemany(sql.insert, rows())
        pieces = ((str(_piece(n)), str(_piece(n)), f"b{n}", 1) for n in range(orders))
        connection.executemany(sql.set_piece, pieces)
        connection.execute(sql.raise_receipts, (orders,))
        for _, made in indexes:
            connection.execute(made)
        connection.execute("COMMIT")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _piece(number: int) -> PieceId:
    return PieceId(f"{ARTICLE}.9{number:09d}")


def _entries(orders: int) -> Iterator[tuple[Any, ...]]:
    """The entries of paid orders: at, kind, order, key, state, body. Texts are made once and filled in."""
    texts = _texts()
    for number in range(orders):
        name, key, at_us = f"b{number}", f"B{number:09d}", number
        for kind, entry_key, state, text in texts:
            body = (
                text.replace("b-ORDER", name).replace("KEY-OF-IT", key).replace("900000000", f"{number:09d}")
            )
            yield (
                at_us, kind, name, entry_key.replace("KEY-OF-IT", key).replace("b-ORDER", name), state,
                body.replace('"000000"', f'"{number + 1:06d}"'),
            )  # fmt: skip


def _texts() -> list[tuple[str, str, str, str]]:
    """Kind, key, state and body of the entries of one order, as the order book writes them."""
    ledger = SqliteLedger(None, ChainKey(b"x"))
    book, piece = OrderBook(ledger), PieceId(f"{ARTICLE}.9900000000")
    priced = order("b-ORDER", piece)
    begun = replace(attempt("b-ORDER"), key="KEY-OF-IT")
    book.put_order(priced, 1)
    book.put_key(begun, 1)
    book.put_attempt(replace(begun, state=PaymentState.SENT))
    book.put_paid(replace(begun, state=PaymentState.PAID, reference="REF"), priced, "http://shop")
    book.put_settled(priced.order_id, 2)
    found = []
    for entry in ledger.entries(2, ledger.head.seq):
        token = entry.key if entry.kind == "receipt" else ""
        text = entry.body.replace('"number":"000001"', '"number":"000000"')
        # each receipt has a token of its own
        found.append(
            (
                entry.kind,
                "token-KEY-OF-IT" if token else entry.key,
                entry.state,
                text.replace(token, "token-KEY-OF-IT") if token else text,
            )
        )
    ledger.close()
    return found
