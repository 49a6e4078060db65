"""Imports stock: what was counted; what can be sold follows from the counts and the shop's own movements since then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlalchemy import and_, func, or_, select, update

from kiosk.connectors.feeds import FeedFile, StockLine
from kiosk.core.domain.ids import article_of_sku
from kiosk.store.catalogue import stock_counts
from kiosk.store.catalogue.stock_counts import BY_FILE, PlaceCount, sellable
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import SKU, STOCK, STOCK_MOVEMENT
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.articles import styles_of
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.slices import Writes, differs

_AT_ONCE: Final = 300
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Counting:
    """How the lines of one file are counted. `file_us`: when pieces were counted whose line does not say it;
    `latest_us`: the latest time of a count."""

    latest_us: int
    file_us: int
    file: FeedFile[StockLine]
    article_of: Mapping[str, str]
    ambiguous: frozenset[str]

    def time_of(self, key: str, line: StockLine) -> int:
        """The time to be stored: what the line says, but never a time to come; else that of its file."""
        if line.counted_us is not None:
            return max(1, min(line.counted_us, self.latest_us))
        return max(1, min(self.file.time_us(key), self.latest_us)) if self.of_delta(key) else BY_FILE

    def of_delta(self, key: str) -> bool:
        """Whether a line is from a delta: it counts by the time of that, and a later file names it anew."""
        return self.file.partial or key in self.file.delta_files

    def article(self, line: StockLine) -> str:
        return self.article_of.get(line.article, line.article)


@dataclass(frozen=True, slots=True)
class _Written:
    """The outcome of one transaction."""

    changed: frozenset[str]
    lines: int
    older: int


def import_stock(context: ImportContext, reading: KindReading[StockLine], file_us: int) -> None:
    """Writes new and changed counts, and 0 where the file has no line any more.

    `file_us`: the time of the file that was imported before.
    """
    counting = _counting(context, reading)
    lines = _with_item(context, reading, counting)
    future = sum(line.counted_us is not None and line.counted_us > context.now_us for _, line in lines)
    older = 0
    for written in context.slices.each(lines, partial(_write, reading, counting, file_us), reading.refuse):
        reading.changed += written.lines
        context.changed_articles |= written.changed
        older += written.older
    _note(reading, context, future=future, older=older)
    _judge(context, reading, counting)


def _with_item(
    context: ImportContext, reading: KindReading[StockLine], counting: _Counting
) -> list[tuple[str, StockLine]]:
    """The changed lines whose article is in the catalogue, or comes into it with this import."""
    twice = _named_twice(reading, counting)
    lines = ((key, line) for key, line in reading.file.changed.items() if key not in twice)
    found: list[tuple[str, StockLine]] = []
    # all lines can be about items that do not exist: in pieces, so that these take no memory
    while some := list(islice(lines, _AT_ONCE)):
        known = _known_articles(context, {counting.article(line) for _, line in some})
        for key, line in some:
            if line.article in counting.ambiguous:
                reading.wait(key, "several items have this sku; name them by gtin")
            elif counting.article(line) not in known:
                reading.wait(key, f"there is no item {line.article}")
            else:
                found.append((key, line))
    return found


def _known_articles(context: ImportContext, articles: Collection[str]) -> set[str]:
    query = select(SKU.c.article).where(SKU.c.article.in_(list(articles)))
    known = {row.article for row in context.slices.read(query)}
    return (known | (context.new_articles & set(articles))) - context.leaving_articles


def recount_since(context: ImportContext, since_us: int, file_us: int) -> None:
    """Computes what can be sold anew where pieces moved since a time; for a new time of the stock file."""
    query = select(STOCK_MOVEMENT.c.article).where(STOCK_MOVEMENT.c.at_us >= since_us).distinct()
    articles = [row.article for row in context.slices.read(query)]
    if context.slices.dry:
        return
    for some in batches(articles, _AT_ONCE):
        context.changed_articles.update(context.slices.once(partial(_recount, some=some, file_us=file_us)))


def _recount(writes: Writes, some: Sequence[str], file_us: int) -> list[str]:
    return stock_counts.recount(writes.connection, some, file_us)


def _counting(context: ImportContext, reading: KindReading[StockLine]) -> _Counting:
    article_of, ambiguous = _articles_of_skus(context)
    file, latest_us = reading.file, _latest_us(context)
    return _Counting(latest_us, min(file.as_of_us, latest_us), file, article_of, ambiguous)


def _articles_of_skus(context: ImportContext) -> tuple[dict[str, str], frozenset[str]]:
    """Articles by the id of their SKU, and the SKUs that several articles have, without those that leave or wait."""
    going = context.leaving_articles | context.losses.held_keys("items")
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for row in context.slices.read(_WITH_SKU):
        name = article_of_sku(row.sku)
        if found.get(name, row.article) in going or name not in found:
            found[name] = row.article
        elif row.article not in going:
            ambiguous.add(name)
    if context.slices.dry:
        found.update(context.articles_of_sku)
    return found, frozenset(ambiguous)


def _named_twice(reading: KindReading[StockLine], counting: _Counting) -> set[str]:
    """The lines by SKU whose article the file has by its GTIN as well, at the same place: that one counts."""
    found: set[str] = set()
    for key in reading.file.digests if counting.article_of else ():
        _, article, place = _place(key, counting.article_of)
        same = f"{article} {place}"
        if same != key and same in reading.file.digests:
            found.add(key)
            by_gtin = reading.file.lines.get(same, 0)
            reading.mistakes.add(
                reading.file.mistake(key, f"repeats line {by_gtin}, which has the article's GTIN")
            )
    return found


def counted_by(context: ImportContext, file_us: int) -> int:
    """When the pieces of a file with this time were counted: not in the future."""
    return min(file_us, _latest_us(context))


def _latest_us(context: ImportContext) -> int:
    """The time before which all counts are: now, but after all movements, also while the computer's clock is behind."""
    moved_us = context.slices.read(select(func.max(STOCK_MOVEMENT.c.at_us)))[0][0]
    return max(context.now_us, (moved_us or 0) + 1)


_WITH_SKU: Final = select(SKU.c.article, SKU.c.sku).where(SKU.c.sku != "").order_by(SKU.c.article)


def _note(reading: KindReading[StockLine], context: ImportContext, *, future: int, older: int) -> None:
    if reading.file.as_of_us > context.now_us:
        reading.note("the file's time is in the future; it counts as now. Compare the clocks")
    if future:
        reading.note(f"{future} counts are dated in the future; they count as now. Compare the clocks")
    if older:
        reading.note(f"{older} counts are older than those that are known, which stay")


def _write(
    reading: KindReading[StockLine], counting: _Counting, before_us: int, writes: Writes,
    some: Sequence[tuple[str, StockLine]],
) -> _Written:  # fmt: skip
    articles = {counting.article(line) for _, line in some}
    known = _known(writes, articles) if reading.known else {}
    moved = stock_counts.movements_of(writes.connection, articles)
    rows: dict[Place, dict[str, Any]] = {}
    older = 0
    for key, line in some:
        place = (counting.article(line), line.place)
        row, earlier = _row(key, line, place, counting), known.get(place)
        if earlier is not None and BY_FILE < row["counted_us"] < earlier.counted_us:
            older += 1
        else:
            rows[place] = row
    _count(rows, known, moved, counting.file_us if not counting.file.partial else before_us)
    fresh = [row for place, row in rows.items() if differs(row, known.get(place))]
    writes.upsert(STOCK, fresh)
    note_lines(writes, "stock", [reading.digest(key, again=counting.of_delta(key)) for key, _ in some])
    return _Written(frozenset(row["article"] for row in fresh), len(fresh), older)


def _known(writes: Writes, articles: Iterable[str]) -> dict[Place, Any]:
    query = select(STOCK).where(STOCK.c.article.in_(list(articles)))
    return {(row.article, row.place): row for row in writes.connection.execute(query)}


def _row(key: str, line: StockLine, place: Place, counting: _Counting) -> dict[str, Any]:
    return {
        "article": place[0], "place": place[1], "count": max(0, line.count - line.reserved),
        "counted_us": counting.time_of(key, line), "counted": line.count, "reserved": line.reserved,
        "incoming": line.incoming,
    }  # fmt: skip


def _count(
    rows: dict[Place, dict[str, Any]], known: Mapping[Place, Any],
    moved: Mapping[str, Sequence[stock_counts.Movement]], file_us: int,
) -> None:  # fmt: skip
    """Sets what can be sold of articles that moved: sales may have been taken from another place of the article."""
    for article in {article for article, _ in rows} & moved.keys():
        places = {
            place: PlaceCount(row.counted, row.counted_us or file_us, row.reserved)
            for (of, place), row in known.items() if of == article
        }  # fmt: skip
        for (of, place), row in rows.items():
            if of == article:
                places[place] = PlaceCount(row["counted"], row["counted_us"] or file_us, row["reserved"])
        for place, count in sellable(places, moved[article]).items():
            if (article, place) in rows:
                rows[article, place]["count"] = count
            elif known[article, place]._mapping["count"] != count:
                rows[article, place] = {**known[article, place]._mapping, "count": count}


def _judge(context: ImportContext, reading: KindReading[StockLine], counting: _Counting) -> None:
    """What the export does not name any more is 0. Pieces that leave or wait with their item are left to it."""
    gone = [_place(key, counting.article_of) for key in reading.gone()]
    if not gone:
        return
    with_item = context.losses.held_keys("items") | context.leaving_articles
    with_style = context.losses.held_keys("styles") | context.leaving_styles
    in_stock: list[str] = []
    empty: list[str] = []
    named = _named_by_sku(reading, counting.article_of)
    for some in batches(gone, _AT_ONCE):
        rows = {(row.article, row.place): row for row in context.slices.read(_places(some))}
        style_of = (
            styles_of(context.slices, sorted({article for _, article, _ in some})) if with_style else {}
        )
        for key, article, place in some:
            row = rows.get((article, place))
            if (article, place) in named or f"{article} {place}" in reading.file.digests:
                context.slices.once(partial(forget_lines, kind="stock", keys=[key]))
                continue
            if article in with_item or style_of.get(article) in with_style:
                continue
            (in_stock if row is not None and row._mapping["count"] > 0 else empty).append(key)
    if context.may_lose(reading, in_stock, len(reading.known)):
        empty += in_stock
    for some_keys in batches(empty, _AT_ONCE):
        changed = context.slices.once(partial(_clear, keys=some_keys, article_of=counting.article_of))
        context.changed_articles |= changed
        reading.deleted += len(some_keys)


def _named_by_sku(reading: KindReading[StockLine], article_of: Mapping[str, str]) -> set[Place]:
    """The places of articles that the file names by the shop's own SKU, by article."""
    found = (_place(key, article_of) for key in (reading.file.digests if article_of else ()))
    return {(article, place) for key, article, place in found if not key.startswith(article)}


def _place(key: str, article_of: Mapping[str, str]) -> tuple[str, str, str]:
    article, _, place = key.partition(" ")
    return key, article_of.get(article, article), place


def _places(some: Sequence[tuple[str, str, str]]) -> Any:
    return select(STOCK).where(STOCK.c.article.in_({article for _, article, _ in some}))


def _clear(writes: Writes, keys: Sequence[str], article_of: Mapping[str, str]) -> frozenset[str]:
    places = [_place(key, article_of) for key in keys]
    if not writes.dry:
        these = or_(*(and_(STOCK.c.article == a, STOCK.c.place == p) for _, a, p in places))
        nothing = {"count": 0, "counted": 0, "reserved": 0, "incoming": 0, "counted_us": BY_FILE}
        writes.connection.execute(update(STOCK).where(these).values(**nothing))
        forget_lines(writes, "stock", keys)
    return frozenset(article for _, article, _ in places)
