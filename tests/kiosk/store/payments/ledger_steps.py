"""Steps of the tests of closed and reopened ledgers: a shop with two sales and an open payment, damage, reopening."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from kiosk.store.db.database import Database
from kiosk.store.errors import PaymentsClosedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger.chain import ChainKey
from kiosk.store.payments.ledger.upkeep.reopen import Reopened, Reopening
from kiosk.store.resources import head_store, ledger_place
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.tokens import store_key
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store
from tests.optional_values import present

ROOM = RoomId("1")
SHIRT, COAT, SCARF = ("S1", "WHI", "M"), ("C1", "NVY", "38"), ("A1", "RED", "one")
Article = tuple[str, str, str]


def order(name: str, article: Article) -> PriceOrder:
    return PriceOrder(Ticket("t"), OrderId(name), ((piece_of(*article), gtin_of(*article)),), None)


def collect(store: Store, name: str) -> tuple[PaymentState, str]:
    told = store.service.collect_payment(
        ROOM, CollectPayment(Ticket("t"), OrderId(name), PaymentMeans.TERMINAL, 1)
    )
    return told.state, told.why


def pay(store: Store, name: str, article: Article, *, serial: str = "") -> str:
    """Pays an order, as the terminal's thread would do; the address of its receipt."""
    priced = store.service.price_order(ROOM, order(name, article))
    book = store.payments.book
    attempt = Attempt(f"KEY{name}", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1)
    book.put_key(attempt, 1)
    store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF"))
    return present(book.receipt(priced.order_id)).link


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def two_sales(settings: StoreSettings) -> tuple[str, str]:
    """A shop that has sold a shirt and a coat, and whose payment for a scarf is open; the receipts' links."""
    with sample_store(settings) as store:
        links = pay(store, "o1", SHIRT), pay(store, "o2", COAT)
        priced = store.service.price_order(ROOM, order("o3", SCARF))
        store.payments.book.put_key(
            Attempt("KEYo3", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1), 1
        )
    return links


def closed(store: Store, condition: str) -> None:
    """Payments are closed for this reason: nothing new begins, health and advice say so."""
    health = store.health()
    assert (health.ok, health.payments_closed, health.ledger.state) == (False, True, condition)
    assert "cheval ledger" in health.ledger.advice or "restart" in health.ledger.advice
    with pytest.raises(PaymentsClosedError):
        store.service.price_order(ROOM, order("o9", ("F1", "BLK", "39")))


def all_read(store: Store, links: tuple[str, str]) -> None:
    """Receipts, returns and open payments are found."""
    store.payments.resume()
    assert [present(store.service.desk.sale(token_of(link))).receipt.number for link in links] == [
        "000001",
        "000002",
    ]
    (sold,) = store.service.desk.refunds.find(piece_of(*SHIRT))
    assert (sold.order_id, sold.receipt) == ("o1", "000001")
    assert [a.key for a in store.payments.book.open_attempts()] == ["KEYo3"]
    assert collect(store, "o3") == (PaymentState.KEYED, "")


def damage(settings: StoreSettings) -> None:
    """One bit of an entry that no receipt needs."""
    flip(settings.ledger_path, b'{"key":"KEYo1"}', 8)


def lose_index(settings: StoreSettings) -> None:
    """The page of an index is overwritten: SQLite refuses look-ups, the entries are there."""
    with closing(sqlite3.connect(settings.ledger_path)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal_key'").fetchone()
    content = bytearray(settings.ledger_path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"?" * 4096
    settings.ledger_path.write_bytes(content)


def reopen(settings: StoreSettings) -> Reopened:
    database = Database(settings.database_url)
    try:
        return Reopening(
            ledger_place(settings), ChainKey(store_key(settings.state)), head_store(settings, database)
        ).run()
    finally:
        database.close()
