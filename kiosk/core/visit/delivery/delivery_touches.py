"""Touches about delivery."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.domain.ids import PieceId
from kiosk.core.domain.promise.values import DeliveryWay


@dataclass(frozen=True, slots=True)
class DeliveryOpened:
    """The page of the ways was opened from the basket."""

    at_us: int


@dataclass(frozen=True, slots=True)
class DeliveryWayChosen:
    """A way was chosen for a piece; `piece` None: for all of the basket."""

    at_us: int
    way: DeliveryWay
    piece: PieceId | None = None


@dataclass(frozen=True, slots=True)
class DeliveryZoneChosen:
    """It is to be sent to this zone."""

    at_us: int
    zone: str


DeliveryTouch = DeliveryOpened | DeliveryWayChosen | DeliveryZoneChosen
