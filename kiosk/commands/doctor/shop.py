"""Checks the store's database and its looks model."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from hardware.regular_files import MAX_KEY_BYTES, read_regular
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.commands.doctor.machine import writable
from kiosk.store.db.postgres_hold import holder_of
from recommender.artefacts.versions import resolve_model
from recommender.errors import ModelError
from recommender.looks.serving import artefact

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


def looks_model(folder: Path | None, key_file: Path | None = None) -> Finding:
    """The looks model that is served is complete and unchanged; `key_file` holds the key of its seal, if it has one."""
    about = "looks model"
    if folder is None:
        return note(
            about,
            "none; best-selling items are suggested",
            "Write a folder into `recommender.model`, then run `cheval train`.",
        )
    if not folder.exists():
        return note(about, f"{folder}: none yet; best-selling items are suggested", "Train it: cheval train.")
    try:
        artefact.read(resolve_model(folder), key=read_regular(key_file, MAX_KEY_BYTES) if key_file else None)
    except (ModelError, OSError) as error:
        return bad(about, str(error), "Train it again: cheval train.")
    return good(about, str(folder))
