"""The tables of items: what was tried and kept, suggested, advised, asked for and not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from kiosk.store.db.table_groups.insights import ITEM_SUMS
from kiosk.store.disclosure.groups import shown_count, shown_minor, shown_percent
from kiosk.store.insights.item_groups import ItemGroups, add_sums
from kiosk.store.insights.table import Cell, Column, Table, TableName, Unit, table_of


class Names(Protocol):
    """Names in one language."""

    def style(self, style_id: str) -> str:
        """The name of a style; its id where the catalogue does not have it any more."""
        ...

    def colour(self, item: str, code: str) -> str:
        """The colour of an item; the code where the catalogue does not have it any more."""
        ...


Labels = tuple[str, ...]
Group = Mapping[str, int]
Groups = dict[Labels, Sequence[int]]
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


def item_tables(found: ItemGroups, names: Names) -> dict[TableName, Table]:
    """Every table of items, in each the largest groups first."""
    styles: Groups = {(style_id, names.style(style_id)): sums for style_id, sums in found.styles.items()}
    by_style = _STYLE_ID, _STYLE
    return {
        TableName.STYLES: _table(TableName.STYLES, by_style, _TRIED, styles, _tried),
        TableName.SIZES: _table(
            TableName.SIZES, (_SIZE,), _TRIED, {(size,): sums for size, sums in found.sizes.items()}, _tried
        ),
        TableName.COLOURS: _table(TableName.COLOURS, (_COLOUR,), _TRIED, _colours(found, names), _tried),
        TableName.ARTICLES: _table(
            TableName.ARTICLES, (*by_style, _COLOUR, _SIZE), _TRIED, _articles(found, names), _tried, found.hidden
        ),
        TableName.SUGGESTIONS: _table(TableName.SUGGESTIONS, by_style, _SUGGESTED, styles, _suggested),
        TableName.SIZE_ADVICE: _table(TableName.SIZE_ADVICE, by_style, _ADVISED, styles, _advised),
        TableName.UNMET: _unmet(found, names),
    }  # fmt: skip


def _colours(found: ItemGroups, names: Names) -> Groups:
    """Colours of one name are one group."""
    groups: dict[Labels, list[int]] = {}
    for (item, code), sums in found.colours.items():
        if name := names.colour(item, code):
            add_sums(groups, (name,), sums)
    return dict(groups)


def _articles(found: ItemGroups, names: Names) -> Groups:
    groups: dict[Labels, list[int]] = {}
    for (style_id, item, code, size), sums in found.articles.items():
        add_sums(groups, (style_id, names.style(style_id), names.colour(item, code), size), sums)
    return dict(groups)


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


def _unmet(found: ItemGroups, names: Names) -> Table:
    """What was asked for and not there. All pieces of a row are worth the lowest price at which one was asked for: a
    mean price would tell how many were asked for at each."""
    rows: list[tuple[Cell, ...]] = []
    for (style_id, size, currency), asked in found.unmet.items():
        price = asked.price_minor if currency else None
        money = shown_minor(asked.pieces, price) if price is not None else None
        rows.append((style_id, names.style(style_id), size, shown_count(asked.pieces), money, currency))
    rows.sort(key=lambda row: (-int(row[3] or 0), row[:3], row[5]))
    return table_of(TableName.UNMET, (_STYLE_ID, _STYLE, _SIZE, *_LACKING), rows)


def _table(
    name: TableName, labels: tuple[Column, ...], columns: tuple[Column, ...], groups: Groups,
    cells: Callable[[Group], tuple[Cell, ...]], hidden: int = 0,
) -> Table:  # fmt: skip
    """`hidden`: groups that are left out already."""
    first = ITEM_SUMS.index(columns[0].key)
    some = [(key, sums) for key, sums in groups.items() if sums[first]]
    # by the shown count, then by name: the order tells no more than the numbers
    some.sort(key=lambda entry: (-(shown_count(entry[1][first]) or 0), entry[0]))
    rows = [(*key, *cells(dict(zip(ITEM_SUMS, sums, strict=False)))) for key, sums in some]
    table = table_of(name, (*labels, *columns), rows)
    return replace(table, hidden=table.hidden + hidden)
