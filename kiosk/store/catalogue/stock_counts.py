"""The pieces that can be sold now: what was counted, without the reserved pieces and the shop's own sales since then.

Sale, return and feed import share this module. A count holds until a later one; movements (own sales and returns) at
the time of a count or after it change it, earlier ones are contained in it. A sale takes from the floor, or else from
the stockroom; a return adds to the floor. So a sale before a count of the floor was taken from the floor, and an older
count of the stockroom stays as it is. `stock.counted_us` 0 means that the pieces were counted when the feed's stock
file was written (`feed_file.as_of_us`), so that a new file of 200,000 equal lines changes one row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, update

from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.promise.values import is_fee
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import FEED_FILE, STOCK, STOCK_MOVEMENT

BY_FILE: Final = 0
COUNTED_US: Final = func.coalesce(
    func.nullif(STOCK.c.counted_us, BY_FILE),
    select(FEED_FILE.c.as_of_us).where(FEED_FILE.c.kind == "stock").scalar_subquery(),
    BY_FILE,
).label("counted_us")
"""When a row of the stock was counted, as a column of a query; 0 where that is not known."""
FLOOR: Final = "floor"
STOCKROOM: Final = "stockroom"
_AT_ONCE: Final = 500
_DELETED_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Pieces of an article that were counted at a place, at a time in microseconds; `reserved` are not for sale.

    `named` is False for a place that the feed does not name: nothing is there, and nothing was taken from it.
    """

    counted: int
    counted_us: int
    reserved: int = 0
    named: bool = True

    @property
    def free(self) -> int:
        return max(0, self.counted - self.reserved)


@dataclass(frozen=True, slots=True)
class Movement:
    """Pieces that were sold (negative) or came back (positive) in this shop at a time."""

    at_us: int
    pieces: int


def sellable(places: Mapping[str, PlaceCount], movements: Iterable[Movement]) -> dict[str, int]:
    """Pieces of one article that can be sold now, by place. `movements` in the order of their time."""
    counts = {place: count.free for place, count in places.items()}
    for movement in movements:
        for _ in range(abs(movement.pieces)):
            place = _moved_at(places, counts, movement)
            if place is not None:
                counts[place] += 1 if movement.pieces > 0 else -1
    return counts


def _moved_at(places: Mapping[str, PlaceCount], counts: Mapping[str, int], movement: Movement) -> str | None:
    """The place that a piece was taken from or came to; None if that is contained in a later count, or unknown."""
    for place in (FLOOR, STOCKROOM):
        count = places.get(place)
        if count is None:
            continue
        if movement.at_us >= count.counted_us:
            if movement.pieces > 0 or counts[place] > 0:
                return place
        elif count.named:
            return None
    return None


def as_of_us(connection: Connection) -> int:
    """When the stock file that was imported last was written; 0 if there was none."""
    return connection.scalar(select(FEED_FILE.c.as_of_us).where(FEED_FILE.c.kind == "stock")) or 0


def sold_since_count(connection: Connection, since_us: int) -> int:
    """The number of articles with a sale after each count of theirs in this shop: only a later count can say what is
    there now. `since_us`: a time that no count is older than."""
    sold = (
        select(STOCK_MOVEMENT.c.article, func.max(STOCK_MOVEMENT.c.at_us).label("last_us"))
        .where(STOCK_MOVEMENT.c.pieces < 0, STOCK_MOVEMENT.c.at_us >= since_us)
        .group_by(STOCK_MOVEMENT.c.article)
        .subquery()
    )
    counted = (
        select(func.max(COUNTED_US))
        .where(STOCK.c.article == sold.c.article, STOCK.c.place.in_((FLOOR, STOCKROOM)))
        .scalar_subquery()
    )
    return connection.scalar(select(func.count()).select_from(sold).where(sold.c.last_us >= counted)) or 0


def record(connection: Connection, article: ArticleId, pieces: int, at_us: int) -> None:
    """Records a sale (negative) or a return and changes what can be sold.

    It is after every count that is known, also while the computer's clock is behind. A fee has no stock.
    """
    if is_fee(article):
        return
    file_us = as_of_us(connection)
    counted_us = connection.scalar(select(func.max(STOCK.c.counted_us)).where(STOCK.c.article == article))
    row = {"article": article, "pieces": pieces, "at_us": max(at_us, file_us, counted_us or 0)}
    connection.execute(STOCK_MOVEMENT.insert(), [row])
    recount(connection, [article], file_us)


def delete_movements(connection: Connection, before_us: int) -> int:
    """Deletes movements before a time that all counts of their article contain; returns how many, at most 5,000.

    Their counts are later, and so is the stock file: they change nothing that can be sold. What was not counted stays.
    """
    file_us = as_of_us(connection)
    uncounted = select(STOCK.c.article).where(
        STOCK.c.article == STOCK_MOVEMENT.c.article, STOCK_MOVEMENT.c.at_us >= COUNTED_US
    )
    old = (
        select(STOCK_MOVEMENT.c.movement_id)
        .where(STOCK_MOVEMENT.c.at_us < min(before_us, file_us), ~uncounted.exists())
        .limit(_DELETED_AT_ONCE)
    )
    ids = [row.movement_id for row in connection.execute(old)]
    for some in batches(ids, _AT_ONCE):
        connection.execute(delete(STOCK_MOVEMENT).where(STOCK_MOVEMENT.c.movement_id.in_(some)))
    return len(ids)


def movements_of(
    connection: Connection, articles: Collection[str], after_us: int = -1
) -> dict[str, list[Movement]]:
    """Movements after a time, by article, in their order."""
    found: dict[str, list[Movement]] = {}
    query = (
        select(STOCK_MOVEMENT.c.article, STOCK_MOVEMENT.c.at_us, STOCK_MOVEMENT.c.pieces)
        .where(STOCK_MOVEMENT.c.article.in_(articles), STOCK_MOVEMENT.c.at_us > after_us)
        .order_by(STOCK_MOVEMENT.c.at_us, STOCK_MOVEMENT.c.movement_id)
    )
    for row in connection.execute(query):
        found.setdefault(row.article, []).append(Movement(row.at_us, row.pieces))
    return found


def recount(connection: Connection, articles: Collection[str], file_us: int) -> list[str]:
    """Computes `stock.count` of these articles anew; returns those whose count has changed.

    `file_us`: when the pieces were counted whose time is that of the file.
    """
    changed: list[str] = []
    wanted = sorted(set(articles))
    for some in batches(wanted, _AT_ONCE):
        changed += _recount(connection, some, file_us)
    return changed


def _recount(connection: Connection, articles: Sequence[str], file_us: int) -> list[str]:
    moved = movements_of(connection, articles)
    rows: dict[str, list[Any]] = {}
    # a row's attribute `count` is the method of a tuple
    query = select(STOCK, STOCK.c.count.label("pieces")).where(STOCK.c.article.in_(articles))
    for row in connection.execute(query):
        rows.setdefault(row.article, []).append(row)
    updates: list[dict[str, Any]] = []
    inserts: list[dict[str, Any]] = []
    for article in articles:
        known = {row.place: row.pieces for row in rows.get(article, ())}
        # a file that does not name the floor says that nothing hangs there
        places = {FLOOR: PlaceCount(0, file_us, named=False)}
        for row in rows.get(article, ()):
            places[row.place] = PlaceCount(row.counted, row.counted_us or file_us, row.reserved)
        for place, count in sellable(places, moved.get(article, ())).items():
            if place in known and known[place] != count:
                updates.append({"of_article": article, "at_place": place, "now": count})
            elif place not in known and count:
                inserts.append(_new_place(article, place, count))
    _write(connection, updates, inserts)
    return sorted({u["of_article"] for u in updates} | {i["article"] for i in inserts})


def _new_place(article: str, place: str, count: int) -> dict[str, Any]:
    return {"article": article, "place": place, "count": count, "counted_us": BY_FILE, "counted": 0}


def _write(connection: Connection, updates: list[dict[str, Any]], inserts: list[dict[str, Any]]) -> None:
    if updates:
        this = (STOCK.c.article == bindparam("of_article")) & (STOCK.c.place == bindparam("at_place"))
        connection.execute(update(STOCK).where(this).values(count=bindparam("now")), updates)
    if inserts:
        connection.execute(STOCK.insert(), inserts)
