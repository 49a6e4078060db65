"""Opens the store although its SQLite file is damaged: keeps that file, and copies into a new one what can be read.

The catalogue and the people come from the feed again, whose files are therefore all read anew. The payments' ledger is
another file, which is not touched here; nor is a database in PostgreSQL.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, make_url

from kiosk.store.db.table_groups.events import EVENT, EVENT_STREAM, ROOM_PIECE
from kiosk.store.db.tables import FEED_FILE, FEED_LINE, HELD_LOSS, METADATA
from kiosk.store.db.unreadable import UNREADABLE

log = logging.getLogger(__name__)
FROM_FEED: Final = frozenset(
    {"style", "colourway", "sku", "stock", "shopper", "credential", "purchase", "look"}
)
"""Tables that the feed fills again, as far as it has what was in them. The staff may have been added in the shop."""
_READ_ANEW: Final = frozenset({FEED_FILE.name, FEED_LINE.name, HELD_LOSS.name})
_EVENTS: Final = frozenset({EVENT.name, EVENT_STREAM.name, ROOM_PIECE.name})
"""Not copied: some may be missing, so the stream of events begins anew, and its readers are told so."""
_REVISION_TABLE: Final = "alembic_version"
_HEADER: Final = b"SQLite format 3\x00"
_SUFFIXES: Final = ("", "-wal", "-shm")
EVER: Final = 1 << 62
"""Time, in microseconds since 1970, before which all copies were kept."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was done about a damaged file: its new name, the number of rows that were read, by table, and the tables
    that were not read to their end."""

    kept_as: Path
    rows: dict[str, int]
    incomplete: tuple[str, ...]


def damage_of(file: Path) -> str:
    """Why an SQLite file is damaged; empty if it is not, or if there is none. Raises sqlite3.OperationalError."""
    if not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            return "" if found is None or found[0] == "ok" else str(found[0]).splitlines()[-1]
    except sqlite3.OperationalError:
        raise
    except UNREADABLE as error:
        return str(error)


def salvageable(file: Path, *, ours: bool) -> bool:
    """Whether the next start replaces this file. `ours`: it is the one that a store makes in its state folder.

    A file at another place that does not even begin like a database may be anything, and is left alone.
    """
    try:
        # read only: who looks may be another user than the store's, and must leave no files there
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=3)
        ) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall():
                if name == _REVISION_TABLE:
                    connection.execute(f"SELECT version_num FROM {_REVISION_TABLE}").fetchall()  # noqa: S608
        return False
    except sqlite3.OperationalError:
        return False
    except UNREADABLE:
        with file.open("rb") as opened:
            return ours or opened.read(len(_HEADER)) == _HEADER


def salvage_if_damaged(database_url: str, migrate: Callable[[Any], None]) -> Salvaged | None:
    """Replaces a damaged SQLite file by a new one with what can be read. None if there is nothing to do.

    `migrate` makes the tables of a new database. To be called with the store's lock. Raises OSError, SQLAlchemyError.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    file = Path(str(url.database))
    try:
        why = damage_of(file)
    except sqlite3.OperationalError:
        return None  # it is locked or cannot be opened: who opens it says so
    if not why:
        return None
    kept_as = _set_aside(file)
    engine = create_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()
    found = _copy(kept_as, file)
    _say(file, found, why)
    return found


def delete_old_copies(database_url: str, before_us: int) -> int:
    """Deletes damaged files that were kept before a time: they hold names of shoppers. The number of deleted files.

    Raises OSError."""
    file = Path(make_url(database_url).database or "")
    if not database_url.startswith("sqlite") or not file.name:
        return 0
    deleted = 0
    for kept in file.parent.glob(f"{file.name}.damaged-*"):
        if kept.stat().st_ctime_ns // 1000 < before_us:
            kept.unlink(missing_ok=True)
            deleted += 1
    return deleted


def _set_aside(file: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    kept_as = file.with_name(f"{file.name}.damaged-{stamp}")
    for suffix in _SUFFIXES:
        with suppress(FileNotFoundError):
            file.with_name(file.name + suffix).replace(kept_as.with_name(kept_as.name + suffix))
    return kept_as


def _copy(old: Path, new: Path) -> Salvaged:
    rows: dict[str, int] = {}
    incomplete: list[str] = []
    with closing(sqlite3.connect(old)) as source, closing(sqlite3.connect(new)) as target:
        if _revision(source) != _revision(target):
            return Salvaged(old, {}, tuple(table.name for table in METADATA.sorted_tables))
        for table in METADATA.sorted_tables:
            if table.name in _READ_ANEW | _EVENTS:
                continue
            names = [column.name for column in table.columns]
            reader = _Reader(source, table.name, names)
            marks = ", ".join("?" for _ in names)
            columns = ", ".join(f'"{name}"' for name in names)
            insert = f'INSERT OR IGNORE INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 names of this package
            rows[table.name] = target.executemany(insert, reader.rows()).rowcount
            if not reader.complete:
                incomplete.append(table.name)
        for name, parent in (("colourway", "style_id"), ("sku", "style_id")):
            target.execute(f"DELETE FROM {name} WHERE {parent} NOT IN (SELECT style_id FROM style)")  # noqa: S608
        target.commit()
    return Salvaged(old, rows, tuple(incomplete))


class _Reader:
    """Reads a table from its beginning to the damage, and then from its end back to it."""

    def __init__(self, source: sqlite3.Connection, table: str, names: list[str]) -> None:
        columns = ", ".join(f'"{name}"' for name in names)
        self._source, self._query = source, f'SELECT {columns} FROM "{table}" NOT INDEXED ORDER BY rowid'  # noqa: S608
        self.complete = False

    def rows(self) -> Iterator[tuple[Any, ...]]:
        yield from self._until_damage(self._query)
        if not self.complete:
            yield from self._until_damage(f"{self._query} DESC")
            self.complete = False

    def _until_damage(self, query: str) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._source.execute(query)
            self.complete = True
        except UNREADABLE:
            return


def _revision(connection: sqlite3.Connection) -> str:
    """The revision of the tables; empty where it cannot be read."""
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(found[0]) if found else ""
    except UNREADABLE:
        return ""


def _say(file: Path, found: Salvaged, why: str) -> None:
    log.error("%s is damaged (%s); it is kept as %s, and a new one is used", file, why, found.kept_as.name)
    kept = ", ".join(f"{name} {count}" for name, count in found.rows.items() if count) or "nothing"
    log.error("read from the damaged database: %s", kept)
    lost = sorted(set(found.incomplete) - FROM_FEED - _READ_ANEW)
    log.error(
        "lost, wholly or in part: %s; catalogue and people are imported again from the feed (`cheval import FOLDER` "
        "without a configured one); put a backup of %s in its place to have the rest; the ledger is not concerned",
        ", ".join(lost) or "nothing that the feed does not have", file.name,
    )  # fmt: skip
