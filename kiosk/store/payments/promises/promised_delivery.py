"""What mirrors ask about delivery before an order is priced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.promise.values import DeliveryOffers
from kiosk.core.visit.effects import FindDelivery
from kiosk.store.errors import RefusedError
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.payments.till import MAX_ORDER_LINES, Till

MAX_ZONE: Final = 40


@dataclass(frozen=True, slots=True)
class PromisedDelivery:
    """Answers for the present visits. Safe to use from any thread."""

    till: Till
    visits: RoomVisits
    now_us: Callable[[], int]

    def offers(self, room: RoomId, asked: FindDelivery) -> DeliveryOffers:
        """What can be promised for these pieces now. Raises VisitOverError, RefusedError."""
        if not 0 < len(asked.pieces) <= MAX_ORDER_LINES or len(asked.zone) > MAX_ZONE:
            raise RefusedError(f"a question has 1 to {MAX_ORDER_LINES} pieces, and the key of a zone")
        self.visits.require_not_ended(room, asked.ticket)
        facts = self.visits.floor.room(room).facts_of(asked.ticket)
        lines = self.till.prices.priced(asked.pieces, facts)
        return self.till.promises.offers(lines, asked.zone, member=facts.member, now_us=self.now_us())
