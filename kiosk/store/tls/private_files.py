"""Files of private keys: written with mode 0600, and read only if nobody else can read or replace them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.store.errors import CertificateError


def own_key(path: Path) -> bytes:
    """A key that the store made. Raises CertificateError unless it belongs to this user alone, OSError.

    Read by root, who pairs devices of a store with a user of its own, it must belong to the owner of its folder.
    """
    status = path.stat()
    owner = os.geteuid() or path.parent.stat().st_uid
    if status.st_uid != owner:
        raise CertificateError(f"{path} belongs to uid {status.st_uid}; run: chown {owner} {path}")
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise CertificateError(f"other users can read {path}; run: chmod 600 {path}")
    return read_regular(path, MAX_KEY_BYTES)


def retailers_key(path: Path) -> bytes:
    """The retailer's key: it may belong to root, and its group may read it. Raises CertificateError, OSError."""
    status = path.stat()
    if status.st_uid not in (0, os.geteuid()):
        raise CertificateError(f"{path} belongs to uid {status.st_uid}; run: chown {os.geteuid()} {path}")
    if stat.S_IMODE(status.st_mode) & 0o027:
        raise CertificateError(
            f"other users can read {path}, or its group can change it; run: chmod 640 {path}"
        )
    return read_regular(path, MAX_KEY_BYTES)
