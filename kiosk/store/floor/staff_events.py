"""Publishes which associates are on the floor, and the estimated answer time, to all mirrors and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any

from kiosk.core.domain.ids import AssociateId
from kiosk.core.visit.events import StaffChanged
from kiosk.store.floor.answer_times import AnswerTimes
from kiosk.store.floor.event_hub import EventHub
from kiosk.store.floor.staff_presence import StaffPresence
from kiosk.store.staff.associates import Associate
from kiosk.store.staff.kept_breaks import KeptBreaks


class StaffEvents:
    """The associates present. Each method changes and publishes under the writer's lock. Safe from any thread.

    `session`: the hash of the session's token; an associate is present as long as one of the sessions is.
    A break lasts until the associate ends it, claims a request, signs in, signs out of the last device, or has no
    access any more. It outlives a restart and the idle end of a session.
    """

    def __init__(
        self,
        presence: StaffPresence,
        answer_times: AnswerTimes,
        hub: EventHub,
        topics: Iterable[str],
        *,
        writer: AbstractContextManager[Any],
        now_us: Callable[[], int],
        kept: KeptBreaks,
    ) -> None:
        self._presence, self._answer_times, self._hub, self._topics = (
            presence,
            answer_times,
            hub,
            tuple(topics),
        )
        self._writer, self._now, self._kept = writer, now_us, kept
        self._storing = Lock()
        for associate_id, since_us in kept.all().items():
            presence.begin_break(associate_id, since_us)
        self._published: tuple[tuple[str, ...], int] = ((), 0)

    def active(self, associate: Associate, session: str = "") -> None:
        """The associate used the page."""
        with self._writer:
            self._presence.active(associate, self._now(), session)
            self.publish()

    def page_opened(self, associate: Associate, session: str = "") -> None:
        """The associate's page opened its event stream."""
        with self._writer:
            self._presence.page_opened(associate, self._now(), session)
            self.publish()

    def page_closed(self, associate: Associate, session: str = "") -> None:
        """The associate's page closed its event stream, or lost it."""
        with self._writer:
            self._presence.page_closed(associate, self._now(), session)
            self.publish()

    def session_ended(self, session: str) -> None:
        """A session has ended by itself."""
        with self._writer:
            self._presence.session_ended(session)
            self.publish()

    def signed_out(self, associate_id: AssociateId, session: str) -> None:
        """The associate has signed out on one device."""
        self.session_ended(session)
        with self._writer:
            gone = not self._presence.has_session(associate_id)
        if gone:
            self.end_break(associate_id)

    def left(self, associate_id: AssociateId) -> None:
        """The associate has no access any more."""
        with self._writer:
            self._presence.left(associate_id)
            self.publish()
        self.end_break(associate_id)

    def begin_break(self, associate_id: AssociateId, since_us: int) -> None:
        """A break of the associate begins. `since_us`: time of day. Not to be called under the writer's lock."""
        with self._storing:
            with self._writer:
                self._presence.begin_break(associate_id, since_us)
                since_us = self._presence.breaks()[associate_id]
                self.publish()
            self._kept.begin(associate_id, since_us)

    def end_break(self, associate_id: AssociateId) -> None:
        """A break of the associate ends, if there is one. Not to be called under the writer's lock."""
        with self._storing:
            with self._writer:
                was = associate_id in self._presence.breaks()
                self._presence.end_break(associate_id)
                self.publish()
            if was:
                self._kept.end(associate_id)

    def breaks(self) -> dict[AssociateId, int]:
        """Who is on a break, and since when (time of day)."""
        with self._writer:
            return self._presence.breaks()

    def sessions(self) -> frozenset[str]:
        """The sessions of those who are on the floor, also with a closed page."""
        with self._writer:
            return self._presence.sessions()

    def on_floor(self) -> tuple[Associate, ...]:
        """The associates who can be asked now. To be called under the writer's lock."""
        return self._presence.on_floor(self._now())

    def is_gone(self, associate_id: AssociateId) -> bool:
        """Whether the claims of the associate end. To be called under the writer's lock."""
        return self._presence.is_gone(associate_id, self._now())

    def publish(self) -> None:
        """Publishes who is present and the estimated answer time, if either has changed."""
        with self._writer:
            staff = self.event()
            if (staff.names, staff.minutes) == self._published:
                return
            self._published = (staff.names, staff.minutes)
            for topic in self._topics:
                self._hub.publish(topic, staff)

    def event(self) -> StaffChanged:
        """Who is present now, as an event. To be called under the writer's lock."""
        return self._presence.event(self._now(), self._answer_times.minutes())
