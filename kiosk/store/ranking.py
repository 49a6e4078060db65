"""The port behind which items are ranked: by a trained model, or by the house alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.advice import LookReason
from kiosk.core.ids import ItemId


@dataclass(frozen=True, slots=True)
class Pick:
    """An item that was ranked: why, beside which item of the room, and the count behind the reason."""

    item: ItemId
    reason: LookReason
    about: ItemId | None = None
    count: int = 0
    score: float = 0.0


class LookSource(Protocol):
    """Ranks items beside a room. Promises: only items `in_stock`, none of the room, none of `without`; best first."""

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> tuple[Pick, ...]: ...  # fmt: skip
