"""Back-ups of other versions: older ones are migrated, newer ones refused, before anything is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from kiosk.store.backup.snapshot import Snapshot
from kiosk.store.backup.verification import revision_of
from kiosk.store.db.database import Database
from kiosk.store.db.revisions import migration_config
from kiosk.store.errors import BackupError
from tests.kiosk.store.backup.backed_up import Shop, copies_of, shop_in
from tests.kiosk.store.sample_shop import sample_store

Progress = Callable[[int, int], None]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, Path]:
    """A shop that no test changes, and its one good back-up."""
    shop = shop_in(tmp_path_factory.mktemp("kept"))
    return shop, shop.backup().file


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_in(tmp_path)


def downgraded(file: Path, revision: str) -> None:
    from alembic import command

    config, engine = migration_config(), create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def test_a_back_up_of_an_earlier_version_is_migrated(shop: Shop) -> None:
    def older(folder: Path, progress: Progress) -> Snapshot:
        taken = copies_of(shop.settings, folder, progress)
        downgraded(folder / "store.db", "0010")
        return taken

    made = shop.backup(snapshots=older)
    assert made.manifest.revision == "0010"
    assert "known_device" not in made.manifest.rows
    shop.lose_machine()
    assert shop.restore(made.file) == 0
    assert revision_of(shop.state / "store.db") > "0010"
    with sample_store(shop.settings) as store:
        assert not store.health().payments_closed


def newer_database(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "store.db")) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")


def newer_ledger(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ledger.db")) as opened:
        opened.execute("PRAGMA user_version = 99")


def flipped_entry(folder: Path) -> None:
    content = bytearray((folder / "ledger.db").read_bytes())
    content[content.index(b'{"key":"KEYo1"}') + 8] ^= 1
    (folder / "ledger.db").write_bytes(content)


def cut_ledger(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ledger.db", isolation_level=None)) as opened:
        opened.execute("DROP TRIGGER journal_no_delete")
        opened.execute("DELETE FROM journal WHERE seq > 10")


def damaged_database(folder: Path) -> None:
    content = bytearray((folder / "store.db").read_bytes())
    content[4096 * 5 : 4096 * 9] = bytes(4096 * 4)
    (folder / "store.db").write_bytes(content)


def no_ledger(folder: Path) -> None:
    (folder / "ledger.db").unlink()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (newer_database, "newer version"),
        (newer_ledger, "newer version"),
        (flipped_entry, "was changed after it was written"),
        (cut_ledger, ""),
        (damaged_database, ""),
        (no_ledger, ""),
    ],
)
def test_copies_that_cannot_be_restored_are_no_back_up(
    kept: tuple[Shop, Path], change: Callable[[Path], None], why: str
) -> None:
    """Each is found by the restore into a temporary place; the earlier back-up stays, and is the last good one."""
    shop, good = kept

    def wrong(folder: Path, progress: Progress) -> Snapshot:
        taken = copies_of(shop.settings, folder, progress)
        change(folder)
        return taken

    with pytest.raises((BackupError, sqlite3.Error), match=why or None):
        shop.backup(1, keep=1, snapshots=wrong)
    assert list(shop.backups.iterdir()) == [good]
    assert not list((shop.state / "backup").iterdir())


def test_a_damaged_ledger_is_not_backed_up(shop: Shop) -> None:
    flipped_entry(shop.state)
    with pytest.raises(BackupError, match="the ledger cannot be backed up"):
        shop.backup()
    assert not list(shop.backups.iterdir())
    with closing(sqlite3.connect(shop.state / "store.db")) as opened:
        assert opened.execute("SELECT count(*) FROM sold").fetchone() == (2,)
    Database(shop.settings.database_url).close()
