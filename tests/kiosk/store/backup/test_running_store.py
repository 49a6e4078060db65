"""Back-ups of a store that runs and takes payments: nothing in them is half."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.commands.backup.running import snapshots
from kiosk.store.backup import snapshot as taking
from kiosk.store.backup.archive import unpack
from kiosk.store.backup.sealing import read_head, stream_key
from kiosk.store.lifecycle import Store
from kiosk.store.payments.ledger.sqlite_ledger import SqliteLedger
from tests.kiosk.store.backup.backed_up import Shop, shop_in
from tests.kiosk.store.payments.space.small_disk import small_disk
from tests.kiosk.store.sample_shop import ManualClock, sample_store, served
from tests.optional_values import present


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_in(tmp_path)


def test_a_running_store_takes_the_copies_itself(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    clock = ManualClock()
    with sample_store(shop.settings, clock) as store, served(store) as url:
        store.local_access.publish(url)
        assert main(["backup", "--config", str(shop.config), "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert (made["last_entry"], made["ledger_entries"]) == (16, 16)
        assert made["references"] == [f"catalogue.feed: {shop.settings.feeds}"]
        assert main(["backup", "--config", str(shop.config), "--list"]) == 0
        assert made["file"] in capsys.readouterr().out
        clock.now_us = made_us(Path(made["file"]))
        assert not present(store.health().backup).overdue
        clock.pass_s(37 * 3600)
        assert present(store.health().backup).overdue
    shop.lose_machine()
    assert shop.restore(Path(made["file"])) == 0


def made_us(file: Path) -> int:
    with file.open("rb") as opened:
        return read_head(opened).made_us


class Writer:
    """Appends to the ledger and then to the database, as a settlement does, until it is stopped."""

    def __init__(self, store: Store) -> None:
        self._ledger, self._database = store.resources.ledger, store.resources.database
        self._stop, self._counted = threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=self._run)
        self.count = 0

    def __enter__(self) -> Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def wait_for(self, count: int) -> None:
        """Until it has begun so many."""
        with self._counted:
            assert self._counted.wait_for(lambda: self.count >= count, 60)

    def _run(self) -> None:
        while not self._stop.is_set():
            with self._counted:
                self.count += 1
                self._counted.notify_all()
            number = self.count
            self._ledger.append("note", f"w{number}", {"begun": number, "filler": "x" * 20_000}, number)
            row = (f"w{number}", "a", f"w{number}", f"w{number}", number)
            with self._database.writing(durable=True) as connection:
                connection.exec_driver_sql("INSERT INTO sold VALUES (?, ?, ?, ?, ?)", row)
            self._ledger.append("note", f"w{number}", {"done": number}, number)


def halves(folder: Path) -> list[str]:
    """What the ledger calls done and the database does not have, and the reverse of it."""
    with (
        closing(sqlite3.connect(folder / "ledger.db")) as ledger,
        closing(sqlite3.connect(folder / "store.db")) as database,
    ):
        entries = [
            json.loads(body) for (body,) in ledger.execute("SELECT body FROM journal WHERE kind = 'note'")
        ]
        sold = {row[0] for row in database.execute("SELECT at_us FROM sold WHERE piece LIKE 'w%'")}
    done = {entry["done"] for entry in entries if "done" in entry}
    begun = {entry["begun"] for entry in entries if "begun" in entry}
    return [f"{n} is done without its row" for n in done - sold] + [f"{n} has no entry" for n in sold - begun]


def test_copies_of_a_store_that_writes_are_of_one_moment(shop: Shop, tmp_path: Path) -> None:
    """Also of a ledger that is copied in several steps, with entries in between."""
    within = 0
    with sample_store(shop.settings) as store, Writer(store) as writer:
        writer.wait_for(60)
        while within < 3 or not_small(shop.settings.ledger_path):
            place = folder(tmp_path, str(writer.count))
            before = writer.count
            taking.take_snapshot(store.resources.ledger, shop.settings.database_url, place, silent)
            within += writer.count > before
            assert halves(place) == []
            writer.wait_for(writer.count + 5)


def not_small(ledger: Path) -> bool:
    """Whether it is copied in one step."""
    return ledger.stat().st_size < 2 << 20


def folder(above: Path, name: str) -> Path:
    place = above / f"copies-{name}"
    place.mkdir()
    return place


def silent(_done: int, _total: int) -> None:
    """No progress is shown."""


def test_copies_of_different_moments_are_caught(shop: Shop, tmp_path: Path) -> None:
    """The planted fault: the store writes between the two."""
    with sample_store(shop.settings) as store:
        ledger, place = store.resources.ledger, folder(tmp_path, "apart")
        assert isinstance(ledger, SqliteLedger)
        with closing(taking.SqliteReader(shop.state / "store.db")) as reader, Writer(store) as writer:
            reader.begin()
            writer.wait_for(writer.count + 5)
            with ledger.copied(place / "ledger.db", silent):
                reader.copy(place, silent)
        assert halves(place)


def test_a_full_disk_leaves_the_earlier_back_ups(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = shop_in(tmp_path)
    with small_disk(tmp_path / "disk", 1) as disk:
        if disk is None:
            pytest.skip("this user may not mount a disk")
        words = ["backup", "--config", str(shop.config), "--to", str(disk.folder), "--keep", "1"]
        assert main(words) == 0
        (first,) = disk.folder.iterdir()
        disk.fill(0.008)
        assert main(words) == 1
        assert "is full" in capsys.readouterr().err
        disk.empty()
        assert list(disk.folder.iterdir()) == [first]
        assert main(words) == 0
        assert len(list(disk.folder.iterdir())) == 1
        assert not first.exists()


def test_two_back_ups_at_once(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    """The second one is refused, the first one is complete."""
    seen: list[int] = []

    def slow(folder: Path, progress: Any) -> Any:
        seen.append(main(["backup", "--config", str(shop.config)]))
        return snapshots(shop.settings, folder, progress)

    made_file = shop.backup(snapshots=slow).file
    assert seen == [1]
    assert "another back-up of this store runs" in capsys.readouterr().err
    assert [file.name for file in shop.backups.iterdir()] == [made_file.name]


def test_what_is_in_a_back_up(shop: Shop, tmp_path: Path) -> None:
    (shop.state / "pictures").mkdir()
    (shop.state / "pictures/scaled.jpg").write_bytes(b"again")
    (shop.state / "future.json").write_text("{}", "utf-8")
    file = shop.backup(snapshots=partial(snapshots, shop.settings)).file
    with file.open("rb") as opened:
        head = read_head(opened)
        manifest = unpack(opened, head, stream_key(head, shop.secret), folder(tmp_path, "unpacked"), silent)
    names = {member.name for member in manifest.members}
    assert {
        "config/store.yaml",
        "data/store.db",
        "data/ledger.db",
        "state/store.key",
        "state/future.json",
    } <= names
    assert f"elsewhere{shop.config.parent}/keys/terminal" in names
    assert not [
        name for name in names if "pictures" in name or name.endswith(".lock") or "local.json" in name
    ]
    assert manifest.rows["sold"] == 2
