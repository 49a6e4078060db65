"""Puts together what watches rooms and stands: their reports, and questions to the terminals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import Clocks
from kiosk.connectors.payments.port import PaymentTerminal
from kiosk.core.domain.ids import RoomId
from kiosk.store.errors import StoreError
from kiosk.store.fleet.fleet import Fleet
from kiosk.store.fleet.mirror_reports import MirrorReports
from kiosk.store.fleet.mirror_starts import StartLimit
from kiosk.store.fleet.terminal_watch import TerminalWatch
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.devices import DeviceKind, DeviceTokens


def compose_fleet(
    settings: StoreSettings, floor: ShopFloor, devices: DeviceTokens, drivers: Mapping[str, PaymentTerminal],
    unfinished: Callable[[str], Any], clocks: Clocks,
) -> Fleet:  # fmt: skip
    """The rooms' state; nothing is started. `unfinished`: the payments that occupy the terminal of an identity."""

    def paired() -> frozenset[str]:
        return frozenset(d.room for d in devices.all() if d.kind is DeviceKind.MIRROR)

    def connected(room: RoomId) -> bool:
        return floor.room(room).streams > 0

    def occupied(identity: str) -> bool:
        try:
            return bool(unfinished(identity))
        except (SQLAlchemyError, StoreError):
            return True  # not known: a payment may be under way

    starts = StartLimit(settings.alarms.mirror_starts, settings.alarms.mirror_starts_minutes * 60)
    reports = MirrorReports((room.room for room in settings.rooms), paired, connected, clocks, starts)
    stands = MirrorReports(map(RoomId, settings.stands), paired, lambda _: False, clocks, starts)
    terminals = TerminalWatch(drivers, occupied, clocks.now_us)
    return Fleet(
        settings.rooms, settings.readers, floor, reports, terminals, next(iter(drivers), ""),
        settings.stands, stands,
    )  # fmt: skip
