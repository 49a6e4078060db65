"""The house's card keys from their file: read when they are needed, made once, readable by the store's user alone."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path
from threading import Lock

from hardware.pcsc.keys import KEY_BYTES, ShopKeys
from kiosk.store.errors import StoreError

log = logging.getLogger(__name__)


class CardKeysError(StoreError):
    """The file of the card keys does not serve; says why, never what is in it."""

    title = "No card keys"


def read_card_keys(file: Path) -> ShopKeys:
    """The keys from a file with the master key in hex. Errors: CardKeysError."""
    try:
        master = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise CardKeysError(f"{file.name}: {type(error).__name__}") from None
    if len(master) != KEY_BYTES:
        raise CardKeysError(f"{file.name}: {len(master)} bytes instead of {KEY_BYTES}")
    return ShopKeys(master)


def create_keys(file: Path) -> ShopKeys:
    """A fresh master key in a new file of mode 0600; one that is there is never written over. Errors: CardKeysError."""
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
    """Whether somebody beside the file's user may read or write it."""
    return bool(file.stat().st_mode & 0o077)


class CardKeys:
    """The keys as they are now: a file that is made or mended while the store runs is taken up by itself."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._keys: ShopKeys | None = None
        self.now()

    def now(self) -> ShopKeys | None:
        """The keys; None where there are none, said once in the log."""
        if self._file is None:
            return None
        with self._lock:
            stamp = _stamp(self._file)
            if stamp != self._stamp:
                self._stamp, self._keys = stamp, self._read(self._file)
            return self._keys

    def _read(self, file: Path) -> ShopKeys | None:
        try:
            return read_card_keys(file)
        except CardKeysError as error:
            log.warning("no card keys (%s): cards prove nothing until this is mended", error)
            return None


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)
