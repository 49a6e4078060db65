"""What a damaged SQLite file raises when it is read."""

from __future__ import annotations

import sqlite3
from typing import Final

UNREADABLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The latter where SQLite's message quotes bytes of the schema that are not UTF-8: Python cannot decode the message."""
