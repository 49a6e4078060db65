"""A service request as the associates' page gets it: with the facts that the page would otherwise compute itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum, unique

from kiosk.core.domain.floor.service_icons import ICON_PATHS
from kiosk.core.domain.floor.services import BUILT_IN
from kiosk.core.domain.service_request import RequestAction, RequestState, ServiceRequest, allowed_actions
from kiosk.core.visit.events import RequestChanged
from kiosk.core.wire import Json, to_json


@unique
class AssociateAction(Enum):
    """The actions on a request that an associate may ask for."""

    CLAIM = RequestAction.CLAIM.value
    ANSWER = RequestAction.ANSWER.value
    ARRIVE = RequestAction.ARRIVE.value
    FINISH = RequestAction.FINISH.value
    DECLINE = RequestAction.DECLINE.value
    RELEASE = RequestAction.RELEASE.value
    TAKE_OVER = RequestAction.TAKE_OVER.value
    """A manager's."""


@dataclass(frozen=True, slots=True)
class RequestStatus:
    """What the page shows and offers for a request in its state."""

    is_open: bool
    """It belongs in the list of requests."""
    waits: bool
    """Nobody has claimed it."""
    actions: tuple[str, ...]
    """Moves that its state allows to an associate (to the one who claimed it, once it is claimed;
    `take-over` to managers, whoever has it)."""
    sort_key: tuple[int, int, int]
    """Order of the list, smallest first: unclaimed, then most often escalated, then oldest."""
    since_us: int
    """Since when it is asked for, by the store's clock."""
    sign: str = ""
    """Path data (SVG) of the sign of a service, in a square of 24 units; empty for garments."""


def request_status(request: ServiceRequest) -> RequestStatus:
    """The status of a request."""
    waits = request.state is RequestState.RECEIVED
    allowed = allowed_actions(request.state)
    return RequestStatus(
        is_open=request.state.open,
        waits=waits,
        actions=tuple(one.value for one in AssociateAction if RequestAction(one.value) in allowed),
        since_us=request.since_us,
        sort_key=(0 if waits else 1, -request.escalated, request.since_us),
        sign=_sign(request),
    )


def _sign(request: ServiceRequest) -> str:
    service = request.service or BUILT_IN.get(request.kind.value)
    return ICON_PATHS[service.icon] if service is not None and service.icon is not None else ""


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
