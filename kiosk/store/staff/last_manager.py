"""The rule that a shop keeps a manager who can sign in, judged inside the transaction that writes.

One transaction writes at a time, so neither two managers nor a manager and a feed can end each other's access at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from kiosk.store.db.tables import ASSOCIATE
from kiosk.store.errors import RefusedError
from kiosk.store.staff.roles import Role


def managers(connection: Connection) -> frozenset[str]:
    """The ids of all managers who can sign in."""
    can = (ASSOCIATE.c.active, ASSOCIATE.c.role == Role.MANAGER.value, ASSOCIATE.c.pin_hash != "")
    return frozenset(
        row.associate_id for row in connection.execute(select(ASSOCIATE.c.associate_id).where(*can))
    )


def require_other_manager(connection: Connection, about: str) -> None:
    """Raises RefusedError if this is the last manager who can sign in."""
    if managers(connection) == {about}:
        raise RefusedError("this is the last manager who can sign in; name another manager first")


def must_stay(connection: Connection, leaving: Collection[str]) -> frozenset[str]:
    """Those of some people who must keep their access, since no manager who can sign in would be left."""
    found = managers(connection)
    return frozenset() if found - set(leaving) else found & set(leaving)


def must_stay_managers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """As `must_stay`, for rows that are to be written."""
    named = {row["associate_id"] for row in rows if _manages(row)}
    written = {row["associate_id"] for row in rows}
    return frozenset() if named else must_stay(connection, written)


def _manages(row: Mapping[str, Any]) -> bool:
    return bool(row["active"] and row["role"] == Role.MANAGER.value and row["pin_hash"])
