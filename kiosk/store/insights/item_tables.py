"""The tables of items: what was tried and kept, suggested, advised, asked for and not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.store.disclosure.groups import shown_count, shown_minor, shown_percent
from kiosk.store.insights.table import Cell, Column, Table, TableName, Unit, table_of


@dataclass(frozen=True, slots=True)
class ItemSums:
    """The sums of an item and size in a period. `style`, `colour`: names in one language."""

    style_id: str
    style: str
    colour: str
    size: str
    currency: str
    price_minor: int | None
    """The lowest price at which it was asked for and not there; None if it was not."""
    sums: Mapping[str, int]
    """By name (`ITEM_SUMS`)."""


Labels = tuple[str, ...]
Group = Mapping[str, int]
_Labelled = Callable[[ItemSums], Labels | None]
_STYLE, _COLOUR, _SIZE = Column("style", Unit.TEXT), Column("colour", Unit.TEXT), Column("size", Unit.TEXT)
_STYLE_ID = Column("style_id", Unit.TEXT)
_TRIED: Final = (
    Column("tried", Unit.PIECES), Column("kept", Unit.PIECES), Column("kept_percent", Unit.PERCENT),
    Column("left", Unit.PIECES), Column("bought", Unit.PIECES), Column("returned", Unit.PIECES),
    Column("asked", Unit.PIECES),
)  # fmt: skip
_SUGGESTED: Final = (
    Column("suggested", Unit.PIECES), Column("suggested_tried", Unit.PIECES),
    Column("suggested_tried_percent", Unit.PERCENT), Column("suggested_bought", Unit.PIECES),
    Column("suggested_bought_percent", Unit.PERCENT),
)  # fmt: skip
_ADVISED: Final = (
    Column("advised", Unit.PIECES), Column("advice_followed", Unit.PIECES),
    Column("advice_followed_percent", Unit.PERCENT), Column("advice_kept", Unit.PIECES),
    Column("advice_kept_percent", Unit.PERCENT),
)  # fmt: skip
_LACKING: Final = (
    Column("lacking", Unit.PIECES),
    Column("lost", Unit.MINOR),
    Column("currency", Unit.TEXT),
)


def item_tables(found: Iterable[ItemSums]) -> dict[TableName, Table]:
    """Every table of items, in each the largest groups first."""
    items = tuple(found)
    return {
        TableName.STYLES: _table(TableName.STYLES, (_STYLE_ID, _STYLE), _TRIED, items, _by_style, _tried),
        TableName.SIZES: _table(TableName.SIZES, (_SIZE,), _TRIED, items, _by_size, _tried),
        TableName.COLOURS: _table(TableName.COLOURS, (_COLOUR,), _TRIED, items, _by_colour, _tried),
        TableName.ARTICLES: _table(
            TableName.ARTICLES, (_STYLE_ID, _STYLE, _COLOUR, _SIZE), _TRIED, items, _by_article, _tried
        ),
        TableName.SUGGESTIONS: _table(
            TableName.SUGGESTIONS, (_STYLE_ID, _STYLE), _SUGGESTED, items, _by_style, _suggested
        ),
        TableName.SIZE_ADVICE: _table(
            TableName.SIZE_ADVICE, (_STYLE_ID, _STYLE), _ADVISED, items, _by_style, _advised
        ),
        TableName.UNMET: _unmet(items),
    }


def _by_style(item: ItemSums) -> Labels | None:
    return item.style_id, item.style


def _by_size(item: ItemSums) -> Labels | None:
    return (item.size,) if item.size else None


def _by_colour(item: ItemSums) -> Labels | None:
    return (item.colour,) if item.colour else None


def _by_article(item: ItemSums) -> Labels | None:
    return (item.style_id, item.style, item.colour, item.size) if item.size else None


def _by_size_and_currency(item: ItemSums) -> Labels:
    return item.style_id, item.style, item.size, item.currency


def _tried(group: Group) -> tuple[Cell, ...]:
    tried, kept = group["tried"], group["kept"]
    return (
        shown_count(tried), shown_count(kept), shown_percent(kept, tried), shown_count(tried - kept),
        shown_count(group["bought"]), shown_count(group["returned"]), shown_count(group["asked"]),
    )  # fmt: skip


def _suggested(group: Group) -> tuple[Cell, ...]:
    return _shares(group["suggested"], group["suggested_tried"], group["suggested_bought"])


def _advised(group: Group) -> tuple[Cell, ...]:
    return _shares(group["advised"], group["advice_followed"], group["advice_kept"])


def _shares(whole: int, *parts: int) -> tuple[Cell, ...]:
    shares = (cell for part in parts for cell in (shown_count(part), shown_percent(part, whole)))
    return (shown_count(whole), *shares)


def _unmet(items: tuple[ItemSums, ...]) -> Table:
    """What was asked for and not there. All pieces of a row are worth the lowest price at which one was asked for: a
    mean price would tell how many were asked for at each."""
    prices: dict[Labels, int] = {}
    for item in items:
        if item.price_minor is not None:
            label = _by_size_and_currency(item)
            prices[label] = min(item.price_minor, prices.get(label, item.price_minor))
    rows: list[tuple[Cell, ...]] = []
    for label, group in _largest_first(_groups(items, _by_size_and_currency), "lacking"):
        *names, currency = label
        money = shown_minor(group["lacking"], prices[label]) if currency else None
        rows.append((*names, shown_count(group["lacking"]), money, currency))
    return table_of(TableName.UNMET, (_STYLE_ID, _STYLE, _SIZE, *_LACKING), rows)


def _table(
    name: TableName, labels: tuple[Column, ...], columns: tuple[Column, ...], items: tuple[ItemSums, ...],
    labelled: _Labelled, cells: Callable[[Group], tuple[Cell, ...]],
) -> Table:  # fmt: skip
    ordered = _largest_first(_groups(items, labelled), columns[0].key)
    return table_of(name, (*labels, *columns), [(*key, *cells(group)) for key, group in ordered])


def _groups(items: tuple[ItemSums, ...], labelled: _Labelled) -> dict[Labels, dict[str, int]]:
    groups: dict[Labels, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in items:
        key = labelled(item)
        if key is not None:
            for name, count in item.sums.items():
                groups[key][name] += count
    return groups


def _largest_first(groups: dict[Labels, dict[str, int]], by: str) -> list[tuple[Labels, dict[str, int]]]:
    """Groups with at least one. By the shown count, then by name: the order tells no more than the numbers."""
    some = [(key, group) for key, group in groups.items() if group[by]]
    return sorted(some, key=lambda entry: (-(shown_count(entry[1][by]) or 0), entry[0]))
