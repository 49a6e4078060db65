"""No statement of a payment reads a whole table or index of the ledger, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kiosk.core.domain.ids import OrderId
from kiosk.core.domain.payment import PaymentState
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.payments.ledger import PostgresLedger, SqliteLedger
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.order_book import OrderBook
from kiosk.store.payments.refund_book import RefundBook
from tests.contracts.ledger_orders import PRICE, begin, order
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import gtin_of, piece_of

SHIRT = piece_of("S1", "WHI", "M")
WALK = re.compile(r"SCAN (?!CONSTANT ROW)|Seq Scan|Scan using[^\n]*\n(?! *Index Cond)|TEMP B-TREE FOR GROUP")
ENDS = re.compile(r"SCAN (journal|o)\b|SCAN open_key|Scan (Backward )?using ledger_1_(journal|open_key)_pkey")
"""The last entry, and the open keys of which there are few, are read along the primary key."""
Statement = tuple[str, Sequence[object]]


class Listening:
    """Notes the statements of a ledger."""

    def __init__(self, ledger: SqlLedger) -> None:
        self.ledger, self.found = ledger, list[Statement]()
        execute = ledger._execute

        def noting(statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
            self.found.append((statement, values))
            return execute(statement, values)

        ledger._derived._execute = noting
        ledger._queries[0]._execute = noting
        self.execute = execute

    def walks(self) -> list[str]:
        """The plans in which a table is read from its begin to its end."""
        explain = "EXPLAIN QUERY PLAN " if isinstance(self.ledger, SqliteLedger) else "EXPLAIN "
        if isinstance(self.ledger, PostgresLedger):
            # the tables are small: without this the planner would walk them with reason
            self.execute("SET enable_seqscan = off", ())
        plans = (
            "".join(f"{row[-1]}\n" for row in self.execute(explain + text, values))
            for text, values in self.found
        )
        return [plan for plan in plans if WALK.search(plan)]


@pytest.fixture(params=["sqlite", "postgresql"])
def listening(request: pytest.FixtureRequest) -> Iterator[Listening]:
    ledger: SqlLedger
    if request.param == "sqlite":
        ledger = SqliteLedger(None, KEY)
    else:
        ledger = PostgresLedger(postgres.fresh_database(request.getfixturevalue("postgres_server")), KEY)
    yield Listening(ledger)
    ledger.close()


def test_a_payment_and_a_refund_use_an_index_for_everything(listening: Listening) -> None:
    ledger = listening.ledger
    book, refunds = OrderBook(ledger), RefundBook(ledger)
    begun = begin(ledger, "o1", SHIRT)
    book.attempts(begun.order_id)
    book.numbered(begun.order_id, 1)
    book.taken([SHIRT])
    book.put_paid(replace(begun, state=PaymentState.PAID), order("o1", SHIRT), "http://shop")
    book.put_settled(begun.order_id, 1)
    book.receipt(begun.order_id)
    book.spent_by("hash")
    refunds.put(Refund("R1", OrderId("o1"), SHIRT, gtin_of("S1", "WHI", "M"), PRICE, "a", RefundState.DONE))
    refunds.of_order(begun.order_id)
    assert listening.walks() == []
    assert len({text for text, _ in listening.found}) >= 10, "the statements were noted"


def test_what_is_open_is_found_without_reading_the_entries(listening: Listening) -> None:
    begin(listening.ledger, "o1", SHIRT)
    book = OrderBook(listening.ledger)
    listening.found.clear()
    book.open_attempts()
    book.unsettled()
    assert len(listening.found) == 0, "asked of the ledger itself"
    sql = listening.ledger._sql
    listening.found += [(sql.open_entries, ("attempt",)), (sql.open_keys, ("unsettled",)), (sql.end, ())]
    assert [plan for plan in listening.walks() if not ENDS.search(plan)] == []


def test_a_walk_is_found(listening: Listening) -> None:
    prefix = listening.ledger._sql.clear[0].removeprefix("DELETE FROM ").removesuffix("piece")
    listening.found.append((f"SELECT count(*) FROM {prefix}journal WHERE at_us > ?", (0,)))
    assert listening.walks()
