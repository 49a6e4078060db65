"""The store's side of a simulated day: request desk, presence and dispatch of the store on a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from typing import Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.plan import FloorPlan
from kiosk.core.domain.ids import AssociateId, RequestId
from kiosk.core.domain.service_request import ServiceRequest
from kiosk.store.db.database import Database
from kiosk.store.floor.dispatch import Dispatch
from kiosk.store.floor.offers.goods_places import GoodsPlaces
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.picking.picking import Picking
from kiosk.store.floor.request_desk import RequestDesk
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.settings import Timeouts

START_US: Final = 1_790_000_000 * US


@unique
class Rules(Enum):
    """By which rules requests reach associates."""

    STORE = "store"
    """As in the product."""
    FIRST_COME = "first come, first served"
    """Escalations ring everywhere again, for nobody in particular; claims end as in the product."""
    NO_LEASE = "claims without lease"
    """The planted fault: a claim ends only by its holder."""


@dataclass(slots=True)
class VirtualClock:
    """Microseconds UTC; moved by the simulation."""

    now_us: int = START_US

    def __call__(self) -> int:
        return self.now_us


class StoreFloor:
    """The parts of the store that decide about requests. `on_change` is called after each change of a request."""

    def __init__(
        self, folder: Path, clock: VirtualClock, rules: Rules, plan: FloorPlan,
        on_change: Callable[[ServiceRequest], None],
    ) -> None:  # fmt: skip
        times = Timeouts()
        self.clock, self._rules, self.places = clock, rules, GoodsPlaces(plan, str)
        self._database = Database(f"sqlite:///{folder / f'{rules.name.lower()}.db'}")
        self.open_requests = OpenRequests()
        self.presence = StaffPresence(times.present_us, clock())
        dispatch = Dispatch(
            lambda: self.presence.on_floor(clock()), self.open_requests, (),
            lambda who: self.presence.is_gone(who, clock()), plan,
        )  # fmt: skip

        picking = Picking(lambda: self.presence.on_floor(clock()), self.open_requests, self.places, clock)

        def changed(request: ServiceRequest) -> None:
            dispatch.noted(request)
            picking.noted(request)
            on_change(request)

        self._picking = picking
        self.desk = RequestDesk(
            self._database, self.open_requests, changed, times.escalate_us, Clocks(clock, clock),
            escalation=None if rules is Rules.FIRST_COME else dispatch,
            first_asked=None if rules is Rules.FIRST_COME else picking,
        )  # fmt: skip

    def offers(self, who: AssociateId) -> tuple[RequestId, ...]:
        """What her page offers to take along."""
        return () if self._rules is Rules.FIRST_COME else self._picking.view_of(who).take_along

    def tick(self) -> None:
        """What the store does several times a second."""
        now_us = self.clock()
        if self._rules is not Rules.NO_LEASE:
            self.desk.release_of(lambda who: self.presence.is_gone(who, now_us), now_us)
            self.desk.end_leases(now_us)
        self.desk.end_offers(now_us)
        self.desk.escalate(now_us)

    def close(self) -> None:
        self._database.close()
