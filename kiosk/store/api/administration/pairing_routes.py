"""Routes of pairing: the exchange of a mirror, a device of associates that joins, and the list of devices."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ConfigDict, Field, StringConstraints

from kiosk.pairing.exchange import shown, typed
from kiosk.pairing.store_tls import fingerprint, pem_to_der
from kiosk.store.api.administration.cookies import set_device_cookie
from kiosk.store.api.administration.pairing_links import PairingLinks
from kiosk.store.api.auth import OPEN_TO_ALL, AdministratorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.connections.protocol import is_known_address
from kiosk.store.api.rate_limit import origin_of
from kiosk.store.api.wire_types import JsonObject
from kiosk.store.errors import ForbiddenError, NotFoundError
from kiosk.store.staff.devices import MAX_NAME, Device, DeviceKind, DeviceTokens
from kiosk.store.staff.pairing_codes import ASSOCIATES, MAX_TRIES, VALID_US, target_of
from kiosk.store.staff.pairing_desk import PairingDesk

Hex16 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
RoomName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]


class BeginBody(JsonObject):
    """A mirror's part of the exchange: 16 random bytes that name it, and its share (CPace), both in hexadecimal."""

    model_config = ConfigDict(extra="forbid")
    room: RoomName
    session: Hex16
    share: Hex32


class BeginAnswer(JsonObject):
    """The store's part: share and proof in hexadecimal, and the shop's root (PEM), empty without TLS."""

    share: str
    root: str
    proof: str


class FinishBody(JsonObject):
    """The mirror's proof, sent over TLS of the root that it has checked."""

    model_config = ConfigDict(extra="forbid")
    room: RoomName
    session: Hex16
    proof: Hex32


class FinishAnswer(JsonObject):
    """The mirror's token."""

    token: str


class JoinBody(JsonObject):
    """The code for a device of associates; blanks do not count."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(max_length=20, repr=False)


class DeviceAnswer(JsonObject):
    """A paired device."""

    device_id: str
    kind: Literal["mirror", "associates"]
    room: str
    name: str
    paired_us: int

    @classmethod
    def of(cls, device: Device) -> "DeviceAnswer":
        """Without its token's hash."""
        kind: Literal["mirror", "associates"] = "mirror" if device.kind is DeviceKind.MIRROR else "associates"
        return cls(
            device_id=device.device_id,
            kind=kind,
            room=device.room,
            name=device.name,
            paired_us=device.paired_us,
        )


class CodeBody(JsonObject):
    """For the mirror of a room, or (without `room`) for a device of associates with this name."""

    model_config = ConfigDict(extra="forbid")
    room: RoomName | None = None
    name: str = Field("", max_length=MAX_NAME)


class CodeAnswer(JsonObject):
    """A code: until when it may be used (microseconds since 1970), how often one address may
    try it, and its QR code."""

    code: str
    until_us: int
    tries: int
    link: str
    """What the QR code says: for a device of associates, an address to open."""
    qr: str
    """The QR code as an SVG picture."""


class CodeStateAnswer(JsonObject):
    """`tried_out`: strangers have used up the tries of the code; a new one has tries of its own."""

    tried_out: bool


class RootAnswer(JsonObject):
    """The shop's root: fingerprint (SHA-256), as devices show it before it is installed, and certificate (PEM)."""

    sha256: str
    pem: str


def pairing_router(
    desk: PairingDesk,
    devices: DeviceTokens,
    links: PairingLinks,
    rooms: tuple[str, ...],
    auth: AdministratorAuth,
) -> APIRouter:
    """The routes. `rooms`: those of the configuration."""
    router = APIRouter(prefix="/api/v1", route_class=LimitedRoute)
    _mirrors(router, desk, rooms)
    _devices(router, desk)
    _root(router, links)
    _administration(router, desk, devices, links, rooms, auth)
    return router


def _mirrors(router: APIRouter, desk: PairingDesk, rooms: tuple[str, ...]) -> None:
    @router.post(
        "/pairing/begin", summary="A mirror begins to pair", tags=["open"], dependencies=[OPEN_TO_ALL]
    )
    def begin(body: BeginBody, request: Request) -> BeginAnswer:
        """The store's share and proof. Uses up one try of the caller's address. 404 without an open code."""
        if body.room not in rooms:
            raise NotFoundError("there is no such room")
        session, share = bytes.fromhex(body.session), bytes.fromhex(body.share)
        found = desk.begin(
            body.room, session, share, _address(request), known=is_known_address(request.scope)
        )
        return BeginAnswer(share=found.share.hex(), root=found.root, proof=found.proof.hex())

    @router.post(
        "/pairing/finish", summary="A mirror has checked the store", tags=["open"], dependencies=[OPEN_TO_ALL]
    )
    def finish(body: FinishBody) -> FinishAnswer:
        """The mirror's token; that of the room's former mirror ends. 403 if the code was wrong."""
        return FinishAnswer(
            token=desk.finish(body.room, bytes.fromhex(body.session), bytes.fromhex(body.proof))
        )


def _devices(router: APIRouter, desk: PairingDesk) -> None:
    @router.post(
        "/devices/join", summary="A device of associates joins", tags=["open"], dependencies=[OPEN_TO_ALL]
    )
    def join(body: JoinBody, request: Request, response: Response) -> DeviceAnswer:
        """Sets the device's token as a cookie. 403 if the code is wrong, 404 if none is open."""
        try:
            code = typed(body.code)
        except ValueError as error:
            raise ForbiddenError("the code is wrong") from error
        device, token = desk.join(code, _address(request), known=is_known_address(request.scope))
        set_device_cookie(request, response, token)
        return DeviceAnswer.of(device)


def _address(request: Request) -> str:
    return origin_of(request.client.host if request.client else "")


def _root(router: APIRouter, links: PairingLinks) -> None:
    @router.get("/devices/root", summary="The shop's root", tags=["open"], dependencies=[OPEN_TO_ALL])
    def root() -> RootAnswer:
        """Public. Compare the fingerprint with the one that the page of managers shows. 404 without TLS."""
        return RootAnswer(sha256=fingerprint(_der(links)), pem=links.root)

    @router.get(
        "/devices/root.crt", summary="The shop's root to install", tags=["open"], dependencies=[OPEN_TO_ALL],
        response_class=Response,
    )  # fmt: skip
    def certificate() -> Response:
        """As phones and computers install it (DER). 404 without TLS."""
        headers = {"Content-Disposition": 'attachment; filename="cheval-root.crt"'}
        return Response(_der(links), media_type="application/x-x509-ca-cert", headers=headers)


def _der(links: PairingLinks) -> bytes:
    if not links.root:
        raise NotFoundError("this store uses no encryption, so it has no root")
    return pem_to_der(links.root)


def _administration(
    router: APIRouter, desk: PairingDesk, devices: DeviceTokens, links: PairingLinks, rooms: tuple[str, ...],
    auth: AdministratorAuth,
) -> None:  # fmt: skip
    @router.get("/devices", summary="Paired devices", tags=["managers"], dependencies=[Depends(auth)])
    def paired() -> list[DeviceAnswer]:
        """Mirrors first."""
        return [DeviceAnswer.of(device) for device in devices.all()]

    @router.get(
        "/devices/codes", summary="The state of a code", tags=["managers"], dependencies=[Depends(auth)]
    )
    def code_state(room: RoomName | None = None) -> CodeStateAnswer:
        """Of the code for a room's mirror, or (without `room`) for a device of associates."""
        target = ASSOCIATES if room is None else target_of(room)
        return CodeStateAnswer(tried_out=desk.is_tried_out(target))

    @router.post("/devices/codes", summary="Show a code", tags=["managers"], dependencies=[Depends(auth)])
    def code(body: CodeBody, request: Request) -> CodeAnswer:
        """Valid for two minutes, one device, and five tries of each address. A code for the same target ends."""
        if body.room is not None and body.room not in rooms:
            raise NotFoundError("there is no such room")
        target = ASSOCIATES if body.room is None else target_of(body.room)
        opened = desk.begin_code(target, body.name)
        link = links.link(request.url.scheme, request.headers.get("host", ""), body.room, opened.code)
        return CodeAnswer(
            code=shown(opened.code),
            until_us=opened.begun_us + VALID_US,
            tries=MAX_TRIES,
            link=link,
            qr=links.qr(link),
        )

    @router.delete(
        "/devices/{device_id}", summary="Revoke a device", status_code=204, response_class=Response, tags=["managers"],
        dependencies=[Depends(auth)],
    )  # fmt: skip
    def revoke(device_id: str) -> None:
        """Its token, its open streams and, of a mirror, its visit end within seconds."""
        if not desk.revoke(device_id):
            raise NotFoundError("there is no such device")
