"""The ledger in the store's PostgreSQL database, in tables of its own.

A commit is on the server's disk when it returns (`synchronous_commit = on`; PostgreSQL documentation, chapter 30.3).
The tables' names begin with `ledger_N_`; N grows when a new ledger is begun. Triggers refuse UPDATE, DELETE and
TRUNCATE of entries. There is one connection, which holds an advisory lock; after an outage it is made again, and the
end of the ledger must then be the one that was written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from kiosk.clock import now_us
from kiosk.store.errors import KnownKeyError, LedgerBusyError
from kiosk.store.payments.ledger.chain import CHAIN, ChainKey
from kiosk.store.payments.ledger.heads import agree
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.schema import POSTGRES, Statements, statements
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)
_NAMESPACE: Final = 0x4368_4C67
"""First half of the advisory lock's key ("ChLg"); the second half stands for the schema and the ledger."""
_WAIT_S: Final = 3.0
"""How long to wait for the lock of a store that is closing, or of this one's lost connection."""
_POLL_S: Final = 0.1
_CONNECT_TIMEOUT_S: Final = 5
_GENERATION: Final = (
    "SELECT max(substring(tablename from '^ledger_([0-9]+)_journal$')::int)"
    " FROM pg_tables WHERE schemaname = current_schema()"
)
_TAKE: Final = "SELECT pg_try_advisory_lock(%s, hashtext(current_schema() || %s))"


def generation(url: str) -> int:
    """The number of the newest ledger in a database; 0 if there is none. Raises SQLAlchemyError."""
    engine = _engine(url)
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(_GENERATION).scalar() or 0)


class PostgresLedger(SqlLedger):
    """The ledger number `number` of a database (0: the newest, or the first)."""

    def __init__(
        self, url: str, key: ChainKey, kept: Head | None = None, *, before: object = None, number: int = 0,
        checked: bool = True, fill: Callable[[SqlLedger], None] | None = None,
    ) -> None:  # fmt: skip
        """`kept`, `before` and `fill` as for `SqliteLedger`. `checked` False opens one for reading only, without the
        lock: a damaged one, or one of earlier days.

        Raises LedgerDamagedError, LedgerBusyError, sqlalchemy.exc.SQLAlchemyError.
        """
        self._engine = _engine(url)
        self._open_transaction, self._checked = False, checked
        self._connection: Connection | None = None
        self.number = number or max(1, generation(url))
        super().__init__(key, Statements(f"ledger_{self.number}_"), f"{_place(url)} (ledger {self.number})")
        try:
            self._connect()
            self._open(kept, before, fill)
        except BaseException:
            self._drop()
            raise

    def _open(self, kept: Head | None, before: object, fill: Callable[[SqlLedger], None] | None) -> None:
        known = self._execute(
            "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?",
            (f"ledger_{self.number}_journal",),
        )
        if known:
            if self._checked:
                self._check_opened(kept)
            self._head = self._read_head()
            return
        with self.transaction():
            for statement in statements(POSTGRES.format(p=f"ledger_{self.number}_")):
                self._execute(statement, ())
            self.append(CHAIN, "", self._key.mark(before), now_us())
            if fill is not None:
                fill(self)

    def _connect(self) -> Connection:
        if self._connection is not None:
            return self._connection
        if self._open_transaction:
            # a new connection would write the rest of the transaction without its begin
            raise InvalidRequestError("the connection was lost in a transaction")
        connection: Connection = self._engine.connect()
        try:
            connection.exec_driver_sql("SET synchronous_commit = on")
            end = time.monotonic() + _WAIT_S
            while (
                self._checked
                and not connection.exec_driver_sql(_TAKE, (_NAMESPACE, f"/{self.number}")).scalar()
            ):
                if time.monotonic() >= end:
                    raise LedgerBusyError(self.place)
                time.sleep(_POLL_S)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        if self._head.seq:
            self._check_after_outage()
        return connection

    def _check_after_outage(self) -> None:
        """What was written before the outage must be there; the last entry may be one of which no answer came."""
        end = self._read_head()
        state = agree(self._head, end.seq, self.chain_at)
        if state.closed:
            self.close_payments(state)
        else:
            self._head = end

    @property
    def _in_transaction(self) -> bool:
        return self._open_transaction

    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        connection = self._connect()
        try:
            result = connection.exec_driver_sql(statement.replace("?", "%s"), tuple(values))
            return [tuple(row) for row in result.all()] if result.returns_rows else []
        except SQLAlchemyError:
            if connection.invalidated or connection.closed:
                self._drop()
            raise

    def _insert(self, row: Sequence[object]) -> None:
        try:
            self._execute(self._sql.insert, row)
        except IntegrityError as error:
            raise KnownKeyError(str(row[4])) from error

    def _begin(self) -> None:
        self._execute("BEGIN", ())
        self._open_transaction = True

    def _commit(self) -> None:
        self._execute("COMMIT", ())
        self._open_transaction = False

    def _rollback(self) -> None:
        self._open_transaction = False
        if self._connection is None:
            return
        try:
            self._execute("ROLLBACK", ())
        except SQLAlchemyError:
            self._drop()

    def _close(self) -> None:
        self._drop()
        self._engine.dispose()

    def _changed_outside(self) -> LedgerState:
        end = self._read_end()
        if end[:2] == self._head[:2]:
            return LedgerState()
        return LedgerState(Condition.CHANGED, "the table was changed by another program while the store runs")

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _engine(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        parsed,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S, "tcp_user_timeout": 15_000},
    )


def _place(url: str) -> str:
    parsed: URL = make_url(url)
    return parsed.render_as_string()
