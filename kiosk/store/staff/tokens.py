"""The store's key, and how secret files of the state folder are written: readable by the store's user only."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

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


def write_secret(path: Path, content: bytes) -> None:
    """Writes a file atomically with mode 0600; after it, a power cut leaves the new file.

    Where root writes it, it belongs to the owner of the folder: the store could not read it else. Without its secret a
    store cannot check its ledger, and would close payments.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)  # one that a kill has left: it may be of another owner or mode
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            if os.geteuid() == 0:
                owner = path.parent.stat()
                os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
