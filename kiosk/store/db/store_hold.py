"""What keeps a second store away from a state folder and a database; taken before either is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from hardware.threads.supervised import ThreadState
from kiosk.store.db.file_hold import WAIT_S, FileHold
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.db.postgres_hold import PostgresHold
from kiosk.store.db.restore_mark import require_not_moved

LOCK_FILE = "store.lock"


class StoreHold:
    """The locks of one store: of its state folder, and of its database, which another folder's store may use as well.

    All end with the process. Those of SQLite are on this computer; that of PostgreSQL is on the server.
    """

    def __init__(self, state: Path, database_url: str, wait_s: float = WAIT_S) -> None:
        """`wait_s`: how long to wait for a store that is closing.

        Raises StoreHeldError with the holder, BackupError if the data were moved to another database, OSError, or
        sqlalchemy.exc.SQLAlchemyError.
        """
        require_not_moved(state, database_url)
        url = make_url(database_url)
        self._files = [FileHold(state / LOCK_FILE, str(state), wait_s)]
        self._postgres: PostgresHold | None = None
        try:
            if url.get_backend_name() == "postgresql":
                self._postgres = PostgresHold(url.set(drivername="postgresql+psycopg"), wait_s)
            elif url.database and url.database != ":memory:":
                file = Path(url.database).resolve()
                self._files.append(FileHold(file.with_name(file.name + ".lock"), str(file), wait_s))
        except BaseException:
            self.close()
            raise

    @property
    def taken_by(self) -> StoreHeldError | None:
        """Which other store has the database now; this one must not write."""
        return self._postgres.taken_by if self._postgres is not None else None

    @property
    def regained(self) -> bool:
        """Whether another store had the database meanwhile: what this one has in memory may be out of date."""
        return self._postgres is not None and self._postgres.regained

    def verify(self) -> None:
        """Checks the lock after the database gave a new connection. Raises StoreHeldError, SQLAlchemyError."""
        if self._postgres is not None:
            self._postgres.verify()

    def thread_states(self) -> tuple[ThreadState, ...]:
        """The states of its threads."""
        return (self._postgres.state,) if self._postgres is not None else ()

    def close(self) -> None:
        if self._postgres is not None:
            self._postgres.close()
            self._postgres = None
        while self._files:
            self._files.pop().close()
