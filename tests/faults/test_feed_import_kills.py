"""An import in a process of its own is killed with SIGKILL at several moments; the next import finishes it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, FEED_LINE, SKU, STOCK, STYLE
from tests.bench.test_bench_feed_import import LargeFeed
from tests.kiosk.store.feed_import.taking import importer_of
from tests.kiosk.store.sample_shop import START_US

ROOT = Path(__file__).resolve().parents[2]
TABLES = (STYLE, COLOURWAY, SKU, STOCK, FEED_LINE)
IMPORT = """
import sys
from pathlib import Path
from kiosk.store.db.database import Database
from tests.kiosk.store.feed_import.taking import take
from tests.kiosk.store.sample_shop import START_US
take(Database(sys.argv[1]), Path(sys.argv[2]), START_US)
"""


def content(database: Database) -> dict[str, list[str]]:
    with database.reading() as connection:
        return {t.name: sorted(map(str, connection.execute(select(t)))) for t in TABLES}


def lines(file: Path) -> int:
    with closing(sqlite3.connect(file, timeout=20)) as raw:
        return int(raw.execute("SELECT count(*) FROM feed_line").fetchone()[0])


@pytest.mark.full
@pytest.mark.timeout(600)
def test_an_import_that_is_killed_is_finished_by_the_next_one(tmp_path: Path) -> None:
    feed = LargeFeed(tmp_path / "feed", 20_000)
    feed.write(0)
    whole = Database(f"sqlite:///{tmp_path / 'whole.db'}")
    importer_of(whole).run(feed.folder, START_US, alone=True)
    wanted = content(whole)
    whole.close()
    every = sum(map(len, (wanted["feed_line"],)))
    file = tmp_path / "killed.db"
    Database(f"sqlite:///{file}").close()
    killed = 0
    for share in (0.02, 0.3, 0.6, 0.9):
        process = subprocess.Popen(
            [sys.executable, "-c", IMPORT, f"sqlite:///{file}", str(feed.folder)], cwd=ROOT
        )
        while process.poll() is None and lines(file) < share * every:
            time.sleep(0.002)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    database = Database(f"sqlite:///{file}")
    report = importer_of(database).run(feed.folder, START_US, alone=True)
    assert (report.failed, report.mistakes, report.held) == ((), (), ())
    assert content(database) == wanted
    database.close()
    assert killed > 1
