"""Somebody shows a copy of a card: said once in the log, counted, and told to the associates. Never which card."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from hardware.pcsc.trust import CloneSign
from kiosk.core.ids import RoomId
from kiosk.store.hub import FLOOR, Hub

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CloneAlarm:
    """A copy was shown in a room; `sign` is how it gave itself away (`CloneSign`)."""

    room: RoomId
    at_us: int
    sign: str


class CloneAlarms:
    """All alarms since the store opened. To be used under the writer's lock."""

    def __init__(self, hub: Hub, now_us: Callable[[], int]) -> None:
        self._hub, self._now = hub, now_us
        self.count = 0

    def sound(self, room: RoomId, sign: CloneSign) -> None:
        """One more."""
        self.count += 1
        log.warning("room %s: a copied card was shown (%s); ask whoever is there for it", room, sign.value)
        self._hub.publish(FLOOR, CloneAlarm(room, self._now(), sign.value))
