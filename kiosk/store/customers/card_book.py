"""The cards of a store: shopper, counter, block, limit. UIDs are stored as keyed hashes (`mac`) only.

Safe from any thread, and with another process on the same database: a counter is raised in one SQL statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select, update

from hardware.pcsc.tap_assessment import KnownCard
from kiosk.core.domain.ids import ShopperId
from kiosk.store.customers.card_import import NEVER_PROVED, CardSource
from kiosk.store.db.database import Database
from kiosk.store.db.tables import CREDENTIAL, SHOPPER
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import NotFoundError, RefusedError

SHORT_LENGTH = 8
"""Characters of the hash that `cheval cards` shows as a card's name."""
_UID: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){1,16}")
"""ISO/IEC 14443-3 has 4, 7 or 10 bytes."""
CardMac = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card in the database. `shopper_id` is empty if the card has no shopper (any more)."""

    uid_mac: str = field(repr=False)
    shopper_id: ShopperId = field(repr=False)
    kind: str
    counter: int
    blocked: bool = False
    source: CardSource = CardSource.FEED
    limit_minor: int | None = None
    """Daily spending limit with the stored means, in minor units; None for the shop's limit."""

    @property
    def short(self) -> str:
        return self.uid_mac[:SHORT_LENGTH]

    @property
    def can_prove_itself(self) -> bool:
        """Whether the card can be authenticated, so that its UID alone must not be accepted."""
        return self.source is CardSource.ENROLLED or self.counter > NEVER_PROVED


class CardBook:
    """All cards of a store."""

    def __init__(self, database: Database, mac: CardMac) -> None:
        self._database, self._mac = database, mac

    def card(self, uid: str) -> StoredCard | None:
        """The card with this UID (hexadecimal, any case); None if unknown, or if it is no UID."""
        if not _UID.fullmatch(uid):
            return None
        return self.by_mac(self._mac(uid))

    def by_mac(self, uid_mac: str) -> StoredCard | None:
        """The card with this keyed hash; None if unknown."""
        with self._database.reading() as connection:
            row = connection.execute(select(CREDENTIAL).where(CREDENTIAL.c.uid_mac == uid_mac)).one_or_none()
        return None if row is None else _card(row)

    def known(self, uid: str) -> KnownCard | None:
        """The card with this UID, as what a tap is weighed against."""
        card = self.card(uid)
        return None if card is None else KnownCard(uid, card.counter, card.blocked)

    def raise_counter(self, uid: str, counter: int) -> bool:
        """Stores the counter of a valid proof; False if it is not above the stored one."""
        below = (CREDENTIAL.c.uid_mac == self._mac(uid)) & (CREDENTIAL.c.counter < counter)
        with self._database.writing() as connection:
            return connection.execute(update(CREDENTIAL).where(below).values(counter=counter)).rowcount == 1

    def has_shopper(self, shopper_id: str) -> bool:
        """Whether there is a shopper with this id."""
        with self._database.reading() as connection:
            wanted = select(SHOPPER.c.shopper_id).where(SHOPPER.c.shopper_id == shopper_id)
            return connection.scalar(wanted) is not None

    def enrol(self, uid: str, shopper_id: str, kind: str, counter: int) -> StoredCard:
        """Stores a card as enrolled. Raises RefusedError if it is another shopper's, or blocked."""
        with self._database.writing() as connection:
            found = connection.execute(
                select(CREDENTIAL).where(CREDENTIAL.c.uid_mac == self._mac(uid)).with_for_update()
            ).one_or_none()
            known = None if found is None else _card(found)
            check_assignable(known, shopper_id)
            # The counter never falls, so that old links do not become valid again.
            highest = max(counter, known.counter if known else counter)
            limit = known.limit_minor if known else None
            card = StoredCard(
                self._mac(uid),
                ShopperId(shopper_id),
                kind,
                highest,
                source=CardSource.ENROLLED,
                limit_minor=limit,
            )
            upsert(connection, CREDENTIAL, [_row(card)])
        return card

    def block(self, short: str, blocked: bool) -> StoredCard:
        """Blocks a card, or removes the block. Raises as `find` does."""
        card = self.find(short)
        with self._database.writing() as connection:
            this = CREDENTIAL.c.uid_mac == card.uid_mac
            connection.execute(update(CREDENTIAL).where(this).values(blocked=blocked))
        return self.find(card.uid_mac)

    def set_limit(self, short: str, minor: int | None) -> StoredCard:
        """Sets a card's daily limit in minor units; None for the shop's limit. Raises as `find` does."""
        card = self.find(short)
        with self._database.writing() as connection:
            this = CREDENTIAL.c.uid_mac == card.uid_mac
            connection.execute(update(CREDENTIAL).where(this).values(limit_minor=minor))
        return self.find(card.uid_mac)

    def find(self, short: str) -> StoredCard:
        """The card whose hash begins with `short`.

        Raises NotFoundError, or RefusedError if `short` is too short or several cards begin with it.
        """
        prefix = short.strip().lower()
        if len(prefix) < SHORT_LENGTH:
            raise RefusedError(f"a card is named by the {SHORT_LENGTH} characters that the list shows")
        found = [card for card in self.cards() if card.uid_mac.startswith(prefix)]
        if not found:
            raise NotFoundError(f"there is no card {short}")
        if len(found) > 1:
            raise RefusedError(f"{len(found)} cards begin with {short}; enter more characters")
        return found[0]

    def cards(self) -> tuple[StoredCard, ...]:
        """All cards, by shopper."""
        with self._database.reading() as connection:
            wanted = select(CREDENTIAL).order_by(CREDENTIAL.c.shopper_id, CREDENTIAL.c.uid_mac)
            return tuple(_card(row) for row in connection.execute(wanted))


def check_assignable(known: StoredCard | None, shopper_id: str) -> None:
    """Raises RefusedError if a known card is blocked or belongs to another shopper."""
    if known is None:
        return
    if known.blocked:
        raise RefusedError(f"card {known.short} is blocked; unblock it first")
    if known.shopper_id not in ("", shopper_id):
        raise RefusedError(f"card {known.short} belongs to shopper {known.shopper_id}")


def _card(row: Any) -> StoredCard:
    source = CardSource(row.source)
    shopper_id = ShopperId(row.shopper_id)
    return StoredCard(
        row.uid_mac, shopper_id, row.kind, row.counter, bool(row.blocked), source, row.limit_minor
    )


def _row(card: StoredCard) -> dict[str, Any]:
    return {
        "uid_mac": card.uid_mac,
        "shopper_id": card.shopper_id,
        "kind": card.kind,
        "counter": card.counter,
        "blocked": card.blocked,
        "source": card.source.value,
        "limit_minor": card.limit_minor,
    }
