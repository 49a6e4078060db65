"""Somebody shows a copy of a card: said in the log, counted, and shown to the associates until one of them has seen it.

Never which card. Alarms of one room are one line on the page, since whoever tries a copy tries it more than once.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.ids import RoomId
from kiosk.store.errors import MissingError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CloneAlarm:
    """A copy was shown in a room `times` times; last at `at_us`; `sign` how it was recognised (`CloneIndicator`)."""

    alarm_id: str
    room: RoomId
    at_us: int
    sign: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """An associate has seen to it."""

    alarm_id: str


class CloneAlarms:
    """All alarms since the store opened. To be used under the writer's lock."""

    def __init__(self, hub: EventHub, now_us: Callable[[], int]) -> None:
        self._hub, self._now = hub, now_us
        self._waiting: dict[RoomId, CloneAlarm] = {}
        self.count = 0

    def sound(self, room: RoomId, sign: CloneIndicator) -> None:
        """One more."""
        self.count += 1
        log.warning("room %s: a copied card was shown (%s); ask whoever is there for it", room, sign.value)
        known = self._waiting.get(room)
        alarm = CloneAlarm(secrets.token_urlsafe(8), room, self._now(), sign.value)
        if known is not None:
            alarm = replace(alarm, alarm_id=known.alarm_id, times=known.times + 1)
        self._waiting[room] = alarm
        self._hub.publish(FLOOR_TOPIC, alarm)

    def waiting(self) -> tuple[CloneAlarm, ...]:
        """Those that nobody has seen to, the oldest first."""
        return tuple(self._waiting.values())

    def seen(self, alarm_id: str, by: str) -> None:
        """An associate has seen to it. Errors: MissingError."""
        alarm = next((a for a in self._waiting.values() if a.alarm_id == alarm_id), None)
        if alarm is None:
            raise MissingError("there is no such alarm")
        del self._waiting[alarm.room]
        log.info("room %s: the alarm was seen by %s", alarm.room, by)
        self._hub.publish(FLOOR_TOPIC, AlarmSeen(alarm_id))
