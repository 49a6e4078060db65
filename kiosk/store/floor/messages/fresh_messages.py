"""Prices and stock of the pieces that associates show: read again while they are shown, so that a piece that was sold
meanwhile is not called to be had."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.staff_message import StaffMessage
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.store.floor.messages.room_messages import GarmentOf
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.floor.shop_floor import ShopFloor

CHECK_US: Final = 5 * US
"""Between two looks at what is shown."""


class FreshMessages:
    """Reads without the writer's lock. To be used from one thread."""

    def __init__(
        self, floor: ShopFloor, garment_of: GarmentOf, writer: AbstractContextManager[Any], clocks: Clocks
    ) -> None:
        """`writer`: the lock of the rooms' state."""
        self._floor, self._garment_of, self._writer, self._clocks = floor, garment_of, writer, clocks
        self._checked_us = clocks.steady_us()

    def tick(self) -> None:
        """Sends a message again, with the id that it has, where a piece of it has changed. To be called often."""
        now_us = self._clocks.steady_us()
        if now_us - self._checked_us < CHECK_US:
            return
        self._checked_us = now_us
        for state in self._floor.rooms():
            visit = state.visit
            if visit is not None and visit.message is not None and visit.message.garment is not None:
                self._refresh(state.room.room, visit.message)

    def _refresh(self, room: RoomId, message: StaffMessage) -> None:
        try:
            fresh = _with(message, self._garment_of)
        except SQLAlchemyError:
            return  # tried again
        if fresh == message:
            return
        with self._writer:
            visit = self._floor.room(room).visit
            if visit is None or not self._is_still_shown(visit, message):
                return
            self._floor.room(room).visit = replace(visit, message=fresh)
            shown = StaffMessageShown(self._clocks.now_us(), visit.ticket, fresh)
            self._floor.publish_to_mirror(room, shown)

    def _is_still_shown(self, visit: StoreVisit, message: StaffMessage) -> bool:
        """Another message, or another visit, may have come while the pieces were read."""
        return visit.message is message


def _with(message: StaffMessage, garment_of: GarmentOf) -> StaffMessage:
    """A piece that has left the catalogue stays as it was. Raises SQLAlchemyError."""

    def now(known: Garment) -> Garment:
        return garment_of(known.article) or known

    if message.look:
        look = tuple(replace(one, garment=now(one.garment)) for one in message.look)
        return replace(message, garment=look[0].garment, look=look)
    return replace(message, garment=now(message.garment)) if message.garment is not None else message
