"""The ledger in the store's PostgreSQL database, in tables of its own.

A commit is on the server's disk when it returns (`synchronous_commit = on`; PostgreSQL documentation, chapter 30.3).
The tables' names begin with `ledger_N_`; N grows when a new ledger is begun. Triggers refuse UPDATE, DELETE and
TRUNCATE of entries. There is one connection (`postgres.link`), which holds an advisory lock; after an outage it is made
again, and the end of the ledger must then be the one that was written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError, InvalidRequestError, SQLAlchemyError

from kiosk.clock import now_us
from kiosk.store.errors import KnownKeyError, LedgerBusyError, LedgerDamagedError, PaymentsClosedError
from kiosk.store.payments.ledger.chain import CHAIN, ChainKey
from kiosk.store.payments.ledger.port import Head
from kiosk.store.payments.ledger.postgres.link import TIMEOUT_S, PostgresLink, generation
from kiosk.store.payments.ledger.schema import FROM_COUNTER_POSTGRES, POSTGRES, Statements, statements
from kiosk.store.payments.ledger.sql_ledger import SqlLedger
from kiosk.store.payments.ledger.state import Condition, LedgerState

log = logging.getLogger(__name__)


class PostgresLedger(SqlLedger):
    """The ledger number `number` of a database (0: the newest, or the first)."""

    def __init__(
        self, url: str, key: ChainKey, kept: Head | None = None, *, before: object = None, number: int = 0,
        checked: bool = True, fill: Callable[[SqlLedger], None] | None = None, timeout_s: int = TIMEOUT_S,
    ) -> None:  # fmt: skip
        """`kept`, `before` and `fill` as for `SqliteLedger`. `checked` False opens one for reading only, without the
        lock: a damaged one, or one of earlier days. `timeout_s`: how long the database may take for an answer.

        Raises LedgerDamagedError, LedgerBusyError, sqlalchemy.exc.SQLAlchemyError.
        """
        self.number = number or max(1, generation(url, timeout_s))
        place = f"{make_url(url).render_as_string()} (ledger {self.number})"
        self._open_transaction, self._checked = False, checked
        self._away = LedgerState()
        self._link = PostgresLink(url, place, self.number, locked=checked, timeout_s=timeout_s)
        super().__init__(key, Statements(f"ledger_{self.number}_"), place)
        try:
            self._connect()
            self._open(kept, before, fill)
        except BaseException:
            self._link.close()
            raise

    @property
    def state(self) -> LedgerState:
        return self._away if self._away.closed and not self._state.closed else super().state

    def check(self) -> None:
        try:
            super().check()
        except (SQLAlchemyError, LedgerBusyError) as error:
            if not self.state.closed:
                raise
            raise PaymentsClosedError(str(self.state)) from error

    def _open(self, kept: Head | None, before: object, fill: Callable[[SqlLedger], None] | None) -> None:
        if self._has("journal"):
            if self._checked:
                self._check_opened(kept)
            if self._has("counter"):
                self._use_counter()
            self._head = self._durable = self._read_head()
            return
        if not self._checked:
            raise LedgerDamagedError(self.place, 0, "its tables are missing")
        with self.transaction(), self._link.patiently():
            for statement in statements(POSTGRES.format(p=f"ledger_{self.number}_")):
                self._execute(statement, ())
            self.append(CHAIN, "", self._key.mark(before), now_us())
            if fill is not None:
                fill(self)

    def _has(self, table: str) -> bool:
        known = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        return bool(self._execute(known, (f"ledger_{self.number}_{table}",)))

    def _use_counter(self) -> None:
        """The version before kept the highest number of a receipt in a table of its own: it is moved, or read there."""
        if not self._checked:
            self._sql.receipts = self._sql.receipts_in_counter
            return
        with self.transaction(), self._link.patiently():
            for statement in statements(FROM_COUNTER_POSTGRES.format(p=f"ledger_{self.number}_")):
                self._execute(statement, ())

    def _connect(self) -> None:
        if self._link.connected:
            return
        if self._open_transaction:
            # a new connection would write the rest of the transaction without its begin
            raise InvalidRequestError("the connection was lost in a transaction")
        try:
            self._link.connect()
        except (SQLAlchemyError, LedgerBusyError) as error:
            self._gone(error)
            raise
        if self._away.closed:
            self._away = LedgerState()
            log.warning("%s: the database answers again", self.place)
        if self._durable.seq:
            # what was written before the outage must be there; the end may be of a commit of which no answer came
            self._settled(self._read_end())

    def _gone(self, error: Exception) -> None:
        """The database does not answer: payments are closed until it does. At an opening the error is enough."""
        if not self._durable.seq or self._away.closed:
            return
        held = isinstance(error, LedgerBusyError)
        why = "another store holds the ledger" if held else "the database does not answer"
        self._away = LedgerState(Condition.AWAY, why)
        log.error("%s: %s (%s)", self.place, self._away, type(error).__name__)

    @property
    def _in_transaction(self) -> bool:
        return self._open_transaction

    def _execute(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        self._connect()
        try:
            return self._link.execute(statement.replace("?", "%s"), tuple(values))
        except SQLAlchemyError as error:
            if not self._link.connected:
                self._gone(error)
            raise

    def _insert(self, row: Sequence[object]) -> None:
        try:
            self._execute(self._sql.insert, row)
        except IntegrityError as error:
            cause = error.orig
            if (
                isinstance(cause, psycopg.Error)
                and cause.diag.constraint_name == f"ledger_{self.number}_journal_keyed"
            ):
                raise KnownKeyError(str(row[4])) from error
            raise

    def _begin(self) -> None:
        self._execute("BEGIN", ())
        self._open_transaction = True

    def _commit(self) -> None:
        self._execute("COMMIT", ())
        self._open_transaction = False

    def _rollback(self) -> None:
        self._open_transaction = False
        if not self._link.connected:
            return
        try:
            self._link.execute("ROLLBACK", ())
        except SQLAlchemyError:
            self._link.drop()

    def _make_durable(self) -> None:
        """A commit that can be seen in PostgreSQL is on its disk."""

    def rebuild(self) -> None:
        self._connect()
        with self._link.patiently():
            super().rebuild()

    def _close(self) -> None:
        self._link.close()

    def _changed_outside(self) -> LedgerState:
        end = self._read_end()
        if end[:2] == self._durable[:2]:
            return LedgerState()
        return LedgerState(Condition.CHANGED, "the table was changed by another program while the store runs")
