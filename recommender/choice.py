"""Fills a list of k under the rules of display: so many of a category, one of a style, within the price band."""

from collections.abc import Callable, Collection, Iterator, Sequence


class Choice:
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
        allowed = self._allowed
        while len(self.rows) < until:
            row = next(rows, None)
            if row is None:
                return
            if not self._fits(row):
                continue
            if allowed is None or row in always or allowed(row):
                self._take(row)
            else:
                self._waiting.append(row)

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
