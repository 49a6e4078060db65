"""What running visits hold of a member in the store's memory. Her mirror ends her visit when she is erased."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.domain.ids import ShopperId
from kiosk.store.floor.visits import RoomVisits
from kiosk.store.privacy.port import Held
from kiosk.store.service import Service


class RunningVisits:
    """Implements `PersonalData` for the visits of all rooms."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @property
    def _visits(self) -> RoomVisits:
        return self._service.visits

    def held(self, member: ShopperId) -> tuple[Held, ...]:
        with self._service.writer:
            rooms = self._visits.rooms_of(member)
        return (Held("visit", tuple({"room": room} for room in rooms)),) if rooms else ()

    def erase(self, member: ShopperId) -> Mapping[str, int]:
        with self._service.writer:
            count = len(self._visits.rooms_of(member))
            self._visits.forget_erased(lambda shopper_id: shopper_id != member)
        return {"visit": count}
