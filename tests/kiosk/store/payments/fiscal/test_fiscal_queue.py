"""Sales are registered once each, whatever fails: the ledger says what is due, and nothing is lost or counted twice."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalRegister,
    RegisterDeniedError,
    RegisterLostError,
    RegisterProbe,
    RegisterRefusedError,
)
from kiosk.connectors.fiscal.sim_book import Fault, Register
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.fiscal.entry import FiscalState
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature
from kiosk.core.domain.ids import OrderId, PieceId, RoomId, Ticket, article_of
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Attempt, Exchange, Order, OrderLine, PaymentMeans, PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.core.domain.tax import TaxLine
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.payments.fiscal.fiscal_book import FiscalBook
from kiosk.store.payments.fiscal.fiscal_queue import REFUSED_RETRY_US, FiscalQueue
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.kiosk.store.payments.ledgers import file_ledger
from tests.kiosk.store.sample_shop import ManualClock, gtin_of, piece_of

NAME = LocalizedText((("en", "Shirt"),))
PRICE, TAX = Money(12_900, "EUR"), Money(2_150, "EUR")


MENDED = [fault for fault in Fault if fault is not Fault.TAKEN]
"""Faults after which the register signs the sale when it is asked again."""


class Books:
    """Order book, refund book and queue on one ledger file, as after a start of the store."""

    def __init__(
        self, file: Path, register: FiscalRegister, clock: ManualClock, replaced: tuple[str, ...] = ()
    ) -> None:
        self.ledger = file_ledger(file)
        self.orders, self.refunds = OrderBook(self.ledger), RefundBook(self.ledger)
        self.book = FiscalBook(self.orders, self.refunds, "en")
        self.queue = FiscalQueue(self.book, register, clock, replaced=replaced)

    def sell(self, number: int) -> PieceId:
        piece = piece_of("S1", "WHI", "M", number)
        line = OrderLine(piece, article_of(piece), NAME, NAME, "M", PRICE, "", 200_000, TAX, PRICE)
        order_id = OrderId(f"o{number}")
        taxes = (TaxLine(200_000, Money(10_750, "EUR"), TAX),)
        order = Order(order_id, RoomId("1"), Ticket("t"), (line,), PRICE, TAX, 200, taxes)
        self.orders.put_order(order, number)
        attempt = Attempt(f"K{number}", order_id, PaymentMeans.TERMINAL, PRICE, changed_us=number)
        self.orders.put_key(attempt, 1)
        self.orders.put_paid(replace(attempt, state=PaymentState.PAID), order, "http://shop")
        return piece

    def pay_back(self, number: int) -> None:
        piece = piece_of("S1", "WHI", "M", number)
        refund = Refund(
            f"R{number}", OrderId(f"o{number}"), piece, article_of(piece), PRICE, "a", changed_us=99
        )
        self.refunds.put(refund)
        self.refunds.put(replace(refund, state=RefundState.DONE))

    def close(self) -> None:
        self.queue.close()
        self.ledger.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server() -> Iterator[RegisterServer]:
    with RegisterServer(register=Register(slow_s=0.4)) as running:
        yield running


@pytest.fixture
def start(tmp_path: Path, server: RegisterServer, clock: ManualClock) -> Iterator[Callable[[], Books]]:
    """Opens the books; called again, it is a restart."""
    opened: list[Books] = []

    def open_books() -> Books:
        for earlier in opened:
            earlier.close()
        opened[:] = [
            Books(tmp_path / "ledger.db", open_register(server.url, name="one", timeout_s=0.3), clock)
        ]
        return opened[0]

    yield open_books
    for books in opened:
        books.close()


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
    entry = books.book.of_sale(OrderId("o1"))
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
    fault: Fault, start: Callable[[], Books], server: RegisterServer, clock: ManualClock
) -> None:
    books = start()
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


def test_a_key_that_another_sale_has_holds_nothing_up_and_is_asked_slowly(
    start: Callable[[], Books], server: RegisterServer, clock: ManualClock
) -> None:
    books = start()
    books.sell(1)
    books.sell(2)
    server.register.faults.append(Fault.TAKEN)
    assert books.queue.sweep()
    (waiting,) = books.book.open_entries()
    assert (waiting.key, waiting.state) == ("s-o1", FiscalState.SENT)
    assert [e["key"] for e in server.register.entries()] == ["s-o1", "s-o2"]
    assert books.queue.health().why == "the answer is about another sale"
    asked = server.register.asked
    for _ in range(5):
        assert books.queue.sweep()
    assert server.register.asked == asked, "not asked before its time"
    clock.now_us += REFUSED_RETRY_US
    assert books.queue.sweep()
    assert server.register.asked == asked + 1


@pytest.mark.parametrize("fault", [Fault.DENIED, Fault.NOT_HERE, Fault.REDIRECTED], ids=lambda f: f.value)
def test_a_wrong_token_or_address_is_an_alarm_and_is_asked_slowly(
    fault: Fault, start: Callable[[], Books], server: RegisterServer, clock: ManualClock
) -> None:
    books = start()
    for number in range(1, 4):
        books.sell(number)
    server.register.faults.append(fault)
    for _ in range(5):
        assert not books.queue.sweep()
    assert server.register.asked == 1
    health = books.queue.health()
    assert (health.waiting, health.denied) == (3, True)
    assert [e.state for e in books.book.open_entries()] == [FiscalState.DUE] * 3
    clock.now_us += REFUSED_RETRY_US
    assert books.queue.sweep()
    assert (books.queue.health().denied, len(server.register.book)) == (False, 3)


def after_a_lost_answer_and_a_wrong_token(tmp_path: Path, clock: ManualClock, kind: type[Books]) -> int:
    """How often a sale is registered whose answer was lost, and whose register was exchanged after the token."""
    with RegisterServer() as first, RegisterServer() as second:
        books = kind(tmp_path / "ledger.db", open_register(first.url, name="one"), clock)
        books.sell(1)
        first.register.faults.extend([Fault.LOST, Fault.DENIED])
        books.queue.sweep()
        books.queue.sweep()
        books.close()
        moved = kind(tmp_path / "ledger.db", open_register(second.url, name="two"), clock)
        moved.queue.sweep(refused_too=True)
        moved.close()
        return len(first.register.book) + len(second.register.book)


def test_a_wrong_token_after_a_lost_answer_does_not_give_the_sale_to_another_register(
    tmp_path: Path, clock: ManualClock
) -> None:
    assert after_a_lost_answer_and_a_wrong_token(tmp_path, clock, Books) == 1


class TokenIsRefusal(Books):
    """Planted fault: takes a wrong token for a refusal of the sale."""

    def __init__(self, file: Path, register: FiscalRegister, clock: ManualClock) -> None:
        super().__init__(file, _DeniedIsRefused(register), clock)


class _DeniedIsRefused:
    def __init__(self, inner: FiscalRegister) -> None:
        self._inner, self.identity = inner, inner.identity

    def register(self, sale: FiscalSale) -> Signature:
        try:
            return self._inner.register(sale)
        except RegisterDeniedError as error:
            raise RegisterRefusedError(str(error)) from None

    def probe(self) -> RegisterProbe:
        return self._inner.probe()

    def close(self) -> None:
        self._inner.close()


def test_planted_a_queue_that_takes_the_token_for_a_refusal_is_caught(
    tmp_path: Path, clock: ManualClock
) -> None:
    assert after_a_lost_answer_and_a_wrong_token(tmp_path, clock, TokenIsRefusal) == 2


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
    assert (server.register.book, books.book.of_sale(OrderId("o1"))) == ({}, None)


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
    register = NewKeyEachTime(open_register(server.url, timeout_s=0.3))

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
