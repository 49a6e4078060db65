"""PINs that their owners choose: when one must be chosen, and how it replaces the former one.

A PIN that the store makes is seen by the manager who passes it on, so it opens one sign-in, which names the next PIN. A
PIN set in the shop that is too short for a role given later must be replaced as well, and so must a manager's of the
feed that breaks a rule: it opens the staff, the devices and the members. Other PINs of the feed follow the retailer's
own rules.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from kiosk.store.db.database import Database
from kiosk.store.db.tables import ASSOCIATE, STAFF_LOG
from kiosk.store.errors import RefusedError, UnauthenticatedError
from kiosk.store.staff.ended_sessions import end_sessions
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.pin_rules import check_pin
from kiosk.store.staff.roles import Role
from kiosk.store.staff.sources import OWN_PIN_CHANGED

_WAIT_S = 2.0


def pin_due(row: Any, pin: str) -> bool:
    """Whether this right PIN of an associate's row must be replaced."""
    if row.pin_once:
        return True
    role = Role(row.role)
    if role is not Role.MANAGER and not (row.own_pin or row.own_role):
        return False
    try:
        check_pin(pin, role)
    except RefusedError:
        return True
    return False


class OwnPins:
    """Safe to use from any thread."""

    def __init__(self, database: Database, checks: PinChecks) -> None:
        self._database, self._checks = database, checks

    def choose(self, row: Any, pin: str, new_pin: str, now_us: int) -> None:
        """Replaces the right PIN of an associate's row. All sessions of the associate end.

        Raises RefusedError for a PIN that breaks a rule, UnauthenticatedError if the PIN was changed meanwhile.
        """
        check_pin(new_pin, Role(row.role))
        if new_pin == pin:
            raise RefusedError("this is the present PIN; choose another")
        hashed = self._checks.hash(new_pin, "")
        who = row.associate_id
        # only if nothing was changed since the PIN was checked: of two at once one counts, and a bar is not undone
        same = (
            ASSOCIATE.c.associate_id == who, ASSOCIATE.c.pin_hash == row.pin_hash, ASSOCIATE.c.active,
            ASSOCIATE.c.role == row.role,
        )  # fmt: skip
        with self._database.writing(_WAIT_S) as connection:
            if connection.execute(select(ASSOCIATE.c.associate_id).where(*same)).one_or_none() is None:
                raise UnauthenticatedError("the PIN was changed meanwhile")
            connection.execute(
                update(ASSOCIATE).where(*same).values(pin_hash=hashed, own_pin=True, pin_once=False)
            )
            end_sessions(connection, [who])
            entry = {"at_us": now_us, "who": who, "what": OWN_PIN_CHANGED, "about": who, "role": row.role}
            connection.execute(STAFF_LOG.insert(), [entry])
