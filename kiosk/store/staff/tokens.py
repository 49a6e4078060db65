"""The store's own secrets: made once, kept in its state folder, readable by its user alone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from kiosk.core.domain.ids import RoomId
from kiosk.store.staff.associates import token_hash

MIRRORS_FOLDER = "mirrors"
"""Folder of the mirrors' tokens, one file a room; a mirror on the same computer may name its file directly."""
SECRET_FILE = "store.key"  # noqa: S105 (a file's name)


def secret(state: Path) -> bytes:
    """The store's secret of 32 bytes; made at the first call."""
    path = state / SECRET_FILE
    if not path.exists():
        _write(path, secrets.token_bytes(32))
    return path.read_bytes()


def card_mac(key: bytes, uid: str) -> str:
    """How a card's number is kept: a keyed hash, since numbers of 7 bytes could be guessed from a plain one."""
    return hmac.new(key, b"card:" + uid.upper().encode(), hashlib.sha256).hexdigest()


def pair(state: Path, room: RoomId) -> str:
    """A fresh token for the mirror of a room; the room's former mirror is shut out from now on."""
    token = secrets.token_urlsafe(32)
    folder = state / MIRRORS_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / room, f"{token}\n".encode())
    return token


def pair_new_mirrors(state: Path, rooms: Iterable[RoomId]) -> None:
    """Makes a token for each room that has none yet."""
    for room in rooms:
        if not (state / MIRRORS_FOLDER / room).exists():
            pair(state, room)


class MirrorTokens:
    """Which token opens which room; looks again when the folder changes, so that pairing needs no restart."""

    def __init__(self, state: Path) -> None:
        self._folder = state / MIRRORS_FOLDER
        self._stamp: tuple[tuple[str, int], ...] = ()
        self._rooms: dict[str, RoomId] = {}
        self._lock = Lock()

    def room_of(self, token: str) -> RoomId | None:
        """The room whose mirror has this token."""
        with self._lock:
            self._refresh()
            return self._rooms.get(token_hash(token))

    def _refresh(self) -> None:
        files = [f for f in sorted(self._folder.glob("*")) if f.suffix != ".new"]
        stamp = tuple((f.name, f.stat().st_mtime_ns) for f in files)
        if stamp != self._stamp:
            self._rooms = {token_hash(f.read_text(encoding="ascii").strip()): RoomId(f.name) for f in files}
            self._stamp = stamp


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, and never readable by others."""
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
