"""What is remembered of closed ledger files, and what reads them again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pydantic import BaseModel

from kiosk.commands.doctor.finding import State
from kiosk.commands.doctor.ledger import look
from kiosk.store.backup.contents import contents_of
from kiosk.store.payments.ledger import SqliteLedger
from kiosk.store.payments.ledger.archives import LedgerPlace
from kiosk.store.payments.ledger.closed_files import salvaged_file
from kiosk.store.payments.ledger.on_disk.checked_files import NOTE_FILE, Checked, CheckedFiles
from kiosk.store.payments.ledger.opening import open_ledger
from kiosk.store.payments.ledger.upkeep.audit import audit
from kiosk.store.payments.ledger.upkeep.reopen import Reopening
from kiosk.store.settings import StoreSettings
from tests.faults.damaged_ledger.closed_ledgers import (
    OLDEST,
    KeptHead,
    judge,
    opened,
    three_ledgers,
)
from tests.faults.damaged_ledger.test_closed_ledgers import lose_page
from tests.kiosk.store.payments.ledger.test_old_damage import many_entries
from tests.kiosk.store.payments.ledger_files import flip
from tests.kiosk.store.payments.ledger_steps import reopen, token_of, two_sales
from tests.kiosk.store.payments.ledgers import KEY
from tests.kiosk.store.sample_shop import sample_store


@pytest.fixture
def place(tmp_path: Path) -> LedgerPlace:
    """Three ledgers, of which the closed ones were last written long ago."""
    place = three_ledgers(tmp_path)
    for number in (1, 2):
        grow_old(tmp_path / f"ledger-{number}.db")
    return place


def grow_old(file: Path) -> None:
    os.utime(file, (10**9, 10**9))


def start(place: LedgerPlace) -> list[str]:
    """The files that a start names."""
    ledger = opened(place)
    ledger.close()
    return [lost.place for lost in ledger.lost_archives]


def test_a_checked_file_is_checked_again_when_it_has_changed(place: LedgerPlace) -> None:
    oldest = place.file.with_name(OLDEST)
    assert start(place) == []
    assert CheckedFiles(place.file).of(oldest) == Checked(entries="")
    lose_page(oldest, oldest.read_bytes(), 4)
    grow_old(oldest)
    assert CheckedFiles(place.file).of(oldest) is None, "its time was set back"
    assert start(place) == [OLDEST]


def test_a_file_that_was_just_written_is_not_remembered(place: LedgerPlace) -> None:
    oldest = place.file.with_name(OLDEST)
    os.utime(oldest, (10**10, 10**10))
    start(place)
    assert CheckedFiles(place.file).of(oldest) is None


def test_an_audit_reads_the_files_that_a_start_does_not(place: LedgerPlace) -> None:
    """A disk changes a file without a new time."""
    oldest = place.file.with_name(OLDEST)
    lose_page(oldest, oldest.read_bytes(), 3)
    grow_old(oldest)
    CheckedFiles(place.file).keep(oldest, Checked(entries=""))
    ledger = opened(place)
    assert ledger.lost_archives == (), "the file is taken for the one that was checked"
    result = audit(ledger, lambda *_: None, alone=False)
    assert (result.sound, [lost.place for lost in result.lost]) == (False, [OLDEST])
    assert not ledger.state.closed
    ledger.close()
    assert judge(place, opened, whole=True) == ""


def test_a_copy_is_made_once_and_deleted_when_an_undamaged_file_is_put_back(place: LedgerPlace) -> None:
    oldest = place.file.with_name(OLDEST)
    content = oldest.read_bytes()
    lose_page(oldest, content, 4)
    grow_old(oldest)
    assert start(place) == [OLDEST]
    copy = salvaged_file(oldest)
    before = copy.stat()
    assert (before.st_mode & 0o777) == 0o600
    assert start(place) == [OLDEST]
    assert copy.stat().st_mtime_ns == before.st_mtime_ns
    copy.write_bytes(b"")
    assert judge(place, opened, whole=True) == "", "a changed copy is made again"
    oldest.write_bytes(content)
    assert start(place) == []
    assert not copy.exists()


@pytest.mark.parametrize(
    "note", [b"", b"[]", b"{", b'{"ledger-1.db": 1}', b'{"ledger-1.db": {"stamp": 2, "damage": []}}']
)
def test_a_note_without_sense_is_ignored(place: LedgerPlace, note: bytes) -> None:
    place.file.with_name(NOTE_FILE).write_bytes(note)
    assert start(place) == []
    assert OLDEST in json.loads(place.file.with_name(NOTE_FILE).read_bytes())


@pytest.mark.parametrize("checked", [True, False], ids=["as it is", "planted fault"])
def test_old_entries_of_a_closed_file_are_checked_while_the_store_runs(tmp_path: Path, checked: bool) -> None:
    place, kept = LedgerPlace(tmp_path / "ledger.db"), KeptHead()
    many_entries(place.file)
    ledger = SqliteLedger(place.file, KEY)
    kept.head = ledger.head
    ledger.close()
    Reopening(place, KEY, kept).run()
    oldest = tmp_path / OLDEST
    flip(oldest, b"associate-400.", 3)
    grow_old(oldest)
    present = open_ledger(place, KEY, None)
    assert not present.lost_archives, "the start checks the newest entries only"
    for _ in range(10 if checked else 0):
        present.check_some(1)
    named = [(lost.place, lost.why) for lost in present.lost_archives]
    assert not present.state.closed
    present.close()
    assert named == ([(OLDEST, "entry 402 was changed after it was written")] if checked else [])
    assert start(place) == ([OLDEST] if checked else []), "it is remembered"


def test_a_ledger_that_was_closed_for_damage_is_not_named_for_the_same(tmp_path: Path) -> None:
    place = LedgerPlace(tmp_path / "ledger.db")
    many_entries(place.file)
    flip(place.file, b"associate-5400.", 3)
    Reopening(place, KEY, KeptHead()).run()
    assert start(place) == []


def test_a_store_with_a_damaged_archive_sells_serves_it_and_says_so(settings: StoreSettings) -> None:
    links = two_sales(settings)
    reopen(settings)
    oldest = settings.state / OLDEST
    lose_page(oldest, oldest.read_bytes(), 3)
    with sample_store(settings) as store:
        health = store.health()
        assert (health.ok, health.payments_closed, health.ledger.state) == (True, False, "ok")
        lost = str(health.ledger.lost)
        assert "ledger-1.db: the file is damaged" in lost
        assert "what can be read is served from ledger-1.salvaged.db" in lost
        assert "from a back-up" in health.ledger.advice
        assert store.service.desk.sale(token_of(links[0])) is not None
        found = look(health.model_dump(mode="json"))
        assert (found.state, OLDEST in found.found) == (State.BAD, True)


class NoFilesNamed(BaseModel):
    """A configuration that names no file."""


def test_what_is_made_again_is_not_backed_up(tmp_path: Path) -> None:
    for name in (OLDEST, NOTE_FILE, salvaged_file(tmp_path / OLDEST).name):
        (tmp_path / name).write_bytes(b"")
    found = contents_of(tmp_path / "store.yaml", NoFilesNamed(), tmp_path, frozenset())
    assert [source.file.name for source in found.sources] == ["store.yaml", OLDEST]
