"""Articles of the catalogue: their styles, and their deletion with all that depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select, update

from kiosk.core.domain.ids import article_of_sku
from kiosk.core.domain.money import Money
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import FEED_FILE, SKU, STOCK, STYLE
from kiosk.store.feed_import.known_lines import forget_lines
from kiosk.store.feed_import.last_prices import remember
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

    The prices of their own are kept. Returns their number.
    """
    query = select(SKU.c.article, SKU.c.sku, SKU.c.price_minor, STYLE.c.currency).join(STYLE).where(which)
    rows = writes.connection.execute(query).all()
    articles = [row.article for row in rows]
    if not articles or writes.dry:
        return len(articles)
    own = {row.article: Money(row.price_minor, row.currency) for row in rows if row.price_minor is not None}
    remember(writes, "items", own)
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
