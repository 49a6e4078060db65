"""Pieces that were put aside out of the shop's stock and are not in the shop any more: sold here, or at the shop's own
till, whose feed counts them no longer.

Such a piece has no serial, so that no sale names it. By the stock of its article, reserved pieces among it, it is known
when not all that are put aside can be there: then those end first that nobody has put aside yet, the latest first. One
that an associate holds ends only when none is there at all: of several nobody can tell which was sold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from kiosk.core.domain.floor.aside import Aside, AsideState
from kiosk.core.domain.ids import ArticleId
from kiosk.store.catalogue.stock_counts import FLOOR, STOCKROOM
from kiosk.store.db.database import Database
from kiosk.store.db.tables import STOCK


def in_the_shop(database: Database, articles: Collection[ArticleId]) -> dict[ArticleId, int]:
    """Pieces of each article that are in the shop, also those that are reserved. Raises SQLAlchemyError."""
    if not articles:
        return {}
    there = func.sum(STOCK.c.count + STOCK.c.reserved)
    query = (
        select(STOCK.c.article, there)
        .where(STOCK.c.article.in_(articles), STOCK.c.place.in_((FLOOR, STOCKROOM)))
        .group_by(STOCK.c.article)
    )
    with database.reading() as connection:
        found = {ArticleId(article): int(pieces) for article, pieces in connection.execute(query).all()}
    return {article: found.get(article, 0) for article in articles}


def gone(asides: Sequence[Aside], here: Mapping[ArticleId, int]) -> frozenset[str]:
    """The ids of those that are not there any more. `asides`: that have not ended; `here`: of `in_the_shop`, articles
    that are not in it are not judged."""
    found: set[str] = set()
    for article, pieces in here.items():
        of_article = [one for one in asides if one.article == article]
        of_stock = [one for one in of_article if one.piece is None]
        if not pieces:
            found |= {one.aside_id for one in of_stock}
            continue
        surplus = max(0, sum(one.state.waits_for_her for one in of_article) - pieces)
        asked = [one for one in of_stock if one.state is AsideState.ASKED]
        asked.sort(key=lambda one: (one.made_us, one.aside_id))
        found |= {one.aside_id for one in asked[len(asked) - min(surplus, len(asked)) :]}
    return frozenset(found)
