"""Revisions of the tables: which this version knows, and whether an SQLite file can be opened by it."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from kiosk.store.errors import DatabaseNewerError

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
_MIGRATING: Final = Lock()
"""Alembic keeps the present migration in a module's globals, so that only one thread may migrate at a time."""
NEWER: Final = "it was written by a newer version of Cheval; install that version, or restore a backup"


def migration_config() -> Config:
    """Alembic's configuration for this package's migrations."""
    # set before the import, because Alembic logs when it is imported
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("recursive_version_locations", "true")  # the folders of `versions` too
    return config


@cache
def known_revisions() -> frozenset[str]:
    """The revisions that this version can migrate from, the newest included."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


@cache
def newest_revisions() -> frozenset[str]:
    """The revision of migrated tables. Several heads would be a mistake that Alembic reports."""
    return frozenset(_scripts().get_heads())


@cache
def _scripts() -> ScriptDirectory:
    config = migration_config()
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config)


def upgrade(connection: Connection) -> None:
    """Migrates the tables to the newest revision, in the transaction of `connection`. Raises DatabaseNewerError."""
    config = migration_config()  # before Alembic is imported: it keeps its lines out of the log
    from alembic import command
    from alembic.runtime.migration import MigrationContext

    present = set(MigrationContext.configure(connection).get_current_heads())
    if present == newest_revisions():
        return
    if present - known_revisions():
        raise DatabaseNewerError(connection.engine.url.render_as_string())
    config.attributes["connection"] = connection
    with _MIGRATING:
        command.upgrade(config, "head")


def sqlite_mistake(file: Path) -> str:
    """Why this process cannot use an SQLite file as the store's database; empty if it can or if there is no file."""
    try:
        file.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{file}: {(error.strerror or type(error).__name__).lower()}"
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=3)
        ) as connection:
            tables = {name for (name,) in connection.execute("select name from sqlite_master")}
            rows = (
                connection.execute("select version_num from alembic_version") if _REVISION in tables else ()
            )
            revisions = {str(revision) for (revision,) in rows}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return f"{file}: {error}"
    if revisions - known_revisions():
        return f"{file}: {NEWER}"
    if not os.access(file, os.W_OK, effective_ids=True):
        return f"{file}: this user cannot write it"
    return ""


_REVISION: Final = "alembic_version"
