"""Databases that this version cannot use: of a newer version, or no databases; each is named, without a traceback."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.store.db.database import Database
from kiosk.store.db.revisions import known_revisions, sqlite_mistake
from kiosk.store.errors import DatabaseNewerError


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as connection:
        connection.execute(text("update alembic_version set version_num = 'r9999'"))
    database.close()
    with pytest.raises(DatabaseNewerError, match="newer version of Cheval"):
        Database(database_url)


def test_a_file_is_examined_without_being_changed(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    assert sqlite_mistake(file) == ""
    assert not file.exists()
    Database(f"sqlite:///{file}").close()
    assert sqlite_mistake(file) == ""
    with closing(sqlite3.connect(file)) as connection:
        (newest,) = connection.execute("select version_num from alembic_version").fetchone()
        assert newest in known_revisions()
        connection.execute("update alembic_version set version_num = 'r9999'")
        connection.commit()
    assert "newer version" in sqlite_mistake(file)
    file.write_bytes(b"no database" * 100)
    assert "file is not a database" in sqlite_mistake(file)


def test_stores_of_one_process_may_be_opened_at_the_same_time(tmp_path: Path) -> None:
    """Alembic's globals are shared by all threads."""

    def opened(number: int) -> bool:
        with closing(Database(f"sqlite:///{tmp_path / f'{number}.db'}")) as database:
            return database.reachable()

    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(opened, range(12)))
