"""The store's secrets: its key and the mirrors' tokens, kept in the state folder, readable by the store's user only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from time import monotonic, time_ns
from typing import Final

from kiosk.core.domain.ids import RoomId
from kiosk.store.file_stamp import FileStamp, FolderStamp, stamp_of_files
from kiosk.store.staff.token_hash import token_hash

MIRRORS_FOLDER = "mirrors"
"""Folder of the mirrors' tokens, one file per room; a mirror on the same computer may use its file directly."""
FILES_EVERY_S: Final = 1.0
SECRET_FILE = "store.key"  # noqa: S105 (a file's name)


def store_key(state: Path) -> bytes:
    """The store's secret key of 32 bytes; created at the first call."""
    path = state / SECRET_FILE
    if not path.exists():
        write_secret(path, secrets.token_bytes(32))
    return path.read_bytes()


def card_mac(key: bytes, uid: str) -> str:
    """Keyed hash (HMAC-SHA-256) under which a card is stored: a plain hash of 7 bytes could be guessed."""
    return hmac.new(key, b"card:" + uid.upper().encode(), hashlib.sha256).hexdigest()


def pair_mirror(state: Path, room: RoomId) -> str:
    """A new token for the mirror of a room; the room's former token is no longer accepted."""
    # hex, since a token that begins with "-" looks like an option on a command line
    token = secrets.token_hex(32)
    folder = state / MIRRORS_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_secret(folder / room, f"{token}\n".encode())
    return token


def pair_new_mirrors(state: Path, rooms: Iterable[RoomId]) -> None:
    """Creates a token for each room that has none yet."""
    for room in rooms:
        if not (state / MIRRORS_FOLDER / room).exists():
            pair_mirror(state, room)


class MirrorTokens:
    """Which token belongs to which room. Read again when the folder changes, so that pairing needs no restart.

    Every request asks this: one look at the folder shows that a file was added, removed or replaced, as pairing does.
    Files that another program has changed in place are noticed within `FILES_EVERY_S`.
    """

    def __init__(self, state: Path) -> None:
        self._folder = state / MIRRORS_FOLDER
        self._of_folder = FileStamp()
        self._of_files: FolderStamp = ()
        self._look_again_s = 0.0
        self._rooms: dict[str, RoomId] = {}
        self._lock = Lock()

    def room_of(self, token: str) -> RoomId | None:
        """The room whose mirror has this token."""
        with self._lock:
            self._refresh()
            return self._rooms.get(token_hash(token))

    def _refresh(self) -> None:
        of_folder, now_s = FileStamp.of(self._folder), monotonic()
        # a second change at once may leave the folder's time as it is: the clock of files has steps of some ms
        settled = abs(time_ns() - of_folder.modified_ns) > FILES_EVERY_S * 1e9
        if settled and of_folder == self._of_folder and now_s < self._look_again_s:
            return
        files = [f for f in self._folder.glob("*") if f.suffix != ".new"]
        of_files = stamp_of_files(files)
        if of_files != self._of_files:
            self._rooms = {token_hash(f.read_text(encoding="ascii").strip()): RoomId(f.name) for f in files}
            self._of_files = of_files
        self._of_folder, self._look_again_s = of_folder, now_s + FILES_EVERY_S


def write_secret(path: Path, content: bytes) -> None:
    """Writes a file atomically with mode 0600; after it, a power cut leaves the new file.

    Without its secret a store cannot check its ledger, and would close payments.
    """
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
