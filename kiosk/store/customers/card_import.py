"""Imports the cards of a feed. Cards that were enrolled in this store are never changed by a feed.

A card's counter only rises and a blocked card stays blocked, even if a feed omits a card and lists it again later: such
a card is kept without a shopper instead of being deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, unique

from sqlalchemy import Connection, delete, select, update

from kiosk.store.db.tables import CREDENTIAL
from kiosk.store.db.upsert import upsert

NEVER_PROVED = -1
"""Counter of a card that was never authenticated; it may be a card without keys."""


@unique
class CardSource(Enum):
    """How a card came into the store."""

    FEED = "feed"
    ENROLLED = "enrolled"


def import_cards(connection: Connection, cards: Sequence[tuple[str, str, str]], keep: bool) -> None:
    """Replaces the cards of feeds by these (keyed hash, shopper id, kind). `keep`: cards that are not listed stay."""
    known = {row.uid_mac: row for row in connection.execute(select(CREDENTIAL))}
    enrolled = {m for m, row in known.items() if row.source == CardSource.ENROLLED.value}
    listed = {m: (who, kind) for m, who, kind in cards if m not in enrolled}
    if not keep:
        for gone in known.keys() - enrolled - listed.keys():
            _remove(connection, gone)
    rows = [
        {
            "uid_mac": m, "shopper_id": who, "kind": kind, "source": CardSource.FEED.value,
            "counter": known[m].counter if m in known else NEVER_PROVED,
            "blocked": known[m].blocked if m in known else False,
            "limit_minor": known[m].limit_minor if m in known else None,
        }
        for m, (who, kind) in listed.items()
    ]  # fmt: skip
    upsert(connection, CREDENTIAL, rows)


def _remove(connection: Connection, uid_mac: str) -> None:
    """Deletes a card; one with a counter, block or limit is kept without a shopper."""
    used = (
        (CREDENTIAL.c.counter > NEVER_PROVED) | CREDENTIAL.c.blocked | CREDENTIAL.c.limit_minor.is_not(None)
    )
    this = CREDENTIAL.c.uid_mac == uid_mac
    connection.execute(update(CREDENTIAL).where(this, used).values(shopper_id=""))
    connection.execute(delete(CREDENTIAL).where(this, ~used))
