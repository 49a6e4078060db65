"""Integrators: programs of other systems with a token and scopes. Tokens are stored as hashes, shown once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.events import INTEGRATOR
from kiosk.store.db.upsert import insert_new
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.event_log.events import Scope
from kiosk.store.staff.token_hash import token_hash

MAX_INTEGRATORS: Final = 64
NAME_PATTERN: Final = r"^[a-z0-9][a-z0-9_-]{0,39}$"


@dataclass(frozen=True, slots=True)
class Integrator:
    """A program that may read events of some scopes. `added_by`: an associate's id, or `command/USER`."""

    name: str
    scopes: frozenset[Scope]
    added_us: int
    added_by: str


class Integrators:
    """The integrators. Safe from any thread. `ended`: called with the name of one whose token was revoked."""

    def __init__(
        self, database: Database, now_us: Callable[[], int], ended: Callable[[str], None] = lambda _: None
    ) -> None:
        self._database, self._now, self._ended = database, now_us, ended

    def add(self, name: str, scopes: Iterable[Scope], by: str) -> str:
        """A new integrator; its token, which is shown this once. Raises RefusedError, SQLAlchemyError."""
        wanted = sorted({scope.value for scope in scopes})
        if not wanted:
            raise RefusedError("name at least one scope")
        if len(self.all()) >= MAX_INTEGRATORS:
            raise RefusedError(f"there are {MAX_INTEGRATORS} integrators; revoke one first")
        token = secrets.token_hex(32)
        row = {
            "integrator_id": name, "token_mac": token_hash(token), "scopes": " ".join(wanted), "added_us": self._now(),
            "added_by": by,
        }  # fmt: skip
        with self._database.writing(durable=True) as connection:
            if not insert_new(connection, INTEGRATOR, row):
                raise RefusedError(
                    f"there is an integrator {name!r}; choose another name, or revoke it first"
                )
        return token

    def all(self) -> tuple[Integrator, ...]:
        """All of them, by name. Raises SQLAlchemyError."""
        with self._database.reading() as connection:
            rows = connection.execute(select(INTEGRATOR).order_by(INTEGRATOR.c.integrator_id)).all()
        return tuple(Integrator(r.integrator_id, _scopes(r.scopes), r.added_us, r.added_by) for r in rows)

    def of_token(self, token: str) -> Integrator | None:
        """The integrator with this token. Raises SQLAlchemyError."""
        wanted = select(INTEGRATOR).where(INTEGRATOR.c.token_mac == token_hash(token))
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return (
            None
            if row is None
            else Integrator(row.integrator_id, _scopes(row.scopes), row.added_us, row.added_by)
        )

    def revoke(self, name: str) -> None:
        """Ends a token and all streams that it has opened. Raises NotFoundError, SQLAlchemyError."""
        with self._database.writing(durable=True) as connection:
            gone = connection.execute(delete(INTEGRATOR).where(INTEGRATOR.c.integrator_id == name)).rowcount
        self._ended(name)
        if not gone:
            raise NotFoundError("there is no such integrator")


def _scopes(stored: str) -> frozenset[Scope]:
    known = {scope.value: scope for scope in Scope}
    return frozenset(known[value] for value in stored.split() if value in known)
