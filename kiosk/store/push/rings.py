"""Whether a change of a request rings for a person: the rule of the associates' page (`floor/floor.js`). Pure."""

from __future__ import annotations

from kiosk.core.domain.ids import AssociateId
from kiosk.core.domain.service_request import RequestState, ServiceRequest


def asks(request: ServiceRequest | None, who: AssociateId) -> bool:
    """Whether a request waits for this person: for everybody, or by name."""
    if request is None or request.state is not RequestState.RECEIVED:
        return False
    return request.asked_id is None or request.asked_id == who


def rings(before: ServiceRequest | None, after: ServiceRequest, who: AssociateId) -> bool:
    """Whether it asks this person now and did not before, or asks once more."""
    if not asks(after, who):
        return False
    return before is None or not asks(before, who) or before.rung < after.rung
