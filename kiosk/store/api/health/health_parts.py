"""Makes parts of the health report from what the store knows."""

from __future__ import annotations

from dataclasses import asdict

from hardware.ports import ReaderNote
from kiosk.store.api.health.health_answers import (
    BackupAnswer,
    ConnectorAnswer,
    FiscalAnswer,
    ReaderNoteAnswer,
)
from kiosk.store.backup.record import is_overdue, last_backup
from kiosk.store.connected.connected_systems import ConnectorHealth
from kiosk.store.payments.fiscal.fiscal_queue import FiscalQueue
from kiosk.store.settings import StoreSettings


def backup_answer(settings: StoreSettings, now_us: int) -> BackupAnswer | None:
    """The last back-up; None if none are configured."""
    if settings.backup.public_key is None:
        return None
    try:
        last = last_backup(settings.state)
    except OSError:
        last = None
    overdue = is_overdue(last, now_us, settings.backup.overdue_hours)
    return BackupAnswer(made_us=last.made_us if last is not None else 0, overdue=overdue)


def fiscal_answer(queue: FiscalQueue | None) -> FiscalAnswer | None:
    """What the law's cash register has not registered yet; None if none is configured."""
    return None if queue is None else FiscalAnswer(**asdict(queue.health()))


def note_answer(note: ReaderNote, offset_us: int) -> ReaderNoteAnswer:
    """A note of a reader. `offset_us`: from the clock of the readers to the time of day."""
    return ReaderNoteAnswer(
        reader=note.reader,
        kind=note.kind,
        antenna=note.antenna,
        text=note.text,
        since_us=note.at_us + offset_us,
    )


def connector_answer(found: ConnectorHealth) -> ConnectorAnswer:
    """A system from which the store reads."""
    record = found.record
    return ConnectorAnswer(
        name=found.name, pulled_us=record.pulled_us, tried_us=record.tried_us, tries=record.tries,
        refused=record.refused, lists_us=record.read_us, counts=record.lines.get("stock", 0), failing=found.failing,
    )  # fmt: skip
