"""Checks a label scanner: connected, and accessible to this user."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kiosk.commands.doctor.finding import Finding, bad, good

_GROUPS = {"serial": "dialout", "keyboard": "input"}
_LISTS = {"serial": "/dev/serial/by-id", "keyboard": "/dev/input/by-id"}


def look(about: str, uri: str) -> Finding:
    """The device of `serial://` or `keyboard://` exists and opens; nothing is read from it."""
    parts = urlsplit(uri)
    device = Path(unquote(parts.path))
    try:
        os.close(os.open(device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC))
    except PermissionError:
        group = _GROUPS[parts.scheme]
        return bad(
            about,
            f"{device} cannot be opened by this user",
            f"Add the user to its group: adduser USER {group}",
        )
    except OSError as error:
        advice = f"Connect it, and take its name from `ls {_LISTS[parts.scheme]}`."
        return bad(about, f"{device}: {error.strerror}", advice)
    return good(about, str(device))
