"""Leaves nothing of deleted rows in the files of the database, so that what was erased cannot be read from the disk.

SQLite overwrites what is deleted (`secure_delete`, set for every connection); its write-ahead log is emptied here. A
file of an earlier version, which did not overwrite, is written anew once (`user_version` 1). PostgreSQL writes the
tables of members anew, and the statistics of their values (`pg_statistic`; only a warning where the store's user does
not own the database). Its own log keeps the rows until the server uses its files again (`min_wal_size`,
`wal_keep_size`, archives), which is for the administrator of the server to set.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from typing import Final

from sqlalchemy import Engine

log = logging.getLogger(__name__)
MEMBER_TABLES: Final = (
    "shopper", "credential", "purchase", "trial", "feed_line", "held_loss", "book_edit", "book_entry", "member_request",
    "clue_verdict", "clue_refusal", "appointment", "aside_member", "alteration",
)  # fmt: skip
"""Tables in which rows of members are deleted."""
_OVERWRITES: Final = 1


def overwrite_deleted(engine: Engine) -> None:
    """To be called after an erasure, outside of transactions. Raises SQLAlchemyError.

    A reader of this moment can keep the log of SQLite from being emptied; the next call does it.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in MEMBER_TABLES:
                outside.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table}")
            outside.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")
        return
    raw = engine.raw_connection()
    try:
        with suppress(sqlite3.OperationalError):  # another program uses the log; the next call does it
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def rewrite_once(engine: Engine) -> None:
    """Writes a file of an earlier version anew; takes about a second for 100 MB. Without space it is left for the next
    start, because the shop must open. Raises SQLAlchemyError."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if cursor.execute("PRAGMA user_version").fetchone()[0] < _OVERWRITES:
            cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA user_version = {_OVERWRITES}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:
        log.warning("the database file was not written anew: %s; tried again at the next start", error)
    finally:
        raw.close()
