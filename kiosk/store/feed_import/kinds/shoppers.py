"""Imports shoppers: only what they consented to is stored; who is gone from a readable file is erased at once.

Who was erased in the shop stays erased, although a feed lists her (`customers/tombstones`); her line is not noted.

No limit and no other line holds an erasure up. Only an empty or a truncated file waits for a yes: it is what a broken
export looks like, erased feedback and cards enrolled in the shop cannot be brought back, and the wait is short and
shown, while the law leaves a month (GDPR, article 12 (3)). Nothing about a shopper is noted or logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import delete, select

from kiosk.connectors.feeds import ShopperLine
from kiosk.store.customers.book.consents import CLUES, forget_clues
from kiosk.store.customers.card_import import import_cards_of, unlink_cards
from kiosk.store.customers.fit_feedback import CONSENT as SIZES
from kiosk.store.db.batches import batches
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import FIT_FEEDBACK, PURCHASE, SHOPPER
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.item_references import Items, item_of, named_items
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.report import Loss
from kiosk.store.feed_import.slices import Writes, differs

HISTORY: Final = "history"
_AT_ONCE: Final = 100


def import_shoppers(context: ImportContext, reading: KindReading[ShopperLine]) -> None:
    """Writes new and changed shoppers with their cards and erases those who are gone."""
    lines = list(reading.file.changed.items())
    items = named_items(context.slices, (i for _, line in lines for i in line.history))
    write = partial(_write, reading, context, items)
    for changed in context.slices.each(lines, write, reading.refuse):
        reading.changed += changed
    gone = reading.gone()
    within = reading.cause is Loss.ROWS
    if context.losses.allows("shoppers", reading.cause, gone, len(reading.known), within=within):
        for some in batches(gone, _AT_ONCE):
            context.slices.once(partial(erase, some=some))
            reading.deleted += len(some)


def _write(
    reading: KindReading[ShopperLine],
    context: ImportContext,
    items: Items,
    writes: Writes,
    some: Sequence[tuple[str, ShopperLine]],
) -> int:
    erased = context.tombstones.erased(writes.connection, [key for key, _ in some])
    if erased:
        reading.waiting += len(erased)
        some = [(key, line) for key, line in some if key not in erased]
    known_keys = [key for key, _ in some if key in reading.known]
    known = writes.by_key(SHOPPER, SHOPPER.c.shopper_id, known_keys) if known_keys else {}
    bought = _purchases(writes, known_keys)
    rows = [_row(line) for _, line in some]
    fresh = [row for row in rows if differs(row, known.get(row["shopper_id"]))]
    changed = {row["shopper_id"] for row in fresh}
    writes.upsert(SHOPPER, fresh)
    for key, line in some:
        history = [item_of(i, items) for i in line.history] if HISTORY in line.consents else []
        if history != bought.get(key, []):
            changed.add(key)
            writes.delete(PURCHASE, PURCHASE.c.shopper_id == key)
            writes.insert(PURCHASE, [{"shopper_id": key, "item": item} for item in history])
    cards = {key: [(context.mac(c.uid), c.kind) for c in line.credentials] for key, line in some}
    if not writes.dry:
        changed |= import_cards_of(writes.connection, cards)
    _delete_feedback(writes, [key for key, line in some if SIZES not in line.consents])
    if not writes.dry:
        forget_clues(writes.connection, [key for key, line in some if CLUES not in line.consents])
    note_lines(writes, "shoppers", [reading.digest(key) for key, _ in some])
    return len(changed)


def _row(shopper: ShopperLine) -> dict[str, Any]:
    sizes = {worn.category: worn.size for worn in shopper.sizes} if SIZES in shopper.consents else {}
    return {
        "shopper_id": shopper.shopper_id,
        "first_name": shopper.first_name,
        "language": shopper.language,
        "sizes": compact_json(sizes),
        "member": shopper.member,
        "consents": compact_json(shopper.consents),
        "stored_means": shopper.stored_means,
        "level": shopper.level,
    }


def _purchases(writes: Writes, shoppers: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if shoppers:
        query = select(PURCHASE).where(PURCHASE.c.shopper_id.in_(shoppers)).order_by(PURCHASE.c.purchase_id)
        for row in writes.connection.execute(query):
            found.setdefault(row.shopper_id, []).append(row.item)
    return found


def _delete_feedback(writes: Writes, shoppers: Sequence[str]) -> None:
    if shoppers:
        writes.delete(FIT_FEEDBACK, FIT_FEEDBACK.c.shopper_id.in_(shoppers))


def erase(writes: Writes, some: Sequence[str]) -> None:
    """Deletes shoppers with their purchases and feedback and the links of their cards."""
    if writes.dry:
        return
    for table in (PURCHASE, FIT_FEEDBACK, SHOPPER):
        writes.connection.execute(delete(table).where(table.c.shopper_id.in_(some)))
    forget_clues(writes.connection, some)
    unlink_cards(writes.connection, some)
    forget_lines(writes, "shoppers", some)
