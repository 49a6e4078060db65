"""What database and ledger raise while they cannot be used: locked, away, damaged, or on a full disk."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from kiosk.store.errors import StoreError

UNUSABLE: Final = (StoreError, sqlite3.Error, SQLAlchemyError)
"""A ledger in a file raises errors of SQLite, everything else those of SQLAlchemy; a closed ledger raises its own. What
is done again at the next tick catches all of them."""
