"""The round that an associate is on: what she fetches, from where she set out, and when she is where, estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.clock import US
from kiosk.core.domain.floor.pick_list import Errand, pick_list
from kiosk.core.domain.floor.plan import FloorPlan, Spot
from kiosk.core.domain.ids import RequestId

PACE_M_S: Final = 1.2
"""Walking speed, from Knoblauch et al., Transportation Research Record 1538 (1996): slower, round rails and people."""
FETCH_S: Final = 40.0
"""To find a piece. Assumed."""
HAND_OVER_S: Final = 25.0
"""At a room where a piece is handed over. Assumed."""


@dataclass(frozen=True, slots=True)
class Round:
    """One way of an associate. `here`: where she set out, at `began_us` of a steady clock. `errands`: the oldest claim
    first. `promised_us`: until when each is promised. `pieces`: how many she carries."""

    here: Spot
    began_us: int
    errands: tuple[Errand, ...] = ()
    promised_us: tuple[tuple[RequestId, int], ...] = ()
    pieces: int = 0

    def has(self, request_id: RequestId) -> bool:
        return self.errand_of(request_id) is not None

    def errand_of(self, request_id: RequestId) -> Errand | None:
        return next((each for each in self.errands if each.request_id == request_id), None)

    def with_errand(self, errand: Errand, until_us: int = 0, pieces: int = 1) -> Round:
        """The round with one more request, promised until then."""
        return replace(
            self, errands=(*self.errands, errand), pieces=self.pieces + pieces,
            promised_us=(*self.promised_us, (errand.request_id, until_us)),
        )  # fmt: skip

    def promised(self, request_id: RequestId, until_us: int) -> Round:
        """The round with another promise for one of its requests."""
        rest = (each for each in self.promised_us if each[0] != request_id)
        return replace(self, promised_us=(*rest, (request_id, until_us)))

    def without(self, request_id: RequestId, pieces: int = 1) -> Round:
        """The round without a request that has ended, or is brought. `pieces`: those that she carries no more."""
        return replace(
            self,
            pieces=max(0, self.pieces - pieces),
            errands=tuple(each for each in self.errands if each.request_id != request_id),
            promised_us=tuple(each for each in self.promised_us if each[0] != request_id),
        )

    def at(self, here: Spot, now_us: int) -> Round:
        """The round of one who is at this place now."""
        return replace(self, here=here, began_us=now_us)

    def fetched(self, here: Spot, now_us: int) -> Round:
        """The round of one who has all that she brings."""
        errands = tuple(replace(each, goods=None) for each in self.errands)
        return replace(self.at(here, now_us), errands=errands)

    def with_its_goods(self, plan: FloorPlan, now_us: int) -> Round:
        """The round of one who has left the goods, and sets out for more from where she fetched last."""
        stops = pick_list(plan, self.here, self.errands).stops
        here = next((stop.spot for stop in reversed(stops) if stop.fetch), self.here)
        return self.fetched(here, now_us)

    def metres(self, plan: FloorPlan) -> float:
        return pick_list(plan, self.here, self.errands).metres

    def arrivals(self, plan: FloorPlan) -> dict[RequestId, int]:
        """When each request is at its door."""
        return estimated(plan, self.here, self.began_us, self.errands)

    def leaves_goods_us(self, plan: FloorPlan) -> int:
        """When she has all that she fetches; `began_us` where nothing is left to fetch."""
        at_us, here, found_us = float(self.began_us), self.here, float(self.began_us)
        for stop in pick_list(plan, here, self.errands).stops:
            stays_s = (FETCH_S if stop.fetch else HAND_OVER_S) * len(stop.requests)
            at_us += (plan.metres(here, stop.spot) / PACE_M_S + stays_s) * US
            here, found_us = stop.spot, at_us if stop.fetch else found_us
        return round(found_us)


def estimated(plan: FloorPlan, here: Spot, began_us: int, errands: Sequence[Errand]) -> dict[RequestId, int]:
    """When each of the requests is at its door if an associate sets out for them at `began_us`."""
    at_us, found = float(began_us), dict[RequestId, int]()
    for stop in pick_list(plan, here, errands).stops:
        at_us += plan.metres(here, stop.spot) / PACE_M_S * US
        here = stop.spot
        for request_id in stop.requests:
            if not stop.fetch:
                found[request_id] = round(at_us)
            at_us += (FETCH_S if stop.fetch else HAND_OVER_S) * US
    return found
