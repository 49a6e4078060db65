"""Messages to mirrors over a restart of the store: a sealed file, `messages.sealed`, as long as their visits run.

A message belongs to one visit. After a restart it waits until the room's mirror reports that visit with its shopper
still there, and is dropped when the mirror has another visit, its shopper has left, or `KEPT_US` have passed. The file
is encrypted, so that neither its copies nor freed blocks of the disk show what was written.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import SQLAlchemyError

from hardware.regular_files import read_regular
from kiosk.clock import US, Clocks
from kiosk.core.domain.floor.staff_message import LookPiece, MessageNote, MessageStage, StaffMessage
from kiosk.core.domain.ids import ArticleId, RoomId, Ticket
from kiosk.core.visit.messages.message_event import StaffMessageShown
from kiosk.store.floor.messages.room_messages import GarmentOf
from kiosk.store.floor.room_state import RoomState
from kiosk.store.floor.shop_floor import ShopFloor
from kiosk.store.staff.tokens import write_secret

log = logging.getLogger(__name__)
FILE: Final = "messages.sealed"
KEPT_US: Final = 2 * 3600 * US
"""How long a message waits for its mirror after a restart, over all further restarts."""
FRESH_US: Final = 30 * 60 * US
"""After so long the file is written anew, so that it tells until when its visits ran."""
MAX_BYTES: Final = 1 << 20
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class _Kept:
    ticket: Ticket
    message_id: str
    by: str = field(repr=False)
    text: str = field(repr=False)
    article: str
    ran_us: int = 0
    """Until when its visit ran, for one of before a restart; 0: it runs."""
    look: tuple[tuple[str, bool], ...] = ()
    """Article of each piece, and whether its size is named."""
    stage: MessageStage = MessageStage.SENT


class KeptMessages:
    """Keeps the messages of the visits that run, and gives them back after a restart. Safe from any thread."""

    def __init__(
        self, state: Path, key: bytes, floor: ShopFloor, garment_of: GarmentOf, writer: AbstractContextManager[Any],
        clocks: Clocks,
    ) -> None:  # fmt: skip
        """`key`: the store's; `writer`: the lock of the rooms' state."""
        self._file, self._floor, self._garment_of, self._writer = state / FILE, floor, garment_of, writer
        self._clocks, self._lock = clocks, Lock()
        self._cipher = AESGCM(hmac.digest(key, b"messages to mirrors", "sha256"))
        self._saved: dict[RoomId, _Kept] | None = None
        """What the file has; None: also what has expired."""
        self._waiting = self._read()
        """Of before the restart, by room; their mirrors have not reported yet."""
        self._wrote_us, self._told = clocks.steady_us(), False
        now_us = clocks.now_us()
        self._until_us = {
            room: self._wrote_us + KEPT_US - max(0, now_us - one.ran_us)
            for room, one in self._waiting.items()
        }

    def tick(self) -> None:
        """Gives back what waits, and brings the file up to date. Called often, and after each message. A file that
        cannot be written is no reason to keep a message from the glass."""
        with self._lock:
            with self._writer:
                steady_us = self._clocks.steady_us()
                rooms = self._floor.rooms()
                for state in rooms:
                    self._give_back(state)
                known = {state.room.room: state for state in rooms}
                self._waiting = {
                    room: one for room, one in self._waiting.items()
                    if room in known and steady_us < self._until_us[room]
                }  # fmt: skip
                wanted = self._waiting | {room: one for room, state in known.items() if (one := _of(state))}
            if wanted != self._saved or (wanted and steady_us - self._wrote_us >= FRESH_US):
                self._write(wanted)

    def _give_back(self, state: RoomState) -> None:
        room, visit = state.room.room, state.visit
        kept = self._waiting.get(room)
        if kept is None or visit is None or (visit.ticket == kept.ticket and visit.attended is None):
            return
        if visit.ticket == kept.ticket and visit.attended and visit.message is None:
            try:
                message = self._message(kept)
            except SQLAlchemyError:
                return  # tried again
            if message is not None:
                note = MessageNote(message.message_id, message.by, message.kind, kept.stage)
                state.visit = replace(visit, message=message, message_note=note)
                self._floor.publish_to_mirror(
                    room, StaffMessageShown(self._clocks.now_us(), visit.ticket, message)
                )
                self._floor.publish_room(room)
        del self._waiting[room]

    def _message(self, kept: _Kept) -> StaffMessage | None:
        """With the prices and the stock of now; None if nothing is left to be shown. Raises SQLAlchemyError."""
        found = ((self._garment_of(ArticleId(article)), sized) for article, sized in kept.look)
        look = tuple(LookPiece(garment, sized) for garment, sized in found if garment is not None)
        article = look[0].garment.article if look else "" if kept.look else kept.article
        garment = self._garment_of(ArticleId(article)) if article else None
        if not kept.text and garment is None:
            return None
        return StaffMessage(kept.message_id, kept.by, kept.text, garment, look)

    def _write(self, wanted: dict[RoomId, _Kept]) -> None:
        try:
            if wanted:
                write_secret(self._file, self._sealed(wanted))
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            if not self._told:
                log.warning("%s cannot be written (%s)", self._file, type(error).__name__)
            self._told = True
            if self._saved is None or _names(self._saved) - _names(wanted):
                self._forget()
            return
        self._saved, self._wrote_us, self._told = wanted, self._clocks.steady_us(), False

    def _forget(self) -> None:
        """What is over goes, also from a full disk; with it what waits, of which this run still knows."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
            self._saved = {}

    def _sealed(self, wanted: dict[RoomId, _Kept]) -> bytes:
        now_us = self._clocks.now_us()
        rows = [
            [
                room, one.ran_us or now_us, one.ticket, one.message_id, one.by, one.text, one.article,
                one.look, one.stage.value,
            ]
            for room, one in wanted.items()
        ]  # fmt: skip
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, json.dumps(rows).encode(), FILE.encode())

    def _read(self) -> dict[RoomId, _Kept]:
        with suppress(OSError):  # half written when the store was killed
            self._file.with_name(FILE + ".new").unlink()
        now_us = self._clocks.now_us()
        try:
            sealed = read_regular(self._file, MAX_BYTES)
            rows = json.loads(
                self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], FILE.encode())
            )
            found = {
                RoomId(room): _Kept(
                    Ticket(ticket), str(message_id), str(by), str(text), str(article), ran_us, *_look(*later)
                )
                for room, ran_us, ticket, message_id, by, text, article, *later in rows
                if abs(now_us - ran_us) < KEPT_US
            }
            self._saved = dict(found) if len(found) == len(rows) else None
            return found
        except FileNotFoundError:
            return {}
        except (OSError, InvalidTag, ValueError, KeyError, TypeError) as error:
            log.warning("%s cannot be read (%s); messages begin anew", self._file, type(error).__name__)
        with suppress(OSError):
            self._file.unlink()
        return {}


def _look(
    pieces: Sequence[tuple[str, bool]] = (), stage: str = MessageStage.SENT.value
) -> tuple[tuple[tuple[str, bool], ...], MessageStage]:
    """The last columns of a row; files of before have none of them."""
    return tuple((str(article), bool(sized)) for article, sized in pieces), MessageStage(stage)


def _names(kept: dict[RoomId, _Kept]) -> set[tuple[Ticket, str]]:
    return {(one.ticket, one.message_id) for one in kept.values()}


def _of(state: RoomState) -> _Kept | None:
    """What the present visit of a room shows; None for one that is over for its mirror."""
    visit = state.visit
    if visit is None or visit.message is None or visit.ticket == state.over:
        return None
    message = visit.message
    article = message.garment.article if message.garment is not None else ""
    look = tuple((str(one.garment.article), one.sized) for one in message.look)
    stage = visit.message_note.stage if visit.message_note is not None else MessageStage.SENT
    return _Kept(visit.ticket, message.message_id, message.by, message.text, article, 0, look, stage)
