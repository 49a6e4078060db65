"""Takes the cards of a feed in, beside those that were enrolled here, which no feed may touch.

A card's counter only rises and a blocked card stays blocked, also where a feed forgets a card and names it again later:
such a card is kept as nobody's instead of being deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, unique

from sqlalchemy import Connection, delete, select, update

from kiosk.store.db.tables import CREDENTIAL
from kiosk.store.db.upsert import upsert

NEVER_PROVED = -1
"""The counter of a card that has never shown a proof; it may be one that cannot."""


@unique
class CardSource(Enum):
    """Where a card comes from."""

    FEED = "feed"
    ENROLLED = "enrolled"


def import_cards(connection: Connection, cards: Sequence[tuple[str, str, str]], keep: bool) -> None:
    """Makes the feed's cards these (hash, shopper, kind); `keep` those it does not name."""
    known = {row.uid_mac: row for row in connection.execute(select(CREDENTIAL))}
    ours = {m for m, row in known.items() if row.source == CardSource.ENROLLED.value}
    named = {m: (who, kind) for m, who, kind in cards if m not in ours}
    if not keep:
        for gone in known.keys() - ours - named.keys():
            _forget(connection, gone)
    rows = [
        {
            "uid_mac": m, "shopper_id": who, "kind": kind, "source": CardSource.FEED.value,
            "counter": known[m].counter if m in known else NEVER_PROVED,
            "blocked": known[m].blocked if m in known else False,
            "limit_minor": known[m].limit_minor if m in known else None,
        }
        for m, (who, kind) in named.items()
    ]  # fmt: skip
    upsert(connection, CREDENTIAL, rows)


def _forget(connection: Connection, uid_mac: str) -> None:
    """A card that has a past becomes nobody's; one that has none is deleted."""
    past = (
        (CREDENTIAL.c.counter > NEVER_PROVED) | CREDENTIAL.c.blocked | CREDENTIAL.c.limit_minor.is_not(None)
    )
    this = CREDENTIAL.c.uid_mac == uid_mac
    connection.execute(update(CREDENTIAL).where(this, past).values(shopper_id=""))
    connection.execute(delete(CREDENTIAL).where(this, ~past))
