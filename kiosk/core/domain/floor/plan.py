"""The plan of the shop floor: zones with their rooms, rails and stock, and walking distances in metres.

A zone begins at its entrance. Its rooms stand in a row from there, `step_m` apart, the first one at the entrance; its
rails and its stock are at the entrance. A way joins the entrances of two zones.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from kiosk.core.domain.ids import RoomId


@dataclass(frozen=True, slots=True)
class Rail:
    """A place on the sales floor where garments of some categories hang. Categories are case-folded."""

    key: str
    categories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the shop. `prepares`: kinds of requests that are prepared here, such as drinks."""

    key: str
    rooms: tuple[RoomId, ...] = ()
    step_m: float = 0.0
    rails: tuple[Rail, ...] = ()
    stockroom: bool = False
    prepares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two zones, to be walked in both directions."""

    one: str
    other: str
    metres: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to walk to: a zone, and how many metres behind its entrance."""

    zone: str
    behind_m: float = 0.0


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """All zones and ways. Zones that no way joins are infinitely far from each other."""

    zones: tuple[Zone, ...]
    ways: tuple[Way, ...] = ()
    carries: int = 4
    """So many pieces an associate carries at once; 1: nothing is taken along."""

    def metres(self, here: Spot, there: Spot) -> float:
        """Length of the shortest way between two places."""
        if here.zone == there.zone:
            return abs(here.behind_m - there.behind_m)
        between = _distances(self).get((here.zone, there.zone), inf)
        return here.behind_m + between + there.behind_m

    def room(self, room: RoomId) -> Spot | None:
        """Where a room is; None for one that is not in the plan."""
        return _rooms(self).get(room)

    def rail_of(self, category: str) -> tuple[Zone, Rail] | None:
        """The rail on which garments of a category hang, with its zone; None if no rail names the category."""
        folded = category.casefold()
        found = ((zone, rail) for zone in self.zones for rail in zone.rails if folded in rail.categories)
        return next(found, None)

    def stockroom(self, near: Spot) -> Zone | None:
        """The stockroom that is nearest to a place; None if the plan has none."""
        return self._nearest((zone for zone in self.zones if zone.stockroom), near)

    def prepares(self, kind: str, near: Spot) -> Zone | None:
        """The zone nearest to a place in which requests of a kind are prepared; None if the plan has none."""
        return self._nearest((zone for zone in self.zones if kind in zone.prepares), near)

    def unreachable(self) -> tuple[str, ...]:
        """The zones to which no way leads from the first one."""
        from_first = _distances(self)
        return tuple(zone.key for zone in self.zones[1:] if (self.zones[0].key, zone.key) not in from_first)

    def _nearest(self, zones: Iterable[Zone], near: Spot) -> Zone | None:
        return min(zones, key=lambda zone: self.metres(near, Spot(zone.key)), default=None)


def row_plan(rooms: Iterable[RoomId], step_m: float, stock_m: float) -> FloorPlan:
    """The simplest shop: all rooms in one row, the stockroom with everything else `stock_m` metres from the first."""
    return FloorPlan(
        (
            Zone("rooms", tuple(rooms), step_m),
            Zone("stockroom", stockroom=True, prepares=frozenset({"drink"})),
        ),
        (Way("rooms", "stockroom", stock_m),),
    )


@lru_cache(maxsize=8)
def _rooms(plan: FloorPlan) -> Mapping[RoomId, Spot]:
    return {
        room: Spot(zone.key, place * zone.step_m)
        for zone in plan.zones
        for place, room in enumerate(zone.rooms)
    }


@lru_cache(maxsize=8)
def _distances(plan: FloorPlan) -> Mapping[tuple[str, str], float]:
    """Shortest distances between the entrances of all zones that ways join (Dijkstra 1959)."""
    nearby: dict[str, list[tuple[float, str]]] = {zone.key: [] for zone in plan.zones}
    for way in plan.ways:
        nearby.setdefault(way.one, []).append((way.metres, way.other))
        nearby.setdefault(way.other, []).append((way.metres, way.one))
    return {(first, last): metres for first in nearby for last, metres in _from(first, nearby).items()}


def _from(first: str, nearby: Mapping[str, list[tuple[float, str]]]) -> dict[str, float]:
    found: dict[str, float] = {}
    queue = [(0.0, first)]
    while queue:
        metres, zone = heapq.heappop(queue)
        if zone in found:
            continue
        found[zone] = metres
        for further, other in nearby[zone]:
            heapq.heappush(queue, (metres + further, other))
    return found
