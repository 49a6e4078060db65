"""Outages between the store and a ledger in PostgreSQL: lost answers, dead networks, servers that stand still."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Timer

import psycopg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import PaymentsClosedError, StoreError
from kiosk.store.payments.ledger import Condition, PostgresLedger
from kiosk.store.payments.order_book import OrderBook
from tests.contracts.ledger_orders import begin, pay
from tests.kiosk.store import postgres
from tests.kiosk.store.payments.ledger.cut_proxy import CutProxy
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import piece_of

SHIRT, COAT = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")
TIMEOUT_S = 1
LONGEST_S = 15.0
"""Far above the limit of 1 s and its follow-up tries, far below the minutes of a connection without limits."""


@pytest.fixture
def proxy(postgres_server: str) -> Iterator[CutProxy]:
    made = CutProxy(postgres.fresh_database(postgres_server))
    yield made
    made.close()


@pytest.fixture
def ledger(proxy: CutProxy) -> Iterator[PostgresLedger]:
    opened = PostgresLedger(proxy.url, KEY, timeout_s=TIMEOUT_S)
    yield opened
    proxy.let_in()
    opened.close()


class Forgetful(PostgresLedger):
    """A planted fault: a commit without answer counts as not written."""

    def _is_found_now(self, error: BaseException) -> bool:  # noqa: ARG002 of the base class
        self._doubt = None
        return False


def until(accepted: Callable[[], object]) -> None:
    """Repeats a call until the database answers again."""
    end_s = time.monotonic() + LONGEST_S
    while True:
        try:
            accepted()
        except (SQLAlchemyError, StoreError):
            assert time.monotonic() < end_s
            time.sleep(0.05)
        else:
            return


def test_a_commit_whose_answer_is_lost_counts_as_written(ledger: PostgresLedger, proxy: CutProxy) -> None:
    begin(ledger, "o1", SHIRT)
    proxy.lose_commit = True
    begin(ledger, "o2", COAT)
    assert OrderBook(ledger).attempt("Ko21") is not None
    assert ledger.found_orders() == (), "whoever wrote it has gone on itself"
    pay(ledger, "o3")
    ledger.verify()
    assert not ledger.state.closed


def test_planted_fault_a_lost_answer_that_counts_as_not_written_is_caught(proxy: CutProxy) -> None:
    ledger = Forgetful(proxy.url, KEY, timeout_s=TIMEOUT_S)
    proxy.lose_commit = True
    with pytest.raises(SQLAlchemyError):
        begin(ledger, "o1", SHIRT)
    ledger.close()


def test_a_commit_that_did_not_arrive_counts_as_not_written(ledger: PostgresLedger, proxy: CutProxy) -> None:
    before = ledger.head
    proxy.stop_commit = True
    with pytest.raises(SQLAlchemyError):
        ledger.append("order", "o1", {}, 1)
    assert (ledger.head, ledger.last("order", order_id="o1")) == (before, None)
    assert ledger.append("order", "o1", {}, 1) == before.seq + 1
    ledger.verify()


def test_entries_of_a_lost_answer_are_found_when_the_database_returns(
    ledger: PostgresLedger, proxy: CutProxy
) -> None:
    begin(ledger, "o1", SHIRT)
    before = ledger.head
    proxy.lose_commit = proxy.refuse_after = True
    with pytest.raises(SQLAlchemyError):
        ledger.append("settled", "o1", {}, 1)
    with pytest.raises(PaymentsClosedError, match="does not answer"):
        ledger.check()
    assert (ledger.state.condition, ledger.head) == (Condition.AWAY, before)
    assert ledger.found_orders() == ()
    proxy.let_in()
    until(ledger.check)
    assert ledger.found_orders() == ("o1",)
    assert (ledger.head.seq, ledger.found_orders(), ledger.state.closed) == (before.seq + 1, (), False)
    ledger.verify()


def test_a_dead_network_does_not_hold_a_payment_for_long(ledger: PostgresLedger, proxy: CutProxy) -> None:
    begin(ledger, "o1", SHIRT)
    proxy.passes.clear()
    began_s = time.monotonic()
    with pytest.raises((SQLAlchemyError, StoreError)):
        ledger.append("settled", "o1", {}, 1)
    assert time.monotonic() - began_s < LONGEST_S
    assert ledger.state.condition is Condition.AWAY
    proxy.let_in()
    until(lambda: ledger.append("settled", "o1", {}, 1))
    ledger.verify()


def test_a_server_that_stands_still_does_not_hold_a_payment_for_long(ledger: PostgresLedger) -> None:
    begin(ledger, "o1", SHIRT)
    ((pid,),) = ledger._execute("SELECT pg_backend_pid()", ())
    os.kill(pid, signal.SIGSTOP)
    began_s = time.monotonic()
    try:
        with pytest.raises((SQLAlchemyError, StoreError)):
            ledger.append("settled", "o1", {}, 1)
        assert time.monotonic() - began_s < LONGEST_S
    finally:
        os.kill(pid, signal.SIGCONT)
    until(lambda: ledger.append("settled", "o1", {}, 1))
    ledger.verify()


def test_a_locked_table_does_not_hold_a_payment_for_long(
    ledger: PostgresLedger, postgres_server: str
) -> None:
    with psycopg.connect(postgres_server) as other:
        other.execute("LOCK TABLE ledger_1_journal")
        began_s = time.monotonic()
        with pytest.raises(SQLAlchemyError):
            ledger.append("order", "o1", {}, 1)
        assert time.monotonic() - began_s < LONGEST_S
    assert ledger.append("order", "o1", {}, 1) == 2


@pytest.mark.full
def test_planted_fault_without_limits_a_stopped_server_holds_a_payment(proxy: CutProxy) -> None:
    ledger = PostgresLedger(proxy.url, KEY, timeout_s=TIMEOUT_S)
    ((pid,),) = ledger._execute("SELECT pg_backend_pid()", ())
    os.kill(pid, signal.SIGSTOP)
    longer_s = 3.0 * TIMEOUT_S
    again = Timer(longer_s, os.kill, (pid, signal.SIGCONT))
    began_s = time.monotonic()
    again.start()
    with ledger._link._limit.lifted(), suppress(SQLAlchemyError):
        ledger.append("order", "o1", {}, 1)
    assert time.monotonic() - began_s >= longer_s, "only the server itself ends it"
    again.join()
    ledger.close()


def test_entries_of_another_program_are_noticed_after_an_outage(
    ledger: PostgresLedger, proxy: CutProxy
) -> None:
    begin(ledger, "o1", SHIRT)
    proxy.stop_commit = proxy.refuse_after = True
    with pytest.raises(SQLAlchemyError):
        ledger.append("settled", "o1", {}, 1)
    other = PostgresLedger(proxy.real_url, KEY)
    other.append("settled", "o1", {}, 2)
    other.close()
    proxy.let_in()
    with suppress(SQLAlchemyError, StoreError):
        until(lambda: ledger.last("settled", order_id="o1"))
    with pytest.raises(PaymentsClosedError):
        ledger.append("order", "o2", {}, 1)
    assert ledger.state.condition is Condition.CHANGED


def test_an_older_replica_after_an_outage_is_noticed(ledger: PostgresLedger, proxy: CutProxy) -> None:
    """A server took over that lacks the last entry, which was acknowledged."""
    begin(ledger, "o1", SHIRT)
    proxy.stop_commit = proxy.refuse_after = True
    with pytest.raises(SQLAlchemyError):
        ledger.append("settled", "o1", {}, 1)
    with psycopg.connect(proxy.real_url, autocommit=True) as other:
        other.execute("ALTER TABLE ledger_1_journal DISABLE TRIGGER USER")
        other.execute("DELETE FROM ledger_1_journal WHERE seq = (SELECT max(seq) FROM ledger_1_journal)")
    proxy.let_in()
    with suppress(SQLAlchemyError, StoreError):
        until(lambda: ledger.last("order", order_id="o1"))
    with pytest.raises(PaymentsClosedError):
        ledger.check()
    assert ledger.state.condition is Condition.BEHIND
