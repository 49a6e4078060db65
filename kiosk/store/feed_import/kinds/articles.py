"""Articles of the catalogue: their styles, and their deletion with all that depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select, update

from kiosk.core.domain.ids import article_of_sku
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import FEED_FILE, SKU, STOCK
from kiosk.store.feed_import.known_lines import forget_lines
from kiosk.store.feed_import.slices import Slices, Writes

_AT_ONCE: Final = 500


def styles_of(slices: Slices, articles: Sequence[str]) -> dict[str, str]:
    """The style of each of these articles that is in the catalogue."""
    found: dict[str, str] = {}
    for some in batches(articles, _AT_ONCE):
        query = select(SKU.c.article, SKU.c.style_id).where(SKU.c.article.in_(some))
        found.update((row.article, row.style_id) for row in slices.read(query))
    return found


def delete_articles(writes: Writes, which: Any) -> int:
    """Deletes articles with their stock and forgets their lines, so that they come back with their style.

    Returns their number.
    """
    rows = writes.connection.execute(select(SKU.c.article, SKU.c.sku).where(which)).all()
    articles = [row.article for row in rows]
    if not articles or writes.dry:
        return len(articles)
    names = {row.article for row in rows} | {article_of_sku(row.sku) for row in rows if row.sku}
    places = writes.connection.scalars(
        select(STOCK.c.place).where(STOCK.c.article.in_(articles)).distinct()
    ).all()
    forget_lines(writes, "stock", [f"{name} {place}" for name in sorted(names) for place in places])
    forget_lines(writes, "items", articles)
    waiting = update(FEED_FILE).where(FEED_FILE.c.kind == "stock")
    writes.connection.execute(waiting.values(waiting=FEED_FILE.c.waiting + len(articles)))
    writes.delete(STOCK, STOCK.c.article.in_(articles))
    writes.delete(SKU, SKU.c.article.in_(articles))
    return len(articles)
