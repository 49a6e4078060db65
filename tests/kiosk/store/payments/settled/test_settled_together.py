"""Orders that are paid while several rooms pay are settled together, before anybody is told that they are paid."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.ids import OrderId, PieceId, RoomId
from kiosk.core.domain.payment import Attempt, PaymentMeans
from kiosk.core.domain.payment_transitions import attempt_after
from kiosk.core.domain.terminal_events import Approved
from kiosk.core.visit.effects import PriceOrder
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, room_topic
from kiosk.store.lifecycle import Store
from kiosk.store.payments.context import PaymentContext
from kiosk.store.payments.refund_book import RefundBook
from kiosk.store.payments.sales_events import SalesEvents
from kiosk.store.payments.settlement import MAX_AT_ONCE, Settlement
from kiosk.store.payments.sold_pieces import SoldPieces
from tests.kiosk.store.payments.payment_steps import TICKET
from tests.kiosk.store.payments.test_settlement import without_sold_table
from tests.kiosk.store.sample_shop import gtin_of, piece_of

ORDERS = 2 * MAX_AT_ONCE + 1
SHIRT = gtin_of("S1", "WHI", "M")


class ToldAtOnce(Settlement):
    """A planted fault: an order that is settled later is published at once."""

    def publish(self, attempt: Attempt) -> None:
        late, self._put_off = self._put_off, {}
        super().publish(attempt)
        self._put_off = late


class Unwritten(Settlement):
    """A planted fault: what was put off is forgotten."""

    def catch_up(self) -> None:
        self._put_off.clear()


class Mirror:
    """Notes, for each paid order that the room's stream names, whether its piece is marked as sold by then."""

    def __init__(self, store: Store) -> None:
        self._catalogue = store.resources.catalogue
        self.found: list[tuple[str, bool]] = []
        self._stream = store.hub.open(room_topic("1"), self._look)
        self._stream.take()

    def _look(self) -> None:
        for message in self._stream.take():
            name, _, data = message.decode().split("\n")[:3]
            body = json.loads(data.removeprefix("data: "))
            if name == "event: PaymentMoved" and body["state"] == "paid":
                self.found.append((body["order_id"], self._is_sold(int(body["order_id"][1:]))))

    def _is_sold(self, number: int) -> bool:
        try:
            return bool(self._catalogue.sold([piece_of_order(number)]))
        except SQLAlchemyError:
            return False


def piece_of_order(number: int) -> PieceId:
    return piece_of("S1", "WHI", "M", 500 + number)


def busy_settlement(store: Store, kind: type[Settlement] = Settlement) -> Settlement:
    """The settlement of a store in which several rooms pay all the time."""
    payments, service = store.payments, store.service
    context = PaymentContext(
        book=payments.book, refund_book=RefundBook(store.resources.ledger), terminals=payments.terminals, hub=store.hub,
        writer=payments.lock, now_us=store.clock, timeouts=store.settings.timeouts, is_busy=lambda: True,
    )  # fmt: skip
    sales = SalesEvents(store.resources.catalogue, service.floor, service.item_events, store.clock)
    return kind(context, store.resources.catalogue, sales, lambda: "http://shop", payments.links)


def paid_order(store: Store, settlement: Settlement, number: int) -> OrderId:
    """Writes and publishes a paid order of one shirt."""
    wish = PriceOrder(TICKET, OrderId(f"o{number}"), ((piece_of_order(number), SHIRT),), None)
    order = store.service.price_order(RoomId("1"), wish)
    attempt = Attempt(f"KEY{number:07d}", order.order_id, PaymentMeans.TERMINAL, order.total, changed_us=1)
    store.payments.book.put_key(attempt, 1)
    done = attempt_after(attempt, Approved(2, f"SIM{number}"))
    settlement.write_paid(done)
    settlement.publish(done)
    return order.order_id


def settled_entries(store: Store) -> list[str]:
    ledger = store.resources.ledger
    return [entry.order_id for entry in ledger.entries(1, ledger.head.seq) if entry.kind == "settled"]


def test_orders_are_settled_together_and_then_published(store: Store) -> None:
    settlement, mirror = busy_settlement(store), Mirror(store)
    orders = [paid_order(store, settlement, n) for n in range(ORDERS)]
    pieces = [piece_of_order(n) for n in range(ORDERS)]
    assert mirror.found == []
    assert store.resources.catalogue.sold(pieces) == frozenset()
    settlement.catch_up()
    assert mirror.found == [(order, True) for order in orders]
    assert store.resources.catalogue.sold(pieces) == frozenset(pieces)
    assert settled_entries(store) == orders
    assert store.payments.book.unsettled() == ()
    settlement.catch_up()
    settlement.settle_pending()
    assert settled_entries(store) == orders


@pytest.mark.parametrize(("fault", "found"), [(ToldAtOnce, [("o1", False)]), (Unwritten, [])])
def test_a_settlement_with_a_fault_is_noticed(
    store: Store, fault: type[Settlement], found: list[tuple[str, bool]]
) -> None:
    settlement, mirror = busy_settlement(store, fault), Mirror(store)
    paid_order(store, settlement, 1)
    settlement.catch_up()
    assert mirror.found == found


def test_while_the_database_refuses_it_everybody_is_told_all_the_same(store: Store) -> None:
    settlement, mirror = busy_settlement(store), Mirror(store)
    orders = [paid_order(store, settlement, n) for n in range(2)]
    with without_sold_table(store):
        settlement.catch_up()
        assert [order for order, _ in mirror.found] == orders
    assert settled_entries(store) == []
    settlement.settle_pending()
    assert settled_entries(store) == orders
    assert len(mirror.found) == 2


def test_a_restart_settles_what_was_put_off(store: Store) -> None:
    settlement = busy_settlement(store)
    orders = [paid_order(store, settlement, n) for n in range(2)]
    busy_settlement(store).resume()
    assert settled_entries(store) == orders


def test_a_later_state_of_an_order_does_not_overtake_that_it_is_paid(store: Store) -> None:
    settlement = busy_settlement(store)
    stream = store.hub.open(FLOOR_TOPIC, lambda: None)
    stream.take()
    order = paid_order(store, settlement, 1)
    last = store.payments.book.attempts(order)[-1]
    settlement.publish(replace(last, why="later"))
    settlement.catch_up()
    told = [message for message in stream.take() if message.startswith(b"event: MoneyMoved")]
    assert len(told) == 2


def test_a_refund_right_after_the_payment_finds_the_piece(store: Store) -> None:
    settlement = busy_settlement(store)
    order_id = paid_order(store, settlement, 1)
    sold = SoldPieces(
        store.resources.database,
        store.resources.catalogue,
        store.payments.book,
        RefundBook(store.resources.ledger),
    )
    with pytest.raises(NotFoundError):
        sold.piece(order_id, piece_of_order(1))
    sold.marked_first = settlement.settle_put_off
    assert sold.piece(order_id, piece_of_order(1)).order_id == order_id
