"""A wrong token or address, and a key that another sale has: kept, reported, asked slowly, nothing counted twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.port import (
    FiscalRegister,
    RegisterDeniedError,
    RegisterProbe,
    RegisterRefusedError,
)
from kiosk.connectors.fiscal.sim_book import Fault
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.fiscal.entry import FiscalState
from kiosk.core.domain.fiscal.sale import FiscalSale, Signature
from kiosk.store.payments.fiscal.fiscal_queue import REFUSED_RETRY_US
from tests.kiosk.store.payments.fiscal.books import Books
from tests.kiosk.store.sample_shop import ManualClock


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
