"""Section `floor_plan` of the store's configuration: zones with rooms, rails and stock, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from kiosk.config.mistakes import Place, nearest
from kiosk.config.types import Key, Name, Section
from kiosk.core.domain.floor.plan import FloorPlan, Rail, Way, Zone
from kiosk.core.domain.ids import RoomId

Metres = Annotated[float, Field(gt=0, le=2000)]


class RailPlace(Section):
    """A place on the sales floor, and the garments that hang there."""

    categories: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Categories as the feed writes them; upper and lower case are alike."""


class PlanZone(Section):
    """A part of the shop. Everything in it but the rooms is at its entrance."""

    rooms: tuple[Key, ...] = ()
    """Its rooms in the order in which an associate passes them; the first one is at the entrance."""
    step_m: Metres | None = None
    """Metres from one of its rooms to the next. Needed with two rooms or more."""
    rails: dict[Key, RailPlace] = Field(default_factory=dict)
    stockroom: bool = False
    """Pieces of the stockroom are here."""
    prepares: tuple[Key, ...] = ()
    """Services that are prepared here, by their keys in `services`, such as `drink`."""


class PlanWay(Section):
    """A way between the entrances of two zones."""

    between: Annotated[tuple[Key, ...], Field(min_length=2, max_length=2)]
    metres: Metres


class FloorPlanSection(Section):
    """Plan of the shop floor. It decides whom a request rings for; `cheval simulate floor` plays a day with it."""

    zones: Annotated[dict[Key, PlanZone], Field(min_length=1, max_length=200)]
    ways: Annotated[tuple[PlanWay, ...], Field(max_length=2000)] = ()
    carries: Annotated[int, Field(ge=1, le=10)] = 4
    """So many pieces an associate carries at once; 1: she takes no other request along."""


def floor_plan_of(section: FloorPlanSection) -> FloorPlan:
    """The plan as a value of the core."""
    return FloorPlan(
        tuple(_zone(key, zone) for key, zone in section.zones.items()),
        tuple(Way(way.between[0], way.between[1], way.metres) for way in section.ways),
        section.carries,
    )


def _zone(key: str, zone: PlanZone) -> Zone:
    rails = (
        Rail(name, frozenset(category.casefold() for category in rail.categories))
        for name, rail in zone.rails.items()
    )
    return Zone(
        key, tuple(map(RoomId, zone.rooms)), zone.step_m or 0.0, tuple(rails), zone.stockroom,
        frozenset(zone.prepares),
    )  # fmt: skip


def plan_mistakes(section: FloorPlanSection) -> Iterator[tuple[Place, str]]:
    """What does not fit together in a plan: places are below its section."""
    yield from _rooms(section)
    yield from _rails(section)
    ways = tuple(_ways(section))
    yield from ways
    if not ways:
        for zone in floor_plan_of(section).unreachable():
            first = next(iter(section.zones))
            yield ("zones", zone), f"no way leads here from `{first}`; write one in `ways`, with its metres"


def room_mistakes(section: FloorPlanSection, rooms: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """Rooms of the plan that the shop does not have, and rooms that are missing in the plan."""
    planned = {room for zone in section.zones.values() for room in zone.rooms}
    for key, zone in section.zones.items():
        for position, room in enumerate(zone.rooms):
            if room not in rooms:
                yield ("zones", key, "rooms", position), f"unknown room `{room}`{nearest(room, rooms)}"
    for room in rooms:
        if room not in planned:
            yield ("zones",), f"room `{room}` is in no zone; write it in `rooms` of its zone"


def _rooms(section: FloorPlanSection) -> Iterator[tuple[Place, str]]:
    first: dict[str, str] = {}
    for key, zone in section.zones.items():
        for position, room in enumerate(zone.rooms):
            place: Place = ("zones", key, "rooms", position)
            if room in first:
                yield place, f"room `{room}` is in zone `{first[room]}` already"
            first.setdefault(room, key)
        if len(zone.rooms) > 1 and zone.step_m is None:
            yield ("zones", key), "needs `step_m`, the metres from one room to the next"


def _rails(section: FloorPlanSection) -> Iterator[tuple[Place, str]]:
    names: dict[str, str] = {}
    categories: dict[str, str] = {}
    for key, zone in section.zones.items():
        for name, rail in zone.rails.items():
            if name in names:
                yield ("zones", key, "rails", name), f"zone `{names[name]}` has a rail of this name already"
            names.setdefault(name, key)
            for position, category in enumerate(rail.categories):
                known = categories.setdefault(category.casefold(), name)
                if known != name:
                    place: Place = ("zones", key, "rails", name, "categories", position)
                    yield place, f"`{category}` hangs on rail `{known}` already"


def _ways(section: FloorPlanSection) -> Iterator[tuple[Place, str]]:
    known: set[frozenset[str]] = set()
    for position, way in enumerate(section.ways):
        unknown = [zone for zone in way.between if zone not in section.zones]
        for zone in unknown:
            what = f"unknown zone `{zone}`{nearest(zone, section.zones)}"
            yield ("ways", position, "between"), what
        pair = frozenset(way.between)
        if not unknown and len(pair) == 1:
            yield ("ways", position, "between"), "joins a zone with itself"
        elif pair in known:
            yield ("ways", position, "between"), "this way is written twice"
        known.add(pair)
