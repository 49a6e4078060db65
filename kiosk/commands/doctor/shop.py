"""What a store keeps and is given: database, models, the retailer's feed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.commands.doctor.machine import writable
from recommender.artefacts.versions import resolve_model
from recommender.errors import ModelError
from recommender.looks.serving import artefact

_ABOUT = "database"


def database(url: str) -> Finding:
    """The database can be reached, and a file of SQLite is whole."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(Path(target.database or ""))
    engine = create_engine(target, connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            version = connection.execute(text("show server_version")).scalar_one()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return bad(
            _ABOUT, f"{target.render_as_string()}: {reason}", "Start it, or mend `database` in the file."
        )
    finally:
        engine.dispose()
    return good(_ABOUT, f"{target.render_as_string()}, version {version}")


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
            "Move the file away and put back a copy; the store makes a new one if none.",
        )
    if verdict != "ok":
        return bad(_ABOUT, f"{file}: {verdict}", "Move the file away and put back a copy.")
    return writable(_ABOUT, file)


def looks_model(folder: Path | None) -> Finding:
    """The model of looks that is served is whole and says what it said when it was made."""
    about = "model of looks"
    if folder is None:
        return note(
            about,
            "none; what sells best is suggested",
            "Name a folder in `recommender.model`, then: cheval train.",
        )
    try:
        artefact.read(resolve_model(folder))
    except (ModelError, OSError) as error:
        return bad(about, str(error), "Make it anew: cheval train.")
    return good(about, str(folder))
