"""Three ledgers one after the other, of which the oldest file is damaged, and what must hold after that."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from kiosk.core.domain.ids import OrderId
from kiosk.store.errors import LedgerDamagedError
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.contracts.ledger_orders import pay
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import piece_of

PAGE = 4096
OLDEST = "ledger-1.db"
ORDERS = tuple(f"o{number}" for number in range(12))
"""In the oldest ledger."""
LATER = ("p1", "p2")
"""In the one after it, and in the present one."""
Open = Callable[[LedgerPlace], SqlLedger]
_new = map("new{}".format, count())


class KeptHead:
    """Where a head is kept."""

    def __init__(self) -> None:
        self.head: Head | None = None

    def read(self) -> Head | None:
        return self.head

    def write(self, head: Head) -> None:
        self.head = head


def three_ledgers(folder: Path) -> LedgerPlace:
    """`ledger-1.db`, `ledger-2.db`, `ledger.db`."""
    place, kept = LedgerPlace(folder / "ledger.db"), KeptHead()
    for orders in (ORDERS, *((name,) for name in LATER)):
        ledger = SqliteLedger(place.file, KEY)
        for name in orders:
            pay(ledger, name, piece_of("S1", "WHI", "M", 1 + (*ORDERS, *LATER).index(name)))
            OrderBook(ledger).put_settled(OrderId(name), 1)
        kept.head = ledger.head
        ledger.close()
        if orders != LATER[-1:]:
            Reopening(place, KEY, kept).run()
    return place


def opened(place: LedgerPlace) -> SqlLedger:
    return open_ledger(place, KEY, None)


def receipts_of(ledger: SqlLedger, orders: tuple[str, ...]) -> tuple[str, ...]:
    """The orders whose receipts are found."""
    book = OrderBook(ledger)
    return tuple(name for name in orders if book.receipt(OrderId(name)) is not None)


def judge(place: LedgerPlace, open_ledger: Open, *, whole: bool = False) -> str:
    """What is wrong with how the store opens three ledgers with a damaged oldest file; empty if nothing is.

    Payments are open, no look-up fails, what is in the other ledgers is found, and either all of the damaged one or it
    is named; its file is not changed. `whole`: nothing of it may be lost.
    """
    damaged = place.file.with_name(OLDEST)
    content = damaged.read_bytes() if damaged.is_file() else b""
    present = place.file.read_bytes()
    ledger = open_ledger(place)
    try:
        pay(ledger, next(_new))
        found = receipts_of(ledger, ORDERS)
        OrderBook(ledger).receipt(OrderId("unknown"))
        RefundBook(ledger).open_refunds()
        named = [lost.place for lost in ledger.lost_archives]
        if receipts_of(ledger, LATER) != LATER:
            return "receipts of other ledgers are lost"
        if named not in ([], [OLDEST]):
            return f"{named} are named"
        if found != ORDERS and (whole or not named):
            return f"{len(found)} receipts of {len(ORDERS)}, {named} are named"
        return "the file was changed" if content and damaged.read_bytes() != content else ""
    except LedgerDamagedError as error:
        return str(error)
    finally:
        ledger.close()
        # the payment is taken away: after thousands of them each opening would check thousands of entries
        place.file.write_bytes(present)


def tables_without_entries(file: Path) -> set[int]:
    """The first pages of all tables and indexes but the journal."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE rootpage > 0 AND name <> 'journal'"
        )
        return {page for (page,) in rows}
