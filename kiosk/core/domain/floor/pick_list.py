"""The pick list of an associate: where she fetches what is asked for, then the rooms, in walking order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Final

from kiosk.core.domain.floor.plan import FloorPlan, Spot
from kiosk.core.domain.ids import RequestId

MAX_ORDERED: Final = 5
"""Of so many places every order is compared; of more the nearest one comes next."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One request as a way. `goods`: where its piece is to be fetched; None: nothing is, or she has it already."""

    request_id: RequestId
    room: Spot
    goods: Spot | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the list and the requests that are served there. `fetch`: goods are taken; else it is a room."""

    spot: Spot
    fetch: bool
    requests: tuple[RequestId, ...]


@dataclass(frozen=True, slots=True)
class PickList:
    """The stops in walking order, and the metres from the place where she is to the last of them."""

    stops: tuple[Stop, ...] = ()
    metres: float = 0.0


@dataclass(frozen=True, slots=True)
class PickView:
    """What the page of an associate shows: her stops, and the waiting requests that she can take along now."""

    stops: tuple[Stop, ...] = ()
    take_along: tuple[RequestId, ...] = ()


def pick_list(plan: FloorPlan, here: Spot, errands: Sequence[Errand]) -> PickList:
    """The shortest way: all goods and then all rooms, or where that is longer one request after the other.

    Requests are in the order of their age; where ways are equally long the older one comes first."""
    goods, rooms = _places(errands, fetch=True), _places(errands, fetch=False)
    merged = (
        _measured(plan, here, (*fetched, *served))
        for fetched in _orders(plan, here, goods)
        for served in _orders(plan, fetched[-1].spot if fetched else here, rooms)
    )
    return min((*merged, one_after_the_other(plan, here, errands)), key=lambda found: found.metres)


def one_after_the_other(plan: FloorPlan, here: Spot, errands: Sequence[Errand]) -> PickList:
    """Each request is fetched and brought before the next one."""
    return _measured(plan, here, tuple(stop for errand in errands for stop in _of_one(errand)))


def _of_one(errand: Errand) -> Iterator[Stop]:
    if errand.goods is not None:
        yield Stop(errand.goods, fetch=True, requests=(errand.request_id,))
    yield Stop(errand.room, fetch=False, requests=(errand.request_id,))


def _places(errands: Sequence[Errand], *, fetch: bool) -> tuple[Stop, ...]:
    """Each place once, with all that is fetched or brought there."""
    found: dict[Spot, tuple[RequestId, ...]] = {}
    for errand in errands:
        spot = errand.goods if fetch else errand.room
        if spot is not None:
            found[spot] = (*found.get(spot, ()), errand.request_id)
    return tuple(Stop(spot, fetch, requests) for spot, requests in found.items())


def _orders(plan: FloorPlan, here: Spot, stops: tuple[Stop, ...]) -> Iterator[tuple[Stop, ...]]:
    if len(stops) <= MAX_ORDERED:
        yield from permutations(stops)
    else:
        yield _nearest_next(plan, here, stops)


def _nearest_next(plan: FloorPlan, here: Spot, stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    left, found = list(stops), list[Stop]()
    while left:
        at = found[-1].spot if found else here
        nearest = min(left, key=lambda stop: plan.metres(at, stop.spot))
        left.remove(nearest)
        found.append(nearest)
    return tuple(found)


def _measured(plan: FloorPlan, here: Spot, stops: tuple[Stop, ...]) -> PickList:
    spots = (here, *(stop.spot for stop in stops))
    return PickList(stops, sum(plan.metres(one, other) for one, other in pairwise(spots)))
