"""A service request as the associates' page gets it: with the facts that the page would otherwise compute itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kiosk.core.domain.service_request import RequestAction, RequestState, ServiceRequest, allowed_actions
from kiosk.core.visit.events import RequestChanged
from kiosk.core.wire import Json, to_json

_OF_ASSOCIATES = (
    RequestAction.CLAIM,
    RequestAction.ANSWER,
    RequestAction.ARRIVE,
    RequestAction.FINISH,
    RequestAction.DECLINE,
    RequestAction.RELEASE,
)


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """What the page shows and offers for a request in its state."""

    is_open: bool
    """It belongs in the list of requests."""
    waits: bool
    """Nobody has claimed it."""
    actions: tuple[str, ...]
    """Moves that its state allows to an associate (to the one who claimed it, once it is claimed)."""
    sort_key: tuple[int, int, int]
    """Order of the list, smallest first: unclaimed, then most often escalated, then oldest."""


def request_status(request: ServiceRequest) -> RequestStatus:
    """The status of a request."""
    waits = request.state is RequestState.RECEIVED
    allowed = allowed_actions(request.state)
    return RequestStatus(
        is_open=request.state.open,
        waits=waits,
        actions=tuple(action.value for action in _OF_ASSOCIATES if action in allowed),
        sort_key=(0 if waits else 1, -request.escalated, request.made_us),
    )


def request_for_page(request: ServiceRequest) -> dict[str, Json]:
    """The wire form of a request with its status."""
    body = to_json(request)
    assert isinstance(body, dict)
    return {**body, **asdict(request_status(request))}


def change_for_page(change: RequestChanged) -> dict[str, Json]:
    """The wire form of a changed request with its status."""
    body = to_json(change)
    assert isinstance(body, dict)
    return {**body, "request": request_for_page(change.request)}
