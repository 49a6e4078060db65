"""Plays a day: requests by the hour, the store's ticks each second while a request is open, people in between."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.ids import ArticleId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import Reached, RequestKind, RequestState, ServiceRequest
from kiosk.demo.floor_day import behaviour as how
from kiosk.demo.floor_day.measures import DayResult, Served, result_of
from kiosk.demo.floor_day.people import Person, microseconds
from kiosk.demo.floor_day.store_floor import START_US, Rules, StoreFloor, VirtualClock
from kiosk.store.floor.offers.goods_places import STOCKROOM

AFTER_S = 1800.0
"""After the last request people work on for so long."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Shop and size of a day, and the seed of everything that happens in it. One of the associates is a manager."""

    floor: FloorPlan
    associates: int
    requests: int
    seed: int

    def asks(self) -> list[tuple[float, ServiceRequest]]:
        """The requests with their seconds from opening time on, in order."""
        rng = Random(f"{self.seed}-requests")
        kinds, shares = [kind for kind, _ in how.KINDS], [share for _, share in how.KINDS]
        hours = rng.choices(range(how.OPEN_H), how.HOUR_SHARES, k=self.requests)
        times = sorted(hour * 3600.0 + rng.uniform(0.0, 3600.0) for hour in hours)
        return [
            (at_s, self._ask(n, at_s, rng.choices(kinds, shares)[0], rng)) for n, at_s in enumerate(times)
        ]

    @property
    def rooms(self) -> tuple[RoomId, ...]:
        """All rooms of the shop."""
        return tuple(room for zone in self.floor.zones for room in zone.rooms)

    @property
    def _categories(self) -> tuple[str, ...]:
        """One category of each rail."""
        return tuple(min(rail.categories) for zone in self.floor.zones for rail in zone.rails)

    def _ask(self, number: int, at_s: float, kind: RequestKind, rng: Random) -> ServiceRequest:
        room = rng.choice(self.rooms)
        language = rng.choice(("en", "en", "de"))
        on_rail = bool(self._categories) and rng.random() >= how.IN_STOCKROOM
        return ServiceRequest(
            RequestId(f"r{number}"), room, Ticket(f"t{number}"), kind, START_US + microseconds(at_s),
            article=ArticleId(rng.choice(self._categories)) if on_rail else None,
            language=language, lies="floor" if on_rail else STOCKROOM,
        )  # fmt: skip


@dataclass(slots=True)
class Day:
    """One day under some rules. `folder`: for its database."""

    plan: DayPlan
    rules: Rules
    folder: Path
    clock: VirtualClock = field(default_factory=VirtualClock)
    changes: list[ServiceRequest] = field(default_factory=list)
    released: int = 0
    _people: list[Person] = field(default_factory=list)
    _due: list[tuple[int, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def play(self) -> DayResult:
        """Plays the day to its end and measures it."""
        floor = StoreFloor(self.folder, self.clock, self.rules, self.plan.floor, self._changed)
        try:
            self._prepare(floor)
            self._run(floor)
        finally:
            floor.close()
        return self._result()

    def _prepare(self, floor: StoreFloor) -> None:
        rooms = [spot for room in self.plan.rooms if (spot := self.plan.floor.room(room))]
        for n in range(self.plan.associates):
            person = Person(n, floor, self._at, str(self.plan.seed), place=rooms[n % len(rooms)])
            self._people.append(person)
            self._at(0.0, person.begins)
            self._at(2 * 3600.0 + n * how.BREAK_S, person.break_begins)
        for at_s, request in self.plan.asks():
            self._at(at_s, partial(self._asks, floor, request))

    def _asks(self, floor: StoreFloor, request: ServiceRequest) -> None:
        floor.desk.receive(request, self.clock())

    def _run(self, floor: StoreFloor) -> None:
        end_us = START_US + microseconds(how.OPEN_H * 3600.0 + AFTER_S)
        tick_us = microseconds(1.0)
        while self.clock.now_us < end_us:
            next_us = self._due[0][0] if self._due else end_us
            if floor.open_requests.all():
                next_us = min(next_us, self.clock.now_us + tick_us)
            self.clock.now_us = min(next_us, end_us)
            while self._due and self._due[0][0] <= self.clock.now_us:
                heapq.heappop(self._due)[2]()
            floor.tick()

    def _at(self, seconds: float, do: Callable[[], None]) -> None:
        due_us = self.clock.now_us + max(0, microseconds(seconds))
        heapq.heappush(self._due, (due_us, next(self._numbers), do))

    def _changed(self, request: ServiceRequest) -> None:
        """What the page does: rings where a request waits anew, or where somebody is asked."""
        self.changes.append(request)
        if request.state is not RequestState.RECEIVED:
            return
        self.released += bool(request.lost_by) and request.reached is Reached.TEAM
        for person in self._people:
            if request.asked_id in (None, person.associate.associate_id):
                person.rung(request)

    def _result(self) -> DayResult:
        answered_us: dict[RequestId, int] = {}
        door_us: dict[RequestId, int] = {}
        promised_us: dict[RequestId, int] = {}
        late: set[RequestId] = set()
        for request in self.changes:
            if request.state is RequestState.CLAIMED:
                answered_us.setdefault(request.request_id, request.changed_us)
                promised_us[request.request_id] = request.changed_us + microseconds(request.minutes * 60.0)
            if request.state is RequestState.AT_THE_DOOR and request.request_id not in door_us:
                if request.changed_us > promised_us[request.request_id]:
                    late.add(request.request_id)
                door_us.setdefault(request.request_id, request.changed_us)
        served = [
            Served(
                _seconds(answered_us.get(request.request_id), request.made_us),
                _seconds(door_us.get(request.request_id), request.made_us),
            )
            for _, request in self.plan.asks()
        ]
        escalations = sum(r.rung > 0 and r.state is RequestState.RECEIVED for r in self.changes)
        return result_of(
            served, self.released, escalations, sum(person.walked_m for person in self._people), len(late)
        )


def _seconds(at_us: int | None, from_us: int) -> float | None:
    return None if at_us is None else (at_us - from_us) / 1e6
