"""`cheval migrate`: everything of a shop is in PostgreSQL afterwards, or nothing is and the old files go on."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree, rmtree

import pytest
import sqlalchemy as sa

from kiosk.__main__ import main
from kiosk.commands.ledger_store import alone
from kiosk.store.app import build_store
from kiosk.store.backup.moved.comparison import DifferentError
from kiosk.store.backup.moved.moving import Move
from kiosk.store.backup.postgres_rows import clear, is_empty, opened
from kiosk.store.db.database import Database
from kiosk.store.db.postgres_hold import PostgresHold
from kiosk.store.db.restore_mark import MOVED_FILE
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.db.tables import ASSOCIATE
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.heads import HEAD_FILE
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.resources import ledger_place
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.devices import pair_mirror
from tests.kiosk.store import postgres
from tests.kiosk.store.backup.backed_up import Shop, shop_in
from tests.kiosk.store.backup.test_killed import killed_at, steps
from tests.kiosk.store.payments.ledger_steps import COAT, pay
from tests.kiosk.store.sample_shop import START_US, sample_store

PASSING = (".lock", "-journal", "-wal", "-shm")
HOSTILE = (
    "it's",
    'a "b"',
    "tab\tnew\nline\r",
    "\\N",
    "\\.",
    "💍 élan",
    "{}",
    "[1, 2]",
    "\u202eabc",
    "NULL",
    "",
)


@dataclass(frozen=True, slots=True)
class Moving:
    """A shop with SQLite files and an empty PostgreSQL database."""

    shop: Shop
    url: str

    def run(self, *words: str) -> int:
        """Exit code of the command."""
        return main(["migrate", "--to", self.url, "--config", str(self.shop.config), *words])

    def settings(self, *, ledger: bool = True) -> StoreSettings:
        """Those of the configuration that the command asks for."""
        return replace(self.shop.settings, database=self.url, ledger_in_database=ledger)

    def files(self) -> dict[str, object]:
        """The state folder without locks and journals; of databases what is in them."""
        found = (file for file in sorted(self.shop.state.rglob("*")) if file.is_file())
        return {str(file): content_of(file) for file in found if not file.name.endswith(PASSING)}


def content_of(file: Path) -> object:
    if file.suffix != ".db":
        return file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def moved(tmp_path: Path, postgres_server: str) -> Moving:
    return Moving(shop_in(tmp_path), postgres.fresh_database(postgres_server))


@pytest.mark.parametrize("ledger", [True, False])
def test_the_store_goes_on_with_everything(
    moved: Moving, capsys: pytest.CaptureFixture[str], *, ledger: bool
) -> None:
    token = pair_mirror(moved.shop.state, "1", START_US)
    words = () if ledger else ("--keep-ledger-file",)
    assert moved.run("--json", *words) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["again"], said["dry_run"], said["rows"] > 20, said["ledger_entries"] > 5) == (
        False,
        False,
        True,
        True,
    )
    assert [Path(kept).name for kept in said["kept"]] == [
        "store.db.before-move", *(["ledger.db.before-move"] if ledger else [])
    ]  # fmt: skip
    with sample_store(moved.settings(ledger=ledger)) as store:
        assert not store.health().payments_closed
        assert store.access.devices.room_of(token) == "1"
        with pytest.raises(Exception, match="sold already"):
            pay(store, "o9", COAT)
        assert not any(store.resources.ledger.damages(1, store.resources.ledger.head.seq))
    with sample_store(moved.settings(ledger=ledger)) as store:
        assert not store.health().payments_closed


def test_no_store_begins_anew_with_the_old_configuration(moved: Moving) -> None:
    assert moved.run() == 0
    with pytest.raises(BackupError, match="were moved to postgresql://"):
        build_store(moved.shop.settings)
    assert not (moved.shop.state / "store.db").exists()
    # back to the old files, as the message says
    for name in ("store.db", "ledger.db"):
        (moved.shop.state / f"{name}.before-move").rename(moved.shop.state / name)
    (moved.shop.state / MOVED_FILE).unlink()
    with sample_store(moved.shop.settings) as store:
        assert not store.health().payments_closed


def test_a_rehearsal_changes_nothing(moved: Moving, capsys: pytest.CaptureFixture[str]) -> None:
    before = moved.files()
    assert moved.run("--dry-run") == 0
    assert "nothing was changed: all compared and equal" in capsys.readouterr().out
    assert (moved.files(), is_empty(moved.url)) == (before, True)


def test_what_is_in_use_or_in_the_way_is_named_and_left_alone(
    moved: Moving, capsys: pytest.CaptureFixture[str]
) -> None:
    before = moved.files()
    with closing(StoreHold(moved.shop.state, moved.shop.settings.database_url)):
        assert moved.run() == 1
    assert "two stores must not use it" in capsys.readouterr().err
    url = sa.make_url(moved.url).set(drivername="postgresql+psycopg")
    with closing(PostgresHold(url)):
        assert moved.run() == 1
    assert "is held by the store on" in capsys.readouterr().err
    for wrong in ("sqlite:///other.db", "postgresql://", "nonsense", "postgresql://h"):
        assert replace(moved, url=wrong).run() == 2
        assert "--to: an address such as" in capsys.readouterr().err
    nowhere = "postgresql://shop:secret@127.0.0.1:1/shop"
    command = [sys.executable, "-m", "kiosk", "migrate", "--to", "-", "--config", str(moved.shop.config)]
    ran = subprocess.run(command, input=nowhere, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    told = ran.stdout + ran.stderr
    assert "127.0.0.1" in told
    assert "secret" not in told
    assert moved.files() == before
    Database(moved.url).close()  # another store's tables
    assert moved.run() == 1
    assert "Name an empty database" in capsys.readouterr().err
    assert moved.files() == before
    in_postgres = shop_in(moved.shop.config.parents[1] / "other", moved.url)
    assert main(["migrate", "--to", moved.url, "--config", str(in_postgres.config)]) == 1
    assert "there is nothing to move" in capsys.readouterr().err


def test_texts_of_all_kinds_arrive_as_they_are(moved: Moving) -> None:
    put(moved.shop, *HOSTILE)
    assert moved.run() == 0
    with opened(moved.url) as connection:
        query = "SELECT name FROM associate WHERE associate_id LIKE 'hostile-%'"
        assert set(connection.execute(sa.text(query)).scalars()) == set(HOSTILE)


def test_a_text_that_postgresql_does_not_take_is_named_by_its_table(
    moved: Moving, capsys: pytest.CaptureFixture[str]
) -> None:
    put(moved.shop, "Clara\0Peeters")
    before = moved.files()
    assert moved.run() == 1
    told = capsys.readouterr().err
    assert "does not take a row of the table associate" in told
    assert "Clara" not in told
    assert (moved.files(), is_empty(moved.url)) == (before, True)


def put(shop: Shop, *names: str) -> None:
    """Associates with these names."""
    engine = sa.create_engine(shop.settings.database_url)
    row = {"failures": 0, "locked_until_us": 0, "active": True}
    with engine.begin() as connection:
        for number, name in enumerate(names):
            connection.execute(ASSOCIATE.insert(), {**row, "associate_id": f"hostile-{number}", "name": name})
    engine.dispose()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("stock", 'UPDATE stock SET "count" = "count" + 1 WHERE article = (SELECT min(article) FROM stock)'),
        ("shopper", "DELETE FROM shopper WHERE shopper_id = (SELECT min(shopper_id) FROM shopper)"),
        ("ledger_1_piece", "UPDATE ledger_1_piece SET order_id = 'other'"),
    ],
)  # fmt: skip
def test_a_planted_difference_is_found_before_anything_counts(moved: Moving, table: str, change: str) -> None:
    class Planted(Move):
        def _compare(self, original: sa.Connection, copy: sa.Connection, ledgers: dict[int, Path]) -> None:
            copy.execute(sa.text(change))
            super()._compare(original, copy, ledgers)

    before, settings = moved.files(), moved.shop.settings
    with alone(settings) as held:
        ledger = open_ledger(ledger_place(settings), held.key, held.kept.read())
        with closing(ledger), pytest.raises(DifferentError, match=f"the copy of the table {table} has"):
            Planted(settings, ledger, moved.url, lambda *_: None, with_ledger=True).run()
    assert (moved.files(), is_empty(moved.url)) == (before, True)


def test_a_database_that_was_used_since_is_not_taken_for_a_copy(
    moved: Moving, capsys: pytest.CaptureFixture[str]
) -> None:
    """The power goes after the commit; a store uses the database; somebody runs the command again."""
    interrupted(moved)
    with sample_store(moved.settings()) as store:
        pay(store, "o9", ("F1", "BLK", "39"))
    assert moved.run() == 1
    assert "not exactly those of this shop" in capsys.readouterr().err
    assert not (moved.shop.state / MOVED_FILE).exists()


def test_a_run_that_was_interrupted_at_its_end_counts_as_done(
    moved: Moving, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupted(moved)
    assert moved.run() == 0
    assert "already, from a run that was interrupted at its end" in capsys.readouterr().out
    with sample_store(moved.settings()) as store:
        assert not store.health().payments_closed


def interrupted(moved: Moving) -> None:
    """Ends a run after its commit: the next file cannot be written."""
    in_the_way = moved.shop.state / HEAD_FILE
    in_the_way.mkdir()
    assert moved.run() == 1
    in_the_way.rmdir()
    assert not is_empty(moved.url)


@pytest.mark.parametrize("number", [2, pytest.param(30, marks=pytest.mark.full)])
def test_killed_at_any_change_of_a_file_it_is_run_again(moved: Moving, tmp_path: Path, number: int) -> None:
    spare = tmp_path / "spare"
    copytree(moved.shop.state, spare)
    killed, total = killed_at(0, moved.run)
    assert not killed
    assert total > 8
    for step in steps(total, number):
        rmtree(moved.shop.state)
        copytree(spare, moved.shop.state)
        clear(moved.url)
        assert killed_at(step, moved.run)[0]
        if (moved.shop.state / MOVED_FILE).exists():
            with pytest.raises(BackupError, match="were moved"):
                build_store(moved.shop.settings)
        else:
            assert moved.run() == 0, step
        with sample_store(moved.settings()) as store:
            assert not store.health().payments_closed, step
