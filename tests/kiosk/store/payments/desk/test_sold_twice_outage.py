"""A piece that another order sold while the database was away is a task at the desk, once, over restarts too."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from kiosk.core.domain.ids import AssociateId, OrderId
from kiosk.core.domain.payment import Attempt, PaymentMeans, PaymentState
from kiosk.store.db.tables import SOLD
from kiosk.store.lifecycle import Store
from kiosk.store.payments.desk_tasks.desk_task import TaskKind
from kiosk.store.payments.foreign_sales import ForeignSale
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.associates import Associate, Role
from tests.kiosk.store.payments.ledger.test_sold_once import database_kept_from_writing
from tests.kiosk.store.payments.ledger_steps import COAT, ROOM, SCARF, SHIRT, order, pay
from tests.kiosk.store.sample_shop import gtin_of, piece_of, sample_store

INES = Associate(AssociateId("a-ines"), "Inès", ("fr",), Role.ASSOCIATE)


def foreign(store: Store) -> list[str]:
    return [t.key for t in store.service.desk.unsettled() if t.task is TaskKind.FOREIGN_SALE]


def sell_elsewhere(store: Store, article: tuple[str, str, str]) -> None:
    row = {"piece": piece_of(*article), "article": gtin_of(*article), "ordered_as": piece_of(*article),
           "order_id": "o9", "at_us": 1}  # fmt: skip
    with store.resources.database.writing() as connection:
        connection.execute(sa.insert(SOLD), row)


def test_the_alarm_comes_once_and_stays_closed(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        sold_while_the_database_is_away(store)
        store.tick(1)
        store.tick(2)
        (key,) = foreign(store)
    with sample_store(settings) as store:
        store.payments.settlement.resume()
        store.tick(3)
        assert foreign(store) == [key]
        store.service.desk.settle(key, INES, done=True, reference="")
        assert foreign(store) == []
    with sample_store(settings) as store:
        store.payments.settlement.resume()
        store.tick(4)
        assert foreign(store) == [], "it was dealt with"


def test_a_kill_between_the_alarm_and_the_settled_entry_gives_no_second_alarm(
    settings: StoreSettings,
) -> None:
    with sample_store(settings) as store:
        sold_while_the_database_is_away(store)
        store.payments.tasks.foreign_sale(ForeignSale(OrderId("o1"), piece_of(*COAT), OrderId("o9")))
        assert not store.payments.book.is_settled(OrderId("o1"))
    with sample_store(settings) as store:
        store.payments.settlement.resume()
        assert len(foreign(store)) == 1
        assert store.payments.book.is_settled(OrderId("o1"))


def test_an_exchange_for_a_piece_that_is_sold_elsewhere_is_an_alarm_too(settings: StoreSettings) -> None:
    other = ("S1", "WHI", "L")
    with sample_store(settings) as store:
        pay(store, "o1", SHIRT)
        store.tick(1)
        with database_kept_from_writing(store):
            made = store.service.desk.exchanges.exchange(
                OrderId("o1"), piece_of(*SHIRT), piece_of(*other), INES
            )
        sell_elsewhere(store, other)
        store.tick(2)
        store.tick(3)
        assert foreign(store) == [f"o1|{made.line.piece}"]


def sold_while_the_database_is_away(store: Store) -> None:
    """The coat waits for its card in order o1 when the database learns of its sale in o9; then o1 is paid."""
    priced = store.service.price_order(ROOM, order("o1", COAT))
    attempt = Attempt("KEYo1", priced.order_id, PaymentMeans.TERMINAL, priced.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    sell_elsewhere(store, COAT)
    with database_kept_from_writing(store):
        store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF"))
        assert foreign(store) == [], "the database is away: nothing is known yet"


def test_another_sale_raises_no_alarm(settings: StoreSettings) -> None:
    with sample_store(settings) as store:
        sell_elsewhere(store, COAT)
        pay(store, "o2", SCARF)
        store.tick(1)
        assert foreign(store) == []
