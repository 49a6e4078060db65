"""Everything that is stored is declared (`kiosk/store/privacy/declared.py`), and the guide shows what is declared.

To write the table of the guide again: `python -m tests.house.test_retention`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from kiosk.store.db.overwriting import MEMBER_TABLES
from kiosk.store.db.tables import METADATA
from kiosk.store.privacy.declared import STORED
from kiosk.store.privacy.retention import table_lines
from tests.kiosk.store.sample_shop import sample_store, settings_in

GUIDE: Final = Path(__file__).resolve().parents[2] / "packaging/guides/privacy.md"
BEGIN, END = "<!-- retention table -->", "<!-- end of the retention table -->"
NAMES: Final = tuple(name for one in STORED for name in one.names)


def undeclared(names: Iterable[str]) -> list[str]:
    """Those that no entry names."""
    return sorted(name for name in names if not any(fnmatch(name, pattern) for pattern in NAMES))


def test_every_table_is_declared() -> None:
    assert undeclared(METADATA.tables) == []


def test_every_file_and_every_table_in_it_is_declared(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with sample_store(settings) as store:
        store.tick(store.clock())
        assert undeclared(file.name for file in settings.state.iterdir()) == []
    for file in settings.state.glob("*.db"):
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert undeclared(name for (name,) in found if not name.startswith("sqlite_")) == []


def test_planted_a_new_table_is_found() -> None:
    assert undeclared(["shopper", "phone_number"]) == ["phone_number"]


def test_columns_that_name_a_shopper_are_in_tables_about_members() -> None:
    about = {name: one.about.value for one in STORED for name in one.names}
    named = [
        table.name for table in METADATA.tables.values() if "shopper_id" in table.c or "first_name" in table.c
    ]
    assert {about[name] for name in named} == {"member"}


def test_tables_with_a_shopper_are_written_anew_after_an_erasure() -> None:
    named = {table.name for table in METADATA.tables.values() if "shopper_id" in table.c}
    assert named <= set(MEMBER_TABLES)


def test_the_guide_shows_what_is_declared() -> None:
    assert guide_with(table_lines()) == GUIDE.read_text("utf-8")


def guide_with(lines: Iterable[str]) -> str:
    """The guide with this table."""
    table = "\n".join((BEGIN, *lines, END))
    return re.sub(f"{BEGIN}.*{END}", lambda _: table, GUIDE.read_text("utf-8"), flags=re.DOTALL)


if __name__ == "__main__":
    GUIDE.write_text(guide_with(table_lines()), "utf-8")
