"""The doctor and back-ups: none configured, no folder, none made, overdue, good."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.doctor.backups import look
from kiosk.commands.doctor.finding import State
from kiosk.config.backup import Backup
from kiosk.store.backup.keys import SecretKey
from kiosk.store.backup.record import Record, keep_record

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
