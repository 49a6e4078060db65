"""Categories of articles in memory, so that nothing is read from the database under the writer's lock to plan a way."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from threading import Lock
from typing import Final

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, StyleId

MAX_KNOWN: Final = 4096


class Categories:
    """Safe from any thread. `garment_of`: reads an article from the catalogue."""

    def __init__(self, garment_of: Callable[[ArticleId], Garment | None], most: int = MAX_KNOWN) -> None:
        self._garment_of, self._most = garment_of, most
        self._known: OrderedDict[ArticleId, str] = OrderedDict()
        self._changes, self._lock = 0, Lock()

    def learn(self, articles: Iterable[ArticleId]) -> None:
        """Reads those that are not known yet. Not to be called under the writer's lock. Raises SQLAlchemyError."""
        for article in articles:
            self(article)

    def __call__(self, article: ArticleId) -> str:
        """The category as the feed writes it; empty if the article is not in the catalogue. Raises SQLAlchemyError if
        it is not known and cannot be read."""
        with self._lock:
            if article in self._known:
                self._known.move_to_end(article)
                return self._known[article]
            changes = self._changes
        garment = self._garment_of(article)
        category = garment.category if garment is not None else ""
        with self._lock:
            if changes == self._changes:  # else it may be of before the change
                self._known[article] = category
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return category

    def changed(self, styles: Collection[StyleId], articles: Collection[ArticleId]) -> None:
        """The catalogue has changed. Stock alone, of `articles`, leaves categories as they are."""
        del articles
        if styles:
            with self._lock:
                self._changes += 1
                self._known.clear()
