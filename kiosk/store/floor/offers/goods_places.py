"""Where what a request asks for is fetched, and how long the way to its room is, by the plan of the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.core.domain.floor.plan import FloorPlan, Spot
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.service_request import RequestKind, ServiceRequest

STOCKROOM: Final = "stockroom"
"""`ServiceRequest.lies` of a piece that is not on the sales floor."""
_PIECES: Final = frozenset({RequestKind.SIZE, RequestKind.PIECE})


@dataclass(frozen=True, slots=True)
class GoodsPlaces:
    """Places of rooms and goods. `category_of`: the category of an article as the feed writes it, empty if unknown."""

    plan: FloorPlan
    category_of: Callable[[ArticleId], str]
    learn: Callable[[Iterable[ArticleId]], None] = lambda _: None
    """Reads categories before they are asked for under the writer's lock."""

    def room(self, request: ServiceRequest) -> Spot:
        """The room of a request; for a room that is not in the plan, the entrance of the first zone."""
        return self.plan.room(request.room) or Spot(self.plan.zones[0].key)

    def goods(self, request: ServiceRequest) -> Spot | None:
        """The entrance of the zone in which it is fetched; None where nothing is, or the plan does not say where."""
        near = self.room(request)
        if request.kind not in _PIECES:
            zone = self.plan.prepares(request.kind_key, near)
        elif request.article is None or request.lies == STOCKROOM:
            zone = self.plan.stockroom(near)
        else:
            found = self.plan.rail_of(self.category_of(request.article))
            zone = found[0] if found else None
        return Spot(zone.key) if zone else None

    def way_m(self, here: Spot, request: ServiceRequest) -> float:
        """Metres from a place to the room of a request, by the place where what it asks for is fetched."""
        goods, room = self.goods(request), self.room(request)
        if goods is None:
            return self.plan.metres(here, room)
        return self.plan.metres(here, goods) + self.plan.metres(goods, room)
