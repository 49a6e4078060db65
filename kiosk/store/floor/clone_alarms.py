"""Alarms for copied cards: logged, counted, and shown to the associates until one of them acknowledges the alarm.

An alarm never contains the card's number. Alarms of one room are merged into one line of the associates' page.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from hardware.pcsc.tap_assessment import CloneIndicator
from kiosk.core.domain.ids import RoomId
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CloneAlarm:
    """A copied card was shown in a room: how many `times`, last at `at_us`, and the `CloneIndicator` it showed."""

    alarm_id: str
    room: RoomId
    at_us: int
    sign: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """An associate has acknowledged an alarm."""

    alarm_id: str


class CloneAlarms:
    """All alarms since the store started. To be used under the writer's lock."""

    def __init__(self, hub: EventHub, now_us: Callable[[], int]) -> None:
        self._hub, self._now = hub, now_us
        self._open: dict[RoomId, CloneAlarm] = {}
        self.count = 0

    def add(self, room: RoomId, sign: CloneIndicator) -> None:
        """Counts, logs and publishes one copied card."""
        self.count += 1
        log.warning(
            "room %s: a copied card was shown (%s); ask the person in the room for it", room, sign.value
        )
        known = self._open.get(room)
        alarm = CloneAlarm(secrets.token_urlsafe(8), room, self._now(), sign.value)
        if known is not None:
            alarm = replace(alarm, alarm_id=known.alarm_id, times=known.times + 1)
        self._open[room] = alarm
        self._hub.publish(FLOOR_TOPIC, alarm)

    def unacknowledged(self) -> tuple[CloneAlarm, ...]:
        """The alarms that no associate has acknowledged, the oldest first."""
        return tuple(self._open.values())

    def acknowledge(self, alarm_id: str, by: str) -> None:
        """Closes an alarm; `by` is the associate's id. Raises NotFoundError if there is no such alarm."""
        alarm = next((a for a in self._open.values() if a.alarm_id == alarm_id), None)
        if alarm is None:
            raise NotFoundError("there is no such alarm")
        del self._open[alarm.room]
        log.info("room %s: the alarm was acknowledged by %s", alarm.room, by)
        self._hub.publish(FLOOR_TOPIC, AlarmSeen(alarm_id))
