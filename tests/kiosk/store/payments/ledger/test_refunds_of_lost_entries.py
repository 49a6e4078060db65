"""A piece whose refund is in an earlier ledger that is damaged now is not paid back a second time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

import pytest

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate
from tests.kiosk.store.payments.ledger_steps import COAT, SHIRT, reopen, token_of, two_sales
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store

INES: Final = Associate(AssociateId("a-ines"), "Inès")
ORDER: Final = OrderId("o1")
PIECE: Final = piece_of(*SHIRT)
KEY: Final = "REFUNDKEY-OF-THE-SHIRT"


def refund(state: RefundState) -> Refund:
    price = Money(12_900, "EUR")
    return Refund(KEY, ORDER, PIECE, gtin_of(*SHIRT), price, "a-ines", state=state, changed_us=1)


def paid_back_and_forgotten(settings: StoreSettings) -> None:
    """The shirt was paid back; the ledger was closed, and then lost the entries of that. The database that knew it was
    replaced by an earlier one, in which the shirt is sold."""
    with sample_store(settings) as store:
        book = RefundBook(store.payments.book.ledger)
        for state in (RefundState.KEYED, RefundState.DONE):
            book.put(refund(state))
    rows = sold_rows(settings)
    with sample_store(settings) as store:
        store.payments.resume()
    assert len(sold_rows(settings)) == len(rows) - 1
    reopen(settings)
    closed = settings.state / "ledger-1.db"
    closed.write_bytes(closed.read_bytes().replace(KEY.encode(), b"x" * len(KEY)))
    with closing(sqlite3.connect(settings.state / "store.db", isolation_level=None)) as database:
        database.execute("DELETE FROM sold")
        database.executemany("INSERT INTO sold VALUES (?, ?, ?, ?, ?)", rows)


def sold_rows(settings: StoreSettings) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(settings.state / "store.db")) as database:
        return database.execute("SELECT piece, article, ordered_as, order_id, at_us FROM sold").fetchall()


def test_a_piece_that_the_present_ledger_does_not_hold_is_not_paid_back(settings: StoreSettings) -> None:
    links = two_sales(settings)
    paid_back_and_forgotten(settings)
    with sample_store(settings) as store:
        desk = store.service.desk
        assert store.payments.book.receipt(ORDER) is not None
        assert desk.refunds.refunded(ORDER) == frozenset(), "the ledgers do not say it any more"
        for _ in range(2):
            with pytest.raises(RefusedError, match=r"may have been paid back.*ledger-1\.db"):
                desk.refunds.begin(ORDER, PIECE, INES)
        with pytest.raises(RefusedError, match="may have been paid back"):
            desk.exchanges.exchange(ORDER, PIECE, piece_of("S1", "WHI", "L"), INES)
        assert desk.refunds.begin(OrderId("o2"), piece_of(*COAT), INES).state is not RefundState.REFUSED
        with pytest.raises(NotFoundError, match=r"ledger-1\.db"):
            desk.refunds.find(f"http://shop/r/{token_of(links[0])[::-1]}")
        # planted fault: a ledger that does not hand on which pieces were given back
        ledger = store.payments.book.ledger
        with ledger.transaction():
            ledger.append("carried", "", {"pieces": [[PIECE, PIECE, ORDER, 1]]}, 1)
        assert desk.refunds.begin(ORDER, PIECE, INES).state is not RefundState.REFUSED
