"""Imports associates. Nobody loses access by a file with mistakes, and the last manager never does.

To lose access is to be gone from the file, to be a manager no longer, or to have no PIN any more. What was set in the
shop stays (`staff/staff_desk.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from kiosk.connectors.feeds import AssociateLine
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import REFUSED, KindReading
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.report import Loss
from kiosk.store.feed_import.slices import Writes, differs
from kiosk.store.staff.associates import AssociateAccounts, Role, end_access, upsert_associates

Rows = dict[str, dict[str, Any]]


def import_associates(
    context: ImportContext, reading: KindReading[AssociateLine], accounts: AssociateAccounts
) -> None:
    """Writes new and changed associates and judges who loses access."""
    known = {who: row for who, row in accounts.known().items() if row.active}
    before = accounts.known()
    rows = {who: accounts.row(line, before.get(who)) for who, line in reading.file.changed.items()}
    gone = [who for who in reading.gone() if who in known and not known[who].by_hand]
    lost = _lost(known, rows, gone)
    managers = _last_managers(known, rows, lost)
    allowed = set(lost) - managers if _allowed(context, reading, lost, len(known)) else set()
    kept = set(lost) - allowed
    for who in kept & rows.keys():
        rows[who] = {
            **rows[who],
            "role": known[who].role,
            "pin_hash": rows[who]["pin_hash"] or known[who].pin_hash,
        }
    # new managers first, so that a former one may go
    fresh = sorted(
        (row for who, row in rows.items() if differs(row, known.get(who))),
        key=lambda row: row["role"] != Role.MANAGER.value,
    )
    hashed = frozenset(who for who, line in reading.file.changed.items() if line.pin_hash)
    for changed, staying in context.slices.each(
        fresh, partial(_write, hashed=hashed), partial(_refuse, reading)
    ):
        reading.changed += changed
        kept |= staying
        managers |= staying
    leaving = [who for who in gone if who in allowed]
    staying = context.slices.once(partial(_finish, reading=reading, kept=kept, leaving=leaving))
    reading.deleted += len(leaving) - len(staying)
    if managers or staying:
        reading.note(
            "the last manager who can sign in would lose access and keeps it; name another manager first"
        )


def _lost(known: Mapping[str, Any], rows: Rows, gone: Iterable[str]) -> list[str]:
    lost = list(gone)
    for who, row in rows.items():
        before = known.get(who)
        if before is not None and (_demoted(before, row) or (before.pin_hash and not row["pin_hash"])):
            lost.append(who)
    return sorted(lost)


def _demoted(before: Any, row: Mapping[str, Any]) -> bool:
    return bool(before.role == Role.MANAGER.value and row["role"] != Role.MANAGER.value)


def _last_managers(known: Mapping[str, Any], rows: Rows, lost: Collection[str]) -> set[str]:
    """The managers among those who would lose access, if nobody else is a manager who can sign in."""
    managers = {who for who, row in known.items() if row.role == Role.MANAGER.value and row.pin_hash}
    after = {
        who for who, row in rows.items()
        if row["role"] == Role.MANAGER.value and row["pin_hash"] and row["active"]
    }  # fmt: skip
    return set() if after or managers - set(lost) else managers & set(lost)


def _allowed(
    context: ImportContext, reading: KindReading[AssociateLine], lost: Sequence[str], known: int
) -> bool:
    file = reading.file
    faultless = not (file.mistakes or file.unreadable)
    what = Loss.ACCESS if reading.cause is Loss.ROWS else reading.cause
    within = what is Loss.ACCESS and faultless and context.limits.allows_access_loss(len(lost), known)
    return context.losses.allows("associates", what, lost, known, within=within)


def _write(
    writes: Writes, rows: Sequence[dict[str, Any]], hashed: Collection[str]
) -> tuple[int, frozenset[str]]:
    """How many were written, and who stays a manager because a manager has changed the staff meanwhile."""
    staying = frozenset[str]() if writes.dry else upsert_associates(writes.connection, rows, hashed)
    return len(rows), staying


def _refuse(reading: KindReading[AssociateLine], row: Mapping[str, Any]) -> None:
    reading.mistakes.add(reading.file.mistake(row["associate_id"], REFUSED))


def _finish(
    writes: Writes, reading: KindReading[AssociateLine], kept: Collection[str], leaving: Sequence[str]
) -> frozenset[str]:
    """Who keeps access because a manager has changed the staff meanwhile."""
    note_lines(writes, "associates", [reading.digest(who, again=who in kept) for who in reading.file.changed])
    if writes.dry or not leaving:
        return frozenset()
    staying = end_access(writes.connection, leaving)
    forget_lines(writes, "associates", [who for who in leaving if who not in staying])
    return staying
