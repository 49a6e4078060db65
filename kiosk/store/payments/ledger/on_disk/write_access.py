"""Whether SQLite takes a ledger file for one that may be written."""

from __future__ import annotations

import sqlite3

from kiosk.store.errors import LedgerDamagedError


def require_writable(connection: sqlite3.Connection, place: str) -> None:
    """Raises LedgerDamagedError if SQLite only reads the file, sqlite3.Error if it cannot be locked or read.

    By the write version in its header (SQLite's file format, section 1.3.3) SQLite may only read a file. It says so at
    the first write, which would be a payment. So a value of the header is written again, and rolled back. A full disk
    is found by the first entry.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            raise LedgerDamagedError(place, 0, f"the file cannot be written ({error})") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
