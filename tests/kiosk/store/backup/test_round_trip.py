"""A back-up and its restore: everything is back, with SQLite and PostgreSQL, and what is there is left alone."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kiosk.store.app import build_store
from kiosk.store.backup.making import backups_in
from kiosk.store.backup.postgres_rows import clear
from kiosk.store.backup.record import last_backup
from kiosk.store.db.restore_mark import MARK_FILE
from kiosk.store.db.store_hold import StoreHold
from kiosk.store.errors import BackupError
from kiosk.store.payments.ledger.upkeep.reopen import UNUSED_RECEIPTS
from kiosk.store.staff.devices import pair_mirror
from tests.kiosk.store import postgres
from tests.kiosk.store.backup.backed_up import Shop, shop_in
from tests.kiosk.store.payments.ledger_steps import COAT, pay
from tests.kiosk.store.sample_shop import START_US, sample_store

NOBODY = 65534
FULL = pytest.mark.full
KINDS = ["sqlite", pytest.param("postgresql", marks=FULL), "postgresql-ledger"]
SQLITE_FIRST = ["sqlite", *(pytest.param(kind, marks=FULL) for kind in ("postgresql", "postgresql-ledger"))]


@pytest.fixture
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    """The shop with each kind of database, and with its ledger in it."""
    if request.param == "sqlite":
        return shop_in(tmp_path)
    url = postgres.fresh_database(request.getfixturevalue("postgres_server"))
    return shop_in(tmp_path, url, "database" if request.param.endswith("ledger") else "file")


def lose_everything(shop: Shop) -> None:
    """The machine is lost with its database server."""
    if shop.settings.database:
        clear(shop.settings.database)
    shop.lose_machine()


@pytest.mark.parametrize("shop", KINDS, indirect=True)
def test_a_lost_machine_is_restored(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    token = pair_mirror(shop.state, "1", START_US)
    made = shop.backup()
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    lose_everything(shop)
    assert shop.restore(made.file, "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert done["reopened"]["pieces"] == 3
    assert done["reopened"]["first_receipt"] == 2 + UNUSED_RECEIPTS + 1
    assert (shop.config.parent / "keys/terminal").read_text("utf-8") == "secret_key: sk_test_1\n"
    assert not (shop.state / MARK_FILE).exists()
    assert not list(shop.state.glob(".restore*"))
    with sample_store(shop.settings) as store:
        assert not store.health().payments_closed
        assert store.access.devices.room_of(token) == "1"
        with pytest.raises(Exception, match="sold already"):
            pay(store, "o9", COAT)


@pytest.mark.parametrize("shop", SQLITE_FIRST, indirect=True)
def test_an_existing_store_is_not_touched(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    made = shop.backup()
    before = {file: file.read_bytes() for file in sorted(shop.state.rglob("*")) if file.is_file()}
    assert shop.restore(made.file) == 1
    assert "has files of a store" in capsys.readouterr().err
    with closing(StoreHold(shop.state, shop.settings.database_url)):
        assert shop.restore(made.file) == 1
        assert "two stores must not use it" in capsys.readouterr().err
    after = {file: file.read_bytes() for file in sorted(shop.state.rglob("*")) if file.is_file()}
    assert {f: c for f, c in after.items() if f.suffix != ".lock"} == {
        f: c for f, c in before.items() if f.suffix != ".lock"
    }
    if shop.settings.database:
        shop.lose_machine()
        assert shop.restore(made.file) == 1
        assert "the database has tables of a store" in capsys.readouterr().err
        assert shop.restore(made.file, "--keep-database") == 0


@pytest.mark.parametrize("shop", SQLITE_FIRST, indirect=True)
def test_a_restore_that_was_killed_is_run_again(shop: Shop) -> None:
    made, settings = shop.backup(), shop.settings
    lose_everything(shop)
    shop.state.mkdir(mode=0o700)
    (shop.state / MARK_FILE).write_text("begun", "utf-8")
    (shop.state / "store.db").write_bytes(b"half of it")
    with pytest.raises(BackupError, match="has not ended"):
        build_store(settings)
    assert shop.restore(made.file) == 0
    with sample_store(shop.settings) as store:
        assert not store.health().payments_closed


def test_old_backups_are_deleted_and_those_of_others_stay(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    other = shop_in(tmp_path / "other")
    foreign = other.backup().file
    foreign = foreign.rename(shop.backups / foreign.name.replace("2026", "2001"))
    (shop.backups / "notes.txt").write_text("mine", "utf-8")
    files = [shop.backup(number, keep=2).file for number in range(3)]
    assert backups_in(shop.backups, shop.secret.public.fingerprint) == [files[2], files[1]]
    assert foreign.exists()
    assert {file.name for file in shop.backups.iterdir()} == {
        "notes.txt", foreign.name, files[1].name, files[2].name,
    }  # fmt: skip
    record = last_backup(shop.state)
    assert record is not None
    assert record.file == str(files[2])
    assert not list((shop.state / "backup").iterdir()), "copies that are not encrypted are deleted"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike those of pytest."""
    with TemporaryDirectory(dir="/var/tmp") as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_restores_belongs_to_the_stores_user(open_folder: Path) -> None:
    """As with the Debian package: the state folder is there, and belongs to the service's user."""
    shop = shop_in(open_folder)
    file = shop.backup().file
    shop.lose_machine()
    shop.state.mkdir(mode=0o700)
    os.chown(shop.state, NOBODY, NOBODY)
    assert shop.restore(file) == 0
    assert {entry.lstat().st_uid for entry in shop.state.rglob("*")} == {NOBODY}
    assert {
        stat.S_IMODE(entry.stat().st_mode) & 0o077 for entry in shop.state.rglob("*") if entry.is_file()
    } == {0}
    config, key = shop.config.stat(), (shop.config.parent / "keys/terminal").stat()
    assert (config.st_uid, config.st_gid, stat.S_IMODE(config.st_mode)) == (0, NOBODY, 0o640)
    assert (key.st_uid, stat.S_IMODE(key.st_mode)) == (NOBODY, 0o600)
