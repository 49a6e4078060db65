"""Where the things that shoppers of a simulated day ask for are fetched, by the plan of the floor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.floor.plan import FloorPlan, Spot
from kiosk.core.domain.service_request import RequestKind, ServiceRequest

STOCKROOM: Final = "stockroom"
_PIECES: Final = frozenset({RequestKind.SIZE, RequestKind.PIECE})


@dataclass(frozen=True, slots=True)
class GoodsPlaces:
    """Places of rooms and goods. The article of a simulated request is its category."""

    plan: FloorPlan

    def room(self, request: ServiceRequest) -> Spot:
        """The room of a request, which is in the plan."""
        return self.plan.room(request.room) or Spot(self.plan.zones[0].key)

    def goods(self, request: ServiceRequest) -> Spot | None:
        """The entrance of the zone in which it is fetched; None where nothing is, or the plan does not say where."""
        near = self.room(request)
        if request.kind not in _PIECES:
            zone = self.plan.prepares(request.kind.value, near)
        elif request.article is None:
            zone = self.plan.stockroom(near)
        else:
            found = self.plan.rail_of(request.article)
            zone = found[0] if found else None
        return Spot(zone.key) if zone else None
