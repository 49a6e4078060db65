"""Routes of a card's mutual authentication: the mirror passes on the card's answers, the store holds the keys."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends

from kiosk.core.domain.ids import RoomId
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.wire import WireError
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.mirror_routes import ShopperAnswer
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.customers.card_authentication import MAX_RESPONSE_BYTES
from kiosk.store.service import Service


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """The card's answer with its status word, in hexadecimal."""

    answer: str


class FirstCommand(JsonObject):
    """The id of the authentication and the first command for the card, in hexadecimal."""

    meeting_id: str
    command: str


class NextCommand(JsonObject):
    """The next command for the card, in hexadecimal."""

    command: str


def cards_router(service: Service, auth: MirrorAuth) -> APIRouter:
    """The two routes of an authentication, below /api/v1/rooms/{room}."""
    router = APIRouter(prefix=f"{ROOM_PREFIX}/meetings", tags=["mirror"], route_class=LimitedRoute)

    @router.post("", summary="Begin a card authentication")
    def begin(room: Annotated[RoomId, Depends(auth)], body: Wire[IdentifyShopper]) -> FirstCommand:
        """Mutual authentication (NTAG 424 DNA). The command is for the card; send its answer to the address of the
        authentication. Refused (409) if this card does not support it; then send the card's link to /identify."""
        meeting_id, command = service.begin_card_authentication(room, body)
        return FirstCommand(meeting_id=meeting_id, command=command.hex())

    @router.post("/{meeting_id}", summary="Continue a card authentication")
    def proceed(
        meeting_id: str, room: Annotated[RoomId, Depends(auth)], body: Wire[CardAnswer]
    ) -> NextCommand | ShopperAnswer:
        """The next command, or at the end the shopper: null if the card does not hold our key."""
        step = service.continue_card_authentication(room, meeting_id, octets(body.answer))
        if isinstance(step, bytes):
            return NextCommand(command=step.hex())
        service.baskets.publish(room)
        return ShopperAnswer(shopper=step)

    return router


def octets(text: str) -> bytes:
    """The bytes of a card's answer. Raises WireError."""
    try:
        octets = bytes.fromhex(text) if len(text) <= 2 * MAX_RESPONSE_BYTES else None
    except ValueError:
        octets = None
    if octets is None:
        raise WireError(f"$.answer: not up to {MAX_RESPONSE_BYTES} bytes in hexadecimal")
    return octets
