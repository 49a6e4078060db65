"""Puts together what watches the rooms: reports of the mirrors, and questions to the terminals."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import Clocks
from kiosk.core.domain.ids import RoomId
from kiosk.store.compose_access import AccessServices
from kiosk.store.compose_payments import PaymentServices
from kiosk.store.errors import StoreError
from kiosk.store.fleet.fleet import Fleet
from kiosk.store.fleet.mirror_reports import MirrorReports
from kiosk.store.fleet.terminal_watch import TerminalWatch
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.devices import DeviceKind


def compose_fleet(
    settings: StoreSettings,
    floor: ShopFloor,
    payments: PaymentServices,
    access: AccessServices,
    clocks: Clocks,
) -> Fleet:
    """The rooms' state; nothing is started."""

    def paired() -> frozenset[str]:
        return frozenset(d.room for d in access.devices.all() if d.kind is DeviceKind.MIRROR)

    def connected(room: RoomId) -> bool:
        return floor.room(room).streams > 0

    def occupied(identity: str) -> bool:
        try:
            return bool(payments.book.unfinished(identity))
        except (SQLAlchemyError, StoreError):
            return True  # not known: a payment may be under way

    drivers = payments.terminals.drivers
    reports = MirrorReports((room.room for room in settings.rooms), paired, connected, clocks)
    terminals = TerminalWatch(drivers, occupied, clocks.now_us)
    return Fleet(settings.rooms, settings.readers, floor, reports, terminals, next(iter(drivers), ""))
