"""A retailer's catalogue and history as frozen tables; what is wrong with them is named here, all at once.

Ids are text inside. Whether the retailer gave them as numbers is remembered, so that answers carry them as given.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from recommender.arrays import Bools, Doubles, Ints, Longs
from recommender.inputs.event_kinds import EventKind


@dataclass(frozen=True, slots=True)
class TextColumn:
    """One feature column of the catalogue; `codes` point into `words`, -1 where the cell is empty."""

    name: str
    codes: Ints
    values: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """The catalogue, one row per item (a style in a colour, or whatever the retailer sells by).

    `price` in the retailer's own unit, NaN where unknown; `styles` are codes into `style_names`;
    `notices` say what was repaired while reading.
    """

    ids: tuple[str, ...]
    styles: Ints
    style_names: tuple[str, ...]
    price: Doubles
    texts: tuple[TextColumn, ...]
    numeric_ids: bool = False
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each id."""
        return {item: row for row, item in enumerate(self.ids)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every (item, style) pair in order of item: which catalogue a model was made for."""
        digest = sha256()
        for row in sorted(range(len(self.ids)), key=self.ids.__getitem__):
            digest.update(f"{self.ids[row]}\x1f{self.style_names[self.styles[row]]}\x1e".encode())
        return digest.hexdigest()

    def text(self, *names: str) -> TextColumn | None:
        """The first column that bears one of `names` (case does not matter)."""
        by_name = {column.name.lower(): column for column in self.texts}
        return next((by_name[name] for name in names if name in by_name), None)


@dataclass(frozen=True)
class Events:
    """The history, one row per event, in the order of `at` (whole seconds since 1970 UTC).

    `basket` and `shopper` are codes without meaning (shopper -1: a guest); `item` is a row of the catalogue.
    """

    basket: Ints
    shopper: Ints
    item: Ints
    at: Longs
    kind: Ints
    channel: Ints
    baskets: tuple[str, ...]
    shoppers: tuple[str, ...]
    channels: tuple[str, ...]
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.item)

    def where(self, rows: Bools) -> "Events":
        """The events of the marked rows, with the same codes."""
        return Events(
            self.basket[rows],
            self.shopper[rows],
            self.item[rows],
            self.at[rows],
            self.kind[rows],
            self.channel[rows],
            self.baskets,
            self.shoppers,
            self.channels,
            self.notices,
        )

    def split(self, after: int) -> tuple["Events", "Events"]:
        """What happened before the second `after`, and what happened from then on."""
        return self.where(self.at < after), self.where(self.at >= after)

    def of(self, *kinds: EventKind) -> "Events":
        """Only events of these kinds."""
        return self.where(np.isin(self.kind, [int(kind) for kind in kinds]))
