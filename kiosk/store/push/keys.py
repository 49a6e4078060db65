"""The store's key for push services, in the state folder and its back-up. Made once: subscriptions belong to it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.connectors.web_push.vapid import VapidKey, new_vapid_pem, vapid_key
from kiosk.store.staff.tokens import write_secret
from kiosk.store.tls.private_files import own_key

KEY_FILE: Final = "push.key"


def push_key(state: Path) -> VapidKey:
    """The key; made at the first call. Raises CertificateError if others can read it, ValueError, OSError."""
    file = state / KEY_FILE
    if not file.exists():
        write_secret(file, new_vapid_pem())
    try:
        return vapid_key(own_key(file))
    except ValueError as error:
        raise ValueError(
            f"{file}: {error}; delete it, and associates switch notifications on again"
        ) from error
