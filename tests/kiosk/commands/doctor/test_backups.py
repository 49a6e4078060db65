"""The doctor and back-ups: none configured, no folder, none made, overdue, good."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.doctor.backups import look
from kiosk.commands.doctor.finding import State
from kiosk.config.backup import Backup
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.record import Record, keep_record
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasedMember, ErasureList
from kiosk.store.staff.tokens import store_key

HOUR_US = 3_600_000_000
NOW_US = 1_790_000_000_000_000


def states(backup: Backup, state: Path) -> list[State]:
    return [finding.state for finding in look(backup, state, NOW_US)]


def test_the_age_of_the_last_back_up(tmp_path: Path) -> None:
    backup = Backup(public_key=SecretKey.new().public.text, folder=tmp_path)
    assert states(Backup(), tmp_path) == [State.UNSET]
    assert states(backup, tmp_path) == [State.BAD], "none was made"
    keep_record(tmp_path, Record(NOW_US - 35 * HOUR_US, "file", 1, 1.0))
    assert states(backup, tmp_path) == [State.GOOD]
    keep_record(tmp_path, Record(NOW_US - 37 * HOUR_US, "file", 1, 1.0))
    assert states(backup, tmp_path) == [State.BAD]
    assert states(backup.model_copy(update={"folder": tmp_path / "away"}), tmp_path) == [State.BAD, State.BAD]


def test_erased_members_who_are_not_in_the_list_beside_the_back_ups(tmp_path: Path) -> None:
    state, folder = tmp_path / "state", tmp_path / "backups"
    state.mkdir()
    folder.mkdir()
    backup = Backup(public_key=SecretKey.new().public.text, folder=folder)
    keep_record(state, Record(NOW_US, "file", 1, 1.0))
    erasures = ErasureList(store_key(state))
    members = [ErasedMember(f"{n:064x}", NOW_US + n) for n in range(3)]
    erasures.add(state / OWN_FILE, members)
    assert states(backup, state) == [State.GOOD, State.BAD]
    erasures.add(folder / erasures.name, members[:2])
    assert states(backup, state) == [State.GOOD, State.BAD]
    erasures.add(folder / erasures.name, members)
    assert states(backup, state) == [State.GOOD]
    (folder / erasures.name).unlink()
    (folder / erasures.name).mkdir()
    assert states(backup, state) == [State.GOOD, State.BAD]
