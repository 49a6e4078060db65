"""Ends sessions and the notifications of their devices, in the transaction that takes the right to them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete

from kiosk.store.db.table_groups.push import PUSH_SUBSCRIPTION
from kiosk.store.db.tables import SESSION


def end_sessions(connection: Connection, people: Collection[str]) -> None:
    """They must sign in again on every device."""
    for table in (SESSION, PUSH_SUBSCRIPTION):
        connection.execute(delete(table).where(table.c.associate_id.in_(list(people))))


def end_session(connection: Connection, token_mac: str) -> None:
    """The person has signed out there. Both in one transaction: a page that subscribes in the same instant is known
    before it, and ended with it, or finds no session."""
    connection.execute(delete(SESSION).where(SESSION.c.token_mac == token_mac))
    connection.execute(delete(PUSH_SUBSCRIPTION).where(PUSH_SUBSCRIPTION.c.session_mac == token_mac))
