"""The way of a simulated associate: what she has claimed, and where of her pick list she is."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from kiosk.core.domain.floor.pick_list import Errand, Stop, pick_list
from kiosk.core.domain.floor.plan import FloorPlan, Spot
from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.service_request import ServiceRequest


@dataclass(slots=True)
class Line:
    """One request of a list. `goods`: None once it is fetched; `rng`: of what happens with it."""

    request: ServiceRequest
    room: Spot
    goods: Spot | None
    rng: Random
    fetched: bool = False

    @property
    def errand(self) -> Errand:
        return Errand(self.request.request_id, self.room, self.goods)


@dataclass(slots=True)
class Way:
    """Her lines, the oldest claim first."""

    lines: list[Line] = field(default_factory=list)

    @property
    def at_goods(self) -> bool:
        """Something is still to be fetched."""
        return any(line.goods is not None for line in self.lines)

    def next_stop(self, plan: FloorPlan, here: Spot) -> Stop | None:
        stops = pick_list(plan, here, [line.errand for line in self.lines]).stops
        return stops[0] if stops else None

    def to_fetch(self, spot: Spot) -> Line | None:
        """What is still to be fetched at a place."""
        return next((line for line in self.lines if line.goods == spot), None)

    def line(self, request_id: RequestId) -> Line:
        return next(line for line in self.lines if line.request.request_id == request_id)

    def take(self, request_id: RequestId) -> Line:
        """A line that is served now; it leaves the list."""
        found = self.line(request_id)
        self.lines.remove(found)
        return found
