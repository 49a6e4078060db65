"""Tailor's notes: written by the associate who has the request, changed until the work is done, shown on the mirror."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from kiosk.core.domain.floor.alteration import (
    MAX_DAYS,
    NoteMistake,
    TailorNote,
    day_mistake,
    line_of,
    mistake_of,
    next_open_day,
)
from kiosk.core.domain.hours.wall_clock import local_date
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, ShopperId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.alterations.alteration_rows import Alteration, AlterationRows
from kiosk.store.errors import NotFoundError, RefusedError
from kiosk.store.floor.event_hub import FLOOR_TOPIC, STOCKROOM_TOPIC, EventHub
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_rows import RequestRows
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.settings import ShopSettings
from kiosk.store.staff.associates import Associate

log = logging.getLogger(__name__)
ALTERATIONS_CHANGED: Final = "AlterationsChanged"
CHANGED: Final = "alteration-changed"
DONE: Final = "alteration-is-done"
NOT_HERS: Final = "alteration-not-claimed"
_HERS: Final = (RequestState.CLAIMED, RequestState.AT_THE_DOOR)


class NoteRefusedError(RefusedError):
    """A note that is not taken; `code` is the name of the page's text that says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewNote:
    """What an associate enters. `revision`: that of the note which she saw, 0 for none."""

    what: str = field(repr=False)
    price_minor: int
    ready: date
    revision: int = 0


class AlterationDesk:
    """The notes of a shop. Safe from any thread. Methods raise SQLAlchemyError."""

    def __init__(
        self, rows: AlterationRows, floor: ShopFloor, open_requests: OpenRequests, hub: EventHub, shop: ShopSettings,
        writer: AbstractContextManager[Any], now_us: Callable[[], int],
    ) -> None:  # fmt: skip
        self._rows, self._floor, self._open, self._hub = rows, floor, open_requests, hub
        self._shop, self._writer, self._now = shop, writer, now_us
        self._requests, self._zone = RequestRows(rows.database), ZoneInfo(shop.time_zone)

    @property
    def currency(self) -> str:
        """ISO 4217, of the prices."""
        return self._shop.currency

    def days(self) -> tuple[date, date]:
        """The first and the last day that may be promised now, in the shop's time zone."""
        today = self._today()
        return next_open_day(today, today, self._shop.hours) or today, today + timedelta(days=MAX_DAYS)

    def titles(self) -> dict[str, str]:
        """The titles of the rooms: the stockroom does not see the rooms themselves."""
        return {state.room.room: self._floor.title(state.room.room) for state in self._floor.rooms()}

    def listed(self) -> tuple[Alteration, ...]:
        """Those that are not done first, by day; then the done ones, the last one first."""
        return self._rows.listed()

    def write(self, who: Associate, request_id: RequestId, new: NewNote) -> Alteration:
        """A first note, of the associate who has the request; or a changed one, of any.

        Sent again as it is stored, nothing changes. Raises NotFoundError, NoteRefusedError."""
        what = self._checked(new)
        note = TailorNote(what, Money(new.price_minor, self.currency), new.ready.isoformat())
        with self._writer:
            known, now_us = self._rows.find(request_id), self._now()
            if known is not None and not known.done_us and known.note == note:
                return known
            if known is not None and known.done_us:
                raise NoteRefusedError(DONE, "this alteration is done")
            if (known.revision if known else 0) != new.revision:
                raise NoteRefusedError(CHANGED, "somebody has changed this note meanwhile")
            self._check_day(new.ready)
            me = who.associate_id
            if known is None:
                request = self._claimed(request_id, me)
                one = Alteration(request_id, request.room, note, 1, now_us, me, now_us, me)
                self._rows.save(one, self._member(request.room, request.ticket))
            else:
                one = replace(known, note=note, revision=known.revision + 1, changed_us=now_us, changed_by=me)
                self._rows.save(one)
            log.info("alteration %s: revision %d by %s", request_id, one.revision, me)
            self._show(one)
            self._publish()
            return one

    def done(self, who: Associate, request_id: RequestId) -> Alteration:
        """The work is done; done twice, it is done once. Raises NotFoundError."""
        with self._writer:
            known, now_us, me = self._rows.find(request_id), self._now(), who.associate_id
            if known is None:
                raise NotFoundError("there is no such alteration")
            if known.done_us:
                return known
            one = replace(
                known, revision=known.revision + 1, changed_us=now_us, changed_by=me, done_us=now_us, done_by=me
            )  # fmt: skip
            self._rows.save(one)
            log.info("alteration %s: done by %s", request_id, me)
            self._publish()
            return one

    def _checked(self, new: NewNote) -> str:
        what = line_of(new.what)
        mistake = mistake_of(what, new.price_minor)
        if mistake is not None:
            raise NoteRefusedError(mistake.value, "this text or this price is not taken")
        return what

    def _check_day(self, day: date) -> None:
        """A day that was possible when it was promised may be over, if only the text is changed: the note then needs
        another one as well."""
        today, hours = self._today(), self._shop.hours
        mistake = day_mistake(day, today, hours)
        if mistake is None:
            return
        found = next_open_day(day, today, hours) if mistake is not NoteMistake.FAR else None
        after = f"; the next open day is {found.isoformat()}" if found else ""
        raise NoteRefusedError(mistake.value, f"nothing can be ready on {day.isoformat()}{after}")

    def _claimed(self, request_id: RequestId, who: AssociateId) -> ServiceRequest:
        request = self._open.get(request_id)
        if request is None or request.kind is not RequestKind.ALTERATION:
            raise NotFoundError("there is no open request of this kind")
        if request.state not in _HERS or request.associate_id != who:
            holder = f"; {request.by} has it" if request.by else ""
            raise NoteRefusedError(NOT_HERS, f"the request is {request.state.value}{holder}")
        return request

    def _member(self, room: RoomId, ticket: Ticket) -> ShopperId | None:
        """Whose it is, if she lets associates keep a client book."""
        visit = self._floor.room(room).visit
        return visit.member if visit is not None and visit.ticket == ticket and visit.clues else None

    def _show(self, one: Alteration) -> None:
        """On the mirror, with the request; also with one that is closed, as long as its visit goes on."""
        known = self._open.get(one.request_id)
        request = known or self._requests.find(one.request_id)
        if request is None:
            return
        shown = replace(request, note=one.note, changed_us=one.changed_us)
        if known is not None:
            self._open.update(shown)
        self._floor.request_changed(shown)

    def _publish(self) -> None:
        for topic in (FLOOR_TOPIC, STOCKROOM_TOPIC):
            self._hub.publish(topic, {"is": ALTERATIONS_CHANGED}, ALTERATIONS_CHANGED)

    def _today(self) -> date:
        return local_date(self._now(), self._zone)
