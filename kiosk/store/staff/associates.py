"""Accounts of the associates and their sessions: PINs as argon2id hashes, a lock after wrong PINs, sign in and out."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, select, update

from kiosk.connectors.feeds import AssociateLine
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import ASSOCIATE, SESSION
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import LockedOutError, UnauthenticatedError

MAX_TRIES = 5
"""Wrong PINs until the first lock; each further one locks for twice as long, up to `MAX_LOCK_US`."""
FIRST_LOCK_US = 30_000_000
MAX_LOCK_US = 3_600_000_000


@unique
class Role(Enum):
    """Permissions of an associate."""

    ASSOCIATE = "associate"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Associate:
    """A member of the shop's staff."""

    associate_id: AssociateId
    name: str = field(repr=False)
    languages: tuple[str, ...] = ()
    role: Role = Role.ASSOCIATE


class AssociateAccounts:
    """The shop's associates and their sessions. A session is stored as the hash of its token."""

    def __init__(self, database: Database, session_us: int, hasher: PasswordHasher | None = None) -> None:
        # A PIN has few digits: the lock protects it at sign-in, the slow hash protects a stolen database.
        self._database, self._session_us = database, session_us
        self._hasher = hasher or PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

    def known(self) -> dict[str, Any]:
        """The rows of all associates by id, also of those who may not sign in any more."""
        with self._database.reading() as connection:
            return {row.associate_id: row for row in connection.execute(select(ASSOCIATE))}

    def row(self, line: AssociateLine, known: Any) -> dict[str, Any]:
        """The row of a feed's line; failures and lock of the known row stay. Slow: a new PIN is hashed."""
        pin_hash = known.pin_hash if known is not None else ""
        return {
            "associate_id": line.associate_id,
            "name": line.name,
            "languages": compact_json(line.languages),
            "role": (Role.MANAGER if line.role == Role.MANAGER.value else Role.ASSOCIATE).value,
            "pin_hash": line.pin_hash or self._hash(line.pin, pin_hash),
            "active": True,
            "failures": known.failures if known is not None else 0,
            "locked_until_us": known.locked_until_us if known is not None else 0,
        }

    def all(self) -> tuple[Associate, ...]:
        """All associates who may sign in, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ASSOCIATE).where(ASSOCIATE.c.active).order_by(ASSOCIATE.c.name))
            return tuple(_associate(row) for row in rows)

    def sign_in(self, associate_id: AssociateId, pin: str, now_us: int) -> tuple[str, Associate]:
        """Begins a session: its token and its owner. Raises as `verified`."""
        associate = self.verified(associate_id, pin, now_us)
        token = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.since_us < now_us - self._session_us))
            session = {"token_mac": token_hash(token), "associate_id": associate_id, "since_us": now_us}
            connection.execute(SESSION.insert(), [session])
        return token, associate

    def verified(self, associate_id: AssociateId, pin: str, now_us: int) -> Associate:
        """The associate whose PIN this is; no session is begun.

        Raises UnauthenticatedError, or LockedOutError while the name is locked (such a try is not counted).
        """
        with self._database.reading() as connection:
            row = connection.execute(
                select(ASSOCIATE).where(ASSOCIATE.c.associate_id == associate_id)
            ).one_or_none()
        if row is None or not row.active:
            self._matches(self._unmatchable_hash(), pin)
            raise UnauthenticatedError("unknown name or wrong PIN")
        if row.locked_until_us > now_us:
            raise LockedOutError(row.locked_until_us - now_us)
        if not self._matches(row.pin_hash, pin):
            self._failed(associate_id, row.failures + 1, now_us)
            raise UnauthenticatedError("unknown name or wrong PIN")
        with self._database.writing() as connection:
            connection.execute(
                update(ASSOCIATE)
                .where(ASSOCIATE.c.associate_id == associate_id)
                .values(failures=0, locked_until_us=0)
            )
        return _associate(row)

    def by_session(self, token: str, now_us: int) -> Associate | None:
        """The owner of a session; None if it has ended or never existed."""
        query = (
            select(ASSOCIATE)
            .join(SESSION, SESSION.c.associate_id == ASSOCIATE.c.associate_id)
            .where(SESSION.c.token_mac == token_hash(token), SESSION.c.since_us >= now_us - self._session_us)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return _associate(row) if row is not None and row.active else None

    def sign_out(self, token: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.token_mac == token_hash(token)))

    def _failed(self, associate_id: AssociateId, failures: int, now_us: int) -> None:
        over = failures - MAX_TRIES
        lock_us = min(FIRST_LOCK_US << min(over, 8), MAX_LOCK_US) if over >= 0 else 0
        with self._database.writing() as connection:
            connection.execute(
                update(ASSOCIATE)
                .where(ASSOCIATE.c.associate_id == associate_id)
                .values(failures=failures, locked_until_us=now_us + lock_us)
            )

    def _hash(self, pin: str, known: str) -> str:
        if not pin:
            return ""
        return known if self._matches(known, pin) else self._hasher.hash(pin)

    def _matches(self, pin_hash: str, pin: str) -> bool:
        try:
            return bool(pin_hash) and self._hasher.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False

    def _unmatchable_hash(self) -> str:
        """A hash that no PIN matches, so that an unknown name takes as long as a known one."""
        return self._hasher.hash(secrets.token_hex(8))


def upsert_associates(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows of associates who may sign in. Failures and lock of a known row stay as they are now."""
    kept = select(ASSOCIATE.c.associate_id, ASSOCIATE.c.failures, ASSOCIATE.c.locked_until_us).where(
        ASSOCIATE.c.associate_id.in_([row["associate_id"] for row in rows])
    )
    now = {k.associate_id: k for k in connection.execute(kept)}
    upsert(connection, ASSOCIATE, [
        {**row, "failures": now[row["associate_id"]].failures,
         "locked_until_us": now[row["associate_id"]].locked_until_us}
        if row["associate_id"] in now else row
        for row in rows
    ])  # fmt: skip


def end_access(connection: Connection, associates: Sequence[str]) -> None:
    """Ends the sessions of associates, who may not sign in any more."""
    connection.execute(update(ASSOCIATE).where(ASSOCIATE.c.associate_id.in_(associates)).values(active=False))
    connection.execute(delete(SESSION).where(SESSION.c.associate_id.in_(associates)))


def token_hash(token: str) -> str:
    """SHA-256 of a token, as it is stored. A token has 256 random bits, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _associate(row: Any) -> Associate:
    return Associate(
        AssociateId(row.associate_id),
        row.name,
        tuple(json.loads(row.languages)),
        Role(row.role),
    )
