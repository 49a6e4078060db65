"""Who is asked next for a request that nobody takes: a free associate, then the manager, then whoever is left. For a
service that managers answer, they are asked before all others.

Among several: who was asked least for it, has the fewest requests, speaks the shopper's language, was last at the
nearest room: by the plan of the floor, or else by the order of the rooms in the configuration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.core.domain.floor.plan import FloorPlan, Spot, row_plan
from kiosk.core.domain.floor.services import AnsweredBy
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId
from kiosk.core.domain.service_request import NOBODY_ASKED, Asked, Reached, ServiceRequest
from kiosk.store.floor.offers.service_offer import ServiceOffer
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role


class Escalation(Protocol):
    """Whom an escalation asks."""

    def next_for(self, request: ServiceRequest) -> Asked:
        """Who is to be asked now. It changes nothing: the request may not be written."""
        ...

    def asked(self, request: ServiceRequest) -> None:
        """The request is written, and `asked_id` was asked for it; also called for each open request at the start."""
        ...

    def has_somebody_new(self, request: ServiceRequest) -> bool:
        """Whether somebody is on the floor who was not asked for it yet."""
        ...

    def is_deserted(self) -> bool:
        """Whether nobody is on the floor."""
        ...

    def has_left(self, request: ServiceRequest) -> bool:
        """Whether the one who was asked last is not on the floor any more."""
        ...


class NobodyOnTheFloor:
    """An escalation that reaches nobody, and does not know who is there."""

    def next_for(self, request: ServiceRequest) -> Asked:
        del request
        return NOBODY_ASKED

    def asked(self, request: ServiceRequest) -> None:
        del request

    def has_somebody_new(self, request: ServiceRequest) -> bool:
        del request
        return False

    def is_deserted(self) -> bool:
        return False

    def has_left(self, request: ServiceRequest) -> bool:
        del request
        return False


class Dispatch:
    """To be used under the writer's lock. `on_floor`: the associates who can be asked now; `is_gone`: whether one is
    not there any more, which takes a while after the store's start."""

    def __init__(
        self,
        on_floor: Callable[[], Sequence[Associate]],
        open_requests: OpenRequests,
        rooms: Sequence[RoomId],
        is_gone: Callable[[AssociateId], bool] = lambda _: False,
        plan: FloorPlan | None = None,
        services: ServiceOffer | None = None,
    ) -> None:
        self._on_floor, self._open, self._is_gone = on_floor, open_requests, is_gone
        self._services = services or ServiceOffer()
        self._plan = plan or row_plan(rooms, 1.0, 0.0)
        self._last_place: dict[AssociateId, Spot] = {}
        self._asked: dict[RequestId, Counter[AssociateId]] = {}

    def noted(self, request: ServiceRequest) -> None:
        """A request has changed: its associate is at its room; a closed request needs no memory of who was asked."""
        place = self._plan.room(request.room)
        if request.associate_id and place is not None:
            self._last_place[request.associate_id] = place
        if not request.state.open:
            self._asked.pop(request.request_id, None)

    def next_for(self, request: ServiceRequest) -> Asked:
        """NOBODY if everybody on the floor was asked before; then the one who was asked least is asked again."""
        asked = self._asked.get(request.request_id, Counter())
        people = sorted(self._on_floor(), key=lambda a: self._rank(a, request, asked))
        if not people:
            return NOBODY_ASKED
        found = self._new_one(request, [a for a in people if not asked[a.associate_id]])
        reached, who = found or (Reached.NOBODY, people[0])
        return Asked(reached, who.associate_id, who.name)

    def asked(self, request: ServiceRequest) -> None:
        if request.asked_id is not None:
            self._asked.setdefault(request.request_id, Counter())[request.asked_id] += 1

    def has_somebody_new(self, request: ServiceRequest) -> bool:
        asked = self._asked.get(request.request_id, Counter())
        return any(not asked[a.associate_id] for a in self._on_floor())

    def is_deserted(self) -> bool:
        return not self._on_floor()

    def has_left(self, request: ServiceRequest) -> bool:
        return request.asked_id is not None and self._is_gone(request.asked_id)

    def _new_one(
        self, request: ServiceRequest, people: Sequence[Associate]
    ) -> tuple[Reached, Associate] | None:
        managers = [a for a in people if a.role is Role.MANAGER]
        others = [a for a in people if a.role is not Role.MANAGER]
        if managers and self._services.answered_by(request) is AnsweredBy.MANAGER:
            return Reached.MANAGER, managers[0]
        free = [a for a in others if not self._load(a)]
        if free and request.reached in (Reached.TEAM, Reached.NOBODY):
            return Reached.ASSOCIATE, free[0]
        if managers:
            return Reached.MANAGER, managers[0]
        return (Reached.ASSOCIATE, others[0]) if others else None

    def _rank(
        self, who: Associate, request: ServiceRequest, asked: Counter[AssociateId]
    ) -> tuple[int, int, bool, float, str]:
        here = self._plan.room(request.room)
        last = self._last_place.get(who.associate_id, here)
        distance = self._plan.metres(last, here) if last and here else 0.0
        strange = bool(request.language) and request.language not in who.languages
        return asked[who.associate_id], self._load(who), strange, distance, who.associate_id

    def _load(self, who: Associate) -> int:
        return sum(r.associate_id == who.associate_id for r in self._open.all())
