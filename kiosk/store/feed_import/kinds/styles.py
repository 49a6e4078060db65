"""Imports styles with their colours: new values at once, lost styles and colours at the end of the import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import func, select, tuple_

from kiosk.connectors.feeds import StyleLine
from kiosk.core.domain.money import Money
from kiosk.store.db.batches import batches
from kiosk.store.db.json_columns import compact_json, localized_to_json
from kiosk.store.db.search_words import search_spellings, search_text
from kiosk.store.db.table_groups.search import STYLE_WORDS
from kiosk.store.db.tables import COLOURWAY, SKU, STYLE
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.kinds.articles import delete_articles
from kiosk.store.feed_import.kinds.item_ids import ItemMoves, give_up, item_moves
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.last_prices import last_prices, remember
from kiosk.store.feed_import.price_guard import PriceGuard
from kiosk.store.feed_import.price_step import PriceStep
from kiosk.store.feed_import.report import Loss, PriceChange
from kiosk.store.feed_import.slices import Writes, differs

Rows = list[dict[str, Any]]
_DELETED_AT_ONCE: Final = 10
Colour = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Written:
    """The outcome of one transaction."""

    changed: frozenset[str]
    prices: tuple[PriceChange, ...]
    lost: Mapping[str, tuple[Colour, ...]]
    grew: bool
    style_prices: Mapping[str, PriceStep]


def import_styles(context: ImportContext, reading: KindReading[StyleLine]) -> None:
    """Writes new and changed styles and judges what is lost."""
    guard = PriceGuard(context, "styles")
    prices: list[PriceChange] = []
    lost: dict[str, tuple[Colour, ...]] = {}
    moves = item_moves(context, reading)
    lines = [(key, line) for key, line in reading.file.changed.items() if key not in moves.refused]
    for style_id, line in lines:
        context.new_colours[style_id] = {colour.code for colour in line.colours}
    for written in context.slices.each(lines, partial(_write, reading, guard, moves), reading.refuse):
        reading.changed += len(written.changed)
        context.changed_styles |= written.changed
        context.catalogue_grew = context.catalogue_grew or written.grew
        context.style_prices.update(written.style_prices)
        prices += written.prices
        lost.update(written.lost)
    guard.close(prices, len(reading.known))
    _judge_styles(context, reading)
    _judge_colours(context, reading, lost, {change.key for change in prices})


def _judge_styles(context: ImportContext, reading: KindReading[StyleLine]) -> None:
    gone = reading.gone()
    if gone and reading.uncertain:
        reading.note(
            f"{len(gone)} known styles are not in the file; they stay until the lines that cannot be read are corrected"
        )
    elif gone and context.may_lose(reading, gone, len(reading.known)):
        context.leaving_styles.update(gone)
        context.at_end.append(partial(_delete_styles, context, reading, gone))


def _judge_colours(
    context: ImportContext,
    reading: KindReading[StyleLine],
    lost: Mapping[str, tuple[Colour, ...]],
    held: Collection[str],
) -> None:
    colours = [colour for of_style in lost.values() for colour in of_style]
    if not colours:
        return
    known = context.slices.read(select(func.count()).select_from(COLOURWAY))[0][0]
    keys = [f"{style_id} {code}" for style_id, code in colours]
    within = context.limits.allows(len(keys), known)
    if context.losses.allows("styles", Loss.COLOURS, keys, known, within=within):
        context.leaving_colours.update(colours)
        # a style whose price is held is read again
        digests = dict(reading.digest(style_id, again=style_id in held) for style_id in lost)
        context.at_end.append(partial(_delete_colours, context, lost, digests))


def _write(
    reading: KindReading[StyleLine], guard: PriceGuard, moves: ItemMoves, writes: Writes,
    some: Sequence[tuple[str, StyleLine]],
) -> _Written:  # fmt: skip
    keys = [key for key, _ in some if key in reading.known]
    left = last_prices(writes, "styles", [key for key, _ in some if key not in reading.known])
    before = writes.by_key(STYLE, STYLE.c.style_id, keys) if keys else {}
    colours = _colours_of(writes, keys)
    styles: Rows = []
    colour_rows: Rows = []
    prices: dict[str, PriceChange] = {}
    lost: dict[str, tuple[Colour, ...]] = {}
    changed: set[str] = set()
    steps: dict[str, PriceStep] = {}
    grew = False
    for key, line in some:
        row = style_row(line)
        known = before.get(key)
        cost = Money(known.price_minor, known.currency) if known is not None else left.get(key)
        held = guard.holds(key, cost, line.price) if cost is not None else None
        if held is not None:
            prices[key] = held
            row["price_minor"] = held.before.minor
            row["price_before_minor"] = known.price_before_minor if known is not None else None
            row["lowest_price_minor"] = known.lowest_price_minor if known is not None else None
        steps[key] = PriceStep.of(cost, row)
        if known is None or differs(row, known):
            styles.append(row)
            changed.add(key)
        known_colours = colours.get(key, {})
        fresh = [r for r in colour_rows_of(line) if differs(r, known_colours.get(r["code"]))]
        gone = known_colours.keys() - {colour.code for colour in line.colours}
        if gone:
            lost[key] = tuple((key, code) for code in sorted(gone))
        if fresh:
            changed.add(key)
            colour_rows += fresh
            grew = grew or any(r["code"] not in known_colours for r in fresh)
    give_up(writes, moves, [line for _, line in some])
    writes.upsert(STYLE, styles)
    writes.upsert(COLOURWAY, colour_rows)
    writes.upsert(STYLE_WORDS, [words_row(line) for key, line in some if key in changed])
    note_lines(writes, "styles", [reading.digest(key, again=key in prices or key in lost) for key, _ in some])
    return _Written(frozenset(changed), tuple(prices.values()), lost, grew, steps)


def _colours_of(writes: Writes, styles: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if styles:
        for row in writes.connection.execute(select(COLOURWAY).where(COLOURWAY.c.style_id.in_(styles))):
            found.setdefault(row.style_id, {})[row.code] = row
    return found


def style_row(style: StyleLine) -> dict[str, Any]:
    """The row of a style."""
    return {
        "style_id": style.style_id,
        "category": style.category,
        "name": localized_to_json(style.name),
        "story": localized_to_json(style.story),
        "material": localized_to_json(style.material),
        "care": localized_to_json(style.care),
        "origin": localized_to_json(style.origin),
        "price_minor": style.price.minor,
        "currency": style.price.currency,
        "price_before_minor": style.price_before.minor if style.price_before else None,
        "lowest_price_minor": style.lowest_price.minor if style.lowest_price else None,
        "size_system": style.size_system,
        "sizes": compact_json(style.sizes),
        "since": style.since,
        "season": style.season,
        "line": style.line,
        "tax_class": style.tax_class,
    }


def words_row(style: StyleLine) -> dict[str, Any]:
    """The row of the words by which a style is found."""
    texts = [text for _, text in style.name.by_language]
    texts += [style.category, style.style_id]
    for colour in style.colours:
        texts += [*(text for _, text in colour.name.by_language), colour.code, colour.item]
    return {"style_id": style.style_id, "words": search_text(texts), "spellings": search_spellings(texts)}


def colour_rows_of(style: StyleLine) -> Rows:
    """The rows of a style's colours."""
    return [
        {
            "style_id": style.style_id, "code": colour.code, "ordinal": i, "name": localized_to_json(colour.name),
            "hex": colour.hex, "picture": colour.picture, "pictures": compact_json(colour.pictures),
            "item": colour.item,
        }
        for i, colour in enumerate(style.colours)
    ]  # fmt: skip


def _delete_styles(context: ImportContext, reading: KindReading[StyleLine], gone: Sequence[str]) -> None:
    for some in batches(gone, _DELETED_AT_ONCE):
        context.forgotten_articles += context.slices.once(partial(_delete_some_styles, some=some))
        context.changed_styles.update(some)
        reading.deleted += len(some)


def _delete_some_styles(writes: Writes, some: Sequence[str]) -> int:
    articles = delete_articles(writes, SKU.c.style_id.in_(some))
    costs = writes.by_key(STYLE, STYLE.c.style_id, some)
    remember(writes, "styles", {key: Money(row.price_minor, row.currency) for key, row in costs.items()})
    writes.delete(STYLE_WORDS, STYLE_WORDS.c.style_id.in_(some))
    writes.delete(STYLE, STYLE.c.style_id.in_(some))
    forget_lines(writes, "styles", some)
    return articles


def _delete_colours(
    context: ImportContext, lost: Mapping[str, tuple[Colour, ...]], digests: Mapping[str, bytes]
) -> None:
    for style_id, colours in lost.items():
        delete = partial(_delete_some_colours, style_id=style_id, colours=colours, digest=digests[style_id])
        context.forgotten_articles += context.slices.once(delete)
        context.changed_styles.add(style_id)


def _delete_some_colours(writes: Writes, style_id: str, colours: Sequence[Colour], digest: bytes) -> int:
    articles = delete_articles(writes, tuple_(SKU.c.style_id, SKU.c.colour).in_(colours))
    writes.delete(COLOURWAY, tuple_(COLOURWAY.c.style_id, COLOURWAY.c.code).in_(colours))
    note_lines(writes, "styles", [(style_id, digest)])
    return articles
