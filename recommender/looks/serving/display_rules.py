"""Fills a list of k under the rules of display: so many of a category, one of a style, within the price band."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence


class DisplayList:
    """The list as it fills; a row that breaks a rule is not taken.

    `allowed` is the price band's test; what it refuses waits, should the list not fill without it.
    """

    def __init__(
        self,
        wanted: int,
        per_category: int | None,
        category: Sequence[int],
        styles: Sequence[int],
        allowed: Callable[[int], bool] | None = None,
    ) -> None:
        self.rows: list[int] = []
        self._wanted = wanted
        self._per_category = per_category
        self._category = category
        self._styles = styles
        self._allowed = allowed
        self._waiting: list[int] = []
        self._held: dict[int, int] = {}
        self._seen: set[int] = set()

    def fill(self, rows: Iterator[int], until: int, always: Collection[int] = ()) -> None:
        """Takes from `rows` until the list has `until` (or they end); what stands in `always` may cost what it will."""
        missing = until - len(self.rows)
        if missing <= 0:
            return
        allowed, fits, take = self._allowed, self._fits, self._take
        for row in rows:
            if not fits(row):
                continue
            if allowed is not None and row not in always and not allowed(row):
                self._waiting.append(row)
                continue
            take(row)
            missing -= 1
            if not missing:
                return

    def fill_up(self) -> None:
        """Takes what the price band had refused, as far as there is a place for it."""
        for row in self._waiting:
            if len(self.rows) >= self._wanted:
                return
            if self._fits(row):
                self._take(row)

    def _fits(self, row: int) -> bool:
        if self._styles[row] in self._seen:
            return False
        category = self._category[row]
        return self._per_category is None or category < 0 or self._held.get(category, 0) < self._per_category

    def _take(self, row: int) -> None:
        self.rows.append(row)
        self._seen.add(self._styles[row])
        category = self._category[row]
        self._held[category] = self._held.get(category, 0) + 1
