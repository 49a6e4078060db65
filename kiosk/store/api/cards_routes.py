"""Where a mirror passes a card's answers on, while the store proves the card with keys that it alone has."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.wire import WireError
from kiosk.store.api.auth import MirrorAuth
from kiosk.store.api.openapi import speaks
from kiosk.store.api.wire_bodies import wire_answer, wire_body
from kiosk.store.customers.card_authentication import MAX_RESPONSE_BYTES
from kiosk.store.service import Service


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What the card answered, with its status word, in hexadecimal."""

    answer: str


def cards_router(service: Service, auth: MirrorAuth) -> APIRouter:
    """The two routes of a meeting, below /api/v1/rooms/{room}."""
    router = APIRouter(prefix="/api/v1/rooms/{room}/meetings", tags=["mirror"])

    @router.post("", summary="Meet the card at the reader", openapi_extra=speaks(IdentifyShopper, "meeting"))
    def meet(
        room: Annotated[RoomId, Depends(auth)], body: Annotated[Any, Depends(wire_body(IdentifyShopper))]
    ) -> Response:
        """Mutual authentication (NTAG 424 DNA). The command is for the card; its answer comes to the meeting. Refused
        (409) where this card cannot be met; then its link is asked about by /identify."""
        meeting_id, command = service.begin_card_authentication(room, body)
        return wire_answer({"meeting_id": meeting_id, "command": command.hex()})

    @router.post("/{meeting_id}", summary="Go on with a meeting", openapi_extra=speaks(answer="step"))
    def go_on(
        meeting_id: str,
        room: Annotated[RoomId, Depends(auth)],
        body: Annotated[Any, Depends(wire_body(CardAnswer))],
    ) -> Response:
        """The next command, or at the end the shopper: null where the card does not hold our key."""
        step = service.continue_card_authentication(room, meeting_id, _octets(body.answer))
        return wire_answer({"command": step.hex()} if isinstance(step, bytes) else {"shopper": step})

    return router


def _octets(text: str) -> bytes:
    try:
        octets = bytes.fromhex(text) if len(text) <= 2 * MAX_RESPONSE_BYTES else None
    except ValueError:
        octets = None
    if octets is None:
        raise WireError(f"$.answer: not up to {MAX_RESPONSE_BYTES} bytes in hexadecimal")
    return octets
