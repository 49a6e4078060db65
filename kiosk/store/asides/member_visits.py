"""What is put aside for a member since earlier visits, on her mirror: from the tap of her card on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.floor.aside import Aside
from kiosk.core.domain.ids import RoomId, ShopperId, Ticket
from kiosk.core.domain.shopper import Tier
from kiosk.core.visit.asides.aside_event import AsidesStated
from kiosk.store.asides.aside_members import AsideMembers
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Visit:
    """The visit of a member who has proved her card and agreed; another proof is another one."""

    ticket: Ticket
    member: ShopperId
    proved_us: int


@dataclass(slots=True)
class _Known:
    visit: _Visit
    hers: frozenset[str]
    """Ids of what was put aside for her before."""
    noted: set[str] = field(default_factory=set)
    """Ids of what was put aside in this visit, and is written."""


class MemberVisits:
    """To be ticked by one thread."""

    def __init__(
        self, members: AsideMembers, floor: ShopFloor, writer: AbstractContextManager[Any], now_us: Callable[[], int]
    ) -> None:  # fmt: skip
        """`writer`: the lock of the rooms' state."""
        self.members, self._floor, self._writer, self._now = members, floor, writer, now_us
        self._known: dict[RoomId, _Known] = {}

    def tick(self, listed: Callable[[], tuple[Aside, ...]]) -> None:
        """Notes whose pieces are, and states hers on her mirror. `listed`: what is put aside now. Where the database
        does not answer, it is tried again."""
        with self._writer:
            asides = listed()
            visits = {state.room.room: found for state in self._floor.rooms() if (found := _visit(state))}
        try:
            self._learn(visits, asides)
        except SQLAlchemyError as error:
            log.info("what is put aside for members is looked up later (%s)", type(error).__name__)
        with self._writer:
            for state in self._floor.rooms():
                known, visit = self._known.get(state.room.room), _visit(state)
                if visit is None:
                    self._state(state, ())  # she has withdrawn her consent
                elif known is not None and known.visit == visit:
                    hers = (one for one in listed() if one.aside_id in known.hers)
                    self._state(state, tuple(one for one in hers if one.ticket != visit.ticket))

    def _learn(self, visits: dict[RoomId, _Visit], asides: tuple[Aside, ...]) -> None:
        self._known = {room: one for room, one in self._known.items() if one.visit == visits.get(room)}
        for room, visit in visits.items():
            if room not in self._known:
                self._known[room] = _Known(visit, self.members.of(visit.member))
            known = self._known[room]
            new = {one.aside_id for one in asides if one.ticket == visit.ticket} - known.noted
            if new:
                self.members.add(visit.member, new)
                known.noted |= new

    def _state(self, state: RoomState, hers: tuple[Aside, ...]) -> None:
        visit, waiting = state.visit, tuple(one for one in hers if one.state.waits_for_her)
        if visit is None or visit.shopper is None or waiting == visit.shopper.asides:
            return
        state.visit = replace(visit, shopper=replace(visit.shopper, asides=waiting))
        event = AsidesStated(self._now(), visit.ticket, visit.shopper.shopper_id, waiting)
        self._floor.publish_to_mirror(state.room.room, event)


def _visit(state: RoomState) -> _Visit | None:
    visit = state.visit
    if visit is None or visit.shopper is None or not visit.clues or visit.shopper.tier < Tier.PROVED:
        return None
    return _Visit(visit.ticket, visit.shopper.shopper_id, visit.proved_us)
