"""Item ids that move to another style or colour: the line that names an id takes it from the row that had it.

A shop that numbers its styles anew keeps the ids of its items. The former row gets an id that no feed writes, and its
line is read again if a file contains it again. An id that an unchanged line has as well is a mistake of the new line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select, update

from kiosk.connectors.feeds import StyleLine
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import COLOURWAY
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.known_lines import READ_AGAIN, note_lines
from kiosk.store.feed_import.slices import Writes

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ItemMoves:
    """`owners`: style and colour code that have an item's id in the database, where a line gives it to another one.
    `refused`: styles whose line takes an id that another line of the file keeps."""

    owners: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


def item_moves(context: ImportContext, reading: KindReading[StyleLine]) -> ItemMoves:
    """Which ids of the changed lines belong to other rows; notes the mistakes."""
    wanted = {c.item: (key, c.code) for key, line in reading.file.changed.items() for c in line.colours}
    owners: dict[str, tuple[str, str]] = {}
    refused: set[str] = set()
    items = sorted(wanted) if reading.known else []
    for some in batches(items, _AT_ONCE):
        query = select(COLOURWAY.c.style_id, COLOURWAY.c.code, COLOURWAY.c.item)
        for row in context.slices.read(query.where(COLOURWAY.c.item.in_(some))):
            style_id, code = wanted[row.item]
            if (style_id, code) == (row.style_id, row.code):
                continue
            if _stays(reading, row.style_id):
                what = f"the item {row.item} is also in style {row.style_id}; give one of them an item_id of its own"
                reading.mistakes.add(reading.file.mistake(style_id, what))
                refused.add(style_id)
            else:
                owners[row.item] = (row.style_id, row.code)
                context.changed_styles.add(row.style_id)
    return ItemMoves(owners, frozenset(refused))


def give_up(writes: Writes, moves: ItemMoves, lines: Sequence[StyleLine]) -> None:
    """Takes the ids of these lines from the rows that have them."""
    if writes.dry or not moves.owners:
        return
    for item in (colour.item for line in lines for colour in line.colours if colour.item in moves.owners):
        style_id, code = moves.owners[item]
        row = (COLOURWAY.c.style_id == style_id) & (COLOURWAY.c.code == code) & (COLOURWAY.c.item == item)
        freed = writes.connection.execute(update(COLOURWAY).where(row).values(item=_unused(style_id, code)))
        if freed.rowcount:
            note_lines(writes, "styles", [(style_id, READ_AGAIN)])


def _stays(reading: KindReading[StyleLine], style_id: str) -> bool:
    """Whether the row of a style keeps its ids: its line is unchanged, has a mistake, or is not named by a delta."""
    file = reading.file
    if style_id in file.changed:
        return False
    return (
        style_id in file.digests
        or style_id in file.mistaken
        or (file.partial and style_id not in file.deleted)
    )


def _unused(style_id: str, code: str) -> str:
    return "moved:" + hashlib.blake2b(f"{style_id}\x00{code}".encode(), digest_size=16).hexdigest()
