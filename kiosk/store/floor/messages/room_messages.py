"""What associates show on the mirrors of rooms. It is kept with the visit (`kept_messages`), and is in no log."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.staff_message import (
    MAX_PIECES,
    MIN_PIECES,
    LookPiece,
    MessageNote,
    MessageStage,
    StaffMessage,
    mistake_in,
)
from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, AssociateId, RoomId, Ticket
from kiosk.core.visit.effects import ReportMessage
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.store.errors import NotFoundError, RefusedError, TooManyMessagesError, VisitOverError
from kiosk.store.floor.rooms.store_visit import StoreVisit
from kiosk.store.floor.shop_floor import ShopFloor

MAX_MESSAGES: Final = 6
"""In one room within `WINDOW_US`, whoever sends them: more cannot be read."""
WINDOW_US: Final = 60 * US
MAX_KEYS: Final = 32
"""Keys of a visit that are remembered."""
NO_ARTICLE: Final = "message-article"
NO_LOOK: Final = "message-look"
"""Too few or too many pieces, one of them twice, or beside a piece alone."""
GarmentOf = Callable[[ArticleId], Garment | None]


class MessageRefusedError(RefusedError):
    """A message that cannot be shown; `code` is the name of the page's text that says why."""

    def __init__(self, code: str) -> None:
        super().__init__("this cannot be shown on a mirror")
        self.code = code


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What an associate sends: `text`; `article` or `look`, alone or with it.

    `key`: made for one message; sent again with it, it is not shown again. `occupied_since_us`: that of the room's
    board which the associate saw, so that no message reaches the shopper after the one whom it was written for.
    """

    key: str
    occupied_since_us: int
    text: str = field(default="", repr=False)
    article: ArticleId | None = None
    look: tuple[LookPiece, ...] = ()


class RoomMessages:
    """Sends messages to the mirrors. Safe from any thread."""

    def __init__(
        self, floor: ShopFloor, garment_of: GarmentOf, writer: AbstractContextManager[Any], clocks: Clocks,
        keep: Callable[[], object],
    ) -> None:  # fmt: skip
        """`keep`: called after each message, so that it is not lost if the store is started again."""
        self._floor, self._garment_of, self._writer, self._clocks = floor, garment_of, writer, clocks
        self._keep = keep
        self._sent: dict[RoomId, deque[int]] = {}
        """Times of each room's last messages, by the steady clock."""

    def knows(self, room: RoomId, who: AssociateId, key: str) -> bool:
        """Whether the present visit of a room was sent this message already."""
        visit = self._floor.room(room).visit
        return visit is not None and f"{who} {key}" in visit.message_keys

    def show(self, room: RoomId, who: AssociateId, first_name: str, said: NewMessage) -> None:
        """Shows a message on the mirror of a room, in the place of an earlier one.

        Raises NotFoundError if nobody is in the room, VisitOverError if it is another visit, MessageRefusedError,
        TooManyMessagesError, and SQLAlchemyError where the article cannot be looked up.
        """
        look = _checked_look(said)
        text = _checked(said.text, bare=said.article is None and not look)
        garment = look[0].garment if look else self._garment(said.article)
        key = f"{who} {said.key}"
        with self._writer:
            visit = self._present(room, said)
            if key in visit.message_keys:
                return
            self._count(room)
            message = StaffMessage(_id(visit.ticket, key), first_name, text, garment, look)
            note = MessageNote(message.message_id, first_name, message.kind)
            keys = (*visit.message_keys, key)[-MAX_KEYS:]
            self._floor.room(room).visit = replace(
                visit, message=message, message_note=note, message_keys=keys
            )
            shown = StaffMessageShown(self._clocks.now_us(), visit.ticket, message)
            self._floor.publish_to_mirror(room, shown)
            self._floor.publish_room(room)
        self._keep()

    def reported(self, room: RoomId, report: ReportMessage) -> None:
        """A mirror says what became of a message. What comes late, or is about an earlier one, changes nothing. One
        that the shopper has closed is not kept. Raises NotFoundError if there is no such room."""
        with self._writer:
            visit = self._floor.room(room).visit
            note = visit.message_note if visit is not None and visit.ticket == report.ticket else None
            if visit is None or note is None or note.message_id != report.message_id:
                return
            if not note.stage.is_before(report.stage):
                return
            left = None if report.stage is MessageStage.CLOSED else visit.message
            self._floor.room(room).visit = replace(
                visit, message=left, message_note=replace(note, stage=report.stage)
            )
            self._floor.publish_room(room)
        self._keep()

    def _present(self, room: RoomId, said: NewMessage) -> StoreVisit:
        visit = self._floor.room(room).visit
        if visit is None:
            raise NotFoundError("nobody is in this room")
        if visit.began_us != said.occupied_since_us:
            raise VisitOverError
        return visit

    def _garment(self, article: ArticleId | None) -> Garment | None:
        if article is None:
            return None
        garment = self._garment_of(article)
        if garment is None:
            raise MessageRefusedError(NO_ARTICLE)
        return garment

    def _count(self, room: RoomId) -> None:
        now_us = self._clocks.steady_us()
        sent = self._sent.setdefault(room, deque(maxlen=MAX_MESSAGES))
        if len(sent) == MAX_MESSAGES and now_us - sent[0] < WINDOW_US:
            raise TooManyMessagesError(WINDOW_US - (now_us - sent[0]))
        sent.append(now_us)


def _id(ticket: Ticket, key: str) -> str:
    """The same for the same message of a visit: one that is sent again after a restart of the store, where its key is
    not known any more, does not come back to a mirror on which it was closed."""
    return sha256(f"{ticket}\0{key}".encode()).hexdigest()[:16]


def _checked_look(said: NewMessage) -> tuple[LookPiece, ...]:
    """The pieces of a look; none where no look is sent."""
    look = said.look
    several = {piece.garment.item for piece in look}
    fits = len(several) == len(look) and MIN_PIECES <= len(look) <= MAX_PIECES and said.article is None
    if look and not fits:
        raise MessageRefusedError(NO_LOOK)
    return look


def _checked(text: str, *, bare: bool) -> str:
    """The text in its composed form (NFC), without blanks around it. `bare`: nothing else is shown."""
    text = unicodedata.normalize("NFC", text).strip()
    mistake = mistake_in(text) if text or bare else None
    if mistake is not None:
        raise MessageRefusedError(mistake.value)
    return text
