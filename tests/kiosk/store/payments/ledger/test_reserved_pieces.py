"""Pieces stay reserved while any attempt of their order may still pay for them, and are free when none can."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.payment import PaymentState
from kiosk.store.errors import PieceTakenError
from kiosk.store.payments.ledger import PostgresLedger
from kiosk.store.payments.ledger.derived import Derived
from kiosk.store.payments.ledger.rebuild import scratch_tables
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import attempt, begin
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY, memory_ledger
from tests.kiosk.store.sample_shop import gtin_of

PIECE = PieceId(f"{gtin_of('S1', 'WHI', 'M')}.1")
HOLDING = frozenset(
    {PaymentState.KEYED, PaymentState.SENT, PaymentState.UNSURE, PaymentState.PARKED, PaymentState.PAID}
)
STATES = [
    state for state in PaymentState if state is not PaymentState.KEYED and state is not PaymentState.PAID
]
STEPS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(STATES), st.booleans()), max_size=10)


def is_held(ledger: SqlLedger) -> bool:
    return bool(ledger.taken([PIECE]))


def end(ledger: SqlLedger, number: int, state: PaymentState, *, word: bool = False) -> None:
    OrderBook(ledger).put_attempt(replace(attempt("a", number), state=state, sent_us=1, provisional=word))


@given(STEPS)
def test_a_piece_is_held_exactly_while_an_attempt_may_pay_for_it(
    steps: list[tuple[int, PaymentState, bool]],
) -> None:
    ledger = memory_ledger()
    begin(ledger, "a", PIECE)
    states = {1: PaymentState.KEYED}
    for number, state, word in steps:
        if number not in states and not set(states) >= set(range(1, number)):
            continue
        if number not in states:
            OrderBook(ledger).put_key(attempt("a", number), number)
            states[number] = PaymentState.KEYED
        if states[number] not in HOLDING and state in HOLDING:
            continue  # what has ended does not open again
        was_open = bool(HOLDING & set(states.values()))
        end(ledger, number, state, word=word)
        states[number] = state
        if was_open:
            assert is_held(ledger) is bool(HOLDING & set(states.values()))
    with closing(scratch_tables(ledger.entries(1, ledger.head.seq))) as scratch:
        assert ledger.different_rows(scratch) == 0
    held = is_held(ledger)
    ledger.rebuild()
    assert is_held(ledger) is held, "entries that came later do not count while the tables are made again"
    ledger.close()


def older_attempt_ends_late(ledger: SqlLedger) -> None:
    begin(ledger, "a", PIECE)
    end(ledger, 1, PaymentState.ABANDONED, word=True)
    OrderBook(ledger).put_key(attempt("a", 2), 2)
    end(ledger, 1, PaymentState.UNWANTED)


def test_the_late_end_of_an_older_attempt_frees_nothing(postgres_server: str) -> None:
    for ledger in (memory_ledger(), PostgresLedger(postgres.fresh_database(postgres_server), KEY)):
        older_attempt_ends_late(ledger)
        with pytest.raises(PieceTakenError):
            begin(ledger, "b", PIECE)
        end(ledger, 2, PaymentState.DECLINED)
        begin(ledger, "c", PIECE)
        ledger.close()


class ReleasesForTheOrder(Derived):
    """Planted fault: any attempt that ends frees the pieces of its order."""

    def release(self, seq: int, order_id: str, attempt: str) -> None:
        super().release(seq, order_id, attempt)
        self._change_held(self._sql.release, seq, order_id)


def test_planted_fault_a_release_for_the_whole_order_is_caught() -> None:
    ledger = memory_ledger()
    ledger._derived = ReleasesForTheOrder(ledger._execute, ledger._sql)
    older_attempt_ends_late(ledger)
    assert not is_held(ledger), "the tests above demand that it is held"
    ledger.close()
