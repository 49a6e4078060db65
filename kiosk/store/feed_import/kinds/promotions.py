"""Imports promotions. One that the file does not name any more ends at once: a promotion that has ended must not go on,
and what it would cost is more than what a wrong end does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

from sqlalchemy import Column, select

from kiosk.core.domain.promotions.rule import GroupKind, Rule, RuleKind
from kiosk.core.domain.tax import PPM_PER_PERCENT, percent_of_ppm
from kiosk.core.wire import to_json
from kiosk.store.catalogue.promotion_rules import MAX_RULES
from kiosk.store.db.batches import batches
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.table_groups.promotions import PROMOTION
from kiosk.store.db.tables import SKU, STYLE
from kiosk.store.feed_import.context import ImportContext
from kiosk.store.feed_import.kind_reading import KindReading
from kiosk.store.feed_import.known_lines import forget_lines, note_lines
from kiosk.store.feed_import.report import Loss
from kiosk.store.feed_import.slices import Slices, Writes, differs

_AT_ONCE: Final = 500
MAX_NOTES: Final = 50
"""Of one kind in one report."""


def import_promotions(context: ImportContext, reading: KindReading[Rule]) -> None:
    """Writes new and changed promotions and deletes those that are gone; only an empty or a truncated file waits."""
    lines = list(reading.file.changed.items())
    for changed in context.slices.each(lines, partial(_write, reading), reading.refuse):
        reading.changed += changed
    rules = [rule for _, rule in lines]
    _note(reading, _large_reductions(rules, context.limits.price_percent))
    if not context.slices.dry:  # which has not written the styles and items of this feed
        _note(reading, _unknown_groups(context.slices, rules))
    if reading.lines > MAX_RULES:
        reading.note(
            f"has {reading.lines} promotions, of which {MAX_RULES} hold; leave out those that have ended"
        )
    gone = reading.gone()
    if gone and reading.uncertain:
        reading.note(f"{len(gone)} known promotions stay until the lines that cannot be read are corrected")
        return
    within = reading.cause is Loss.ROWS
    if gone and context.losses.allows("promotions", reading.cause, gone, len(reading.known), within=within):
        context.slices.once(partial(_delete, gone=gone))
        reading.deleted += len(gone)


def _note(reading: KindReading[Rule], found: Iterator[str]) -> None:
    for what in islice(found, MAX_NOTES):
        reading.note(what)
    if next(found, None) is not None:
        reading.note(f"more such promotions than {MAX_NOTES} are not told")


def _large_reductions(rules: Sequence[Rule], percent: int) -> Iterator[str]:
    """Percentages that lower prices further than a price may move without a yes, and prices of 0: they are taken, and
    somebody looks."""
    for rule in rules:
        if rule.kind is RuleKind.PERCENT and rule.value > percent * PPM_PER_PERCENT:
            off = percent_of_ppm(rule.value)
            yield f"promotion {rule.rule_id} takes {off} % off, more than max_price_change_percent ({percent})"
        if rule.kind in (RuleKind.PRICE, RuleKind.BUNDLE) and not rule.value:
            yield f"promotion {rule.rule_id} makes pieces free: its amount is 0"


def _unknown_groups(slices: Slices, rules: Sequence[Rule]) -> Iterator[str]:
    """What promotions name and the catalogue does not have: they are taken, since it may come later."""
    known = {
        GroupKind.CATEGORY: {
            row.category.casefold() for row in slices.read(select(STYLE.c.category).distinct())
        },
        GroupKind.STYLE: _known_among(slices, STYLE.c.style_id, _named(rules, GroupKind.STYLE)),
        GroupKind.ARTICLE: _known_among(slices, SKU.c.article, _named(rules, GroupKind.ARTICLE)),
    }
    for rule in rules:
        for group in rule.groups:
            value = group.value.casefold() if group.kind is GroupKind.CATEGORY else group.value
            if value not in known[group.kind]:
                yield f"promotion {rule.rule_id} names {group.kind.value} {group.value}, which is not in the catalogue"


def _named(rules: Sequence[Rule], kind: GroupKind) -> list[str]:
    return sorted({group.value for rule in rules for group in rule.groups if group.kind is kind})


def _known_among(slices: Slices, column: Column[str], values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in batches(values, _AT_ONCE):
        found.update(row[0] for row in slices.read(select(column).where(column.in_(some))))
    return found


def _write(reading: KindReading[Rule], writes: Writes, some: Sequence[tuple[str, Rule]]) -> int:
    known = writes.by_key(PROMOTION, PROMOTION.c.promotion_id, [key for key, _ in some])
    rows = [{"promotion_id": key, "body": compact_json(to_json(rule))} for key, rule in some]
    fresh = [row for row in rows if differs(row, known.get(row["promotion_id"]))]
    writes.upsert(PROMOTION, fresh)
    note_lines(writes, "promotions", [reading.digest(key) for key, _ in some])
    return len(fresh)


def _delete(writes: Writes, gone: Sequence[str]) -> None:
    for some in batches(gone, _AT_ONCE):
        writes.delete(PROMOTION, PROMOTION.c.promotion_id.in_(some))
    forget_lines(writes, "promotions", gone)
