"""Catalogue and event history as frozen tables.

Ids are text internally; `numeric_ids` records whether the retailer's ids are numbers, so that results use the
same type.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from recommender.arrays import Bools, Doubles, Ints, Longs
from recommender.inputs.event_kinds import EventKind
from recommender.inputs.history_limits import NO_ROWS, RowCounts


@dataclass(frozen=True, slots=True)
class TextColumn:
    """One text column of the catalogue; `codes` index into `values`, -1 for an empty cell."""

    name: str
    codes: Ints
    values: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """The catalogue, one row per item (a style in a colour, or the unit the retailer sells by).

    `price` is in the retailer's own unit, NaN if unknown; `styles` are codes into `style_names`; `notices`
    describe what was corrected while reading.
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
        """Row number of each id."""
        return {item: row for row, item in enumerate(self.ids)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all (item, style) pairs sorted by item; identifies the catalogue a model was trained
        for."""
        digest = sha256()
        for row in sorted(range(len(self.ids)), key=self.ids.__getitem__):
            digest.update(f"{self.ids[row]}\x1f{self.style_names[self.styles[row]]}\x1e".encode())
        return digest.hexdigest()

    def text(self, *names: str) -> TextColumn | None:
        """The first text column with one of these names (case-insensitive); None if there is none."""
        by_name = {column.name.lower(): column for column in self.texts}
        return next((by_name[name] for name in names if name in by_name), None)


@dataclass(frozen=True)
class Events:
    """The event history, one row per event, sorted by `at` (whole seconds since 1970 UTC).

    `basket` and `shopper` are anonymous codes (shopper -1: a guest); `item` is a row of the catalogue. `counts` are the
    rows of the table that it was read from, also those that were left out.
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
    counts: RowCounts = NO_ROWS

    def __len__(self) -> int:
        return len(self.item)

    @property
    def sizes(self) -> dict[str, int]:
        """Number of events and of baskets."""
        return {"events": len(self), "baskets": len(np.unique(self.basket))}

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
            self.counts,
        )

    def split(self, after: int) -> tuple["Events", "Events"]:
        """Events before the time `after` (seconds), and events from then on."""
        return self.where(self.at < after), self.where(self.at >= after)

    def of(self, *kinds: EventKind) -> "Events":
        """Only events of these kinds."""
        return self.where(np.isin(self.kind, [int(kind) for kind in kinds]))
