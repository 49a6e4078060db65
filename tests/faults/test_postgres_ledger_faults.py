"""Faults of the ledger in PostgreSQL: a killed process, an outage, changed rows, a database that went back in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import LedgerBusyError, LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger import Condition, PostgresLedger
from tests.contracts.ledger_orders import begin
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import piece_of

ROOT = Path(__file__).resolve().parents[2]
SHIRT = piece_of("S1", "WHI", "M")
WRITER = """
import sys
from kiosk.store.payments.ledger import PostgresLedger
from tests.kiosk.store.payments.ledgers import KEY
ledger, early, n = PostgresLedger(sys.argv[1], KEY), sys.argv[2] == "early", 0
while True:
    n += 1
    if early:
        print(n, flush=True)
        ledger.transaction().__enter__()
    ledger.append("attempt", f"o{n}", {"n": n}, n, key=f"k{n}", state="keyed")
    if not early:
        print(n, flush=True)
"""


@pytest.fixture
def database(postgres_server: str) -> str:
    return postgres.fresh_database(postgres_server)


def lost_by_a_kill(url: str, manner: str, after: int) -> int:
    """Kills a writer after so many acknowledged entries; how many of them are missing."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, manner], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert writer.stdout is not None
    said = 0
    for line in writer.stdout:
        said = int(line)
        if said == after:
            os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    ledger = PostgresLedger(url, KEY)
    ledger.verify()
    missing = sum(ledger.last("attempt", key=f"k{n}") is None for n in range(1, said + 1))
    ledger.close()
    return missing


def test_every_acknowledged_entry_survives_a_kill(database: str) -> None:
    assert lost_by_a_kill(database, "honest", 20) == 0


def test_planted_fault_an_acknowledgement_before_the_write_is_caught(database: str) -> None:
    assert lost_by_a_kill(database, "early", 20) > 0


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    if postgres.binaries() is None:
        pytest.skip("Debian's postgresql is not installed")
    with postgres.server() as running:
        yield running


def test_after_an_outage_the_ledger_goes_on_where_it_was(own_server: postgres.Server) -> None:
    ledger = PostgresLedger(own_server.url, KEY)
    begin(ledger, "o1", SHIRT)
    own_server.stop()
    with pytest.raises(PaymentsClosedError, match="the database does not answer"):
        ledger.check()
    with pytest.raises(SQLAlchemyError):
        begin(ledger, "o2")
    own_server.start()
    head = ledger.head
    assert ledger.append("settled", "o1", {}, 1) == head.seq + 1
    assert SHIRT in ledger.taken([SHIRT])
    assert not ledger.state.closed
    ledger.close()


def test_a_connection_that_is_lost_in_a_transaction_writes_nothing_of_it(database: str) -> None:
    ledger = PostgresLedger(database, KEY)
    before = ledger.head

    def cut() -> None:
        with ledger.transaction():
            ledger.append("order", "o1", {}, 1)
            with psycopg.connect(database, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            ledger.append("number", "o1", {}, 1)

    with pytest.raises(SQLAlchemyError):
        cut()
    assert ledger.last("order", order_id="o1") is None
    assert ledger.append("order", "o1", {}, 1) == before.seq + 1
    ledger.verify()
    ledger.close()


def test_entries_cannot_be_changed_or_deleted(database: str) -> None:
    ledger = PostgresLedger(database, KEY)
    with psycopg.connect(database, autocommit=True) as other:
        for statement in (
            "UPDATE ledger_1_journal SET state = 'paid'",
            "DELETE FROM ledger_1_journal",
            "TRUNCATE ledger_1_journal",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
                other.execute(statement)
    ledger.close()


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("UPDATE ledger_1_journal SET body = '{\"n\":1}' WHERE seq = 2", Condition.DAMAGED),
        ("DELETE FROM ledger_1_journal WHERE seq = 2", Condition.DAMAGED),
        (
            "DELETE FROM ledger_1_journal WHERE seq = (SELECT max(seq) FROM ledger_1_journal)",
            Condition.BEHIND,
        ),
    ],
)
def test_rows_changed_by_force_are_noticed(database: str, statement: str, condition: Condition) -> None:
    ledger = PostgresLedger(database, KEY)
    begin(ledger, "o1", SHIRT)
    kept = ledger.head
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("ALTER TABLE ledger_1_journal DISABLE TRIGGER USER")
        other.execute(statement)
    if condition is Condition.BEHIND:
        with pytest.raises(PaymentsClosedError):
            ledger.check()
        assert ledger.state.condition is Condition.CHANGED, "while it runs"
    ledger.close()
    with pytest.raises(LedgerDamagedError) as damaged:
        PostgresLedger(database, KEY, kept)
    assert damaged.value.condition == condition.value


def test_a_second_store_is_kept_out(database: str) -> None:
    first = PostgresLedger(database, KEY)
    with pytest.raises(LedgerBusyError):
        PostgresLedger(database, KEY)
    first.close()
    PostgresLedger(database, KEY).close()
