"""Which keyed actions of associates were applied: an action that is sent again, its answer lost, is not done again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from kiosk.core.domain.ids import AssociateId, RequestId
from kiosk.core.domain.service_request import RequestAction
from kiosk.store.db.database import Database
from kiosk.store.db.table_groups.floor import APPLIED_ACTION
from kiosk.store.errors import RefusedError


@dataclass(frozen=True, slots=True)
class KeyedAction:
    """One action on one request, with the key that the associate's page made for it."""

    associate_id: AssociateId
    key: str
    request_id: RequestId
    action: RequestAction


class AppliedActions:
    """The keys of applied actions, in the database. To be used under the writer's lock."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keyed: KeyedAction) -> bool:
        """Whether it was applied. Raises RefusedError if the key was used for another action."""
        table = APPLIED_ACTION.c
        query = select(table.request_id, table.action).where(
            table.associate_id == keyed.associate_id, table.action_key == keyed.key
        )
        with self._database.reading() as connection:
            found = connection.execute(query).one_or_none()
        if found is None:
            return False
        if (found.request_id, found.action) != (keyed.request_id, keyed.action.value):
            raise RefusedError("this key was used for another action")
        return True


def write_key(connection: Connection, keyed: KeyedAction, at_us: int) -> None:
    """Writes a key in the transaction of its action."""
    connection.execute(insert(APPLIED_ACTION).values(
        associate_id=keyed.associate_id, action_key=keyed.key, request_id=keyed.request_id,
        action=keyed.action.value, applied_us=at_us,
    ))  # fmt: skip


def delete_keys_before(connection: Connection, before_us: int) -> None:
    """Deletes the keys of actions before this time."""
    connection.execute(delete(APPLIED_ACTION).where(APPLIED_ACTION.c.applied_us < before_us))
