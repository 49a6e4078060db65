"""Keeps suggestions within the room's price band: at most one band dearer, and never only dearer ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from recommender.arrays import Ints
    from recommender.looks.serving.model import ItemIndex

BANDS = 5
# A category with fewer prices than this is banded with the whole shop.
_FEW = 25


class PriceBandLimits(NamedTuple):
    """How far a suggestion may lie from the room: bands `up` and `down`, and the share of dearer ones in a list."""

    up: int = 1
    down: int = 2
    dearer_share: float = 1 / 3


class PriceBands:
    """The price band (fifths within a category) of every row; -1 where no price is known."""

    def __init__(self, shelf: ItemIndex) -> None:
        known = shelf.price >= 0
        category = shelf.attributes.get("category")
        codes = np.where(known, category.codes if category else 0, -1)
        self.bands: Ints = np.full(len(shelf), -1, np.int32)
        self._cut(shelf, np.flatnonzero(known))
        for code in np.unique(codes[codes >= 0]):
            rows = np.flatnonzero(codes == code)
            if len(rows) >= _FEW:
                self._cut(shelf, rows)
        self._band: list[int] = self.bands.tolist()

    def _cut(self, shelf: ItemIndex, rows: np.ndarray) -> None:
        if len(rows):
            edges = np.quantile(shelf.price[rows], np.arange(1, BANDS) / BANDS)
            self.bands[rows] = np.searchsorted(edges, shelf.price[rows], side="left")

    def allowed(self, room: list[int], band: PriceBandLimits, k: int) -> Callable[[int], bool] | None:
        """A test for one list of `k`, which counts the dearer ones it let through; None where the room has no price."""
        bands = self._band
        known = [bands[row] for row in room if bands[row] >= 0]
        if not known:
            return None
        middle = sorted(known)[len(known) // 2]
        dearer_left = int(k * band.dearer_share)

        def test(row: int) -> bool:
            nonlocal dearer_left
            at = bands[row]
            if at > middle:
                dearer_left -= at <= middle + band.up
                return at <= middle + band.up and dearer_left >= 0
            return at < 0 or at >= middle - band.down

        return test
