"""Checks the store's database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from kiosk.commands.doctor.finding import Finding, bad, good
from kiosk.commands.doctor.machine import writable
from kiosk.store.db.postgres_hold import holder_of

_ABOUT = "database"


def database(url: str) -> Finding:
    """The database is reachable; an SQLite file is not damaged."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(Path(target.database or ""))
    # the store's driver; `postgresql://` alone would be another one
    target = target.set(drivername="postgresql+psycopg")
    engine = create_engine(target, connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            version = connection.execute(text("show server_version")).scalar_one()
            holder = holder_of(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return bad(
            _ABOUT, f"{target.render_as_string()}: {reason}", "Start it, or correct `database` in the file."
        )
    finally:
        engine.dispose()
    held = f", held by {holder}" if holder is not None else ""
    return good(_ABOUT, f"{target.render_as_string()}, version {version}{held}")


def _sqlite(file: Path) -> Finding:
    if not file.exists():
        return writable(_ABOUT, file)
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=3)) as connection:
            (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return bad(
            _ABOUT,
            f"{file}: {error}",
            "Move the file away and restore a copy; without one the store creates a new database.",
        )
    if verdict != "ok":
        return bad(_ABOUT, f"{file}: {verdict}", "Move the file away and restore a copy.")
    return writable(_ABOUT, file)
