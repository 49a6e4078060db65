"""The shop's staff as managers keep it: people added, PINs and roles set, access ended, and a log of who did what.

With a feed of associates, both write the same table:

- who was added here is never removed by the feed, and keeps PIN and role although the feed lists the same id;
- a PIN or role set here stays although the feed has another one, until the feed ends that person's access;
- whose access was ended here gets none from the feed, until the person is added here again.

A person's row stays when access ends, so that the ledger's entries keep their names.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum, unique
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from kiosk.core.domain.floor.legible import has_too_many_marks, is_visible
from kiosk.core.domain.ids import AssociateId
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import ASSOCIATE, KNOWN_DEVICE, STAFF_LOG
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.staff.ended_sessions import end_sessions
from kiosk.store.staff.last_manager import require_other_manager
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.pin_rules import check_pin, random_pin
from kiosk.store.staff.pin_tries import blocked
from kiosk.store.staff.roles import Role
from kiosk.store.staff.sources import BY_HAND, OWN_PIN_CHANGED

MAX_STAFF: Final = 500
MAX_NAME: Final = 60
LOG_SHOWN: Final = 200
KEEP_LOG_US: Final = 2 * 366 * 24 * 3600 * 1_000_000
"""How long an entry of the log is kept: two years."""
COMMAND: Final = "command"
"""Who did it, where a command of the store's computer did; followed by its user."""


@unique
class Change(Enum):
    """What the log says."""

    ADDED = "added"
    PIN = OWN_PIN_CHANGED
    ROLE = "role"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the staff who has access. `by_feed`: brought by the feed, which may end the access.

    `signs_in`: has a PIN. `blocked`: it was tried too often, and another one must be set.
    """

    associate_id: AssociateId
    name: str = field(repr=False)
    role: Role
    by_feed: bool
    signs_in: bool
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Who changed what about whom; `role` after the change."""

    at_us: int
    who: str
    what: Change
    about: AssociateId
    role: Role


class StaffDesk:
    """Safe from any thread. `who` is an associate's id, or `command/USER`.

    `gone`: called with an id after a person's access has ended; `signed_out`: after the PIN or the role was changed,
    which ends all sessions. Both outside of any transaction.
    """

    def __init__(
        self, database: Database, checks: PinChecks, now_us: Callable[[], int], *,
        gone: Callable[[AssociateId], None] = lambda _: None,
        signed_out: Callable[[AssociateId], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._database, self._checks, self._now, self._gone = database, checks, now_us, gone
        self._signed_out = signed_out

    def all(self) -> tuple[Member, ...]:
        """Everybody who has access, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ASSOCIATE).where(ASSOCIATE.c.active).order_by(ASSOCIATE.c.name))
            spent = blocked(connection)
            return tuple(_member(row, blocked=row.associate_id in spent) for row in rows)

    def log(self) -> tuple[LogEntry, ...]:
        """The last entries, newest first."""
        newest = select(STAFF_LOG).order_by(STAFF_LOG.c.log_id.desc()).limit(LOG_SHOWN)
        with self._database.reading() as connection:
            return tuple(
                LogEntry(row.at_us, row.who, Change(row.what), AssociateId(row.about), Role(row.role))
                for row in connection.execute(newest)
            )

    def add(
        self, who: str, name: str, role: Role, pin: str = "", *, languages: tuple[str, ...] = (),
        associate_id: AssociateId | None = None,
    ) -> tuple[Member, str]:  # fmt: skip
        """Gives a person access: the person, and the PIN if none was given (it is shown this once, for one sign-in).

        `associate_id`: of a person whose access has ended, or the id that the feed uses. Raises RefusedError.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= MAX_NAME or not name.isprintable():
            raise RefusedError(f"a name has 1 to {MAX_NAME} characters")
        if not is_visible(name) or has_too_many_marks(name):
            raise RefusedError("this name cannot be read where it is shown")
        made, pin_hash = self._pin(pin, role)
        own = associate_id or AssociateId(f"s-{secrets.token_hex(6)}")
        with self._changing() as connection:
            known = _row(connection, own)
            if known is not None and known.active:
                raise RefusedError("this id belongs to somebody who has access already")
            self._require_free(connection, name)
            row = {
                "associate_id": own, "name": name, "languages": compact_json(languages), "role": role.value,
                "pin_hash": pin_hash, "failures": 0, "locked_until_us": 0, "active": True, **BY_HAND,
                "pin_once": not pin,
            }  # fmt: skip
            upsert(connection, ASSOCIATE, [row])
            self._note(connection, who, Change.ADDED, own, role)
        return Member(own, name, role, by_feed=False, signs_in=True), made

    def set_pin(self, who: str, about: AssociateId, pin: str = "") -> str:
        """Sets a PIN; all sessions of the person end. Returns the PIN if none was given, which is for one sign-in.

        Raises NotFoundError, RefusedError.
        """
        with self._database.reading() as connection:
            role = Role(_known(connection, about).role)
        made, pin_hash = self._pin(pin, role)
        with self._changing() as connection:
            known = _known(connection, about)
            if Role(known.role) is not role:
                raise RefusedError("the role was changed meanwhile; try again")
            values = {
                "pin_hash": pin_hash, "own_pin": True, "pin_once": not pin, "failures": 0, "locked_until_us": 0,
            }  # fmt: skip
            _update(connection, about, values)
            _end_sessions(connection, about)
            self._note(connection, who, Change.PIN, about, role)
        self._signed_out(about)
        return made

    def set_role(self, who: str, about: AssociateId, role: Role) -> None:
        """Sets a role; sessions end. A new manager whose PIN is too short chooses another one at the next sign-in.

        Raises NotFoundError, RefusedError for the last manager.
        """
        with self._changing() as connection:
            known = _known(connection, about)
            if Role(known.role) is role:
                return
            if role is not Role.MANAGER:
                require_other_manager(connection, about)
            _update(connection, about, {"role": role.value, "own_role": True})
            _end_sessions(connection, about)
            self._note(connection, who, Change.ROLE, about, role)
        self._signed_out(about)

    def remove(self, who: str, about: AssociateId) -> None:
        """Ends a person's access; sessions and streams end, claimed requests wait again.

        Raises NotFoundError, RefusedError for the last manager.
        """
        with self._changing() as connection:
            known = _known(connection, about)
            require_other_manager(connection, about)
            _update(connection, about, {"active": False, "barred": True, "pin_hash": ""})
            _end_sessions(connection, about)
            self._note(connection, who, Change.REMOVED, about, Role(known.role))
        self._gone(about)

    def _pin(self, pin: str, role: Role) -> tuple[str, str]:
        """The PIN to show, empty if it was given, and its hash. Slow, so outside of any transaction."""
        made = "" if pin else random_pin(role)
        check_pin(pin or made, role)
        return made, self._checks.hash(pin or made, "")

    def _require_free(self, connection: Connection, name: str) -> None:
        names = [row.name for row in connection.execute(select(ASSOCIATE.c.name).where(ASSOCIATE.c.active))]
        if len(names) >= MAX_STAFF:
            raise RefusedError(f"the shop has {MAX_STAFF} people already; remove somebody first")
        if name.casefold() in {other.casefold() for other in names}:
            raise RefusedError("somebody has this name already; add a letter of the family name")

    def _note(self, connection: Connection, who: str, what: Change, about: str, role: Role) -> None:
        entry = {
            "at_us": self._now(),
            "who": who[:80],
            "what": what.value,
            "about": about,
            "role": role.value,
        }
        connection.execute(STAFF_LOG.insert(), [entry])

    def _changing(self) -> AbstractContextManager[Connection]:
        return self._database.writing()


def delete_log_before(database: Database, before_us: int) -> int:
    """Deletes entries of the log that are older than `KEEP_LOG_US`, counted from a time; returns how many."""
    with database.writing() as connection:
        old = delete(STAFF_LOG).where(STAFF_LOG.c.at_us < before_us - KEEP_LOG_US)
        return int(connection.execute(old).rowcount)


def _row(connection: Connection, about: AssociateId) -> Any:
    return connection.execute(select(ASSOCIATE).where(ASSOCIATE.c.associate_id == about)).one_or_none()


def _known(connection: Connection, about: AssociateId) -> Any:
    row = _row(connection, about)
    if row is None or not row.active:
        raise NotFoundError("nobody with this id has access")
    return row


def _update(connection: Connection, about: AssociateId, values: dict[str, Any]) -> None:
    connection.execute(update(ASSOCIATE).where(ASSOCIATE.c.associate_id == about).values(**values))


def _end_sessions(connection: Connection, about: AssociateId) -> None:
    end_sessions(connection, [about])
    connection.execute(delete(KNOWN_DEVICE).where(KNOWN_DEVICE.c.associate_id == about))


def _member(row: Any, *, blocked: bool) -> Member:
    return Member(
        AssociateId(row.associate_id),
        row.name,
        Role(row.role),
        by_feed=not row.by_hand,
        signs_in=bool(row.pin_hash),
        blocked=blocked,
    )
