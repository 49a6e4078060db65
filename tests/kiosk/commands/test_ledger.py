"""`cheval ledger`: audit with a running store and without one, damage, mended tables, reopening, wrong use."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.core.domain.ids import OrderId
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledger_steps import SHIRT, pay, two_sales
from tests.kiosk.store.sample_shop import sample_store, served, settings_in
from tests.optional_values import present

Say = Callable[..., tuple[int, str, str]]


class Shop:
    """A shop with two sales, and its configuration."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        two_sales(self.settings)
        self.ledger = self.settings.ledger_path
        self.config = folder / "store.yaml"
        self.config.write_text(
            json.dumps({"state": str(self.settings.state), "rooms": {"1": {}, "2": {}}}), "utf-8"
        )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def say(shop: Shop, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs `cheval ledger` with these words; exit code, output, error output."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["ledger", *words, "--config", str(shop.config)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_sound_ledger_is_said_to_be_sound(say: Say) -> None:
    code, out, _ = say("audit")
    assert (code, out) == (0, "16 entries, 0 damaged\n")


def test_every_damaged_entry_is_listed(shop: Shop, say: Say) -> None:
    flip(shop.ledger, b'{"key":"KEYo1"}', 8)
    flip(shop.ledger, b'{"key":"KEYo2"}', 8)
    code, out, _ = say("audit")
    assert code == 1
    listed = [line.partition(": ")[2] for line in out.splitlines()[:2]]
    assert listed == ["entry 3 was changed after it was written", "entry 9 was changed after it was written"]
    assert "16 entries, 2 damaged" in out
    assert "cheval ledger reopen" in out
    found = json.loads(say("audit", "--json")[1])
    assert (found["damaged"], found["sound"], found["state"]["state"]) == (2, False, "damaged")


def replaced_by_a_link(shop: Shop) -> None:
    elsewhere = shop.settings.state.parent / "elsewhere.db"
    shop.ledger.rename(elsewhere)
    elsewhere.chmod(0o644)
    shop.ledger.symlink_to(elsewhere)


def replaced_by_a_folder(shop: Shop) -> None:
    shop.ledger.unlink()
    shop.ledger.mkdir()


def other_key(shop: Shop) -> None:
    (shop.settings.state / "store.key").write_bytes(bytes(32))


def newer_version(shop: Shop) -> None:
    with closing(sqlite3.connect(shop.ledger)) as raw:
        raw.execute("PRAGMA user_version = 99")


def missing(shop: Shop) -> None:
    shop.ledger.unlink()


@pytest.mark.parametrize(
    ("fault", "lines"),
    [
        (replaced_by_a_link, ["16 entries, 0 damaged", "is a link; the ledger must be a file of its folder"]),
        (replaced_by_a_folder, ["0 entries, 0 damaged", "is a folder"]),
        (other_key, ["entries 1 to 16: each was changed, or", "with another store.key", "put the store.key"]),
        (
            newer_version,
            ["16 entries, 0 damaged", "by a newer version of Cheval", "install that version again"],
        ),
        (missing, ["0 entries, 0 damaged", "is missing", "put the ledger back"]),
    ],
)
def test_an_audit_says_what_is_wrong_and_what_to_do(
    shop: Shop, say: Say, fault: Callable[[Shop], None], lines: list[str]
) -> None:
    fault(shop)
    code, out, _ = say("audit")
    assert code == 1
    for line in lines:
        assert line in out


def test_the_permissions_of_what_a_link_leads_to_are_not_touched(shop: Shop, say: Say) -> None:
    replaced_by_a_link(shop)
    assert say("audit")[0] == 1
    assert shop.ledger.stat().st_mode & 0o777 == 0o644, "it could be any file of the computer"
    code, out, _ = say("reopen")
    assert (code, "3 pieces" in out) == (0, True), "a ledger behind a link is read, and taken over"


@pytest.mark.parametrize("damaged", [True, pytest.param(False, marks=pytest.mark.full)])
def test_a_running_store_audits_its_ledger_itself(shop: Shop, say: Say, *, damaged: bool) -> None:
    if damaged:
        flip(shop.ledger, b'{"key":"KEYo1"}', 8)
    with sample_store(shop.settings) as store, served(store) as url:
        store.local_access.publish(url)
        code, out, _ = say("audit")
        assert (code, "16 entries" in out) == (int(damaged), True)
        code, _, err = say("reopen")
        assert (code, "systemctl stop cheval-store" in err) == (2, True)


def test_derived_tables_that_do_not_follow_from_the_entries_are_mended(shop: Shop, say: Say) -> None:
    """Somebody frees a sold piece in the file: the chain does not show it."""
    with closing(sqlite3.connect(shop.ledger, isolation_level=None)) as raw:
        raw.execute("DELETE FROM piece WHERE order_id = 'o1'")
        raw.execute("INSERT INTO open_key VALUES ('attempt', 'KEYx', 1)")
    code, out, _ = say("audit")
    assert (code, "2 rows of the derived tables" in out) == (0, True)
    assert say("audit")[1] == "16 entries, 0 damaged\n"
    with sample_store(shop.settings) as store, pytest.raises(Exception, match="sold already"):
        pay(store, "o9", SHIRT)


def test_a_sound_ledger_is_not_replaced_by_mistake(shop: Shop, say: Say) -> None:
    before = shop.ledger.read_bytes()
    code, out, _ = say("reopen")
    assert (code, "--although-sound" in out) == (1, True)
    assert shop.ledger.read_bytes() == before
    assert say("reopen", "--although-sound")[0] == 0
    assert (shop.settings.state / "ledger-1.db").exists()


def test_damage_of_a_ledger_that_was_replaced_is_told_and_no_fault_of_the_new_one(
    shop: Shop, say: Say
) -> None:
    flip(shop.ledger, b'{"key":"KEYo1"}', 8)
    assert say("reopen")[0] == 0
    code, out, _ = say("audit")
    assert (code, "1 more are damaged in ledgers before this one" in out) == (0, True)


def test_after_a_restore_of_an_old_copy_a_new_ledger_is_begun(shop: Shop, say: Say) -> None:
    copy = shop.ledger.with_name("copy")
    shutil.copyfile(shop.ledger, copy)
    with sample_store(shop.settings) as store:
        pay(store, "o5", ("F1", "BLK", "39"))
    shutil.copyfile(copy, shop.ledger)
    assert "are missing" in say("audit")[1]
    code, out, _ = say("reopen")
    assert code == 0
    assert "the old one is ledger-1.db" in out
    assert "the next receipt has the number 001004" in out, "the database knows of the third receipt"
    with sample_store(shop.settings) as store:
        pay(store, "o6", ("F1", "BLK", "38"))
        assert present(store.payments.book.receipt(OrderId("o6"))).number == "001004"


def test_a_lost_ledger_is_reopened_behind_the_last_receipt(shop: Shop, say: Say) -> None:
    shop.ledger.unlink()
    code, out, _ = say("reopen")
    assert (code, "the old one is missing" in out, "001003" in out) == (0, True, True)
    with sample_store(shop.settings) as store:
        assert store.health().ok


def test_without_a_store_there_is_nothing_to_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "other.yaml"
    config.write_text(json.dumps({"state": str(tmp_path / "none")}), "utf-8")
    assert main(["ledger", "audit", "--config", str(config)]) == 2
    assert "start `cheval store` once" in capsys.readouterr().err
