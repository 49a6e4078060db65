"""Who is asked first for a new request: the free associate with the shortest way to the goods and on to the room.

Her device alone rings for `OFFER_US`; then every device does. Where nobody is clearly nearer than the others, every
device rings at once: waiting for one of several costs more time than a short walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.clock import US
from kiosk.core.domain.floor.pick_list import PickView
from kiosk.core.domain.floor.plan import Spot
from kiosk.core.domain.ids import ArticleId, AssociateId
from kiosk.core.domain.service_request import Asked, Reached, RequestState, ServiceRequest
from kiosk.store.floor.offers.goods_places import GoodsPlaces
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role

MIN_GAIN_M: Final = 15.0
"""The way of the nearest one is at least so much shorter than the mean way of the other free ones."""
SEEN_US: Final = 15 * 60 * US
"""For so long an associate is taken to be near the room where she was last."""
AT_THE_ROOM: Final = frozenset({RequestState.AT_THE_DOOR, RequestState.DONE})


class FirstAsked(Protocol):
    """Who is asked before everybody. To be used under the writer's lock."""

    def first_for(self, request: ServiceRequest) -> Asked | None:
        """For a request that has just been received. None: everybody is asked at once."""
        ...

    def minutes(self, request: ServiceRequest, who: AssociateId) -> int:
        """Minutes that it takes her by what she has claimed already; 0: nothing is known."""
        ...

    def view_of(self, who: AssociateId) -> PickView:
        """Her pick list."""
        ...

    def articles(self) -> tuple[ArticleId, ...]:
        """What `view_of` has to know of the catalogue."""
        ...

    def learn(self, articles: Iterable[ArticleId]) -> None:
        """Reads it. Not to be called under the writer's lock. Raises SQLAlchemyError."""
        ...


class Everybody:
    """No associate is asked before the others."""

    def first_for(self, request: ServiceRequest) -> Asked | None:
        del request
        return None

    def minutes(self, request: ServiceRequest, who: AssociateId) -> int:
        del request, who
        return 0

    def view_of(self, who: AssociateId) -> PickView:
        del who
        return PickView()

    def articles(self) -> tuple[ArticleId, ...]:
        return ()

    def learn(self, articles: Iterable[ArticleId]) -> None:
        del articles


@dataclass(frozen=True, slots=True)
class _Seen:
    spot: Spot
    at_us: int


class NearestFree(Everybody):
    """Asks the free associate with the shortest way who speaks the shopper's language; managers are not asked first.

    Where an associate is, is known from the requests that she served; after a start it is not known.
    """

    def __init__(
        self, on_floor: Callable[[], Sequence[Associate]], open_requests: OpenRequests, places: GoodsPlaces
    ) -> None:
        self._on_floor, self._open, self._places = on_floor, open_requests, places
        self._seen: dict[AssociateId, _Seen] = {}

    def noted(self, request: ServiceRequest) -> None:
        """A request has changed: its associate may have been at its room."""
        if request.associate_id and request.state in AT_THE_ROOM:
            self._seen[request.associate_id] = _Seen(self._places.room(request), request.changed_us)

    def first_for(self, request: ServiceRequest) -> Asked | None:
        ways = sorted((self._way_m(who, request), who.associate_id, who.name) for who in self._free(request))
        if len(ways) < 2:
            return None
        (shortest, who, name), others = ways[0], [way for way, _, _ in ways[1:]]
        if sum(others) / len(others) - shortest < MIN_GAIN_M:
            return None
        return Asked(Reached.ASSOCIATE, who, name)

    def shortest_m(self, request: ServiceRequest) -> float | None:
        """The way of the nearest free associate; None if there is none whose place is known."""
        return min((self._way_m(who, request) for who in self._free(request)), default=None)

    def spot_of(self, who: AssociateId, at_us: int) -> Spot | None:
        """Where she was last; None if that is long ago or not known."""
        seen = self._seen.get(who)
        return seen.spot if seen is not None and 0 <= at_us - seen.at_us <= SEEN_US else None

    def _free(self, request: ServiceRequest) -> list[Associate]:
        """Those who have nothing to do, and whose place is known; of these, whoever speaks the shopper's language."""
        busy = {each.associate_id or each.asked_id for each in self._open.all()}
        free = [
            who
            for who in self._on_floor()
            if who.role is not Role.MANAGER and who.associate_id not in busy and self._is_seen(who, request)
        ]
        return [who for who in free if request.language in who.languages] or free

    def _is_seen(self, who: Associate, request: ServiceRequest) -> bool:
        return self.spot_of(who.associate_id, request.changed_us) is not None

    def _way_m(self, who: Associate, request: ServiceRequest) -> float:
        return self._places.way_m(self._seen[who.associate_id].spot, request)
