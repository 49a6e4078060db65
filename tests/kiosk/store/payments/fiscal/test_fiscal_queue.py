"""Sales are registered once each, whatever fails: the ledger says what is due, and nothing is lost or counted twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalRegister,
    RegisterLostError,
    RegisterProbe,
)
from kiosk.connectors.fiscal.sim_book import Fault
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.fiscal.entry import FiscalState
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature
from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import Exchange
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.payments.fiscal.fiscal_queue import REFUSED_RETRY_US
from kiosk.store.payments.ledger import SqliteLedger
from tests.kiosk.store.payments.fiscal.books import PRICE, Books
from tests.kiosk.store.sample_shop import ManualClock, gtin_of, piece_of

MENDED = [fault for fault in Fault if fault is not Fault.TAKEN]
"""Faults after which the register signs the sale when it is asked again."""


def test_sales_and_refunds_are_registered_in_their_sequence(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    books.sell(1)
    books.sell(2)
    books.pay_back(1)
    assert server.register.book == {}
    assert books.queue.sweep()
    assert [(e["key"], e["kind"], e["total"]) for e in server.register.entries()] == [
        ("s-o1", "sale", 12_900), ("s-o2", "sale", 12_900), ("r-R1", "refund", 12_900),
    ]  # fmt: skip
    entry = books.book.entry("s-o1")
    assert entry is not None
    assert entry.signature is not None
    assert entry.signature.number == "1"
    assert books.book.open_entries() == ()
    assert books.queue.sweep()
    assert server.register.asked == 3


def test_a_piece_that_was_changed_for_another_size_is_paid_back_as_what_it_is_now(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    piece = books.sell(1)
    order = books.orders.order(OrderId("o1"))
    assert order is not None
    new = replace(
        order.lines[0], piece=piece_of("S1", "WHI", "L", 9), article=gtin_of("S1", "WHI", "L"), size="L"
    )
    books.orders.put_exchange(Exchange(order.order_id, 1, piece, new, "a", 50))
    refund = Refund("R1", order.order_id, new.piece, new.article, PRICE, "a", changed_us=99)
    books.refunds.put(refund)
    books.refunds.put(replace(refund, state=RefundState.DONE))
    books.refunds.put(replace(refund, state=RefundState.DONE), confirmed=True)
    assert books.queue.sweep()
    sale, back = server.register.book.values()
    assert (sale["sale"]["lines"][0]["article"], back["sale"]["lines"][0]["article"]) == (
        gtin_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "L"),
    )  # fmt: skip
    assert books.book.open_entries() == ()


@pytest.mark.parametrize("fault", MENDED, ids=lambda fault: fault.value)
def test_each_fault_ends_with_one_registration(
    fault: Fault, start: Callable[..., Books], server: RegisterServer, clock: ManualClock
) -> None:
    # only the answer that comes too late is waited for
    books = start(0.3 if fault is Fault.SLOW else 10.0)
    books.sell(1)
    server.register.faults.append(fault)
    books.queue.sweep()
    books.sell(2)
    books = start()
    clock.now_us += REFUSED_RETRY_US
    assert books.queue.sweep()
    assert sorted(e["key"] for e in server.register.entries()) == ["s-o1", "s-o2"]
    assert books.book.open_entries() == ()


def test_a_register_that_is_down_is_asked_once_for_all_and_the_sales_wait(
    start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    for number in range(1, 6):
        books.sell(number)
    server.register.faults.extend([Fault.DOWN])
    assert not books.queue.sweep()
    assert server.register.asked == 1
    health = books.queue.health()
    assert (health.waiting, health.since_us, health.stuck, bool(health.why)) == (5, 1, 0, True)
    assert books.queue.sweep()
    assert (books.queue.health().waiting, books.queue.health().why) == (0, "")


def test_a_refused_sale_holds_nothing_up_and_is_tried_again_later(
    start: Callable[[], Books], server: RegisterServer, clock: ManualClock
) -> None:
    books = start()
    books.sell(1)
    books.sell(2)
    server.register.faults.append(Fault.REFUSED)
    assert books.queue.sweep()
    assert [e["key"] for e in server.register.entries()] == ["s-o2"]
    (waiting,) = books.book.open_entries()
    assert (waiting.state, waiting.why) == (FiscalState.REFUSED, "no such tax rate")
    assert books.queue.sweep()
    assert server.register.asked == 2, "not tried before its time"
    clock.now_us += REFUSED_RETRY_US
    assert books.queue.sweep()
    assert books.book.open_entries() == ()


def test_a_sale_that_may_be_at_another_register_is_not_registered_twice(
    tmp_path: Path, start: Callable[[], Books], server: RegisterServer, clock: ManualClock
) -> None:
    books = start()
    books.sell(1)
    server.register.faults.append(Fault.LOST)
    assert not books.queue.sweep()
    books.close()
    with RegisterServer() as other:
        moved = Books(tmp_path / "ledger.db", open_register(other.url, name="two"), clock)
        moved.sell(2)
        assert moved.queue.sweep()
        assert [e["key"] for e in other.register.entries()] == ["s-o2"]
        assert moved.queue.health().stuck == 1
        moved.close()
        moved = Books(tmp_path / "ledger.db", open_register(other.url, name="two"), clock, replaced=("one",))
        assert moved.queue.sweep()
        assert [e["key"] for e in other.register.entries()] == ["s-o2", "s-o1"]
        moved.close()


def test_receipts_from_before_the_register_are_the_shops_own(
    tmp_path: Path, start: Callable[[], Books], server: RegisterServer
) -> None:
    books = start()
    books.orders.on_receipt = lambda _: None
    books.sell(1)
    books = start()
    books.pay_back(1)
    assert books.queue.sweep()
    assert (server.register.book, books.book.entry("s-o1")) == ({}, None)


def run(books: Books, server: RegisterServer, start: Callable[[], Books], seed: int) -> list[str]:
    """Sells twelve pieces through random faults and restarts; what is wrong afterwards."""
    chance = random.Random(seed)
    faults = [fault for fault in MENDED if fault not in (Fault.SLOW, Fault.ENDLESS)]
    for number in range(1, 13):
        books.sell(number)
        server.register.faults.extend(chance.choices(faults, k=chance.randrange(3)))
        books.queue.sweep(refused_too=chance.random() < 0.5)
        if chance.random() < 0.3:
            books = start()
    server.register.faults.clear()
    books.queue.sweep(refused_too=True)
    keys = [e["key"] for e in server.register.entries()]
    wrong = [] if sorted(keys) == sorted(f"s-o{n}" for n in range(1, 13)) else ["lost or doubled"]
    return wrong + [entry.key for entry in books.book.open_entries()]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(1, 40))])
def test_random_faults_and_restarts_lose_and_double_nothing(
    seed: int, start: Callable[[], Books], server: RegisterServer
) -> None:
    assert run(start(), server, start, seed) == []


class NewKeyEachTime:
    """Planted fault: a driver that asks again under a new key."""

    identity = "one"

    def __init__(self, inner: FiscalRegister) -> None:
        self._inner, self._tries = inner, 0

    def register(self, sale: FiscalSale) -> Signature:
        self._tries += 1
        return self._inner.register(replace(sale, key=f"{sale.key}-{self._tries}"))

    def probe(self) -> RegisterProbe:
        raise RegisterLostError("not here")

    def close(self) -> None:
        self._inner.close()


def test_a_driver_that_asks_again_under_a_new_key_is_caught(
    tmp_path: Path, server: RegisterServer, clock: ManualClock
) -> None:
    register = NewKeyEachTime(open_register(server.url))

    def start() -> Books:
        return books

    books = Books(tmp_path / "ledger.db", register, clock)
    assert run(books, server, start, 1) != []
    books.close()


def test_an_unexpected_error_of_a_driver_is_a_lost_answer(tmp_path: Path, clock: ManualClock) -> None:
    class Broken(NewKeyEachTime):
        def register(self, sale: FiscalSale) -> Signature:
            raise KeyError(sale.key)

    books = Books(tmp_path / "ledger.db", Broken(open_register("http://127.0.0.1:1")), clock)
    books.sell(1)
    assert not books.queue.sweep()
    assert [entry.state for entry in books.book.open_entries()] == [FiscalState.SENT]
    assert isinstance(books.ledger, SqliteLedger)
    books.close()
