"""Imports items (articles). A line whose style or colour is not in the catalogue waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import select

from kiosk.connectors.feeds import SkuLine
from kiosk.core.domain.ids import article_of_sku
from kiosk.core.domain.money import Money
from kiosk.store.db.batches import batches
from kiosk.store.db.tables import COLOURWAY, SKU, STYLE
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.articles import delete_articles, styles_of
from kiosk.store.feed_import.kinds.sku_moves import move_skus
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.last_prices import last_prices
from kiosk.store.feed_import.price_guard import PriceGuard
from kiosk.store.feed_import.price_step import PriceStep
from kiosk.store.feed_import.report import PriceChange
from kiosk.store.feed_import.slices import Writes, differs

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Written:
    """The outcome of one transaction."""

    changed: frozenset[str]
    styles: frozenset[str]
    prices: tuple[PriceChange, ...]


def import_items(context: ImportContext, reading: KindReading[SkuLine]) -> None:
    """Writes new and changed articles and judges what is lost."""
    guard = PriceGuard(context, "items")
    prices: list[PriceChange] = []
    lines = _with_style(context, reading)
    for written in context.slices.each(lines, partial(_write, context, reading, guard), reading.refuse):
        reading.changed += len(written.changed)
        context.changed_styles |= written.styles
        prices += written.prices
    guard.close(prices, len(reading.known))
    _judge(context, reading)


def _with_style(context: ImportContext, reading: KindReading[SkuLine]) -> list[tuple[str, SkuLine]]:
    """The changed lines whose style has their colour."""
    colours = _colours(context)
    context.leaving_articles.update(_articles_of_leaving(context))
    for key in context.leaving_articles:
        if key in reading.file.digests and key not in reading.file.changed:
            reading.wait(key, "its style or its colour is gone")
    found: list[tuple[str, SkuLine]] = []
    for key, line in reading.file.changed.items():
        codes = colours.get(line.style_id)
        if codes is None:
            reading.wait(key, f"there is no style {line.style_id}")
        elif line.colour not in codes:
            reading.wait(key, f"style {line.style_id} has no colour {line.colour}")
        else:
            found.append((key, line))
            context.new_articles.add(key)
            context.stock_grew = context.stock_grew or key not in reading.known or bool(line.sku)
            if line.sku:
                context.articles_of_sku[article_of_sku(line.sku)] = key
    context.leaving_articles -= {key for key, _ in found}
    return found


def _colours(context: ImportContext) -> dict[str, set[str]]:
    """The colours of each style, as they are at the end of this import."""
    found: dict[str, set[str]] = {}
    for style_id, code in context.slices.read(select(COLOURWAY.c.style_id, COLOURWAY.c.code)):
        found.setdefault(style_id, set()).add(code)
    for style_id, codes in context.new_colours.items():
        if context.slices.dry:
            found.setdefault(style_id, set()).update(codes)
    for style_id in context.leaving_styles:
        found.pop(style_id, None)
    for style_id, code in context.leaving_colours:
        found.get(style_id, set()).discard(code)
    return found


def _articles_of_leaving(context: ImportContext) -> Iterator[str]:
    styles = sorted(context.leaving_styles | {style for style, _ in context.leaving_colours})
    for some in batches(styles, _AT_ONCE):
        query = select(SKU.c.article, SKU.c.style_id, SKU.c.colour).where(SKU.c.style_id.in_(some))
        for row in context.slices.read(query):
            if (
                row.style_id in context.leaving_styles
                or (row.style_id, row.colour) in context.leaving_colours
            ):
                yield row.article


def _write(
    context: ImportContext, reading: KindReading[SkuLine], guard: PriceGuard, writes: Writes,
    some: Sequence[tuple[str, SkuLine]],
) -> _Written:  # fmt: skip
    known_keys = [key for key, _ in some if key in reading.known]
    before = writes.by_key(SKU, SKU.c.article, known_keys) if known_keys else {}
    left = last_prices(writes, "items", [key for key, _ in some if key not in reading.known])
    judged = {line.style_id for key, line in some if key in before or key in left or line.price is not None}
    prices = _prices_of_styles(context, writes, judged | {row.style_id for row in before.values()})
    rows: list[dict[str, Any]] = []
    styles: set[str] = set()
    held: dict[str, PriceChange] = {}
    known: Any
    for key, line in some:
        row, known = item_row(key, line), before.get(key)
        cost = _cost_before(line, known, left.get(key), prices)
        change = _held_price(guard, key, line, cost, prices)
        if change is not None:
            held[key] = change
            row["price_minor"] = change.before.minor
            row["price_before_minor"] = known.price_before_minor if known is not None else None
            row["lowest_price_minor"] = known.lowest_price_minor if known is not None else None
        if differs(row, known):
            rows.append(row)
            styles.update({line.style_id, known.style_id if known is not None else line.style_id})
    if reading.known:
        move_skus(context, writes, some, before)
    writes.upsert(SKU, rows)
    note_lines(writes, "items", [reading.digest(key, again=key in held) for key, _ in some])
    return _Written(frozenset(r["article"] for r in rows), frozenset(styles), tuple(held.values()))


def _prices_of_styles(context: ImportContext, writes: Writes, styles: set[str]) -> dict[str, PriceStep]:
    if not styles:
        return {}
    query = select(STYLE.c.style_id, STYLE.c.price_minor, STYLE.c.currency).where(
        STYLE.c.style_id.in_(styles)
    )
    known = {row.style_id: Money(row.price_minor, row.currency) for row in writes.connection.execute(query)}
    found = {style_id: PriceStep(price, price) for style_id, price in known.items()}
    return found | {
        style_id: context.style_prices[style_id] for style_id in styles & context.style_prices.keys()
    }


def _cost_before(
    line: SkuLine, known: Any, left: Money | None, prices: Mapping[str, PriceStep]
) -> Money | None:
    """What a variant cost before; None where nobody knows, and where its price is judged with its style's.

    A new variant of a known style costs what the style costs, and one that comes back what it cost when it left
    (`left`, None if it had no price of its own).
    """
    if known is None:
        step = prices.get(line.style_id)
        of_style = step.before if step is not None and line.price is not None else None
        return left or of_style
    if line.price is None and known.price_minor is None and line.style_id == known.style_id:
        return None
    old = prices.get(known.style_id)
    if old is None or old.before is None:
        return None
    return old.before if known.price_minor is None else Money(known.price_minor, old.before.currency)


def _held_price(
    guard: PriceGuard, key: str, line: SkuLine, before: Money | None, prices: Mapping[str, PriceStep]
) -> PriceChange | None:
    """A change of what the variant costs that must wait; what has no price of its own costs what its style costs."""
    new = prices.get(line.style_id)
    if before is None or new is None:
        return None
    return guard.holds(key, before, line.price or new.after)


def item_row(article: str, line: SkuLine) -> dict[str, Any]:
    """The row of an article."""
    return {
        "article": article,
        "style_id": line.style_id,
        "colour": line.colour,
        "size": line.size,
        "sku": line.sku,
        "tax_class": line.tax_class,
        "price_minor": line.price.minor if line.price else None,
        "price_before_minor": line.price_before.minor if line.price_before else None,
        "lowest_price_minor": line.lowest_price.minor if line.lowest_price else None,
    }


def _judge(context: ImportContext, reading: KindReading[SkuLine]) -> None:
    """Items whose style leaves go with it, items whose style is held stay with it; the others are judged.

    An item that has a GTIN now is no loss.
    """
    gone = reading.gone()
    renamed = sorted(context.renamed_articles.intersection(gone))
    if renamed:
        context.leaving_articles.update(renamed)
        context.at_end.append(partial(_delete, context, reading, renamed, styles_of(context.slices, renamed)))
        gone = [key for key in gone if key not in context.renamed_articles]
    if gone and reading.uncertain:
        reading.note(
            f"{len(gone)} known items are not in the file; they stay until the lines that cannot be read are corrected"
        )
        return
    style_of = styles_of(context.slices, gone)
    held = context.losses.held_keys("styles")
    alone = [
        key
        for key in gone
        if style_of.get(key) not in held and style_of.get(key) not in context.leaving_styles
    ]
    reading.deleted += sum(style_of.get(key) in context.leaving_styles for key in gone)
    if alone and context.may_lose(reading, alone, len(reading.known)):
        context.leaving_articles.update(alone)
        context.at_end.append(partial(_delete, context, reading, alone, style_of))


def _delete(
    context: ImportContext, reading: KindReading[SkuLine], gone: Sequence[str], style_of: dict[str, str]
) -> None:
    for some in batches(gone, _AT_ONCE):
        context.forgotten_articles += context.slices.once(partial(_delete_some, some=some))
        context.changed_styles.update(style_of[key] for key in some if key in style_of)
        reading.deleted += len(some)


def _delete_some(writes: Writes, some: Sequence[str]) -> int:
    deleted = delete_articles(writes, SKU.c.article.in_(some))
    forget_lines(writes, "items", some)
    return deleted
