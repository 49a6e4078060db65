"""Accounts of the associates and their sessions: PINs as argon2id hashes, sign in and out."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import ColumnElement, Connection, delete, select, update

from hardware.clock import now_us as steady_us
from kiosk.config.limits import SignInLimits
from kiosk.connectors.feeds import AssociateLine
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import ASSOCIATE, KNOWN_DEVICE, SESSION
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import LockedOutError, PinDueError, UnauthenticatedError
from kiosk.store.staff.ended_sessions import end_session, end_sessions
from kiosk.store.staff.last_manager import must_stay, must_stay_managers
from kiosk.store.staff.own_pins import OwnPins, pin_due
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.pin_tries import Counted, begin_anew, device_mac, knows, remember
from kiosk.store.staff.roles import ON_FLOOR
from kiosk.store.staff.roles import Role as Role
from kiosk.store.staff.sources import OF_FEED, merged
from kiosk.store.staff.token_hash import token_hash

_WAIT_S = 2.0
"""Longest wait for other writers of the database, by a sign-in."""


@dataclass(frozen=True, slots=True)
class Associate:
    """A member of the shop's staff."""

    associate_id: AssociateId
    name: str = field(repr=False)
    languages: tuple[str, ...] = ()
    role: Role = Role.ASSOCIATE


class AssociateAccounts:
    """The shop's associates and their sessions. A session is stored as the hash of its token.

    `clock`: the clock of sessions and locks, which begins with the time of day and is not set with the computer's
    clock (`Clocks.of_run`). It is the `now_us` of the methods: by the time of day a clock that is set ahead would end
    all sessions, and one that is set back would end locks.
    """

    def __init__(
        self, database: Database, session_us: int, hasher: PasswordHasher | None = None,
        limits: SignInLimits | None = None, clock: Callable[[], int] = steady_us,
    ) -> None:  # fmt: skip
        self.clock = clock
        # A PIN has few digits: the count of tries protects it at sign-in, the slow hash protects a stolen database.
        self._database, self._session_us = database, session_us
        self.checks = PinChecks(limits or SignInLimits(), hasher)
        self.own_pins = OwnPins(database, self.checks)

    def known(self) -> dict[str, Any]:
        """The rows of all associates by id, also of those who may not sign in any more."""
        with self._database.reading() as connection:
            return {row.associate_id: row for row in connection.execute(select(ASSOCIATE))}

    def row(self, line: AssociateLine, known: Any) -> dict[str, Any]:
        """The row of a feed's line; failures, lock, and what was set in the shop stay. Slow: a new PIN is hashed."""
        pin_hash = known.pin_hash if known is not None else ""
        pin = "" if known is not None and known.own_pin else line.pin
        row = {
            "associate_id": line.associate_id,
            "name": line.name,
            "languages": compact_json(line.languages),
            "role": line.role or Role.ASSOCIATE.value,
            "pin_hash": line.pin_hash or self.checks.hash(pin, pin_hash),
            "active": True,
            "failures": known.failures if known is not None else 0,
            "locked_until_us": known.locked_until_us if known is not None else 0,
        }
        return merged(row, known)

    def all(self) -> tuple[Associate, ...]:
        """All associates who may sign in, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ASSOCIATE).where(ASSOCIATE.c.active).order_by(ASSOCIATE.c.name))
            return tuple(_associate(row) for row in rows)

    def floor_ids(self) -> frozenset[str]:
        """The ids of all who have access and a role that serves shoppers."""
        serves = ASSOCIATE.c.role.in_([role.value for role in ON_FLOOR])
        with self._database.reading() as connection:
            rows = connection.execute(select(ASSOCIATE.c.associate_id).where(ASSOCIATE.c.active, serves))
            return frozenset(row.associate_id for row in rows)

    def sign_in(
        self, associate_id: AssociateId, pin: str, now_us: int, device: str = "", new_pin: str = "", *,
        stamp_us: int | None = None,
    ) -> tuple[str, Associate]:  # fmt: skip
        """Begins a session: its token and its owner. `device`: the secret of the caller's device; the associate is
        known on it from now on. `new_pin` replaces the PIN; `stamp_us`: the time of day for the log of that. Raises as
        `verified`; RefusedError for a new PIN that breaks a rule."""
        mac = device_mac(device) if device else ""
        counted = Counted(associate_id, mac if self.knows(device, associate_id) else "")
        row = self._proved(counted, pin, now_us)
        if new_pin:
            self.own_pins.choose(row, pin, new_pin, now_us if stamp_us is None else stamp_us)
        elif pin_due(row, pin):
            raise PinDueError
        token = secrets.token_urlsafe(32)
        with self._database.writing(_WAIT_S) as connection:
            connection.execute(delete(SESSION).where(SESSION.c.since_us < now_us - self._session_us))
            session = {"token_mac": token_hash(token), "associate_id": associate_id, "since_us": now_us}
            connection.execute(SESSION.insert(), [session])
            if mac:
                remember(connection, associate_id, mac, now_us)
        return token, _associate(row)

    def knows(self, device: str, associate_id: AssociateId | None = None) -> bool:
        """Whether this associate, or anybody, has signed in on a device before."""
        if not device:
            return False
        with self._database.reading() as connection:
            return knows(connection, device_mac(device), associate_id)

    def verified(self, counted: Counted, pin: str, now_us: int) -> Associate:
        """The associate whose PIN this is, as a second person; no session is begun. The try counts as a wrong one until
        it was right.

        Raises UnauthenticatedError, also for a role that does not serve shoppers; PinBlockedError, LockedOutError while
        it is locked (such a try is not counted); PinDueError for a right PIN that must be replaced first.
        """
        row = self._proved(counted, pin, now_us)
        if pin_due(row, pin):
            raise PinDueError
        found = _associate(row)
        if not found.role.is_on_floor:
            raise UnauthenticatedError("a person of this role does not confirm anything")
        return found

    def _proved(self, counted: Counted, pin: str, now_us: int) -> Any:
        """The row of the associate whose PIN this is."""
        with self._database.writing(_WAIT_S) as connection:
            name = ASSOCIATE.c.associate_id == counted.associate_id
            row = connection.execute(select(ASSOCIATE).where(name)).one_or_none()
            known = row is not None and bool(row.active)
            if known:
                counted.take(connection, now_us)
        # an unknown name takes as long as a known one
        try:
            right = self.checks.matches(row.pin_hash if row is not None and known else "", pin)
        except LockedOutError:
            if known:
                with self._database.writing(_WAIT_S) as connection:
                    counted.returned(connection)
            raise
        if not right:
            raise UnauthenticatedError("unknown name or wrong PIN")
        with self._database.writing(_WAIT_S) as connection:
            counted.succeeded(connection)
        return row

    def by_session(self, token: str, now_us: int) -> Associate | None:
        """The owner of a session; None if it has ended or never existed."""
        query = (
            select(ASSOCIATE)
            .join(SESSION, SESSION.c.associate_id == ASSOCIATE.c.associate_id)
            .where(
                SESSION.c.token_mac == token_hash(token),
                self._lasts(now_us),
            )
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return _associate(row) if row is not None and row.active else None

    def alive(self, sessions: frozenset[str], now_us: int) -> frozenset[str]:
        """Those of some sessions, as hashes of their tokens, that have not ended."""
        query = (
            select(SESSION.c.token_mac)
            .join(ASSOCIATE, SESSION.c.associate_id == ASSOCIATE.c.associate_id)
            .where(
                SESSION.c.token_mac.in_(sessions),
                self._lasts(now_us),
                ASSOCIATE.c.active,
            )
        )
        with self._database.reading() as connection:
            return frozenset(row.token_mac for row in connection.execute(query))

    def _lasts(self, now_us: int) -> ColumnElement[bool]:
        """Whether a session has not ended by time.

        One that began in the future was begun by a clock that was ahead; it must not last for years.
        """
        return SESSION.c.since_us.between(now_us - self._session_us, now_us + self._session_us)

    def sign_out(self, token: str) -> None:
        """Ends a session and the notifications of its device."""
        with self._database.writing() as connection:
            end_session(connection, token_hash(token))

    def end_unused(self, token: str) -> None:
        """Ends a session that nobody uses; its device, perhaps a locked phone, is still notified."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.token_mac == token_hash(token)))


def upsert_associates(
    connection: Connection, rows: Sequence[Mapping[str, Any]], hashed: Collection[str] = ()
) -> frozenset[str]:
    """Writes rows of associates of the feed. Failures, lock, and what was set in the shop stay as they are now.

    Who has another hash of a PIN now, or none, or another role, must sign in again. Tries are counted anew if the PIN
    is another one; `hashed`: those whose hash was made by the retailer, so that the same PIN may have another hash.
    Returns the managers who keep role and PIN against their rows, because no other manager would be left.
    """
    ids = [row["associate_id"] for row in rows]
    known = connection.execute(select(ASSOCIATE).where(ASSOCIATE.c.associate_id.in_(ids)))
    now = {row.associate_id: row for row in known}
    written = [_as_now(row, now.get(row["associate_id"])) for row in rows]
    staying = must_stay_managers(connection, written)
    written = [_as_manager(row, now) if row["associate_id"] in staying else row for row in written]
    upsert(connection, ASSOCIATE, written)
    other_pin = [
        row["associate_id"] for row in written
        if row["associate_id"] in now and row["pin_hash"] != now[row["associate_id"]].pin_hash
    ]  # fmt: skip
    other_role = [
        row["associate_id"] for row in written
        if row["associate_id"] in now and row["role"] != now[row["associate_id"]].role
    ]  # fmt: skip
    end_sessions(connection, [*other_pin, *other_role])
    pins = {row["associate_id"]: row["pin_hash"] for row in written}
    begin_anew(
        connection,
        [who for who in other_pin if who not in hashed or not _may_be_same(now[who].pin_hash, pins[who])],
    )
    return staying


def _may_be_same(known: str, new: str) -> bool:
    """Whether two different hashes may be of one PIN: with the same parameters and salt they are not."""
    return bool(known and new) and known.rpartition("$")[0] != new.rpartition("$")[0]


def _as_now(row: Mapping[str, Any], now: Any) -> dict[str, Any]:
    if now is None:
        return dict(row)
    return {**merged(dict(row), now), "failures": now.failures, "locked_until_us": now.locked_until_us}


def _as_manager(row: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    now = known[row["associate_id"]]
    return {**row, "role": now.role, "pin_hash": row["pin_hash"] or now.pin_hash, "active": True}


def end_access(connection: Connection, associates: Sequence[str]) -> frozenset[str]:
    """Ends the sessions of associates and forgets their devices; they may not sign in any more.

    Returns those who keep their access, because no manager would be left.
    """
    staying = must_stay(connection, associates)
    leaving = [who for who in associates if who not in staying]
    connection.execute(
        update(ASSOCIATE).where(ASSOCIATE.c.associate_id.in_(leaving)).values(**{**OF_FEED, "active": False})
    )
    end_sessions(connection, leaving)
    connection.execute(delete(KNOWN_DEVICE).where(KNOWN_DEVICE.c.associate_id.in_(leaving)))
    return staying


def _associate(row: Any) -> Associate:
    return Associate(
        AssociateId(row.associate_id),
        row.name,
        tuple(json.loads(row.languages)),
        Role(row.role),
    )
