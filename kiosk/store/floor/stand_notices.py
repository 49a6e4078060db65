"""Refused taps at stands, for the associates: one notice for each stand, until an associate confirms it.

A notice names neither the shopper nor her card.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kiosk.core.domain.ids import RoomId
from kiosk.store.errors import NotFoundError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, EventHub

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StandNotice:
    """The last tap at a stand was refused, or its result is not known. `why`: code of the reason."""

    stand: RoomId
    title: str
    why: str
    at_us: int


@dataclass(frozen=True, slots=True)
class StandNoticeEnded:
    """An associate has confirmed the notice, or a later tap has bought the piece."""

    stand: RoomId


class StandNotices:
    """The open notices. To be used under the writer's lock."""

    def __init__(self, hub: EventHub) -> None:
        self._hub = hub
        self._open: dict[RoomId, StandNotice] = {}

    def add(self, notice: StandNotice) -> None:
        """Publishes a notice; it replaces the stand's earlier one."""
        self._open[notice.stand] = notice
        self._hub.publish(FLOOR_TOPIC, notice)

    def end(self, stand: RoomId) -> None:
        """Ends the notice of a stand, if there is one."""
        if self._open.pop(stand, None) is not None:
            self._hub.publish(FLOOR_TOPIC, StandNoticeEnded(stand))

    def confirm(self, stand: RoomId, by: str) -> None:
        """Ends a notice; `by` is the associate's id. Raises NotFoundError if there is none."""
        if stand not in self._open:
            raise NotFoundError("there is no such notice")
        log.info("stand %s: the notice was confirmed by %s", stand, by)
        self.end(stand)

    def open(self) -> tuple[StandNotice, ...]:
        """The open notices, the oldest first."""
        return tuple(self._open.values())
