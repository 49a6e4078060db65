"""Lock of a PostgreSQL database for one store: a session-level advisory lock on a connection of its own.

The server releases it when the connection ends (PostgreSQL documentation, chapter 13.3.5), so a store that has died
holds nothing. After an outage the lock is taken again; another store may have taken it meanwhile, and then this one
must not write. A connection pooler that gives away sessions (PgBouncer in transaction mode) cannot be used.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from threading import Event, RLock
from zlib import crc32

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from hardware.threads.supervised import Loop, ThreadState
from kiosk.store.db.file_hold import WAIT_S
from kiosk.store.db.holder import Holder, StoreHeldError

log = logging.getLogger(__name__)
CHECK_S = 2.0
"""Interval at which the connection is checked; a lost one is noticed within this time."""
_LATE_S = 90.0
_POLL_S = 0.1
_OWN_WAIT_S = 3.0
"""How long to wait for the end of this store's own former connection."""
_CONNECT_TIMEOUT_S = 5
_NAMESPACE = 0x4368_766C
"""First half of the lock's key, the same for every Cheval store ("Chvl"); the second half stands for the schema."""
# a computer without power is noticed after about 25 s, and its lock released
_SESSION = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
_END = text("SELECT pg_terminate_backend(:pid)")
_TAKE = text("SELECT pg_try_advisory_lock(:space, :schema)")
# pg_locks shows both halves as unsigned numbers; a role sees the names of its own sessions only
_WHO = text(
    "SELECT a.application_name AS name, l.pid FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND l.classid::bigint = :space AND l.objid::bigint = :schema"
)


class PostgresHold:
    """Holds the database until `close`. `taken_by` says which other store has it; None while there is none known."""

    def __init__(self, url: URL, wait_s: float = WAIT_S, check_s: float = CHECK_S) -> None:
        """Raises StoreHeldError if another store holds it, sqlalchemy.exc.SQLAlchemyError if it is not reached."""
        self.place = url.render_as_string()
        self._name = Holder.of_this_process().application_name
        self._engine = create_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={
                "connect_timeout": _CONNECT_TIMEOUT_S,
                "application_name": self._name,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
                "tcp_user_timeout": 15_000,
            },
        )
        self._lock = RLock()
        self._connection: Connection | None = None
        self.taken_by: StoreHeldError | None = None
        self.regained = False
        """Whether another store had the database in the meantime: what this one has in memory may be out of date."""
        self._stop = Event()
        self._take_within(wait_s)
        self._loop = Loop("store-hold", self._watch, check_s, late_s=_LATE_S)
        self._loop.start()

    @property
    def state(self) -> ThreadState:
        """The state of its thread."""
        return self._loop.thread.state

    def verify(self) -> None:
        """Takes the lock again if the connection was lost. To be called when a lost connection is suspected.

        Raises StoreHeldError if another store has it now, SQLAlchemyError if the database is not reached.
        """
        with self._lock:
            if self._stop.is_set():
                return
            if self.taken_by is None and self._connection is not None and _answers(self._connection):
                return
            self._drop()
            try:
                self._take()
            except StoreHeldError as error:
                if self.taken_by is None or self.taken_by.holder != error.holder:
                    log.error("%s; this store changes nothing any more", error)
                self.taken_by = error
                raise
            if self.taken_by is not None:
                log.error("%s is free again; this store must be started again to read it anew", self.place)
                self.regained = True
            else:
                log.info("the lock of %s was taken again", self.place)
            self.taken_by = None

    def require(self) -> None:
        """Raises StoreHeldError if another store has the database."""
        if self.taken_by is not None:
            raise self.taken_by

    def close(self) -> None:
        self._stop.set()
        self._loop.close()
        with self._lock:
            self._drop()
        self._engine.dispose()

    def _take_within(self, wait_s: float) -> None:
        until = time.monotonic() + wait_s
        while True:
            try:
                return self._take()
            except StoreHeldError:
                if time.monotonic() >= until:
                    self._engine.dispose()
                    raise
            time.sleep(_POLL_S)

    def _take(self) -> None:
        connection = self._engine.connect()
        try:
            connection.exec_driver_sql(_SESSION)
            schema = _schema_key(connection)
            end = time.monotonic() + _OWN_WAIT_S
            while not connection.scalar(_TAKE, {"space": _signed(_NAMESPACE), "schema": _signed(schema)}):
                holders = _holders(connection, schema)
                own = [pid for name, pid in holders if name == self._name]
                if not own or time.monotonic() >= end:
                    raise StoreHeldError(self.place, _known(holders))
                # our connection was cut on the way, and the server has not noticed it yet
                for pid in own:
                    connection.execute(_END, {"pid": pid})
                time.sleep(_POLL_S)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def _watch(self) -> None:
        # an outage is logged by those who need the database, another holder by `verify`
        with suppress(SQLAlchemyError, StoreHeldError):
            self.verify()


def _answers(connection: Connection) -> bool:
    try:
        return bool(connection.scalar(text("SELECT 1")) == 1)
    except SQLAlchemyError:
        return False


def holder_of(connection: Connection) -> Holder | None:
    """The store that holds the database; None if none does, or if this user may not see which."""
    return _known(_holders(connection, _schema_key(connection)))


def _holders(connection: Connection, schema: int) -> list[tuple[str, int]]:
    """Name and process of the connections that hold the lock; there is at most one at a time."""
    rows = connection.execute(_WHO, {"space": _NAMESPACE, "schema": schema})
    return [(row.name or "", row.pid) for row in rows]


def _known(holders: list[tuple[str, int]]) -> Holder | None:
    return Holder.from_application_name(holders[0][0]) if holders else None


def _schema_key(connection: Connection) -> int:
    return crc32(str(connection.scalar(text("SELECT current_schema()"))).encode())


def _signed(number: int) -> int:
    """A 32-bit number as PostgreSQL's signed integer."""
    return number - (1 << 32) if number >= 1 << 31 else number
