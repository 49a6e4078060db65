"""Notes what members who agreed to clues ask for at a mirror; a request never waits or fails for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.domain.floor.asked_articles import articles_of
from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.customers.book.asked import Asked, AskedItems
from kiosk.store.floor.shop_floor import ShopFloor

log = logging.getLogger(__name__)
_GARMENTS: Final = frozenset({RequestKind.SIZE, RequestKind.PIECE})


@dataclass(frozen=True, slots=True)
class AskedAtMirrors:
    """Called with each change of a request, under the writer's lock."""

    floor: ShopFloor
    catalogue: Catalogue
    asked: AskedItems
    now_us: Callable[[], int]

    def noted(self, request: ServiceRequest) -> None:
        """Stores the item of a new request for a garment in each size that it names, if its visit is that of a member
        who agreed to clues."""
        if request.state is not RequestState.RECEIVED or request.escalated or request.kind not in _GARMENTS:
            return
        visit = next((s.visit for s in self.floor.rooms() if s.room.room == request.room), None)
        if visit is None or visit.ticket != request.ticket or not visit.clues or visit.shopper is None:
            return
        try:
            garment = self.catalogue.garment(request.article) if request.article is not None else None
            for article in articles_of(request):
                found = garment.stock_of(article) if garment is not None else None
                if found is not None:
                    lacking = found[1].here == 0
                    asked = Asked(found[0].item, found[1].size, lacking=lacking, at_us=self.now_us())
                    self.asked.add(visit.shopper.shopper_id, asked)
        except SQLAlchemyError as error:
            log.warning("what a member asked for was not noted (%s)", type(error).__name__)
