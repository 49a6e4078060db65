"""The request loop: nobody who asks is forgotten, and no restart of the store loses a request.

Every change is written to the database before anybody hears of it. All calls are made under the writer's lock; time
comes in with the call.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import delete, select

from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import (
    ActionRefusedError,
    AssociateReply,
    RequestAction,
    RequestState,
    ServiceRequest,
    apply_action,
)
from kiosk.core.wire import plain, read
from kiosk.store.db.database import Database
from kiosk.store.db.tables import REQUEST
from kiosk.store.db.upsert import compact_json, upsert
from kiosk.store.errors import MissingError, NotAllowedError, RefusedError
from kiosk.store.floor.answer_times import MAX_MEASUREMENTS, AnswerTimes

ESCALATIONS = 2
"""Steps of escalation: the next associate, then the manager."""
Changed = Callable[[ServiceRequest], None]


class RequestDesk:
    """All open requests of the shop, and the moves on them. `changed` is told of every one."""

    def __init__(self, database: Database, changed: Changed, escalate_us: int) -> None:
        self._database, self._changed, self._escalate_us = database, changed, escalate_us
        self._open: dict[RequestId, ServiceRequest] = {}
        self._arrived_us: dict[RequestId, int] = {}
        self._due_us: dict[RequestId, int] = {}
        self.promise = AnswerTimes(self._measured())
        self._load()

    def open_requests(self) -> tuple[ServiceRequest, ...]:
        """Every request that still waits for somebody, the oldest first."""
        return tuple(sorted(self._open.values(), key=lambda r: r.made_us))

    def waiting(self, room: RoomId) -> int:
        return sum(r.room == room for r in self._open.values())

    def of_ticket(self, ticket: Ticket) -> tuple[ServiceRequest, ...]:
        return tuple(r for r in self.open_requests() if r.ticket == ticket)

    def receive(self, request: ServiceRequest, now_us: int) -> ServiceRequest:
        """Takes a request in; one that is known already is answered as it stands now."""
        known = self._find(request.request_id)
        if known is not None:
            if known.room != request.room:
                raise RefusedError("this request id belongs to another room")
            return known
        fresh = replace(
            request, state=RequestState.SENDING, associate_id=None, by="", answer=None, minutes=0, escalated=0
        )
        self._arrived_us[fresh.request_id] = now_us
        return self._keep(
            apply_action(fresh, RequestAction.RECEIVE, now_us), due_us=now_us + self._escalate_us
        )

    def withdraw(self, request_id: RequestId, room: RoomId, now_us: int) -> ServiceRequest:
        """The shopper takes it back; taking back what is over changes nothing."""
        request = self._need(request_id)
        if request.room != room:
            raise NotAllowedError("this request belongs to another room")
        return (
            self._keep(apply_action(request, RequestAction.CANCEL, now_us)) if request.state.open else request
        )

    def move(
        self, request_id: RequestId, move: RequestAction, now_us: int, associate_id: AssociateId, by: str,
        answer: AssociateReply | None = None, minutes: int = 0,
    ) -> ServiceRequest:  # fmt: skip
        """An associate's move; refused in words where the request's state, or who holds it, forbids it."""
        request = self._need(request_id)
        if _already(request, move, associate_id):
            return request
        promised = minutes or (self.promise.minutes if move is RequestAction.CLAIM else 0)
        try:
            after = apply_action(
                request, move, now_us, associate_id=associate_id, by=by, answer=answer, minutes=promised
            )
        except ActionRefusedError as refused:
            holder = f"; {request.by} has it" if request.by and request.state.open else ""
            raise RefusedError(f"the request is {request.state.value}{holder}") from refused
        if move in (RequestAction.ARRIVE, RequestAction.FINISH) and request.state is RequestState.CLAIMED:
            self.promise.measured(now_us - self._arrived_us.get(request_id, now_us))
        due = now_us + self._escalate_us if move is RequestAction.RELEASE else None
        return self._keep(after, due_us=due)

    def cancel_ticket(self, ticket: Ticket, now_us: int) -> None:
        """The visit is over: what it still waited for is not brought any more."""
        for request in self.of_ticket(ticket):
            self._keep(apply_action(request, RequestAction.CANCEL, now_us))

    def tick(self, now_us: int) -> None:
        """Escalates what nobody has claimed in time."""
        for request_id, due_us in list(self._due_us.items()):
            if now_us < due_us:
                continue
            after = apply_action(self._open[request_id], RequestAction.ESCALATE, now_us)
            again = now_us + self._escalate_us if after.escalated < ESCALATIONS else None
            self._keep(after, due_us=again)

    def next_due_us(self) -> int | None:
        return min(self._due_us.values(), default=None)

    def delete_before(self, before_us: int) -> int:
        """Deletes requests that are over and older than that; how many."""
        over = [s.value for s in RequestState if not s.open]
        with self._database.writing() as connection:
            old = delete(REQUEST).where(REQUEST.c.changed_us < before_us, REQUEST.c.state.in_(over))
            return int(connection.execute(old).rowcount)

    def _keep(self, request: ServiceRequest, due_us: int | None = None) -> ServiceRequest:
        arrived_us = self._arrived_us.setdefault(request.request_id, request.changed_us)
        with self._database.writing() as connection:
            upsert(connection, REQUEST, [{
                "request_id": request.request_id, "room": request.room, "ticket": request.ticket,
                "state": request.state.value, "made_us": request.made_us, "arrived_us": arrived_us,
                "changed_us": request.changed_us, "body": compact_json(plain(request)),
            }])  # fmt: skip
        self._due_us.pop(request.request_id, None)
        if request.state.open:
            self._open[request.request_id] = request
            if due_us is not None:
                self._due_us[request.request_id] = due_us
        else:
            self._open.pop(request.request_id, None)
            self._arrived_us.pop(request.request_id, None)
        self._changed(request)
        return request

    def _need(self, request_id: RequestId) -> ServiceRequest:
        request = self._find(request_id)
        if request is None:
            raise MissingError("there is no such request")
        return request

    def _find(self, request_id: RequestId) -> ServiceRequest | None:
        if request_id in self._open:
            return self._open[request_id]
        with self._database.reading() as connection:
            body = connection.scalar(select(REQUEST.c.body).where(REQUEST.c.request_id == request_id))
        return None if body is None else _parsed(body)

    def _load(self) -> None:
        states = [s.value for s in RequestState if s.open]
        with self._database.reading() as connection:
            rows = connection.execute(select(REQUEST).where(REQUEST.c.state.in_(states))).all()
        for row in rows:
            request = _parsed(row.body)
            self._open[request.request_id] = request
            self._arrived_us[request.request_id] = row.arrived_us
            if request.state is RequestState.RECEIVED and request.escalated < ESCALATIONS:
                self._due_us[request.request_id] = request.changed_us + self._escalate_us

    def _measured(self) -> list[int]:
        done = REQUEST.c.state.in_([RequestState.DONE.value, RequestState.AT_THE_DOOR.value])
        query = select(REQUEST.c.changed_us, REQUEST.c.arrived_us).where(done)
        with self._database.reading() as connection:
            rows = connection.execute(
                query.order_by(REQUEST.c.changed_us.desc()).limit(MAX_MEASUREMENTS)
            ).all()
        return [row.changed_us - row.arrived_us for row in reversed(rows)]


def _parsed(body: str) -> ServiceRequest:
    request: ServiceRequest = read(ServiceRequest, json.loads(body))
    return request


_REACHED = {
    RequestAction.CLAIM: RequestState.CLAIMED,
    RequestAction.ARRIVE: RequestState.AT_THE_DOOR,
    RequestAction.FINISH: RequestState.DONE,
    RequestAction.DECLINE: RequestState.DECLINED,
}


def _already(request: ServiceRequest, move: RequestAction, associate_id: AssociateId) -> bool:
    """A second tap on the same button by the same person is not a mistake."""
    return request.associate_id == associate_id and _REACHED.get(move) is request.state
