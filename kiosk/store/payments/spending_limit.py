"""Daily spending limit of a card or ring for stored means, computed from the ledger.

Amounts are summed under the lock of the payments, under which the payment's key is written too, so that two rooms at
once do not exceed one limit. The ledger has a hash of the card that differs each day (`card_day_hash`): it can be
linked neither to a person nor to another day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.money import Money
from kiosk.store.customers.card_book import CardBook
from kiosk.store.payments.order_book import OrderBook

OVER_LIMIT: Final = "over-limit"
NOT_PROVED: Final = "not-proved"


@dataclass(frozen=True, slots=True)
class StoredMeans:
    """A shopper whose stored means may be charged now; `card_day_hash` identifies her
    card in the ledger today."""

    shopper_id: str = field(repr=False)
    card_day_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoStoredMeans:
    """Code of the reason why no stored means may be charged now."""

    why: str


class SpendingLimit:
    """`day_limit_minor` (minor units) applies to cards without a limit of their own; None means no limit.

    Call its methods under the lock of the payments. `uid_mac` is a card's hash as the card book stores it.
    """

    def __init__(
        self, cards: CardBook, book: OrderBook, day_limit_minor: int | None, time_zone: str, now_us: Callable[[], int]
    ) -> None:  # fmt: skip
        self._cards, self._book, self._limit = cards, book, day_limit_minor
        self._zone, self._now = ZoneInfo(time_zone), now_us

    def means(self, payer: tuple[ShopperId, str] | None, amount: Money) -> StoredMeans | NoStoredMeans:
        """The stored means of a shopper and her card (its hash) for this amount, or why they may not be charged."""
        if payer is None:
            return NoStoredMeans(NOT_PROVED)
        shopper_id, uid_mac = payer
        refusal = self.refusal(uid_mac, amount)
        return NoStoredMeans(refusal) if refusal else StoredMeans(shopper_id, self.day_hash_of(uid_mac))

    def refusal(self, uid_mac: str, amount: Money) -> str:
        """Code of the reason why a card may not pay this amount now; empty if it may."""
        card = self._cards.by_mac(uid_mac)
        if card is None or card.blocked:
            return NOT_PROVED
        limit = self._limit if card.limit_minor is None else card.limit_minor
        return "" if limit is None or self.spent(uid_mac) + amount.minor <= limit else OVER_LIMIT

    def spent(self, uid_mac: str) -> int:
        """What a card paid today in minor units, with open payments; the day is that of the shop's time zone."""
        return sum(
            minor for minor, state in self._book.spent_by(self.day_hash_of(uid_mac)) if not state.is_unpaid
        )

    def day_hash_of(self, uid_mac: str, days_ago: int = 0) -> str:
        """The hash that identifies a card in the ledger today, or on an earlier day."""
        day = datetime.fromtimestamp(self._now() // US, self._zone).date() - timedelta(days=days_ago)
        return hashlib.sha256(f"{uid_mac}|{day.isoformat()}".encode()).hexdigest()[:32]
