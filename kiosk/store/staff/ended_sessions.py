"""Ends all sessions of people, and the notifications of their devices, in the transaction that takes their right."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete

from kiosk.store.db.table_groups.push import PUSH_SUBSCRIPTION
from kiosk.store.db.tables import SESSION


def end_sessions(connection: Connection, people: Collection[str]) -> None:
    """They must sign in again on every device."""
    for table in (SESSION, PUSH_SUBSCRIPTION):
        connection.execute(delete(table).where(table.c.associate_id.in_(list(people))))
