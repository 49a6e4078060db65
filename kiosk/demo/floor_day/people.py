"""The associates of a simulated day: each does one thing at a time, and now and then what no shop wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import exp
from random import Random
from typing import Final

from kiosk.clock import US
from kiosk.core.domain.floor.pick_list import Stop
from kiosk.core.domain.floor.plan import Spot
from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.service_request import AssociateReply, RequestAction, RequestState, ServiceRequest
from kiosk.demo.floor_day import behaviour as how
from kiosk.demo.floor_day.store_floor import StoreFloor
from kiosk.demo.floor_day.way import Line, Way
from kiosk.store.errors import RefusedError
from kiosk.store.floor.request_view import request_status
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.roles import Role

At = Callable[[float, Callable[[], None]], None]
"""Does something after so many seconds."""
_MISHAPS: Final = (
    ("walks off", how.WALKS_OFF, how.WALKS_OFF_S), ("signs out", how.SIGNS_OUT, how.SIGNED_OUT_S),
    ("no network", how.LOSES_NETWORK, how.NO_NETWORK_S), ("dead", how.TABLET_DIES, how.DEAD_S),
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """An associate on the floor. `seed`: of what this person does; the same under all rules."""

    number: int
    floor: StoreFloor
    at: At
    seed: str
    place: Spot
    busy: bool = False
    away: bool = False
    walked_m: float = 0.0
    way: Way = field(default_factory=Way)
    associate: Associate = field(init=False)

    def __post_init__(self) -> None:
        role = Role.MANAGER if self.number == 0 else Role.ASSOCIATE
        self.associate = Associate(
            AssociateId(f"a{self.number}"), f"A{self.number}", ("en", "de")[: 1 + self.number % 2], role
        )

    @property
    def _device(self) -> str:
        return f"device of {self.associate.associate_id}"

    def begins(self) -> None:
        """Opens the page."""
        self.away = False
        self.floor.presence.page_opened(self.associate, self.floor.clock(), self._device)

    def break_begins(self) -> None:
        """A break, after what is being done."""
        if self.busy or self.away:
            self.at(60.0, self.break_begins)
            return
        self.away = True
        self.floor.presence.begin_break(self.associate.associate_id, self.floor.clock())
        self.at(how.BREAK_S, self.break_ends)

    def break_ends(self) -> None:
        self.floor.presence.end_break(self.associate.associate_id)
        self.away = False
        self.look()

    def rung(self, request: ServiceRequest) -> None:
        """The device rings for a request."""
        rng = Random(f"{self.seed}-{request.request_id}-{self.number}-{request.changed_us}")
        if self.away:
            return
        if not self.busy and rng.random() >= how.IGNORES:
            self.at(spread(rng, how.NOTICE_S), self.look)
        else:
            self._sees_offers(rng)

    def look(self) -> None:
        """Takes the first request of the list that waits, if there is nothing else to do."""
        waiting = [r for r in self.floor.open_requests.all() if r.state is RequestState.RECEIVED]
        if self.busy or self.away or not waiting:
            return
        mine = self.associate.associate_id
        waiting.sort(key=lambda r: (r.asked_id != mine, *request_status(r).sort_key))
        if self._move(waiting[0], RequestAction.CLAIM):
            self.busy = True
            self._claimed(waiting[0])

    def _take_along(self) -> None:
        """Takes what the page offers to take along, while something is still to be fetched."""
        offers = self.floor.offers(self.associate.associate_id) if self.way.at_goods else ()
        request = self.floor.open_requests.get(offers[0]) if offers else None
        if request is not None and self._move(request, RequestAction.CLAIM):
            self._claimed(request)

    def _claimed(self, request: ServiceRequest) -> None:
        rng = Random(f"{self.seed}-{request.request_id}-{self.number}-claim")
        roll = rng.random()
        for what, share, seconds in _MISHAPS:
            if roll < share:
                self._mishap(what, seconds)
                return
            roll -= share
        places = self.floor.places
        starts = not self.way.lines
        self.way.lines.append(Line(request, places.room(request), places.goods(request), rng))
        if starts:
            self._goes_on()
        self._sees_offers(Random(f"{self.seed}-{request.request_id}-{self.number}-offers"))

    def _sees_offers(self, rng: Random) -> None:
        if self.way.at_goods and rng.random() >= how.IGNORES_AT_GOODS:
            self.at(spread(rng, how.NOTICE_S), self._take_along)

    def _goes_on(self) -> None:
        """Walks to the next place of her pick list."""
        plan = self.floor.places.plan
        stop = self.way.next_stop(plan, self.place)
        if stop is None:
            self._comes_back(opens=False)
            return
        metres = plan.metres(self.place, stop.spot)
        if not stop.fetch and not self.way.line(stop.requests[0]).fetched:
            metres += how.AISLE_M
        self.walked_m += metres
        self._later(metres / how.WALK_M_S, partial(self._arrives, stop))

    def _arrives(self, stop: Stop) -> None:
        self.place = stop.spot
        if stop.fetch:
            self._searches()
        else:
            self._at_door(self.way.take(stop.requests[0]))

    def _searches(self) -> None:
        line = self.way.to_fetch(self.place)
        if line is None:
            self._goes_on()
            return

        def found() -> None:
            line.goods, line.fetched = None, True
            self._searches()

        self._later(spread(line.rng, how.SEARCH_S[line.request.kind]), found)

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        """Does it unless something happens that ends her way."""
        way = self.way
        self.at(seconds, lambda: do() if self.way is way else None)

    def _mishap(self, what: str, seconds: float) -> None:
        """It ends the way: nothing that she has claimed is brought."""
        self.way = Way()
        presence, who = self.floor.presence, self.associate
        if what == "signs out":
            presence.session_ended(self._device)
        if what in ("no network", "dead"):
            self.at(how.NOTICED_LOST_S, lambda: presence.page_closed(who, self.floor.clock(), self._device))
        self.at(seconds, lambda: self._comes_back(opens=what != "walks off"))

    def _comes_back(self, *, opens: bool) -> None:
        if opens:
            self.begins()
        self.way = Way()
        self.busy = False
        self.look()

    def _at_door(self, line: Line) -> None:
        request = line.request
        if self._move(request, RequestAction.ARRIVE):
            self._later(spread(line.rng, how.SERVE_S[request.kind]), lambda: self._done(request))
        else:
            self._goes_on()

    def _done(self, request: ServiceRequest) -> None:
        self._move(request, RequestAction.FINISH)
        self._goes_on()

    def _move(self, request: ServiceRequest, action: RequestAction) -> bool:
        now_us, who = self.floor.clock(), self.associate
        self.floor.presence.active(who, now_us, self._device)
        answer = AssociateReply.COMING if action is RequestAction.CLAIM else None
        try:
            self.floor.desk.apply(request.request_id, action, now_us, who.associate_id, who.name, answer)
        except RefusedError:
            return False
        return True


def spread(rng: Random, median_s: float) -> float:
    """A log-normal time."""
    return median_s * exp(rng.gauss(0.0, how.SPREAD))


def microseconds(seconds: float) -> int:
    return round(seconds * US)
