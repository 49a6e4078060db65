"""The one connection of a ledger in PostgreSQL: its session, its advisory lock, and how long an answer is waited for.

Nothing waits without end: connecting, locks and statements have a limit on the server, a dead network ends with the
TCP limits, and a server that keeps the connection but does not answer is cut off by a thread of this module.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from kiosk.store.errors import LedgerBusyError
from kiosk.store.payments.ledger.postgres.answer_limit import AnswerLimit

log = logging.getLogger(__name__)
TIMEOUT_S: Final = 5
"""Longest wait for the database, where the configuration names no other (`payments.ledger_timeout_s`)."""
_NAMESPACE: Final = 0x4368_4C67
"""First half of the advisory lock's key ("ChLg"); the second half stands for the schema and the ledger."""
_WAIT_S: Final = 3.0
"""How long to wait for the lock of a store that is closing, or of this one's lost connection."""
_POLL_S: Final = 0.1
_TAKE: Final = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema() || %s))"
_SESSION: Final = (
    "SELECT pg_backend_pid(), (SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid())"
)
_END_OLD: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s AND backend_start::text = %s"
)
_GENERATION: Final = (
    "SELECT max(substring(tablename from '^ledger_([0-9]+)_journal$')::int)"
    " FROM pg_tables WHERE schemaname = current_schema()"
)


class _Session(NamedTuple):
    """A process of the server; its number is used again, its start is not."""

    pid: int
    started: str


class PostgresLink:
    """The connection of one ledger, made when it is needed and again after an outage. To be used under its lock."""

    def __init__(
        self, url: str, place: str, number: int, *, locked: bool, timeout_s: int = TIMEOUT_S
    ) -> None:
        """`locked`: take the advisory lock of ledger `number`, which one store has at a time."""
        self._engine, self._place, self._number = engine(url, timeout_s), place, number
        self._locked, self._timeout_s = locked, timeout_s
        self._limit = AnswerLimit(timeout_s + 1.0)
        self._connection: Connection | None = None
        self._session: _Session | None = None
        self._not_before_s = 0.0

    @property
    def connected(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    def connect(self) -> None:
        """Makes the connection. After a try that failed slowly it fails at once for as long again, so that callers do
        not wait one after the other.

        Raises SQLAlchemyError, LedgerBusyError.
        """
        began_s = time.monotonic()
        if began_s < self._not_before_s:
            raise DisconnectionError(f"{self._place}: the database did not answer a moment ago")
        try:
            connection = self._engine.connect()
            try:
                with self._limit.of(connection):
                    self._set_up(connection)
            except BaseException:
                _discard(connection)
                raise
        except SQLAlchemyError:
            self._not_before_s = 2 * time.monotonic() - began_s
            raise
        self._connection = connection

    def execute(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Runs a statement; drops the connection if that is lost. Raises SQLAlchemyError."""
        connection = self._connection
        if connection is None:
            raise DisconnectionError(f"{self._place}: there is no connection")
        try:
            with self._limit.of(connection):
                result = connection.exec_driver_sql(statement, values)
                return [tuple(row) for row in result.all()] if result.returns_rows else []
        except SQLAlchemyError:
            if connection.invalidated or connection.closed:
                self.drop()
            raise

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """Upkeep: statements over the whole ledger have no limit in the block."""
        self.execute("SET statement_timeout = 0", ())
        try:
            with self._limit.lifted():
                yield
        finally:
            if self.connected:
                self.execute(f"SET statement_timeout = {self._timeout_s * 1000}", ())

    def drop(self) -> None:
        """Ends the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            _discard(connection)

    def close(self) -> None:
        """Ends the connection for good."""
        self.drop()
        self._limit.close()
        self._engine.dispose()

    def _set_up(self, connection: Connection) -> None:
        for name, value in session_settings(self._timeout_s).items():
            connection.exec_driver_sql("SELECT set_config(%s, %s, false)", (name, value))
        if self._locked:
            self._take_lock(connection)
        self._session = _Session(*connection.exec_driver_sql(_SESSION).one())

    def _take_lock(self, connection: Connection) -> None:
        """Waits until the lock is free: then whatever an earlier connection began is committed, or never will be."""
        if self._session is not None:
            # behind a dead network the server would keep the old connection, and its lock, for long
            connection.exec_driver_sql(_END_OLD, tuple(self._session))
        end_s = time.monotonic() + _WAIT_S
        while not connection.exec_driver_sql(_TAKE, (_NAMESPACE, f"/{self._number}")).scalar():
            if time.monotonic() >= end_s:
                raise LedgerBusyError(self._place)
            time.sleep(_POLL_S)


def engine(url: str, timeout_s: int = TIMEOUT_S) -> Engine:
    """Makes connections that no dead network holds for more than about `timeout_s` seconds."""
    part_s = max(1, timeout_s // 4)
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={
            "connect_timeout": max(2, timeout_s),
            "tcp_user_timeout": timeout_s * 1000,
            "keepalives": 1,
            "keepalives_idle": part_s,
            "keepalives_interval": part_s,
            "keepalives_count": 3,
        },
    )


def session_settings(timeout_s: int) -> dict[str, str]:
    """Settings of the session on the server (PostgreSQL documentation, chapters 20.3, 20.5 and 20.11)."""
    part_s, ms = str(max(1, timeout_s // 4)), str(timeout_s * 1000)
    return {
        "synchronous_commit": "on",
        "statement_timeout": ms,
        "lock_timeout": ms,
        "idle_in_transaction_session_timeout": str(timeout_s * 4000),
        "tcp_user_timeout": ms,
        "tcp_keepalives_idle": part_s,
        "tcp_keepalives_interval": part_s,
        "tcp_keepalives_count": "3",
    }


def generation(url: str, timeout_s: int = TIMEOUT_S) -> int:
    """The number of the newest ledger in a database; 0 if there is none. Raises SQLAlchemyError."""
    opened = engine(url, timeout_s)
    with opened.connect() as connection:
        return int(connection.exec_driver_sql(_GENERATION).scalar() or 0)


def _discard(connection: Connection) -> None:
    connection.invalidate()
    connection.close()
