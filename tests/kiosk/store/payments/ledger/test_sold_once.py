"""One garment is sold once, whatever the store's database knows; what contradicts is shown at the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.store.db.tables import SOLD
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from kiosk.store.settings import StoreSettings
from tests.contracts.ledger_orders import pay as pay_directly
from tests.kiosk.store.payments.ledger_steps import COAT, ROOM, SHIRT, collect, order, pay
from tests.kiosk.store.payments.ledgers import EarlierLedger, forget_head, memory_ledger
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store
from tests.optional_values import present


@contextmanager
def database_kept_from_writing(store: Store) -> Iterator[None]:
    """Another process has the database's write lock; the store waits for it a moment only."""
    with closing(store.resources.database.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(store.settings.state / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_piece_is_not_sold_again_while_the_database_cannot_be_written(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        with database_kept_from_writing(store):
            pay(store, "o1", SHIRT)
            assert store.resources.catalogue.sold([piece_of(*SHIRT)]) == frozenset(), (
                "the database does not know it"
            )
            with pytest.raises(RefusedError, match="sold already"):
                store.service.price_order(ROOM, order("o2", SHIRT))
        store.tick(1)
        assert store.resources.catalogue.sold([piece_of(*SHIRT)])


def test_an_order_that_was_priced_before_is_refused_when_it_is_collected(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        store.service.price_order(ROOM, order("o2", SHIRT))
        with database_kept_from_writing(store):
            pay(store, "o1", SHIRT)
            assert collect(store, "o2") == (PaymentState.DECLINED, "sold")
    with sample_store(settings) as store:
        assert collect(store, "o2") == (PaymentState.DECLINED, "sold"), "after a restart too"


def sell_elsewhere(store: Store, article: tuple[str, str, str], by: str, ordered_as: str = "") -> None:
    row = {"piece": piece_of(*article), "article": gtin_of(*article), "ordered_as": ordered_as or piece_of(*article),
           "order_id": by, "at_us": 1}  # fmt: skip
    with store.resources.database.writing() as connection:
        connection.execute(sa.insert(SOLD), row)


def test_a_sale_that_the_database_has_in_another_order_is_shown_at_the_desk(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        store.service.price_order(ROOM, order("o1", COAT))
        book = store.payments.book
        priced = present(book.order(OrderId("o1")))
        attempt = Attempt("KEYo1", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1)
        book.put_key(attempt, 1)
        sell_elsewhere(store, COAT, "o9")
        store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF"))
        (task,) = [t for t in store.service.desk.unsettled() if t.task is TaskKind.FOREIGN_SALE]
        assert (task.order_id, task.parked) == ("o1", True)
    with sample_store(settings) as store:
        assert [t.task for t in store.service.desk.unsettled()] == [TaskKind.FOREIGN_SALE], (
            "after a restart too"
        )


def test_a_ledger_of_the_version_before_learns_which_pieces_were_identified(settings: StoreSettings) -> None:
    """A piece was scanned without serial and sold; its tag was read later, which only the database knows."""
    scanned = PieceId(f"{gtin_of(*SHIRT)}.~1")
    sample = memory_ledger()
    pay_directly(sample, "o1", scanned)
    rows = [entry for entry in sample.entries(1, sample.head.seq) if entry.kind != "chain"]
    sample.close()
    with sample_store(settings) as store:
        sell_elsewhere(store, SHIRT, "o1", ordered_as=scanned)
    settings.ledger_path.unlink()
    forget_head(settings.state)
    earlier = EarlierLedger(settings.ledger_path)
    for entry in rows:
        earlier.append_text(*entry[2:4], entry.body, entry.at_us, key=entry.key, state=entry.state)
    with sample_store(settings) as store:
        assert store.resources.ledger.taken([piece_of(*SHIRT)])[piece_of(*SHIRT)].order_id == "o1"


def test_an_ordinary_sale_raises_no_alarm_also_when_it_is_settled_twice(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        pay(store, "o1", SHIRT)
        store.payments.settlement._settle([store.service.desk.payment(OrderId("o1")).order])
        assert store.service.desk.unsettled() == ()
