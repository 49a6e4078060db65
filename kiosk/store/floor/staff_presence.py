"""Which associates are on the floor: signed in, with their page open or used a short time ago, and not on a break.

People of a role that does not serve shoppers are never on the floor (`Role.is_on_floor`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.core.domain.ids import AssociateId
from kiosk.core.visit.events import StaffChanged
from kiosk.store.staff.associates import Associate


@dataclass(slots=True)
class _Session:
    """One session of an associate: a device, a browser."""

    associate: Associate = field(repr=False)
    open_pages: int
    active_us: int


_Key = tuple[AssociateId, str]


class StaffPresence:
    """Associates on the floor, by their sessions. Times come with the calls. To be used under the writer's lock.

    `present_us`: how long an associate without an open page counts as present after the last activity. `began_us`: when
    the store was started; who was on the floor before has that time to be seen again.
    """

    def __init__(self, present_us: int, began_us: int = 0) -> None:
        self._present_us, self._began_us = present_us, began_us
        self._sessions: dict[_Key, _Session] = {}
        self._breaks: dict[AssociateId, int] = {}
        self._left: set[AssociateId] = set()

    def active(self, associate: Associate, now_us: int, session: str = "") -> None:
        """The associate used the page."""
        if not associate.role.is_on_floor:
            return
        found = self._sessions.setdefault((associate.associate_id, session), _Session(associate, 0, now_us))
        found.associate, found.active_us = associate, max(found.active_us, now_us)
        self._left.discard(associate.associate_id)

    def page_opened(self, associate: Associate, now_us: int, session: str = "") -> None:
        """The associate's page opened its event stream."""
        self.active(associate, now_us, session)
        found = self._sessions.get((associate.associate_id, session))
        if found is not None:
            found.open_pages += 1

    def page_closed(self, associate: Associate, now_us: int, session: str = "") -> None:
        """The associate's page closed its event stream, or lost it."""
        found = self._sessions.get((associate.associate_id, session))
        if found is None:
            return  # signed out, or without access any more
        self.active(associate, now_us, session)
        found.open_pages = max(0, found.open_pages - 1)

    def session_ended(self, session: str) -> None:
        """A session has ended: signed out, or for want of use. Its associate may have another one."""
        for key in [key for key in self._sessions if key[1] == session]:
            del self._sessions[key]
            self._gone(key[0])

    def left(self, associate_id: str) -> None:
        """The associate has no access any more, in no session."""
        for key in [key for key in self._sessions if key[0] == associate_id]:
            del self._sessions[key]
        self._gone(AssociateId(associate_id))

    def begin_break(self, associate_id: AssociateId, since_us: int) -> None:
        """A break begins; one that goes on has begun before. `since_us`: time of day."""
        self._breaks.setdefault(associate_id, since_us)

    def end_break(self, associate_id: AssociateId) -> None:
        """The associate is back, or has gone home."""
        self._breaks.pop(associate_id, None)

    def breaks(self) -> dict[AssociateId, int]:
        """Who is on a break, and since when."""
        return dict(self._breaks)

    def sessions(self) -> frozenset[str]:
        """The sessions of those who are on the floor."""
        return frozenset(session for _, session in self._sessions if session)

    def has_session(self, associate_id: AssociateId) -> bool:
        """Whether the associate is signed in anywhere."""
        return any(key[0] == associate_id for key in self._sessions)

    def on_floor(self, now_us: int) -> tuple[Associate, ...]:
        """The associates who can be asked now, by name."""
        silent = [
            k for k, s in self._sessions.items()
            if not s.open_pages and now_us - s.active_us > self._present_us
        ]  # fmt: skip
        for key in silent:
            del self._sessions[key]
        people = {key[0]: s.associate for key, s in self._sessions.items() if key[0] not in self._breaks}
        return tuple(sorted(people.values(), key=lambda a: (a.name, a.associate_id)))

    def is_gone(self, associate_id: AssociateId, now_us: int) -> bool:
        """Whether the associate cannot keep a request: signed out, on a break, or silent for too long."""
        if any(a.associate_id == associate_id for a in self.on_floor(now_us)):
            return False
        known = associate_id in self._left or associate_id in self._breaks
        return known or now_us - self._began_us > self._present_us

    def names(self, now_us: int) -> tuple[str, ...]:
        """First names of the associates on the floor, in alphabetical order."""
        return tuple(a.name for a in self.on_floor(now_us))

    def event(self, now_us: int, minutes: int) -> StaffChanged:
        """The event for mirrors and pages; `minutes` is the estimated answer time."""
        return StaffChanged(now_us, self.names(now_us), minutes)

    def _gone(self, associate_id: AssociateId) -> None:
        if not self.has_session(associate_id):
            self._left.add(associate_id)
