"""Which associates are on the floor: signed in, with their page open or used a short time ago."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.visit.events import StaffChanged
from kiosk.store.staff.associates import Associate


@dataclass(slots=True)
class _Presence:
    name: str = field(repr=False)
    open_pages: int
    active_us: int


class StaffPresence:
    """Associates on the floor. Times come with the calls. To be used under the writer's lock.

    `present_us`: how long an associate without an open page counts as present after the last activity.
    """

    def __init__(self, present_us: int) -> None:
        self._present_us = present_us
        self._by_id: dict[str, _Presence] = {}

    def active(self, associate: Associate, now_us: int) -> None:
        """The associate used the page."""
        presence = self._by_id.setdefault(associate.associate_id, _Presence(associate.name, 0, now_us))
        presence.active_us = max(presence.active_us, now_us)

    def page_opened(self, associate: Associate, now_us: int) -> None:
        """The associate's page opened its event stream."""
        self.active(associate, now_us)
        self._by_id[associate.associate_id].open_pages += 1

    def page_closed(self, associate: Associate, now_us: int) -> None:
        """The associate's page closed its event stream, or lost it."""
        presence = self._by_id.get(associate.associate_id)
        if presence is None:
            return  # signed out, or without access any more
        self.active(associate, now_us)
        presence.open_pages = max(0, presence.open_pages - 1)

    def left(self, associate_id: str) -> None:
        """Signed out, or without access any more."""
        self._by_id.pop(associate_id, None)

    def names(self, now_us: int) -> tuple[str, ...]:
        """First names of the associates present, in alphabetical order."""
        gone = [
            k for k, p in self._by_id.items() if not p.open_pages and now_us - p.active_us > self._present_us
        ]
        for key in gone:
            del self._by_id[key]
        return tuple(sorted(p.name for p in self._by_id.values()))

    def event(self, now_us: int, minutes: int) -> StaffChanged:
        """The event for mirrors and pages; `minutes` is the estimated answer time."""
        return StaffChanged(now_us, self.names(now_us), minutes)
