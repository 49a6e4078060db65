"""Imports the looks of stylists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from kiosk.connectors.feeds import LookLine
from kiosk.store.db.batches import batches
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import LOOK
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.item_references import Items, item_of, named_items
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.slices import Writes, differs

_AT_ONCE: Final = 500


def import_looks(context: ImportContext, reading: KindReading[LookLine]) -> None:
    """Writes new and changed looks and deletes lost ones within the limit."""
    lines = list(reading.file.changed.items())
    items = named_items(context.slices, (i for _, line in lines for i in line.items))
    for changed in context.slices.each(lines, partial(_write, reading, items), reading.refuse):
        reading.changed += changed
    gone = reading.gone()
    if gone and reading.uncertain:
        reading.note(f"{len(gone)} known looks stay until the lines that cannot be read are corrected")
    elif gone and context.may_lose(reading, gone, len(reading.known)):
        context.slices.once(partial(_delete, gone=gone))
        reading.deleted += len(gone)


def _write(
    reading: KindReading[LookLine], items: Items, writes: Writes, some: Sequence[tuple[str, LookLine]]
) -> int:
    known = writes.by_key(LOOK, LOOK.c.look_id, [key for key, _ in some])
    rows = [
        {
            "look_id": key,
            "items": compact_json([item_of(i, items) for i in line.items]),
            "stylist": line.stylist,
        }
        for key, line in some
    ]
    fresh = [row for row in rows if differs(row, known.get(row["look_id"]))]
    writes.upsert(LOOK, fresh)
    note_lines(writes, "looks", [reading.digest(key) for key, _ in some])
    return len(fresh)


def _delete(writes: Writes, gone: Sequence[str]) -> None:
    for some in batches(gone, _AT_ONCE):
        writes.delete(LOOK, LOOK.c.look_id.in_(some))
    forget_lines(writes, "looks", gone)
