"""Meets a card through a mirror (AuthenticateEV2First): the store speaks with its keys, the mirror passes commands on.

Bounded: one meeting a room, a few steps and seconds each; a mirror that breaks off costs nothing.
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
"""A card that is held against the reader answers all steps within a second, over a slow network within a few."""
MAX_STEPS = 8
"""The dialogue has three."""
MAX_RESPONSE_BYTES = 258
"""Bytes of a short answer with its status word (ISO/IEC 7816-4, 5.1)."""


@dataclass(slots=True)
class _Dialogue:
    """One under way."""

    meeting_id: str
    question: IdentifyShopper
    talk: Ev2Authentication
    until_us: int
    steps: int = 0


@dataclass(frozen=True, slots=True)
class AuthenticationResult:
    """The end of a meeting: what the tap of the question is worth."""

    question: IdentifyShopper
    result: TapResult


class CardAuthentication:
    """All meetings under way. To be used under the writer's lock."""

    def __init__(self, customers: Customers, now_us: Callable[[], int]) -> None:
        self._customers, self._now = customers, now_us
        self._open: dict[RoomId, _Dialogue] = {}

    def begin(self, room: RoomId, question: IdentifyShopper) -> tuple[str, bytes]:
        """The meeting's id and its first command; a meeting before it in this room is over.

        Errors: RefusedError where this card cannot be met; its signed link may still prove it.
        """
        self._open.pop(room, None)
        uid = question.tap.uid.upper()
        keys = self._customers.keys()
        if keys is None or not self._customers.can_authenticate(uid):
            raise RefusedError("this card is not met here")
        talk = Ev2Authentication(uid, keys.card_key(bytes.fromhex(uid), AUTHENTICATION_KEY))
        meeting = _Dialogue(secrets.token_urlsafe(16), question, talk, self._now() + MAX_DURATION_US)
        self._open[room] = meeting
        return meeting.meeting_id, talk.start()

    def resume(self, room: RoomId, meeting_id: str, answer: bytes) -> bytes | AuthenticationResult:
        """The next command, or the end. Errors: NotFoundError (over, or not this room's), RefusedError (broke off)."""
        meeting = self._of(room, meeting_id)
        meeting.steps += 1
        try:
            step = meeting.talk.next(answer)
        except ForgedProofError as refused:
            return self._end(
                room, meeting, self._customers.authentication_failed(meeting.question.tap, refused)
            )
        except (CardProtocolError, MalformedProofError) as broken:
            del self._open[room]
            raise RefusedError("the card broke the meeting off") from broken
        if isinstance(step, AuthenticatedCard):
            return self._end(room, meeting, self._customers.authenticated(meeting.question.tap, step))
        return step

    def _of(self, room: RoomId, meeting_id: str) -> _Dialogue:
        meeting = self._open.get(room)
        if meeting is None or not secrets.compare_digest(
            meeting.meeting_id.encode(), meeting_id.encode("utf-8", "replace")
        ):
            raise NotFoundError("there is no such meeting")
        if self._now() > meeting.until_us or meeting.steps >= MAX_STEPS:
            del self._open[room]
            raise NotFoundError("this meeting is over")
        return meeting

    def _end(self, room: RoomId, meeting: _Dialogue, result: TapResult) -> AuthenticationResult:
        del self._open[room]
        return AuthenticationResult(meeting.question, result)
