"""The floor as the stockroom sees it: what is to be brought, prepared and bagged, and where.

No shopper, no garments of a room, no clues, no alarms.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

from kiosk.core.domain.floor.services import AnsweredBy
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.wire import Json, to_json
from kiosk.store.floor.bag_tasks import BagTasks
from kiosk.store.floor.event_hub import STOCKROOM_TOPIC, EventHub
from kiosk.store.floor.offers.service_offer import ServiceOffer
from kiosk.store.floor.open_requests import OpenRequests
from kiosk.store.floor.request_view import request_for_page
from kiosk.store.settings import StoreSettings

BROUGHT: Final = frozenset({RequestKind.SIZE, RequestKind.PIECE})
"""The kinds of requests for which a garment is brought."""


def request_for_stockroom(request: ServiceRequest) -> dict[str, Json]:
    """The wire form of a request, with its status and without actions: associates claim and hand over."""
    return {**request_for_page(request), "actions": []}


class StockroomView:
    """What the stockroom is told. Safe from any thread; `writer` is the lock of the rooms' state."""

    def __init__(
        self, hub: EventHub, open_requests: OpenRequests, bags: BagTasks, settings: StoreSettings, *,
        writer: AbstractContextManager[Any], now_us: Callable[[], int],
    ) -> None:  # fmt: skip
        self._hub, self._open, self._bags, self._writer, self._now = hub, open_requests, bags, writer, now_us
        rooms = {str(room.room): room.title or str(room.room) for room in settings.rooms}
        stands = {name: stand.title or name for name, stand in settings.stands.items()}
        self._titles = rooms | stands
        self._services = ServiceOffer(settings.services)
        hub.topic(STOCKROOM_TOPIC, self.snapshot)

    def _is_shown(self, request: ServiceRequest) -> bool:
        return request.kind in BROUGHT or self._services.answered_by(request) is AnsweredBy.BACK_OF_HOUSE

    def snapshot(self) -> dict[str, object]:
        """The `Stockroom` event, as plain data."""
        with self._writer:
            return {
                "is": "Stockroom",
                "now_us": self._now(),
                "requests": [request_for_stockroom(r) for r in self._open.all() if self._is_shown(r)],
                "bags": [to_json(task) for task in self._bags.open()],
                "titles": self._titles,
            }

    def request_changed(self, request: ServiceRequest) -> None:
        """Publishes a request that is to be brought, or prepared in the stockroom."""
        if self._is_shown(request):
            self._hub.publish(STOCKROOM_TOPIC, request_for_stockroom(request), "RequestChanged")
