"""Imports the cards of a feed. Cards that were enrolled in this store are never changed by a feed's line.

A card's counter only rises and a blocked card stays blocked, even if a feed omits a card and lists it again later: such
a card is kept without a shopper instead of being deleted. If a shopper is erased, her enrolled cards lose their link as
well; to use one again it must be enrolled again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum, unique
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from kiosk.store.db.tables import CREDENTIAL
from kiosk.store.db.upsert import upsert

NEVER_PROVED = -1
"""Counter of a card that was never authenticated; it may be a card without keys."""
_USED = (CREDENTIAL.c.counter > NEVER_PROVED) | CREDENTIAL.c.blocked | CREDENTIAL.c.limit_minor.is_not(None)


@unique
class CardSource(Enum):
    """How a card came into the store."""

    FEED = "feed"
    ENROLLED = "enrolled"


def import_cards_of(connection: Connection, cards: Mapping[str, Sequence[tuple[str, str]]]) -> set[str]:
    """Gives each of these shoppers exactly these cards (keyed hash, kind) of the feed; other shoppers keep theirs.

    Returns the shoppers whose cards have changed.
    """
    listed = {mac: (who, kind) for who, of_shopper in cards.items() for mac, kind in of_shopper}
    known = _known(connection, listed, cards)
    rows: list[dict[str, Any]] = []
    for mac, (who, kind) in listed.items():
        row = known.get(mac)
        if row is not None and (
            row.source == CardSource.ENROLLED.value or (row.shopper_id, row.kind) == (who, kind)
        ):
            continue
        rows.append(
            {
                "uid_mac": mac, "shopper_id": who, "kind": kind, "source": CardSource.FEED.value,
                "counter": row.counter if row is not None else NEVER_PROVED,
                "blocked": row.blocked if row is not None else False,
                "limit_minor": row.limit_minor if row is not None else None,
            }
        )  # fmt: skip
    upsert(connection, CREDENTIAL, rows)
    gone = {
        mac: row.shopper_id for mac, row in known.items()
        if mac not in listed and row.shopper_id in cards and row.source == CardSource.FEED.value
    }  # fmt: skip
    _remove(connection, gone)
    return {row["shopper_id"] for row in rows} | set(gone.values())


def unlink_cards(connection: Connection, shoppers: Collection[str]) -> None:
    """Takes all cards from shoppers who are erased."""
    this = CREDENTIAL.c.shopper_id.in_(shoppers)
    kept = _USED | (CREDENTIAL.c.source == CardSource.ENROLLED.value)
    connection.execute(delete(CREDENTIAL).where(this, ~kept))
    connection.execute(update(CREDENTIAL).where(this).values(shopper_id=""))


def _known(connection: Connection, macs: Collection[str], shoppers: Collection[str]) -> dict[str, Any]:
    these = or_(CREDENTIAL.c.uid_mac.in_(macs), CREDENTIAL.c.shopper_id.in_(shoppers))
    return {row.uid_mac: row for row in connection.execute(select(CREDENTIAL).where(these))}


def _remove(connection: Connection, macs: Collection[str]) -> None:
    """Deletes cards; those with a counter, block or limit are kept without a shopper."""
    this = CREDENTIAL.c.uid_mac.in_(list(macs))
    if macs:
        connection.execute(update(CREDENTIAL).where(this, _USED).values(shopper_id=""))
        connection.execute(delete(CREDENTIAL).where(this, ~_USED))
