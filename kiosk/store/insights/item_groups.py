"""Sums of a period by style, size, colour and article, without names: those depend on the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from kiosk.store.disclosure.groups import SMALLEST_GROUP

TRIED: Final = slice(0, 5)
"""Tried, kept, bought, returned, asked: the first of `ITEM_SUMS`."""
LACKING: Final = 5
"""Place of `lacking` in `ITEM_SUMS`."""
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class ItemSums:
    """The sums of an item and size in a period, in the order of `ITEM_SUMS`."""

    item: str
    style_id: str
    colour: str
    """Its code."""
    size: str
    currency: str
    price_minor: int | None
    """The lowest price at which it was asked for and not there; None if it was not."""
    sums: Sequence[int]


@dataclass(slots=True)
class Unmet:
    """Requests for what was not there, and the lowest price at which one was."""

    pieces: int = 0
    price_minor: int | None = None

    def add(self, pieces: int, price_minor: int | None) -> None:
        """Adds those of an item."""
        self.pieces += pieces
        if price_minor is not None:
            self.price_minor = price_minor if self.price_minor is None else min(self.price_minor, price_minor)


@dataclass(slots=True)
class ItemGroups:
    """What the tables of items are made of. Styles have all sums, the others those of `TRIED`.

    Articles are by style, item, code of the colour and size, and only those of which a number is shown; `hidden`: how
    many others were tried. Unmet demand is by style, size and currency.
    """

    styles: dict[str, list[int]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    colours: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    articles: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)
    unmet: dict[tuple[str, str, str], Unmet] = field(default_factory=dict)
    hidden: int = 0

    def add(self, row: ItemSums) -> None:
        """Adds an item and size."""
        add_sums(self.styles, row.style_id, row.sums)
        if row.sums[LACKING]:
            key = row.style_id, row.size, row.currency
            self.unmet.setdefault(key, Unmet()).add(row.sums[LACKING], row.price_minor)
        tried = row.sums[TRIED]
        if not any(tried):
            return
        add_sums(self.colours, (row.item, row.colour), tried)
        if row.size:
            add_sums(self.sizes, row.size, tried)
            add_sums(self.articles, (row.style_id, row.item, row.colour, row.size), tried)

    def leave_out(self) -> None:
        """Forgets the articles of which no number is shown."""
        shown = {key: sums for key, sums in self.articles.items() if max(sums) >= SMALLEST_GROUP}
        self.hidden = sum(sums[0] > 0 for key, sums in self.articles.items() if key not in shown)
        self.articles = shown


def groups_of(rows: Iterable[ItemSums], step: Callable[[], None] = lambda: None) -> ItemGroups:
    """The groups of a period. `step` is called after each row."""
    found = ItemGroups()
    for row in rows:
        found.add(row)
        step()
    found.leave_out()
    return found


def add_sums(groups: dict[K, list[int]], key: K, sums: Sequence[int]) -> None:
    """Adds sums to those of a group."""
    known = groups.get(key)
    if known is None:
        groups[key] = list(sums)
        return
    for place, count in enumerate(sums):
        known[place] += count
