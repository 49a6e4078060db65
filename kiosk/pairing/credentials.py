"""What a mirror keeps of its pairing: the token, and the root of the shop. A file of mode 0600.

Two forms are read: JSON as the pairing writes it, and a token alone, as versions before it printed it for a file.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from hardware.regular_files import MAX_KEY_BYTES, read_regular

CREDENTIALS_FILE: Final = "pairing.json"
"""In the state folder of a mirror, where the configuration names no `token_file`."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """`root`: the shop's root in PEM form; empty for a store without TLS, or with a publicly trusted certificate."""

    token: str = field(default="", repr=False)
    root: str = ""
    room: str = ""


def read_credentials(file: Path | None) -> Credentials:
    """The credentials in a file; empty where there is no such file.

    Raises OSError or ValueError (UnicodeDecodeError as well) for a file that cannot be read.
    """
    if file is None or not file.exists():
        return Credentials()
    text = read_regular(file, MAX_KEY_BYTES).decode("ascii").strip()
    if not text.startswith("{"):
        return Credentials(text)
    try:
        found = json.loads(text)
        return Credentials(str(found["token"]), str(found["root"]), str(found["room"]))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"has no {error}") from error


def as_text(credentials: Credentials) -> str:
    """Credentials in one line."""
    return json.dumps(asdict(credentials))


def write_credentials(file: Path, credentials: Credentials) -> None:
    """Writes them with mode 0600, in one step. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(file.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(as_text(credentials))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
