"""The shop's own SKUs that name another article than before: an article gets its GTIN, or another one gets the SKU.

Stock lines by SKU do not change then, but what they count does: they are read again. The movements of an article that
had only its SKU go with it, so that a sold piece stays sold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from kiosk.connectors.feeds import SkuLine
from kiosk.core.domain.ids import article_of_sku
from kiosk.store.db.tables import FEED_LINE, SKU, STOCK, STOCK_MOVEMENT
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.known_lines import READ_AGAIN
from kiosk.store.feed_import.slices import Writes


def move_skus(
    context: ImportContext, writes: Writes, some: Sequence[tuple[str, SkuLine]], before: Mapping[str, Any]
) -> None:
    """Prepares the articles of these lines whose SKU is another one than that of their known row in `before`."""
    names = {
        line.sku: key for key, line in some if line.sku and (key not in before or before[key].sku != line.sku)
    }
    if any(before[key].sku != line.sku for key, line in some if key in before):
        context.stock_grew = True
    if not names:
        return
    by_sku = {article_of_sku(sku): article for sku, article in names.items()}
    query = select(SKU.c.article).where(SKU.c.sku.in_(names) | SKU.c.article.in_(by_sku))
    former = set(writes.connection.scalars(query)) - set(names.values())
    if not former:
        return
    context.sku_moved = True
    context.renamed_articles |= former & by_sku.keys()
    if writes.dry:
        return
    places = writes.connection.scalars(select(STOCK.c.place).distinct()).all()
    keys = [f"{name} {place}" for name in sorted(former | by_sku.keys()) for place in places]
    lines = (FEED_LINE.c.kind == "stock") & FEED_LINE.c.key.in_(keys)
    writes.connection.execute(update(FEED_LINE).where(lines).values(digest=READ_AGAIN))
    writes.delete(STOCK, STOCK.c.article.in_(former))
    for name in sorted(former & by_sku.keys()):
        moved = update(STOCK_MOVEMENT).where(STOCK_MOVEMENT.c.article == name)
        writes.connection.execute(moved.values(article=by_sku[name]))
