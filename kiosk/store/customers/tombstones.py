"""Members who were erased, as keyed hashes of their ids, so that a feed that still lists them does not bring them back.

A keyed hash says nothing without the store's key, and a plain hash of a short number could be guessed. A member who
registers again gets another id from the retailer's system; with the same id she stays erased until the tombstone is
removed (`allow`), because the store cannot know whether the feed is late or she has come back.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from kiosk.core.domain.ids import ShopperId
from kiosk.store.db.tables import ERASED_MEMBER
from kiosk.store.db.upsert import upsert


@dataclass(frozen=True, slots=True)
class Tombstones:
    """Reads and writes them in a transaction of the caller. `key`: the store's key."""

    key: bytes

    def mac(self, member: str) -> str:
        """The keyed hash (HMAC-SHA-256) of a member's id."""
        return hmac.new(self.key, b"erased member:" + member.encode(), hashlib.sha256).hexdigest()

    def add(self, connection: Connection, member: ShopperId, at_us: int) -> None:
        upsert(connection, ERASED_MEMBER, [{"member_mac": self.mac(member), "erased_us": at_us}])

    def allow(self, connection: Connection, member: ShopperId) -> bool:
        """Removes the tombstone of a member; False if there is none."""
        this = ERASED_MEMBER.c.member_mac == self.mac(member)
        return connection.execute(delete(ERASED_MEMBER).where(this)).rowcount == 1

    def erased(self, connection: Connection, members: Collection[str]) -> frozenset[str]:
        """Those of some members who were erased."""
        if not members:
            return frozenset()
        known = connection.scalars(select(ERASED_MEMBER.c.member_mac)).all()
        if not known:
            return frozenset()
        macs = {self.mac(member): member for member in members}
        return frozenset(macs[mac] for mac in known if mac in macs)
