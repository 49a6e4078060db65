"""The pieces that an order holds are found without an index of all pieces by their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from kiosk.core.domain.payment import PaymentState
from kiosk.store.payments.ledger.derived import CARRIED, Derived
from kiosk.store.payments.ledger.schema import OfOrder
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import attempt
from tests.kiosk.store.payments.ledger.test_derived_tables import PIECES, STEPS, Step, play
from tests.kiosk.store.payments.ledgers import memory_ledger


class Walking(Derived):
    """What is meant: the rows of the order, found in a walk through the whole table."""

    def free(self, order_id: str, piece: str) -> None:
        self._execute(
            "DELETE FROM piece WHERE order_id = ? AND (ordered_as = ? OR piece = ?)", (order_id, piece, piece)
        )

    def _change_held(self, change: OfOrder, seq: int, order_id: str) -> None:  # noqa: ARG002 of the base class
        self._execute(change.all, (order_id,))


class ForgetsRenamed(Derived):
    """A planted fault: a piece that was identified after it was ordered stays with its order."""

    def _change_held(self, change: OfOrder, seq: int, order_id: str) -> None:
        for piece in self.order_pieces(order_id, seq):
            self._execute(change.piece, (piece, order_id))


def held(kind: type[Derived], steps: Sequence[Step]) -> list[tuple[Any, ...]]:
    """The rows of the pieces after a history."""
    ledger = memory_ledger()
    ledger._derived = kind(ledger._execute, ledger._sql)
    play(ledger, list(steps))
    rows = ledger.pieces_after("", 100)
    ledger.close()
    return rows


@given(STEPS)
@settings(max_examples=60)
def test_after_any_history_the_same_pieces_are_held_as_after_walks_through_all(steps: list[Step]) -> None:
    assert held(Derived, steps) == held(Walking, steps)


def test_planted_fault_a_piece_that_was_identified_and_stays_is_caught() -> None:
    steps: list[Step] = [("begin", "a", 2, 2), ("identify", "a", 0, 0), ("declined", "a", 0, 0)]
    assert held(Derived, steps) == held(Walking, steps) == []
    assert held(ForgetsRenamed, steps) != []


def test_the_pieces_of_an_order_of_the_ledger_before_are_freed() -> None:
    ledger = memory_ledger()
    rows = [
        [PIECES[0], PIECES[0], "old", 1],
        [PIECES[1], PIECES[2], "old", 1],
        [PIECES[3], PIECES[3], "b", 1],
    ]
    ledger.append(CARRIED, "", {"pieces": rows}, 1)
    ledger.append("taken-back", "old", {"attempt": "K"}, 2, key="000001")
    assert [row[0] for row in ledger.pieces_after("", 9)] == [PIECES[3]]
    ledger.close()


class ForgetsRefunds(Derived):
    """A planted fault: an order of which a refund was written counts as one without."""

    def _returned(self, order_id: str, last: int) -> set[str]:
        self._unrefunded.add(order_id)
        return super()._returned(order_id, last)


@pytest.mark.parametrize(("kind", "free"), [(Derived, True), (ForgetsRefunds, False)])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_piece_that_was_paid_back_stays_free(kind: type[Derived], *, free: bool, restarted: bool) -> None:
    ledger = memory_ledger()
    ledger._derived = kind(ledger._execute, ledger._sql)
    play(ledger, [("begin", "a", 0, 0), ("paid", "a", 0, 0), ("refund", "a", 0, 0)])
    if restarted:
        ledger._derived.forget()
    OrderBook(ledger).put_attempt(replace(attempt("a"), state=PaymentState.PAID))
    assert (ledger.pieces_after("", 9) == []) is free
    ledger.close()
