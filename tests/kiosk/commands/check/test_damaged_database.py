"""A damaged database is named, and does not keep the store from starting; a file that is none is left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.commands.check.store import store_mistakes
from kiosk.config import Severity, read_store
from kiosk.store.db.database import Database

PAGE = 4096


def damaged_from(page: int) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        content = bytearray(file.read_bytes())
        for at in range(page * PAGE, len(content), PAGE):
            content[at : at + 200] = b"\xff" * 200
        file.write_bytes(content)

    return damage


@pytest.mark.parametrize(
    ("damage", "here", "elsewhere"),
    [
        (damaged_from(1), Severity.WITHOUT, Severity.WITHOUT),
        (damaged_from(0), Severity.WITHOUT, Severity.REFUSED),
        (lambda file: file.write_bytes(b"a letter" * 999), Severity.WITHOUT, Severity.REFUSED),
    ],
    ids=["pages", "all pages", "something else"],
)
def test_what_a_damaged_database_means_for_the_start(
    tmp_path: Path, damage: Callable[[Path], None], here: Severity, elsewhere: Severity
) -> None:
    file = tmp_path / "store.db"
    Database(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(file)
    before = file.read_bytes()
    for text, expected in ((f"state: {tmp_path}\n", here), (f"database: sqlite:///{file}\n", elsewhere)):
        config = tmp_path / "store.yaml"
        config.write_text(text)
        found = [m for m in store_mistakes(read_store(config)) if "store.db" in m.what]
        assert [m.severity for m in found] == [expected]
        assert ("cheval restore" in found[0].what) is (expected is Severity.WITHOUT)
    assert file.read_bytes() == before, "it is only looked at"
