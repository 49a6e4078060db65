"""A kill before or after any write of the ledger: what has a receipt is registered once, after the restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.connectors.fiscal.drivers import open_register
from kiosk.connectors.fiscal.sim_register import RegisterServer
from kiosk.core.domain.ids import OrderId, PieceId
from kiosk.core.domain.payment import Receipt
from kiosk.core.domain.refund import RefundState
from tests.kiosk.store.payments.fiscal.books import Books
from tests.kiosk.store.sample_shop import ManualClock

MAX_WRITES = 40


class Killed(BaseException):
    """The process ends here."""


class KilledBooks(Books):
    """Books whose process is killed at the write of that number, before it or after it."""

    def kill_at(self, number: int, *, after: bool) -> None:
        append, count = self.ledger.append, 0

        def counted(*args: object, **kwargs: object) -> int:
            nonlocal count
            count += 1
            if count == number and not after:
                raise Killed
            seq = append(*args, **kwargs)  # type: ignore[arg-type]
            if count == number:
                raise Killed
            return seq

        self.ledger.append = counted  # type: ignore[method-assign]


def day(books: Books) -> None:
    """Two sales, one of them paid back."""
    books.sell(1)
    books.queue.sweep()
    books.sell(2)
    books.pay_back(1)
    books.queue.sweep()


def wrong_after_kill(
    file: Path, server: RegisterServer, number: int, *, after: bool, kind: type[KilledBooks] = KilledBooks
) -> tuple[bool, list[str]]:
    """Whether the kill happened, and what is wrong after the restart."""
    clock, killed = ManualClock(), False
    books = kind(file, open_register(server.url, name="one"), clock)
    books.kill_at(number, after=after)
    try:
        day(books)
    except Killed:
        killed = True
    books.close()
    restarted = Books(file, open_register(server.url, name="one"), clock)
    restarted.queue.sweep(refused_too=True)
    due = [f"s-{order}" for order in ("o1", "o2") if restarted.orders.receipt(OrderId(order)) is not None]
    due += [f"r-{r.key}" for r in restarted.refunds.of_order(OrderId("o1")) if r.state is RefundState.DONE]
    registered = [entry["key"] for entry in server.register.entries()]
    restarted.close()
    return killed, [f"{number}: {due} but {registered}"] if sorted(due) != sorted(registered) else []


@pytest.mark.parametrize("after", [False, pytest.param(True, marks=pytest.mark.full)])
def test_a_kill_at_any_write_loses_and_doubles_nothing(tmp_path: Path, after: bool) -> None:
    kills, wrong = 0, []
    for number in range(1, MAX_WRITES):
        with RegisterServer() as server:
            killed, found = wrong_after_kill(tmp_path / f"{number}.db", server, number, after=after)
        kills += killed
        wrong += found
        if not killed:
            break
    assert wrong == []
    assert kills > 15


class LateBooks(KilledBooks):
    """Planted fault: a sale is due in a transaction of its own, after that of its receipt."""

    def sell(self, number: int) -> PieceId:
        late: list[Receipt] = []
        due, self.orders.on_receipt = self.orders.on_receipt, late.append
        piece = super().sell(number)
        self.orders.on_receipt = due
        for receipt in late:
            due(receipt)
        return piece


def test_a_sale_that_is_due_only_after_its_receipt_is_caught(tmp_path: Path) -> None:
    wrong = []
    for number in range(1, 12):
        with RegisterServer() as server:
            wrong += wrong_after_kill(tmp_path / f"{number}.db", server, number, after=False, kind=LateBooks)[
                1
            ]
    assert wrong
