"""Who is on the floor: signed in, with a page open or a touch not long ago. Owned by the writer."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.visit.events import StaffChanged
from kiosk.store.staff.associates import Associate


@dataclass(slots=True)
class _Here:
    name: str
    pages: int
    seen_us: int


class StaffPresence:
    """The associates on the floor. Times come with the calls; names are first names as colleagues use them."""

    def __init__(self, present_us: int) -> None:
        self._present_us = present_us
        self._here: dict[str, _Here] = {}

    def seen(self, associate: Associate, now_us: int) -> None:
        """They touched something."""
        here = self._here.setdefault(associate.associate_id, _Here(associate.name, 0, now_us))
        here.seen_us = max(here.seen_us, now_us)

    def page(self, associate: Associate, now_us: int, opened: int) -> None:
        """They opened (+1) or lost (-1) the floor's stream."""
        self.seen(associate, now_us)
        here = self._here[associate.associate_id]
        here.pages = max(0, here.pages + opened)

    def left(self, associate: Associate) -> None:
        """They signed out."""
        self._here.pop(associate.associate_id, None)

    def names(self, now_us: int) -> tuple[str, ...]:
        """First names of those present, in alphabetical order."""
        gone = [k for k, h in self._here.items() if not h.pages and now_us - h.seen_us > self._present_us]
        for key in gone:
            del self._here[key]
        return tuple(sorted(h.name for h in self._here.values()))

    def staff(self, now_us: int, minutes: int) -> StaffChanged:
        """As mirrors are told."""
        return StaffChanged(now_us, self.names(now_us), minutes)
