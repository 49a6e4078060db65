"""Fills a list of k under the rules of display: so many of a category, one of a style."""

from collections import Counter
from collections.abc import Sequence


class Choice:
    """The list as it fills; a row that breaks a rule is not taken."""

    def __init__(
        self, wanted: int, per_category: int | None, category: Sequence[int], styles: Sequence[int]
    ) -> None:
        self.rows: list[int] = []
        self._wanted = wanted
        self._per_category = per_category
        self._category = category
        self._styles = styles
        self._held: Counter[int] = Counter()
        self._seen: set[int] = set()

    @property
    def full(self) -> bool:
        """Whether nothing more is wanted."""
        return len(self.rows) >= self._wanted

    def take(self, row: int) -> bool:
        """Takes the row if there is a place for it."""
        style, category = self._styles[row], self._category[row]
        crowded = (
            self._per_category is not None and category >= 0 and self._held[category] >= self._per_category
        )
        if style in self._seen or crowded or self.full:
            return False
        self.rows.append(row)
        self._seen.add(style)
        self._held[category] += 1
        return True
