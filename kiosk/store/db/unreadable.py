"""What a damaged SQLite file raises when it is read, and how its texts are read."""

from __future__ import annotations

import sqlite3
from typing import Final

UNREADABLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The latter where SQLite's message quotes bytes of the schema that are not UTF-8: Python cannot decode the message."""


def readable_text(stored: bytes) -> str:
    """A text of the file, for `text_factory` of a connection; bytes that are not UTF-8 become surrogates."""
    return stored.decode("utf-8", "surrogateescape")
