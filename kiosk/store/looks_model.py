"""The trained looks model behind the store's ranking port; a broken file leaves the house's own ranking."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from kiosk.core.advice import LookReason
from kiosk.core.ids import ItemId
from kiosk.store.ranking import LookSource, Pick
from recommender.errors import RecommenderError
from recommender.looks import Looks, Reason, ReasonKind, Shopper

log = logging.getLogger(__name__)
_REASONS = {
    ReasonKind.STYLIST: LookReason.STYLIST,
    ReasonKind.BOUGHT_TOGETHER: LookReason.BOUGHT_TOGETHER,
    ReasonKind.SAME_MATERIAL: LookReason.SAME_MATERIAL,
    ReasonKind.COMPLETES: LookReason.COMPLETES,
    ReasonKind.NEW_ARRIVAL: LookReason.NEW_ARRIVAL,
    ReasonKind.POPULAR: LookReason.POPULAR,
}


class ModelRanking:
    """Ranks by the model, and fills up by the house where the model has too little."""

    def __init__(self, looks: Looks, house: LookSource) -> None:
        self._looks, self._house = looks, house

    def suggest(
        self, room: Sequence[ItemId], without: Collection[ItemId], in_stock: Collection[ItemId],
        past: Sequence[ItemId], k: int,
    ) -> tuple[Pick, ...]:  # fmt: skip
        shopper = Shopper(past=tuple(past), owned=frozenset(past), disliked=frozenset(without))
        found = self._looks.suggest(room, k, in_stock=frozenset(in_stock), exclude=without, shopper=shopper)
        picks = tuple(_pick(s.item_id, s.reason, s.score) for s in found)
        if len(picks) >= k:
            return picks
        seen = [*without, *(p.item for p in picks)]
        return picks + self._house.suggest(room, seen, in_stock, past, k - len(picks))


def open_ranking(path: Path | None, house: LookSource) -> LookSource:
    """The model of a folder, or the house's own ranking and one clear line where it cannot be served."""
    if path is None:
        log.info("no looks model is configured: suggestions come from stylists and sales")
        return house
    try:
        return ModelRanking(Looks.open(path), house)
    except (RecommenderError, OSError) as error:
        log.warning("%s; suggestions come from stylists and sales until it is mended", error)
        return house


def _pick(item: str, reason: Reason, score: float) -> Pick:
    about = ItemId(reason.about) if reason.about is not None else None
    return Pick(
        ItemId(item), _REASONS.get(reason.kind, LookReason.GOES_WITH), about, reason.count or 0, score
    )
