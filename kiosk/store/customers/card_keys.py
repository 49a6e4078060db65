"""The shop's card keys: one master key in a file, created with mode 0600, read again when the file changes."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from threading import Lock

from hardware.pcsc.keys import KEY_BYTES, ShopKeys
from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.store.errors import StoreError
from kiosk.store.file_stamp import ChangeDetector

log = logging.getLogger(__name__)


class CardKeysError(StoreError):
    """The file of the card keys cannot be used. The message says why and never shows its content."""

    title = "No card keys"


def read_card_keys(file: Path) -> ShopKeys:
    """The keys derived from a file with the master key in hexadecimal. Raises CardKeysError."""
    try:
        master = bytes.fromhex(read_regular(file, MAX_KEY_BYTES).decode("ascii").strip())
    except (OSError, ValueError) as error:
        raise CardKeysError(f"{file.name}: {type(error).__name__}") from None
    if len(master) != KEY_BYTES:
        raise CardKeysError(f"{file.name}: {len(master)} bytes instead of {KEY_BYTES}")
    return ShopKeys(master)


def create_keys(file: Path) -> ShopKeys:
    """Creates a file of mode 0600 with a new master key; never overwrites one. Raises CardKeysError."""
    master = secrets.token_bytes(KEY_BYTES)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as fresh:
            fresh.write(master.hex().encode() + b"\n")
            fresh.flush()
            os.fsync(fresh.fileno())
    except OSError as error:
        raise CardKeysError(f"{file}: {error.strerror or type(error).__name__}") from None
    return ShopKeys(master)


def accessible_to_others(file: Path) -> bool:
    """Whether other users than the file's owner may read or write it."""
    return bool(file.stat().st_mode & 0o077)


class CardKeys:
    """The present card keys. A file that is created or corrected while the store runs is read without a restart."""

    def __init__(self, file: Path | None) -> None:
        self._file = ChangeDetector(file) if file else None
        self._lock = Lock()
        self._keys: ShopKeys | None = None
        self.now()

    def now(self) -> ShopKeys | None:
        """The keys; None, with one warning, if the file cannot be used."""
        if self._file is None:
            return None
        with self._lock:
            if self._file.changed():
                self._keys = self._read(self._file.file)
            return self._keys

    def _read(self, file: Path) -> ShopKeys | None:
        try:
            return read_card_keys(file)
        except CardKeysError as error:
            log.warning("no card keys (%s): cards cannot be authenticated until the file is corrected", error)
            return None
