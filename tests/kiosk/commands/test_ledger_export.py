"""`cheval ledger export`: of a store that runs or not, damaged, begun anew, moved; to a file, wrong use."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.core.domain.payment import PaymentState
from kiosk.store.lifecycle import Store
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledger_steps import pay, two_sales
from tests.kiosk.store.payments.space.small_disk import small_disk
from tests.kiosk.store.sample_shop import sample_store, served, settings_in

Export = Callable[..., tuple[int, list[dict[str, Any]], str]]


class Shop:
    """A shop with two sales and an open payment, and its configuration."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        two_sales(self.settings)
        self.ledger = self.settings.ledger_path
        self.config = folder / "store.yaml"
        shop = {"time_zone": "Europe/Vienna"}
        self.config.write_text(
            json.dumps({"state": str(self.settings.state), "rooms": {"1": {}, "2": {}}, "shop": shop}),
            "utf-8",
        )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def export(shop: Shop, capsysbinary: pytest.CaptureFixture[bytes]) -> Export:
    """Runs `cheval ledger export` with these words; exit code, rows, error output."""

    def run(*words: str) -> tuple[int, list[dict[str, Any]], str]:
        capsysbinary.readouterr()
        code = main(["ledger", "export", *words, "--config", str(shop.config)])
        said = capsysbinary.readouterr()
        out = said.out.decode("utf-8")
        if "json" in words:
            return code, [json.loads(line) for line in out.splitlines()], said.err.decode()
        return code, list(csv.DictReader(io.StringIO(out, newline=""))), said.err.decode()

    return run


def orders(rows: list[dict[str, Any]]) -> list[str]:
    return [row["order"] for row in rows if row["kind"] == "order"]


def test_a_running_store_and_a_stopped_one_export_the_same(shop: Shop, export: Export) -> None:
    before = shop.ledger.read_bytes()
    alone = export()
    assert (alone[0], orders(alone[1])) == (0, ["o1", "o2"])
    assert shop.ledger.read_bytes() == before, "nothing is written"
    with sample_store(shop.settings) as store, served(store) as url:
        store.local_access.publish(url)
        assert export() == alone
        assert orders(export("--format", "json")[1]) == ["o1", "o2"]


def test_days_are_those_of_the_shop(export: Export) -> None:
    """The sample shop's clock stands at 21 September 2026; the receipts of its two sales are of 1970."""
    assert orders(export("--to", "1970-01-01")[1]) == ["o1", "o2"]
    assert export("--from", "1970-01-02")[1] == []


def test_readable_entries_of_a_damaged_ledger_are_exported(shop: Shop, export: Export) -> None:
    flip(shop.ledger, b'{"is":"Receipt","order_id":"o2"', 30)
    code, rows, err = export()
    assert (code, orders(rows)) == (1, ["o1"])
    assert "1 entries are missing or were changed; they are left out" in err
    assert "was changed after it was written" in err
    with sample_store(shop.settings) as store, served(store) as url:
        store.local_access.publish(url)
        again = export()
        assert (again[0], again[1]) == (1, rows)


def test_a_reopened_ledger_is_exported_with_those_before_it(shop: Shop, export: Export) -> None:
    """The open order o3 is in both ledgers, and is paid in the new one: each row is there once."""
    assert main(["ledger", "reopen", "--although-sound", "--config", str(shop.config)]) == 0
    with sample_store(shop.settings) as store:
        pay_open(store)
        pay(store, "o5", ("F1", "BLK", "39"))
    _, rows, err = export("--format", "json")
    assert orders(rows) == ["o1", "o2", "o3", "o5"]
    assert [row["receipt"] for row in rows if row["kind"] == "receipt"] == [
        "000001",
        "000002",
        "001003",
        "001004",
    ]
    places = [(row["ledger"], row["entry"], row["kind"], row.get("line"), row.get("rate_percent")) for row in rows
              if row["kind"] not in ("total", "check")]  # fmt: skip
    assert len(set(places)) == len(places)
    assert "earlier ledger" not in err


def pay_open(store: Store) -> None:
    """The payment of the order o3 is approved."""
    (attempt,) = store.payments.book.open_attempts()
    store.payments.settlement.write_paid(replace(attempt, state=PaymentState.PAID, reference="REF3"))


def test_an_earlier_ledger_that_cannot_be_read_is_said(shop: Shop, export: Export) -> None:
    assert main(["ledger", "reopen", "--although-sound", "--config", str(shop.config)]) == 0
    shop.ledger.with_name("ledger-1.db").unlink()
    with sample_store(shop.settings) as store:
        pay(store, "o5", ("F1", "BLK", "39"))
    code, rows, err = export()
    assert (code, orders(rows)) == (1, ["o5"])
    assert "earlier ledger" in err
    assert "ledger-1.db" in err


@pytest.mark.parametrize("damage", [b"", b"no database"], ids=["empty", "junk"])
def test_what_was_lost_before_a_ledger_was_begun_anew_is_said(
    shop: Shop, export: Export, damage: bytes
) -> None:
    """Days before the loss are not complete; those after it are."""
    shop.ledger.write_bytes(damage)
    assert main(["ledger", "reopen", "--config", str(shop.config)]) == 0
    code, rows, err = export()
    assert (code, orders(rows)) == (1, [])
    assert "entries 1 to 16 of the ledger before" in err
    assert export("--to", "1970-01-01")[0] == 1
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert export("--from", tomorrow)[0] == 0


def test_a_ledger_that_is_missing_is_named_once(shop: Shop, export: Export) -> None:
    shop.ledger.unlink()
    code, _, err = export()
    assert (code, err.count(str(shop.ledger))) == (1, 1)


def test_a_file_is_there_when_it_is_complete_and_for_its_owner_only(
    shop: Shop, export: Export, tmp_path: Path
) -> None:
    target = tmp_path / "day.csv"
    code, rows, _ = export("--out", str(target))
    assert (code, rows) == (0, [])
    assert orders(list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))) == ["o1", "o2"]
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    code, _, err = export("--out", str(tmp_path / "no" / "day.csv"))
    assert (code, "no such file" in err) == (2, True)
    assert target.read_bytes() == before


def test_what_is_no_file_is_refused_and_stays_as_it_is(export: Export, tmp_path: Path) -> None:
    """A device, as /dev/full, is not replaced by a file. A FIFO stands for all that is no file."""
    fifo, folder, link, target = (tmp_path / name for name in ("fifo", "folder", "link", "target.csv"))
    os.mkfifo(fifo)
    folder.mkdir()
    link.symlink_to(target)
    for path in (fifo, folder):
        code, _, err = export("--out", str(path))
        assert (code, "is not a regular file" in err) == (2, True)
    assert (fifo.is_fifo(), folder.is_dir()) == (True, True)
    assert export("--out", str(link))[0] == 0
    assert (link.is_symlink(), target.read_text("utf-8")[:5]) == (True, "kind,")


@pytest.mark.parametrize("left_kb", [0, 20])
def test_a_full_disk_is_named_and_nothing_is_lost(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str], left_kb: int
) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        if disk is None:
            pytest.skip("this user may not mount a tmpfs")
        state = disk.folder / "state"
        shutil.copytree(shop.settings.state, state)
        config = tmp_path / "full.yaml"
        config.write_text(json.dumps({"state": str(state), "rooms": {"1": {}, "2": {}}}), "utf-8")
        disk.fill(left_kb / 1024)
        for words in (("export",), ("audit",), ("reopen", "--although-sound")):
            assert main(["ledger", *words, "--config", str(config)]) == 2
            assert f"KiB are free on the disk of {state}: make space" in capsys.readouterr().err
        assert (state / "ledger.db").read_bytes() == shop.ledger.read_bytes()
        disk.empty()
        assert main(["ledger", "audit", "--config", str(config)]) == 0


def test_wrong_use(export: Export, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, _, err = export("--from", "2026-03-02", "--to", "2026-03-01")
    assert (code, "first day is after the last one" in err) == (2, True)
    for words, said in (
        (("--from", "yesterday"), "`yesterday` is not a day"),
        (("--format", "xml"), "invalid choice"),
    ):
        with pytest.raises(SystemExit, match="2"):
            export(*words)
        assert said in capsysbinary.readouterr().err.decode()
