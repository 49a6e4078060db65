"""The port for ranking items beside a room: implemented by the trained model and by the fallback ranking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId


@dataclass(frozen=True, slots=True)
class RankedItem:
    """A ranked item: the reason, the item of the room that it refers to, and the count behind the reason."""

    item: ItemId
    reason: LookReason
    about: ItemId | None = None
    count: int = 0
    score: float = 0.0


class LookSource(Protocol):
    """Ranks items beside a room.

    Promises: only items `in_stock`, none of the room and none of its styles, none of `without` and none of `past`, no
    style twice; best first. The first `k` make a list to be shown; the items after them are for a shop
    that must leave some of them out. Rules of display (price band, items of a category, new arrivals in a list) are
    not applied here but in `suggestions` and `display_rules`.
    """

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> Iterator[RankedItem]: ...  # fmt: skip
