"""Answers about the payments' ledger: its condition, and an audit."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.store.api.wire_types import JsonObject
from kiosk.store.payments.ledger.port import LOST_ADVICE, LostArchive
from kiosk.store.payments.ledger.state import LedgerState
from kiosk.store.payments.ledger.upkeep.audit import AuditResult
from kiosk.store.payments.ledger.upkeep.audit_job import AuditProgress


class LedgerAnswer(JsonObject):
    """The condition of the payments' ledger: `ok`, or why payments are closed, and the command that mends it; `advice`
    is about `lost` where payments are open."""

    state: str
    why: str
    advice: str
    lost: tuple[str, ...] = ()
    """Ledgers before this one that are missing, damaged or not as they were closed, with the reason and what is served
    in their place; payments are open all the same."""


class DamagedEntryAnswer(JsonObject):
    """An entry that is not as it was written. `place`: the file, or the database with the ledger's number."""

    place: str
    seq: int
    why: str


class AuditResultAnswer(JsonObject):
    """What an audit found. `different_rows` is null if the derived tables were not compared, because a store runs."""

    sound: bool
    state: LedgerAnswer
    entries: int
    damaged: int
    damaged_before: int
    """Damaged entries of the ledgers before this one, from which nothing of them is read."""
    shown: tuple[DamagedEntryAnswer, ...]
    """The first of the damaged entries."""
    different_rows: int | None
    mended: bool
    """The derived tables were made again from the entries."""
    lost_entries: tuple[str, ...] = ()
    """What was lost each time when a new ledger was begun, in words; it does not make `sound` false."""


class AuditAnswer(JsonObject):
    """An audit. `result` is null while it runs, and if it failed."""

    running: bool
    done: int
    total: int
    result: AuditResultAnswer | None
    failure: str


def ledger_answer(state: LedgerState, lost: Iterable[LostArchive] = ()) -> LedgerAnswer:
    """The condition of a ledger, and which of those before it are lost."""
    named = tuple(map(str, lost))
    advice = state.advice or (LOST_ADVICE if named else "")
    return LedgerAnswer(state=state.condition.value, why=state.why, advice=advice, lost=named)


def result_answer(result: AuditResult) -> AuditResultAnswer:
    """The result of an audit."""
    return AuditResultAnswer(
        sound=result.sound,
        state=ledger_answer(result.state, result.lost),
        entries=result.entries,
        damaged=result.damaged,
        damaged_before=result.damaged_before,
        shown=tuple(DamagedEntryAnswer(place=d.place, seq=d.seq, why=d.why) for d in result.shown),
        different_rows=result.different_rows,
        mended=result.mended,
        lost_entries=result.lost_entries,
    )


def audit_answer(found: AuditProgress) -> AuditAnswer:
    """The progress of an audit."""
    return AuditAnswer(
        running=found.running,
        done=found.done,
        total=found.total,
        result=result_answer(found.result) if found.result is not None else None,
        failure=found.failure,
    )
