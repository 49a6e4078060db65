"""The requests in the database: each with its arrival and its answer. Nothing is decided here."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import delete, select

from kiosk.core.domain.ids import RequestId
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.core.wire import from_json, to_json
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import REQUEST
from kiosk.store.db.upsert import upsert
from kiosk.store.floor.applied_actions import KeyedAction, delete_keys_before, write_key
from kiosk.store.insights.request_kinds import kind_of_body

MAX_ANSWERED = 2000
"""How many answered requests are read at the start: those of some days."""


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request, when it arrived, and when it was answered first; None: not yet. Microseconds of the time of day."""

    request: ServiceRequest
    arrived_us: int
    answered_us: int | None = None


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """What is measured of an answered request."""

    kind: str | None
    """`ServiceRequest.kind_key`."""
    arrived_us: int
    answered_us: int


@dataclass(frozen=True, slots=True)
class RequestRows:
    """The table of requests. Methods raise SQLAlchemyError."""

    database: Database

    def save(self, stored: StoredRequest, keyed: KeyedAction | None = None) -> None:
        """Writes a request, new or changed, and the key of the action that changed it."""
        request = stored.request
        with self.database.writing() as connection:
            upsert(connection, REQUEST, [{
                "request_id": request.request_id, "room": request.room, "ticket": request.ticket,
                "state": request.state.value, "made_us": request.made_us, "arrived_us": stored.arrived_us,
                "answered_us": stored.answered_us, "changed_us": request.changed_us,
                "body": compact_json(to_json(replace(request, note=None))),  # it has a table of its own
            }])  # fmt: skip
            if keyed is not None:
                write_key(connection, keyed, request.changed_us)

    def find(self, request_id: RequestId) -> ServiceRequest | None:
        """A request, open or closed."""
        with self.database.reading() as connection:
            body = connection.scalar(select(REQUEST.c.body).where(REQUEST.c.request_id == request_id))
        return None if body is None else _parse(body)

    def open(self) -> tuple[StoredRequest, ...]:
        """Every open request."""
        states = [s.value for s in RequestState if s.open]
        with self.database.reading() as connection:
            rows = connection.execute(select(REQUEST).where(REQUEST.c.state.in_(states))).all()
        return tuple(
            StoredRequest(
                replace(_parse(row.body), received_us=row.arrived_us), row.arrived_us, row.answered_us
            )
            for row in rows
        )

    def answered(self) -> tuple[AnsweredRequest, ...]:
        """The last answered requests, the oldest first."""
        query = select(REQUEST.c.body, REQUEST.c.arrived_us, REQUEST.c.answered_us)
        newest = query.where(REQUEST.c.answered_us.is_not(None)).order_by(REQUEST.c.answered_us.desc())
        with self.database.reading() as connection:
            rows = connection.execute(newest.limit(MAX_ANSWERED)).all()
        return tuple(
            AnsweredRequest(kind_of_body(row.body) or None, row.arrived_us, row.answered_us)
            for row in reversed(rows)
        )

    def delete_before(self, before_us: int) -> int:
        """Deletes closed requests that last changed before this time, and old keys; returns how many requests."""
        closed = [s.value for s in RequestState if not s.open]
        with self.database.writing() as connection:
            delete_keys_before(connection, before_us)
            old = delete(REQUEST).where(REQUEST.c.changed_us < before_us, REQUEST.c.state.in_(closed))
            return int(connection.execute(old).rowcount)


def _parse(body: str) -> ServiceRequest:
    request: ServiceRequest = from_json(ServiceRequest, json.loads(body))
    return request
