"""Authenticates a card at a mirror's reader (AuthenticateEV2First): the store holds the keys, the mirror only relays.

Bounded: one dialogue per room, with a limit of steps and time; a mirror that stops answering leaves nothing behind.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from hardware.pcsc.errors import CardProtocolError, ForgedProofError, MalformedProofError
from hardware.pcsc.ev2 import AuthenticatedCard, Ev2Authentication
from hardware.pcsc.keys import AUTHENTICATION_KEY
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.store.customers.customers import Customers, TapResult
from kiosk.store.errors import NotFoundError, RefusedError

MAX_DURATION_US = 10_000_000
"""A card at the reader answers all steps within a second, over a slow network within a few."""
MAX_STEPS = 8
"""A complete dialogue has three."""
MAX_RESPONSE_BYTES = 258
"""Bytes of a short response with its status word (ISO/IEC 7816-4, 5.1)."""


@dataclass(slots=True)
class _Dialogue:
    """A dialogue that has begun."""

    dialogue_id: str
    question: IdentifyShopper
    protocol: Ev2Authentication
    until_us: int
    steps: int = 0


@dataclass(frozen=True, slots=True)
class AuthenticationResult:
    """The end of a dialogue: what the tap of the question proves."""

    question: IdentifyShopper
    result: TapResult


class CardAuthentication:
    """The dialogue of each room. To be used under the writer's lock."""

    def __init__(self, customers: Customers, now_us: Callable[[], int]) -> None:
        self._customers, self._now = customers, now_us
        self._open: dict[RoomId, _Dialogue] = {}

    def begin(self, room: RoomId, question: IdentifyShopper) -> tuple[str, bytes]:
        """Begins a dialogue, and ends the room's previous one: the dialogue's id and the first command for the card.

        Raises RefusedError if this card cannot be authenticated here; its signed link may still prove it.
        """
        self._open.pop(room, None)
        uid = question.tap.uid.upper()
        keys = self._customers.keys()
        if keys is None or not self._customers.can_authenticate(uid):
            raise RefusedError("this card cannot be authenticated here")
        protocol = Ev2Authentication(uid, keys.card_key(bytes.fromhex(uid), AUTHENTICATION_KEY))
        dialogue = _Dialogue(secrets.token_urlsafe(16), question, protocol, self._now() + MAX_DURATION_US)
        self._open[room] = dialogue
        return dialogue.dialogue_id, protocol.start()

    def resume(self, room: RoomId, dialogue_id: str, response: bytes) -> bytes | AuthenticationResult:
        """The next command for the card, or the result.

        Raises NotFoundError if the dialogue is over or another room's, RefusedError if the card broke it off.
        """
        dialogue = self._dialogue(room, dialogue_id)
        dialogue.steps += 1
        try:
            step = dialogue.protocol.next(response)
        except ForgedProofError as refused:
            return self._end(
                room, dialogue, self._customers.authentication_failed(dialogue.question.tap, refused)
            )
        except (CardProtocolError, MalformedProofError) as broken:
            del self._open[room]
            raise RefusedError("the card stopped the authentication") from broken
        if isinstance(step, AuthenticatedCard):
            return self._end(room, dialogue, self._customers.authenticated(dialogue.question.tap, step))
        return step

    def _dialogue(self, room: RoomId, dialogue_id: str) -> _Dialogue:
        dialogue = self._open.get(room)
        if dialogue is None or not secrets.compare_digest(
            dialogue.dialogue_id.encode(), dialogue_id.encode("utf-8", "replace")
        ):
            raise NotFoundError("there is no such authentication")
        if self._now() > dialogue.until_us or dialogue.steps >= MAX_STEPS:
            del self._open[room]
            raise NotFoundError("this authentication is over")
        return dialogue

    def _end(self, room: RoomId, dialogue: _Dialogue, result: TapResult) -> AuthenticationResult:
        del self._open[room]
        return AuthenticationResult(dialogue.question, result)
