"""What the shopper has chosen about delivery, and what the store offers. Wiped with the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.promise.values import DeliveryPromise, DeliveryWay, DeliveryZone


@dataclass(frozen=True, slots=True)
class DeliveryChoices:
    """`ways`: of the pieces that she does not take with her."""

    question: int = 0
    """Number of the last question; an answer to an older one is dropped."""
    asked_us: int = 0
    """When it was asked."""
    searching: bool = False
    offers: tuple[DeliveryPromise, ...] = ()
    zone: str = ""
    zones: tuple[DeliveryZone, ...] = ()
    ways: Mapping[PieceId, DeliveryWay] = field(default_factory=dict)

    def way_of(self, piece: PieceId) -> DeliveryWay:
        """How she gets a piece."""
        return self.ways.get(piece, DeliveryWay.TAKE)

    def offers_way(self, way: DeliveryWay) -> bool:
        """Whether the store offers a way now."""
        return any(one.way is way for one in self.offers)
