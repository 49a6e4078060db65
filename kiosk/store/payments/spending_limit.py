"""What a card or a ring may still pay today with the means on file: a limit on the token, whoever wears it.

What it paid is summed in the money journal, under the writer's lock and in the same transaction as the payment's key,
so that two rooms at once spend no more than one. The journal knows the token by a hash of its own for each day, which
leads from no order to a person and from no day to another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.clock import US
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import PaymentState
from kiosk.store.customers.card_book import CardBook
from kiosk.store.payments.order_book import OrderBook

OVER: Final = "over-limit"
BLOCKED: Final = "not-proved"
_NOT_SPENT: Final = (PaymentState.DECLINED, PaymentState.ABANDONED)


class SpendingLimit:
    """`day_limit_minor` holds for cards without a limit of their own; None for no limit. To be used under the writer's
    lock."""

    def __init__(
        self, cards: CardBook, book: OrderBook, day_limit_minor: int | None, time_zone: str, now_us: Callable[[], int]
    ) -> None:  # fmt: skip
        self._cards, self._book, self._limit = cards, book, day_limit_minor
        self._zone, self._now = ZoneInfo(time_zone), now_us

    def why_not(self, token: str, amount: Money) -> str:
        """Why the card with this hash may not pay so much now; empty where it may."""
        card = self._cards.by_mac(token)
        if card is None or card.blocked:
            return BLOCKED
        limit = self._limit if card.limit_minor is None else card.limit_minor
        return "" if limit is None or self.spent(token) + amount.minor <= limit else OVER

    def spent(self, token: str) -> int:
        """What it paid today by the shop's clock, with what is under way or not known yet; in minor units."""
        return sum(
            minor for minor, state in self._book.spent_by(self.day_of(token)) if state not in _NOT_SPENT
        )

    def day_of(self, token: str) -> str:
        """The token as the journal knows it today."""
        day = datetime.fromtimestamp(self._now() // US, self._zone).date()
        return hashlib.sha256(f"{token}|{day.isoformat()}".encode()).hexdigest()[:32]
