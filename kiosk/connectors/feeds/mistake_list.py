"""The mistakes of a feed file in bounded memory: how many there are, and the first of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.connectors.feeds.feed_file import FeedMistake

MAX_KEPT: Final = 1_000
"""Mistakes of one kind that are kept in memory and in the database; the report beside the feed contains all."""
OnMistake = Callable[[FeedMistake], None]
"""Gets every mistake, kept or not, in the order in which they are found."""


class MistakeList:
    """Counts mistakes, keeps the first `MAX_KEPT` of them and gives each one to `on_mistake`."""

    def __init__(self, on_mistake: OnMistake) -> None:
        self._on_mistake = on_mistake
        self._kept: list[FeedMistake] = []
        self.more = 0
        """Number of mistakes that are not kept."""

    def add(self, mistake: FeedMistake) -> None:
        if len(self._kept) < MAX_KEPT:
            self._kept.append(mistake)
        else:
            self.more += 1
        self._on_mistake(mistake)

    @property
    def kept(self) -> tuple[FeedMistake, ...]:
        """The first mistakes."""
        return tuple(self._kept)
