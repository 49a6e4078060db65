"""What changes in a visit when the mirror gets to know what the shop offers."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.service_request import RequestKind, RequestState, ServiceRequest
from kiosk.core.visit.offers.services_event import ServicesOffered
from kiosk.core.visit.state import Visit

_GARMENTS = frozenset({RequestKind.SIZE, RequestKind.PIECE})
_NOT_RECEIVED = frozenset({RequestState.SENDING, RequestState.UNSENT})


def with_services(visit: Visit, offered: ServicesOffered) -> Visit:
    """The visit in a shop that offers these. What has not reached the store yet and is not offered any more is declined
    here: the store would refuse it each time it is sent."""
    known = {service.key for service in offered.services}

    def checked(request: ServiceRequest) -> ServiceRequest:
        unknown = request.kind not in _GARMENTS and request.kind_key not in known
        if unknown and request.state in _NOT_RECEIVED:
            return replace(request, state=RequestState.DECLINED, changed_us=visit.now_us)
        return request

    settings = replace(
        visit.settings, services=offered.services, put_aside=offered.put_aside, delivery=offered.delivery
    )
    return replace(visit, settings=settings, requests=tuple(map(checked, visit.requests)))
