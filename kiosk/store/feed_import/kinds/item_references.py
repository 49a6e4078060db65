"""Finds the items that looks and purchases name by style and colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from kiosk.connectors.feeds import ItemReference, StyleColour
from kiosk.core.domain.ids import ItemId, item_id
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import COLOURWAY
from kiosk.store.feed_import.slices import Slices

Items = Mapping[tuple[str, str], ItemId]
"""Items by style and code of the colour."""
_AT_ONCE: Final = 500


def named_items(slices: Slices, references: Iterable[ItemReference]) -> Items:
    """The items of references by style and colour."""
    wanted = sorted({r.style_id for r in references if isinstance(r, StyleColour)})
    found: dict[tuple[str, str], ItemId] = {}
    for some in batches(wanted, _AT_ONCE):
        query = select(COLOURWAY.c.style_id, COLOURWAY.c.code, COLOURWAY.c.item)
        rows = slices.read(query.where(COLOURWAY.c.style_id.in_(some)))
        found.update(((row.style_id, row.code), ItemId(row.item)) for row in rows)
    return found


def item_of(reference: ItemReference, items: Items) -> ItemId:
    """The item's id; for a style and colour that the catalogue does not have (any more) the id that it would have."""
    if not isinstance(reference, StyleColour):
        return reference
    known = items.get((reference.style_id, reference.colour))
    return known if known is not None else item_id(reference.style_id, reference.colour)
