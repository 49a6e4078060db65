"""Routes about the health of the store, and the reports of mirrors and stands."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Request, Response

from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import MirrorStatus
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.wire import WireError
from kiosk.store.api.access.callers import OF_ROLE
from kiosk.store.api.access.gates import may
from kiosk.store.api.auth import OPEN_TO_ALL, AssociateAuth, LocalAuth, MirrorAuth, bearer
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.health.health_answers import HealthAnswer, PlainHealth
from kiosk.store.api.wire_types import Wire
from kiosk.store.errors import ForbiddenError, UnauthenticatedError
from kiosk.store.fleet.mirror_reports import MirrorReports, is_plausible
from kiosk.store.staff.devices import DeviceTokens

HealthOf = Callable[[], HealthAnswer]


class KnowsCaller(Protocol):
    """Whether the caller may see the details of the health report."""

    def __call__(self, request: Request) -> bool: ...


class KnownCallers:
    """Mirrors and paired devices, people who are signed in and may see the state of the rooms, commands of this
    computer."""

    def __init__(self, devices: DeviceTokens, associate: AssociateAuth, command: LocalAuth) -> None:
        self._devices, self._associate, self._command = devices, associate, command

    def __call__(self, request: Request) -> bool:
        token = bearer(request)
        if token and self._devices.of(token) is not None:
            return True
        if self._command.lets_in(request):
            return True
        with suppress(UnauthenticatedError, ForbiddenError):
            role = self._associate.signed_in(request).associate.role
            return may(request, ("GET", "/api/v1/fleet"), OF_ROLE[role])
        return False


def health_router(health: HealthOf, knows: KnowsCaller) -> APIRouter:
    """The health of the store: in detail for callers whom it knows."""
    router = APIRouter(tags=["open"], dependencies=[OPEN_TO_ALL], route_class=LimitedRoute)

    @router.get("/api/v1/health", summary="Health of the store")
    def show_health(request: Request, response: Response) -> HealthAnswer | PlainHealth:
        """503 if the store cannot work. Details are for mirrors, associates who are signed in, and commands of the
        store's computer, by their tokens; others learn `ok` alone."""
        found = health()
        response.status_code = 200 if found.ok else 503
        return found if knows(request) else PlainHealth(ok=found.ok)

    return router


def status_router(mirrors: MirrorReports, stands: MirrorReports, auth: MirrorAuth) -> APIRouter:
    """The report of a room's mirror, or of a stand, about itself."""
    router = APIRouter(route_class=LimitedRoute)

    @router.put(
        f"{ROOM_PREFIX}/status", summary="How the mirror is", status_code=204, response_class=Response,
        tags=["mirror"],
    )  # fmt: skip
    def report_status(room: Annotated[RoomId, Depends(auth)], body: Wire[MirrorStatus]) -> None:
        """Every 15 s: last frame, devices, disk, clock. The store keeps the last report in memory."""
        mirrors.report(room, _plausible(body))

    @router.put(
        "/api/v1/stands/{room}/status", summary="How the stand is", status_code=204, response_class=Response,
        tags=["stand"],
    )  # fmt: skip
    def report_stand(room: Annotated[RoomId, Depends(auth)], body: Wire[MirrorStatus]) -> None:
        """Every 15 s, as a mirror does: card reader, disk, clock. A stand has no glass, so its frame says nothing."""
        stands.report(room, _plausible(body))

    return router


def _plausible(status: MirrorStatus) -> MirrorStatus:
    if not is_plausible(status):
        raise WireError("$: a text or a number of the report is too long")
    return status
