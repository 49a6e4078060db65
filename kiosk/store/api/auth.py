"""Gates: FastAPI dependencies that find out who asks (the mirror of a room or a stand, a person of the staff, a command
of this computer, anybody) and let in whom the table of routes names (`kiosk/store/api/access/table.py`).

`callers` of a gate: whom it can tell apart. A new kind of caller needs a gate that names it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from fastapi import Depends, Request

from kiosk.core.domain.ids import RoomId
from kiosk.store.api.access.callers import OF_ROLE, STAFF, Caller, Callers
from kiosk.store.api.access.gates import require
from kiosk.store.api.administration.cookies import device_cookie, session_cookie
from kiosk.store.api.connections.protocol import accepted
from kiosk.store.errors import ForbiddenError, UnauthenticatedError, UnpairedDeviceError
from kiosk.store.floor.access_watch import owner_of_session
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.staff.associates import Associate, AssociateAccounts
from kiosk.store.staff.devices import Device, DeviceTokens
from kiosk.store.staff.local_access import LocalAccess
from kiosk.store.staff.page_devices import IdleSessions, PageDevices
from kiosk.store.staff.token_hash import token_hash


def bearer(request: Request) -> str:
    """The token of the Authorization header; empty where there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


@dataclass(frozen=True, slots=True)
class AssociateSession:
    """An associate and the token of the session. `device_mac`: of the paired device; empty on this computer."""

    associate: Associate
    token: str
    device_mac: str = ""

    @property
    def name(self) -> str:
        """The session's name in the list of who is on the floor."""
        return token_hash(self.token)

    @property
    def owner(self) -> str:
        """The owner of the session's event streams."""
        return owner_of_session(token_hash(self.token), self.device_mac)


class NoAuth:
    """Lets anybody in. Explicit, so that no route is open because its dependency was forgotten."""

    callers: ClassVar[Callers] = frozenset({Caller.ANYBODY})

    def __call__(self, request: Request) -> None:
        """Checks only that the route is meant to be open."""
        require(request, Caller.ANYBODY)


OPEN_TO_ALL = Depends(NoAuth())


class MirrorAuth:
    """Lets in the mirror of the room in the path, or the stand in the path. Raises UnauthenticatedError (401),
    ForbiddenError (403). `stands`: the names of the stands; every other name is that of a room."""

    callers: ClassVar[Callers] = frozenset({Caller.MIRROR, Caller.STAND})

    def __init__(self, tokens: DeviceTokens, stands: Collection[str] = ()) -> None:
        self._tokens, self._stands = tokens, frozenset(stands)

    async def __call__(self, request: Request, room: str) -> RoomId:
        token = bearer(request)
        own = self._tokens.room_of(token) if token else None
        if own is None:
            raise UnauthenticatedError("a mirror needs its token")
        if own != room:
            raise ForbiddenError("this token is of another room")
        require(request, Caller.STAND if own in self._stands else Caller.MIRROR)
        accepted(request.scope, f"room/{own}")
        return own


class AssociateAuth:
    """Lets in people of the staff who are signed in, by cookie or bearer token, and whose role may ask the route.

    Raises UnauthenticatedError (401), ForbiddenError (403).

    A session by cookie ends when nobody has used the page for a while. What a person does is a request with another
    method than GET.
    """

    callers: ClassVar[Callers] = STAFF

    def __init__(
        self, associates: AssociateAccounts, floor: ShopFloor, devices: PageDevices, idle: IdleSessions
    ) -> None:
        self._associates, self._floor = associates, floor
        self._devices, self._idle = devices, idle

    def device_of(self, request: Request) -> Device | None:
        """The paired device of a request. Raises UnpairedDeviceError where associates may not use the store."""
        device = self._devices.device(device_cookie(request))
        if not self._devices.may(device, request.client.host if request.client else ""):
            raise UnpairedDeviceError
        return device

    def __call__(self, request: Request) -> AssociateSession:
        session = self.signed_in(request)
        require(request, OF_ROLE[session.associate.role])
        self._floor.staff.active(session.associate, session.name)
        return session

    def signed_in(self, request: Request) -> AssociateSession:
        """Who is signed in, of any role. Raises UnauthenticatedError, UnpairedDeviceError."""
        given = bearer(request)
        token = given or session_cookie(request)
        associate = self._associates.by_session(token, self._associates.clock()) if token else None
        # only sessions that exist are remembered: strangers send as many cookies as they like
        if associate is None or not (given or self._in_use(request, token)):
            raise UnauthenticatedError("sign in first")
        device = self.device_of(request)
        accepted(request.scope, f"session/{token_hash(token)}")
        return AssociateSession(associate, token, device.token_mac if device is not None else "")

    def _in_use(self, request: Request, token: str) -> bool:
        """Whether the session of a cookie was used lately; one that was not ends. Raises ForbiddenError (403)."""
        used = request.method not in ("GET", "HEAD")
        if used:
            _same_site(request)
        self._idle.begin(token_hash(token))
        if self._idle.is_over(token_hash(token)):
            self._associates.end_unused(token)
            self._floor.staff.session_ended(token_hash(token))
            return False
        if used:
            self._idle.used(token_hash(token))
        return True


class LocalAuth:
    """Lets in commands of this computer alone: for what managers may not do. Raises UnauthenticatedError (401)."""

    callers: ClassVar[Callers] = frozenset({Caller.COMMAND})

    def __init__(self, local: LocalAccess) -> None:
        self._local = local

    def __call__(self, request: Request) -> None:
        if not self.lets_in(request):
            raise UnauthenticatedError("this is for commands of the store's computer")
        require(request, Caller.COMMAND)

    def lets_in(self, request: Request) -> bool:
        """Whether a request is from a command of this computer."""
        client = request.client.host if request.client else ""
        server = (request.scope.get("server") or ("", None))[0]
        if not self._local.accepts(bearer(request), client, server):
            return False
        accepted(request.scope, "local")
        return True


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who administers the store: a person, or a command of this computer (`local`) that names its user itself."""

    name: str
    local: bool


class AdministratorAuth:
    """Lets in people of the staff whose role may ask the route, and commands of this computer. Raises
    UnauthenticatedError (401), ForbiddenError (403)."""

    callers: ClassVar[Callers] = STAFF | {Caller.COMMAND}

    def __init__(self, staff: AssociateAuth, local: LocalAccess) -> None:
        self._staff, self._command = staff, LocalAuth(local)

    def __call__(self, request: Request) -> Administrator:
        if self._command.lets_in(request):
            require(request, Caller.COMMAND)
            return Administrator("", local=True)
        return Administrator(self._staff(request).associate.associate_id, local=False)


def _same_site(request: Request) -> None:
    """Protects against cross-site requests (CSRF) where a browser ignores SameSite=Strict."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForbiddenError("asked from another site")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForbiddenError("asked from another site")
