"""Shoppers' requests to the associates: received, claimed, answered, escalated, and kept in the database.

Every change is written before it is published, so a restart of the store loses no request.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import delete, select

from kiosk.clock import Clocks
from kiosk.core.domain.hours.opening_hours import ALWAYS_OPEN, ShopHours
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId
from kiosk.core.domain.service_request import (
    ActionRefusedError,
    AssociateReply,
    RequestAction,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.wire import from_json, to_json
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import REQUEST
from kiosk.store.db.upsert import upsert
from kiosk.store.errors import ForbiddenError, NotFoundError, RefusedError
from kiosk.store.floor.answer_times import MAX_MEASUREMENTS
from kiosk.store.floor.applied_actions import AppliedActions, KeyedAction, delete_keys_before, write_key
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.staffed_time import StaffedTime

MAX_ESCALATIONS = 2
"""Steps of escalation: the next associate, then the manager."""


class RequestDesk:
    """All requests of the shop and the actions on them. To be used under the writer's lock; times come with the calls.

    It keeps `open_requests` up to date. `on_change` is called with a request after each change was written.
    `escalate_us`: how long a request may stay unclaimed before it is escalated; time without staff does not count
    (`hours`). `clocks`: the store's; without them that is measured by the times of the calls.
    """

    def __init__(
        self,
        database: Database,
        open_requests: OpenRequests,
        on_change: Callable[[ServiceRequest], None],
        escalate_us: int,
        clocks: Clocks | None = None,
        hours: ShopHours = ALWAYS_OPEN,
    ) -> None:
        self._database, self.open_requests = database, open_requests
        self._on_change, self._escalate_us = on_change, escalate_us
        self._applied = AppliedActions(database)
        self._clocks, self._time = clocks, StaffedTime(hours, clocks)
        self._arrived_us: dict[RequestId, int] = {}
        self._due_us: dict[RequestId, int] = {}
        self._load()

    def receive(self, request: ServiceRequest, now_us: int) -> ServiceRequest:
        """Takes a request; one that is known already is returned in its present state.

        Raises RefusedError if the id belongs to another room.
        """
        known = self._find(request.request_id)
        if known is not None:
            if known.room != request.room:
                raise RefusedError("this request id belongs to another room")
            return known
        fresh = replace(
            request, state=RequestState.SENDING, associate_id=None, by="", answer=None, minutes=0, escalated=0
        )
        self._arrived_us[fresh.request_id] = now_us
        received = apply_action(fresh, RequestAction.RECEIVE, now_us)
        return self._save(received, due_us=self._time.read(now_us) + self._escalate_us)

    def withdraw(self, request_id: RequestId, room: RoomId, now_us: int) -> ServiceRequest:
        """Cancels a request for its shopper; one that is closed already stays as it is.

        Raises NotFoundError, or ForbiddenError if it is another room's.
        """
        request = self._get(request_id)
        if request.room != room:
            raise ForbiddenError("this request belongs to another room")
        if not request.state.open:
            return request
        return self._save(apply_action(request, RequestAction.CANCEL, now_us))

    def apply(
        self, request_id: RequestId, action: RequestAction, now_us: int, associate_id: AssociateId, by: str,
        answer: AssociateReply | None = None, minutes: int = 0, key: str = "",
    ) -> ServiceRequest:  # fmt: skip
        """An associate's action on a request; `by` is the first name, `minutes` 0 for the estimated answer time.

        With a `key` it is done once, however often it is sent, also over a restart. Raises NotFoundError, or
        RefusedError if the request's state or its present holder does not allow it.
        """
        request = self._get(request_id)
        keyed = KeyedAction(associate_id, key, request_id, action) if key else None
        if (keyed and self._applied.known(keyed)) or _is_repeated(request, action, associate_id):
            return request
        answer_times = self.open_requests.answer_times
        promised = minutes or (answer_times.minutes if action is RequestAction.CLAIM else 0)
        try:
            after = apply_action(
                request, action, now_us, associate_id=associate_id, by=by, answer=answer, minutes=promised
            )
        except ActionRefusedError as refused:
            holder = f"; {request.by} has it" if request.by and request.state.open else ""
            raise RefusedError(f"the request is {request.state.value}{holder}") from refused
        arrived_us = self._arrived_us.get(request_id, now_us)
        due = self._time.read(now_us) + self._escalate_us if action is RequestAction.RELEASE else None
        saved = self._save(after, due_us=due, keyed=keyed)
        if action in (RequestAction.ARRIVE, RequestAction.FINISH) and request.state is RequestState.CLAIMED:
            answer_times.add(now_us - arrived_us)
        return saved

    def cancel_over(self, is_over: Callable[[ServiceRequest], bool], now_us: int) -> None:
        """Cancels the open requests whose visit has ended."""
        for request in self.open_requests.all():
            if is_over(request):
                self._save(apply_action(request, RequestAction.CANCEL, now_us))

    def release_of(self, gone: Callable[[AssociateId], bool], now_us: int) -> None:
        """Claimed requests of associates who are gone wait for another one again."""
        for request in self.open_requests.all():
            if request.state is RequestState.CLAIMED and request.associate_id and gone(request.associate_id):
                due_us = self._time.read(now_us) + self._escalate_us
                self._save(apply_action(request, RequestAction.RELEASE, now_us), due_us=due_us)

    def tick(self, now_us: int) -> None:
        """Escalates the requests that no associate has claimed in time."""
        time_us = self._time.read(now_us)
        if not self._due_us or not self._time.staffed(now_us):
            return
        for request_id, due_us in list(self._due_us.items()):
            request = self.open_requests.get(request_id)
            if time_us < due_us or request is None:
                continue
            after = apply_action(request, RequestAction.ESCALATE, now_us)
            again = time_us + self._escalate_us if after.escalated < MAX_ESCALATIONS else None
            self._save(after, due_us=again)

    def delete_before(self, before_us: int) -> int:
        """Deletes closed requests that last changed before this time; returns how many."""
        closed = [s.value for s in RequestState if not s.open]
        with self._database.writing() as connection:
            delete_keys_before(connection, before_us)
            old = delete(REQUEST).where(REQUEST.c.changed_us < before_us, REQUEST.c.state.in_(closed))
            return int(connection.execute(old).rowcount)

    def _save(
        self, request: ServiceRequest, due_us: int | None = None, keyed: KeyedAction | None = None
    ) -> ServiceRequest:
        arrived_us = self._arrived_us.setdefault(request.request_id, request.changed_us)
        with self._database.writing() as connection:
            upsert(connection, REQUEST, [{
                "request_id": request.request_id, "room": request.room, "ticket": request.ticket,
                "state": request.state.value, "made_us": request.made_us, "arrived_us": arrived_us,
                "changed_us": request.changed_us, "body": compact_json(to_json(request)),
            }])  # fmt: skip
            if keyed is not None:
                write_key(connection, keyed, request.changed_us)
        self._due_us.pop(request.request_id, None)
        self.open_requests.update(request)
        if not request.state.open:
            self._arrived_us.pop(request.request_id, None)
        elif due_us is not None:
            self._due_us[request.request_id] = due_us
        self._on_change(request)
        return request

    def _get(self, request_id: RequestId) -> ServiceRequest:
        request = self._find(request_id)
        if request is None:
            raise NotFoundError("there is no such request")
        return request

    def _find(self, request_id: RequestId) -> ServiceRequest | None:
        found = self.open_requests.get(request_id)
        if found is not None:
            return found
        with self._database.reading() as connection:
            body = connection.scalar(select(REQUEST.c.body).where(REQUEST.c.request_id == request_id))
        return None if body is None else _parse(body)

    def _load(self) -> None:
        """Reads the open requests and the last answer times after a start."""
        states = [s.value for s in RequestState if s.open]
        with self._database.reading() as connection:
            rows = connection.execute(select(REQUEST).where(REQUEST.c.state.in_(states))).all()
        for row in rows:
            request = _parse(row.body)
            self.open_requests.update(request)
            self._arrived_us[request.request_id] = row.arrived_us
            if request.state is RequestState.RECEIVED and request.escalated < MAX_ESCALATIONS:
                self._due_us[request.request_id] = self._since(request.changed_us) + self._escalate_us
        for duration_us in self._last_durations_us():
            self.open_requests.answer_times.add(duration_us)

    def _since(self, changed_us: int) -> int:
        """When a request changed, by the clock of the staff; without clocks no time has passed in this process."""
        now_us = self._clocks.now_us() if self._clocks is not None else changed_us
        return self._time.read_at(changed_us, now_us, self._escalate_us)

    def _last_durations_us(self) -> list[int]:
        answered = REQUEST.c.state.in_([RequestState.DONE.value, RequestState.AT_THE_DOOR.value])
        query = select(REQUEST.c.changed_us, REQUEST.c.arrived_us).where(answered)
        newest = query.order_by(REQUEST.c.changed_us.desc()).limit(MAX_MEASUREMENTS)
        with self._database.reading() as connection:
            rows = connection.execute(newest).all()
        return [row.changed_us - row.arrived_us for row in reversed(rows)]


def _parse(body: str) -> ServiceRequest:
    request: ServiceRequest = from_json(ServiceRequest, json.loads(body))
    return request


_REACHED = {
    RequestAction.CLAIM: RequestState.CLAIMED,
    RequestAction.ARRIVE: RequestState.AT_THE_DOOR,
    RequestAction.FINISH: RequestState.DONE,
    RequestAction.DECLINE: RequestState.DECLINED,
}


def _is_repeated(request: ServiceRequest, action: RequestAction, associate_id: AssociateId) -> bool:
    """Whether the same associate did this already: a second tap on a button is no mistake."""
    return request.associate_id == associate_id and _REACHED.get(action) is request.state
