"""The requests that are open, in memory: written by the request desk, read by the shop floor."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestState, ServiceRequest
from kiosk.store.floor.answer_times import AnswerTimes


class OpenRequests:
    """Open requests by id, and the measured answer times. To be used under the writer's lock."""

    def __init__(self, promised: Mapping[str, int] | None = None) -> None:
        """`promised`: minutes by kind, until some answers of the kind are measured."""
        self._by_id: dict[RequestId, ServiceRequest] = {}
        self.answer_times = AnswerTimes(promised=promised or {})

    def all(self) -> tuple[ServiceRequest, ...]:
        """Every open request, the oldest first."""
        return tuple(sorted(self._by_id.values(), key=lambda r: r.since_us))

    def count_in(self, room: RoomId) -> int:
        """How many requests of a room wait: no associate has them."""
        return sum(r.room == room and r.state is RequestState.RECEIVED for r in self._by_id.values())

    def of_visit(self, ticket: Ticket) -> tuple[ServiceRequest, ...]:
        """The open requests of one visit, the oldest first."""
        return tuple(r for r in self.all() if r.ticket == ticket)

    def get(self, request_id: RequestId) -> ServiceRequest | None:
        return self._by_id.get(request_id)

    def update(self, request: ServiceRequest) -> None:
        """Keeps a request while its state is open, and drops it when it is not."""
        if request.state.open:
            self._by_id[request.request_id] = request
        else:
            self._by_id.pop(request.request_id, None)
