"""Access of this computer's commands to the running store: its address and a token, in a file of the state folder.

Who may read the state folder (mode 0700) may change the store's database anyway, so the file gives away nothing more.
The token is new at each start and accepted from this computer only.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from hardware.regular_files import read_regular
from kiosk.store.staff.tokens import write_secret

ACCESS_FILE = "local.json"
_MAX_BYTES = 1 << 14


@dataclass(frozen=True, slots=True)
class RunningStore:
    """Where the running store answers, and the token that it accepts from this computer."""

    url: str
    token: str
    root: str = ""
    """The shop's root (PEM), of which its certificate must be; empty for a store without TLS."""


class LocalAccess:
    """The store's side: publishes the token while the store listens, and checks it."""

    def __init__(self, state: Path, root: str = "") -> None:
        self._root = root
        self._file = state / ACCESS_FILE
        self._token = secrets.token_hex(32)

    def publish(self, url: str) -> None:
        """Writes the file. Raises OSError."""
        write_secret(self._file, json.dumps({"url": url, "token": self._token, "root": self._root}).encode())

    def withdraw(self) -> None:
        """Removes the file; to be called when the store no longer listens."""
        self._file.unlink(missing_ok=True)

    def accepts(self, token: str, client: str, server: str) -> bool:
        """Whether a request with this token is from a command of this computer.

        `client` and `server` are the addresses of the two ends: this computer reaches itself from a loopback address or
        from the one that it calls.
        """
        return hmac.compare_digest(token.encode(), self._token.encode()) and _local(client, server)


def running_store(state: Path) -> RunningStore | None:
    """The store that runs with this state folder, as far as its file says; None if there is no file.

    Raises OSError if this user cannot read it.
    """
    try:
        found = json.loads(read_regular(state / ACCESS_FILE, _MAX_BYTES))
        return RunningStore(str(found["url"]), str(found["token"]), str(found.get("root", "")))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _local(client: str, server: str) -> bool:
    try:
        return client == server or ip_address(client).is_loopback
    except ValueError:
        return False
